"""S5-12: people with cataract are told of the treatment, referred and operated on."""

import uuid
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from disability.enums.referrals import REFERRAL, ReferralState
from portal.figures import engine
from portal.models import Unit
from portal.periods import Period
from portal.roles import Role
from portal.summaries import Sentence, Telling, outlines
from tests import factories
from tests.factories import conditions as made

pytestmark = pytest.mark.django_db
DAY, LATER = date(2025, 3, 10), date(2025, 3, 20)
YEAR = Period.parse("2025")
R = ReferralState
TABLE = {
    R.INFORMED: {"refer", "decline"},
    R.REFERRED: {"accept", "treat", "close", "decline"},
    R.ACCEPTED: {"treat", "close", "decline"},
    R.TREATED: {"close"},
    R.CLOSED: {"reopen"},
    R.DECLINED: {"reopen"},
}
FIELDS = {
    R.INFORMED: {},
    R.REFERRED: {"referred_on": LATER},
    R.ACCEPTED: {"referred_on": LATER, "accepted_on": LATER},
    R.TREATED: {"referred_on": LATER, "treated_on": LATER, "way": "surgery"},
    R.CLOSED: {"closed_on": LATER, "outcome": "复明"},
    R.DECLINED: {"closed_on": LATER, "outcome": "家属不同意"},
}
SENT = {
    "referred_on": "2025-03-20",
    "accepted_on": "2025-03-20",
    "treated_on": "2025-03-20",
    "closed_on": "2025-03-20",
    "way": "surgery",
    "outcome": "视力0.6",
    "destination": "市眼科医院",
}


@pytest.fixture
def staff(client_of, make_user, community):
    return client_of(make_user(Role.COMMUNITY_STAFF, community))


@pytest.fixture
def person(acting, community):
    with acting(community):
        return factories.resident(community)


def take(client, row, step, **fields):
    data = {"_key": str(uuid.uuid4()), "versions": f"{row.pk}:{row.version}"} | SENT | fields
    return client.post(f"/ledger/referrals/{row.pk}/step/{step}/", data)


def value(code, community, period=YEAR, **category):
    return engine.read(f"disability.{code}", [community.pk], period, category or None).full


@pytest.mark.parametrize("step", REFERRAL.steps)
@pytest.mark.parametrize("state", R)
def test_steps_of_a_referral(acting, staff, community, person, state, step):
    with acting(community):
        row = made.referral(person, state=state, **FIELDS[state])
    answer = take(staff, row, step)
    with acting(community):
        row.refresh_from_db()
    if step in TABLE[state]:
        assert answer.status_code == 302, answer.context["form"].errors
        assert row.state == REFERRAL.steps[step].target
    else:
        assert (answer.status_code, row.state) == (200, state)


@pytest.mark.parametrize(
    ("step", "fields", "said"),
    [
        ("refer", {"referred_on": ""}, "请填写转介日期"),
        ("refer", {"referred_on": "2025-03-01"}, "转介日期不能早于告知日期"),
        ("refer", {"referred_on": "2099-03-01"}, "转介日期不能晚于今天"),
        ("decline", {"outcome": ""}, "请填写结果"),
    ],
)
def test_a_step_is_told_what_is_wrong(acting, staff, community, person, step, fields, said):
    with acting(community):
        row = made.referral(person)
    answer = take(staff, row, step, **fields)
    assert answer.status_code == 200
    assert said in answer.content.decode()


@pytest.mark.parametrize(
    ("fields", "field", "said"),
    [
        ({"state": "treated"}, "treated_on", "状态为“已治疗”的，请填写手术（治疗）日期"),
        ({"treated_on": "2025-03-20", "way": "surgery"}, "treated_on", "状态为“已告知”的，不填"),
        ({"state": "closed", "closed_on": "2025-03-20"}, "outcome", "请填写结果"),
    ],
)
def test_the_form_wants_the_days_of_the_stage(staff, person, fields, field, said):
    fields = {
        "_key": str(uuid.uuid4()),
        "resident": person.pk,
        "occurred_on": "2025-03-10",
        "condition": "cataract",
        "state": "informed",
    } | fields
    answer = staff.post("/ledger/referrals/add/", fields)
    assert answer.status_code == 200
    assert said in str(answer.context["form"].errors[field])


def test_the_database_keeps_stage_and_days_together(acting, community, person):
    with acting(community):
        for wrong in ({"state": "treated"}, {"treated_on": LATER}, {"state": "closed"}):
            with pytest.raises(IntegrityError, match="referral_stage"), transaction.atomic():
                made.referral(person, **wrong)


def test_cataract_patients_are_told_stage_by_stage(acting, community):
    """S5-12: three told, two referred, one operated on within the period."""
    with acting(community):
        first, second, third = (factories.resident(community, f"居民{n}") for n in range(3))
        made.referral(first)
        made.referral(first, occurred_on=LATER)
        made.referral(second, state=R.REFERRED, referred_on=LATER)
        made.referral(
            third,
            state=R.CLOSED,
            referred_on=LATER,
            treated_on=date(2025, 7, 2),
            way="surgery",
            closed_on=date(2025, 8, 1),
            outcome="视力恢复到0.6",
            destination="市眼科医院",
            highlight=True,
        )
        made.referral(third, condition="limb", occurred_on=date(2024, 12, 31))
        assert value("referrals", community) == "3人"
        assert value("referrals", community, condition="cataract") == "3人"
        assert value("referrals_cataract", community) == "3人"
        assert value("referrals_cataract_referred", community) == "2人"
        assert value("referrals_cataract_operated", community) == "1人"
        first_half = Period.parse("2025H1")
        assert value("referrals_operated", community, first_half) == "0人"
        told = texts("A", "rehabilitation", community)
    assert any("为白内障患者{disability.referrals_cataract}提供治疗信息" in text for text in told)
    [story] = [text for text in told if text.startswith("3月10日")]
    assert story == (
        "3月10日，向1名残疾人告知白内障治疗信息，转介到市眼科医院，7月2日完成手术，视力恢复到0.6。"
    )


def texts(kind, part, unit):
    """What is told in a part, tokens unfilled; sentences whose figures are all zero left out."""
    telling = Telling(Unit.objects.get(pk=unit.pk), frozenset([unit.pk]), YEAR)
    found = []
    for paragraph in outlines.told_in(kind, part):
        if isinstance(paragraph, Sentence):
            if any(engine.read(code, [unit.pk], YEAR).value for code in paragraph.when):
                found.append(paragraph.text)
        elif hasattr(paragraph, "compose"):
            found += paragraph.compose(telling)
    return found
