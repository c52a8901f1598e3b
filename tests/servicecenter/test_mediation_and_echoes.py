"""矛盾调解 and 社区回音壁: what may be stored, how it is counted, what everybody may read."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from portal.figures import engine
from portal.ledgers import ledgers
from portal.periods import Period
from portal.roles import Role
from portal.worklists import worklists
from servicecenter.models import Echo
from servicecenter.selectors.echoes import public_echoes
from tests import factories
from tests.factories import reception

pytestmark = pytest.mark.django_db
YEAR = Period.parse("2025")


@pytest.fixture
def clerk(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community)


def full(code, unit, period=YEAR):
    return engine.read(f"servicecenter.{code}", {unit.pk}, period).full


@pytest.mark.parametrize(
    "wrong",
    [
        {"result": "succeeded"},
        {"ended_on": date(2025, 3, 11)},
        {"signed_on": date(2025, 3, 11)},
        {"kept": "kept"},
        {"result": "failed", "ended_on": date(2025, 3, 9)},
    ],
    ids=str,
)
def test_the_database_refuses_half_a_mediation(acting, community, wrong):
    with acting(community), pytest.raises(IntegrityError), transaction.atomic():
        reception.mediation(community, **wrong)


def test_both_parties_are_not_one_resident(acting, community):
    with acting(community):
        person = factories.resident(community)
        with pytest.raises(IntegrityError), transaction.atomic():
            reception.mediation(community, resident=person, other_resident=person)


def test_the_rate_is_of_those_that_ended(acting, community):
    with acting(community):
        reception.succeeded(community)
        reception.succeeded(community, agreement="", signed_on=None)
        reception.mediation(community, result="judicial", ended_on=date(2025, 4, 1))
        reception.mediation(community)
        reception.succeeded(
            community, date(2025, 12, 30), ended_on=date(2026, 1, 5), signed_on=date(2026, 1, 5)
        )
        assert full("mediations", community) == "5件"
        assert full("mediation_rate", community) == "66.7%（2/3）"
        assert full("mediations_running", community) == "2件"
        assert full("agreements", community) == "1份"
        assert full("agreement_rate", community) == "0.0%（0/1）"
        assert full("agreements", community, Period.parse("2026")) == "1份"


def test_steps_lead_a_mediation_to_its_result_and_back(acting, client_of, community, clerk):
    with acting(clerk):
        row = reception.mediation(community)
    page = f"/ledger/mediations/{row.pk}/step"
    answer = client_of(clerk).get(f"{page}/succeed/")
    assert answer.status_code == 200
    with acting(clerk):
        actions = {a.label for a in ledgers["mediations"].actions(row, clerk)}
    assert actions == {"调解成功", "调解未成功", "转司法途径"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"reply": "好。"},
        {"replied_on": date(2025, 3, 11)},
        {"state": "held"},
        {"published_on": date(2025, 3, 11)},
    ],
    ids=str,
)
def test_the_database_refuses_half_a_reply_and_what_was_not_passed(acting, community, wrong):
    with acting(community), pytest.raises(IntegrityError), transaction.atomic():
        reception.echo(community, **wrong)


@pytest.mark.parametrize("missing", [{"may_publish": False}, {"state": "waiting"}], ids=str)
def test_only_what_was_agreed_to_and_passed_is_published(acting, community, missing):
    with acting(community), pytest.raises(IntegrityError), transaction.atomic():
        reception.public_echo(community, **missing)


def test_everybody_reads_the_published_words_newest_first(acting, community, other_community):
    with acting(community, other_community):
        reception.echo(community)
        old = reception.public_echo(community)
        new = reception.public_echo(community, date(2025, 5, 1), wording="灯何时修？")
        reception.public_echo(community, published_on=date(2999, 1, 1))
        reception.public_echo(other_community)
        found = list(public_echoes(community))
    assert found == [new, old]
    assert [each.shown for each in found] == ["灯何时修？", "小广场的灯什么时候修？"]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"question": "我是 138 0000 0001，灯何时修？"}, "question"),
        ({"reply": "请打 0731-85550100。"}, "reply"),
        ({"wording": "身份证 110101198001010011 的事"}, "wording"),
        ({"may_publish": ""}, "may_publish"),
        ({"state": "waiting"}, "state"),
        ({"published_on": "2025-03-09"}, "published_on"),
        ({"reply": "", "replied_on": "2025-03-10"}, "reply"),
    ],
)
def test_numbers_of_persons_are_not_published(acting, client_of, clerk, changed, field):
    sent = {
        "occurred_on": "2025-03-10",
        "topic": "estate",
        "question": "灯何时修？",
        "reply": "已修。",
        "may_publish": "on",
        "state": "passed",
        "published_on": "2025-03-11",
    }

    def post(data):
        return client_of(clerk).post("/ledger/echoes/add/", {"_key": str(uuid4()), **data})

    answer = post(sent | changed)
    assert field in answer.context["form"].errors
    with acting(clerk):
        assert not Echo.objects.exists()
    post(sent)
    with acting(clerk):
        row = Echo.objects.get()
    assert (row.replied_on, row.replied_by) == (date(2025, 3, 10), clerk.name)


def test_a_reply_rate_is_of_the_questions_asked(acting, community):
    with acting(community):
        reception.public_echo(community)
        reception.public_echo(community, date(2025, 12, 31), replied_on=date(2026, 1, 1),
                              published_on=date(2026, 1, 2))  # fmt: skip
        reception.echo(community)
        assert full("echo_reply_rate", community) == "33.3%（1/3）"
        assert full("echoes_waiting", community) == "2条"
        assert full("echoes_public", community) == "1条"


def test_what_waits_is_on_the_work_list(acting, community):
    with acting(community):
        running = reception.mediation(community)
        signed = reception.succeeded(community)
        asked = reception.echo(community)
        agreed = reception.public_echo(community, state="passed", published_on=None)
        reception.public_echo(community)
        units = {community.pk}
        found = {code: list(worklists[f"servicecenter.{code}"].rows(units)) for code in (
            "mediations_running", "agreements_not_followed", "echoes_unreplied",
            "echoes_to_publish",
        )}  # fmt: skip
    assert found == {
        "mediations_running": [running],
        "agreements_not_followed": [signed],
        "echoes_unreplied": [asked],
        "echoes_to_publish": [agreed],
    }
