"""来访咨询, 干部接待日, 现场办公: what may be stored, how it is counted, what follows from it."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from portal.figures import engine
from portal.ledgers import ledgers
from portal.periods import Period
from portal.roles import Role
from portal.worklists import worklists
from servicecenter.models import Reception
from servicecenter.services.reception import became_case
from tests import factories
from tests.factories import cases, reception

pytestmark = pytest.mark.django_db
YEAR = Period.parse("2025")
FORM = {
    "occurred_on": "2025-03-10",
    "channel": "in_person",
    "topics": ["relief"],
    "content": "问低保怎样申请。",
    "first_asked": "李梅",
}


@pytest.fixture
def clerk(make_user, community):
    return make_user(Role.WINDOW_CLERK, community)


@pytest.fixture
def post(client_of, clerk):
    """``post(slug, **fields)``: the answer to a filled form of a new record."""

    def sent(slug, **fields):
        return client_of(clerk).post(f"/ledger/{slug}/add/", {"_key": str(uuid4()), **fields})

    return sent


def value(code, unit, period=YEAR):
    return engine.read(f"servicecenter.{code}", {unit.pk}, period).value


# --- what may be stored ---------------------------------------------------------------------------
@pytest.mark.parametrize(
    "wrong",
    [
        {"answer": "已告知。"},
        {"answered_on": date(2025, 3, 10)},
        {"answered_on": date(2025, 3, 9), "answer": "已告知。"},
        {"answered_by": "李梅"},
        {"people": 0},
        {"topics": []},
    ],
    ids=str,
)
def test_the_database_refuses_half_an_answer_and_nobody(acting, community, wrong):
    with acting(community), pytest.raises(IntegrityError), transaction.atomic():
        reception.reception(community, **wrong)


def test_who_came_is_a_resident_or_words_or_nobody(acting, community):
    with acting(community):
        person = factories.resident(community, "黄文发")
        assert reception.reception(community).who == "匿名"
        assert reception.reception(community, visitor="陈先生").who == "陈先生"
        assert reception.reception(community, resident=person).who == "黄文发"
        with pytest.raises(IntegrityError), transaction.atomic():
            reception.reception(community, resident=person, visitor="黄文发")


def test_the_form_fills_in_what_follows(acting, community, clerk, post):
    post("receptions", **FORM, answer="告知条件。")
    with acting(clerk):
        row = Reception.objects.get()
    assert (row.people, row.answered_on, row.answered_by) == (1, date(2025, 3, 10), "李梅")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"answered_on": "2025-03-10"}, "answer"),
        ({"answer": "好", "answered_on": "2025-03-09"}, "answered_on"),
        ({"people": "0"}, "people"),
        ({"topics": []}, "topics"),
        ({"phone": "123"}, "phone"),
        ({"occurred_on": "2999-01-01"}, "occurred_on"),
    ],
)
def test_wrong_input_is_told_at_its_field_and_not_stored(acting, clerk, post, wrong, field):
    answer = post("receptions", **FORM | wrong)
    assert field in answer.context["form"].errors
    with acting(clerk):
        assert not Reception.objects.exists()


def test_many_are_taken_down_on_one_screen(acting, client_of, clerk):
    lines = {
        **{key: FORM[key] for key in ("occurred_on", "channel", "first_asked")},
        "lines": "10",
        "_key": str(uuid4()),
        "l0-visitor": "陈先生",
        "l0-topics": "relief",
        "l0-content": "问低保。",
        "l0-answer": "已告知。",
        "l3-people": "4",
        "l3-topics": "estate",
        "l3-content": "反映路灯。",
    }
    client_of(clerk).post("/ledger/receptions/add-many/", lines)
    with acting(clerk):
        rows = Reception.objects.order_by("people").values_list("people", "visitor", "answered_by")
        assert list(rows) == [(1, "陈先生", "李梅"), (4, "", "")]


@pytest.mark.parametrize("slug", ["reception-days", "onsite-offices"])
def test_no_more_is_solved_than_was_raised(acting, community, clerk, post, slug):
    known = {"cadre": "何建平", "place": "中心广场", "participants": "残联"}
    answer = post(slug, occurred_on="2025-03-10", raised="3", solved="4", **known)
    assert "已解决的不能多于" in str(answer.context["form"].errors["solved"])
    post(slug, occurred_on="2025-03-10", raised="3", **known)
    with acting(clerk):
        row = ledgers[slug].model.objects.get()
        assert (row.raised, row.solved, row.pending) == (3, 0, 3)


# --- figures --------------------------------------------------------------------------------------
def test_persons_and_consultations_are_counted_apart(acting, community, other_community):
    with acting(community, other_community):
        reception.answered(community, people=3)
        reception.answered(community, date(2025, 12, 31), answered_on=date(2026, 1, 2))
        reception.reception(community, topics=["estate", "advice"], channel="phone", people=2)
        reception.answered(community, date(2024, 12, 31))
        reception.answered(other_community)
        factories.consultation(factories.resident(community))
        reception.reception_day(community, visitors=50)
        cases.case(community)
        assert value("reception_people", community) == 6
        assert value("receptions", community) == 3
        assert value("receptions_answered", community) == 1
        assert value("receptions_waiting", community) == 2
        rate = engine.read("servicecenter.reception_answer_rate", {community.pk}, YEAR)
        assert rate.full == "33.3%（1/3）"
        units = {community.pk}
        by = engine.by_category("servicecenter.reception_people", "topics", units, YEAR)
        told = {name: reading.value for name, reading in by.items() if reading.value}
        assert told == {"relief": 4, "estate": 2, "advice": 2}


def test_reception_days_and_offices_tell_what_was_solved(acting, community):
    with acting(community):
        reception.reception_day(community)
        reception.reception_day(community, cadre="李梅", visitors=3, raised=3, solved=2)
        reception.onsite_office(community)
        units = {community.pk}
        assert value("reception_days", community) == 2
        assert value("reception_day_visitors", community) == 15
        rate = engine.read("servicecenter.reception_day_rate", units, YEAR)
        assert rate.full == "75.0%（6/8）"
        assert value("onsite_reached", community) == 30
        assert engine.read("servicecenter.onsite_rate", units, YEAR).full == "83.3%（5/6）"


# --- what follows ---------------------------------------------------------------------------------
def test_a_consultation_becomes_one_case_of_its_unit(acting, community, clerk):
    with acting(clerk):
        row, case = reception.reception(community), cases.case(community)
        became_case(row, case, by=clerk)
        became_case(row, case, by=clerk)
        assert value("receptions_to_cases", community) == 1
        with pytest.raises(ValidationError, match="已转为办件"):
            became_case(row, cases.case(community), by=clerk)


def test_a_case_keeps_its_page_from_the_consultation(acting, community, client_of, clerk):
    with acting(clerk):
        row, case = reception.reception(community), cases.case(community)
        became_case(row, case, by=clerk)
    page = client_of(clerk).get(f"/ledger/receptions/{row.pk}/").content.decode()
    assert str(case) in page


def test_what_waits_is_on_the_work_list(acting, community):
    with acting(community):
        waiting = reception.reception(community)
        reception.answered(community)
        open_day = reception.reception_day(community)
        reception.reception_day(community, cadre="李梅", solved=5)
        units = {community.pk}
        rows = worklists["servicecenter.receptions_unanswered"].rows(units)
        assert list(rows) == [waiting]
        assert list(worklists["servicecenter.reception_days_unsolved"].rows(units)) == [open_day]
