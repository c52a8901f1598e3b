"""Papers of cases: which state has which, and the receipt that is handed over once."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from portal.roles import Role
from servicecenter.enums.cases import CaseState as S
from servicecenter.selectors.papers import paper_actions
from servicecenter.workflow import FINISHED, RUNNING, UNACCEPTED
from tests.factories import cases
from tests.servicecenter.paper_prints import post, told, url_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client_of, clerk):
    return client_of(clerk)


# --- which state has which ----------------------------------------------------------------------
EXPECTED = {state: {"accept", "proxy"} for state in RUNNING}
EXPECTED |= {state: {"accept", "reply", "proxy"} for state in FINISHED}
EXPECTED |= {
    S.REGISTERED: {"proxy"},
    S.SUPPLEMENT: {"supplement", "proxy"},
    S.REFUSED: {"refuse"},
    S.CANCELLED: set(),
}


@pytest.mark.parametrize("state", S)
def test_only_the_papers_of_the_state_can_be_printed(acting, community, client, state):
    assert EXPECTED.keys() == RUNNING | FINISHED | UNACCEPTED
    with acting(community):
        receipt = {} if state in UNACCEPTED else {"receipt_on": date(2025, 3, 4)}
        case = cases.case(community, state, **receipt)
        assert told(case) == EXPECTED[state]
    for slug in ("accept", "supplement", "mend", "refuse", "extend", "reply", "proxy"):
        status = client.get(url_of(case, slug)).status_code
        assert status == (200 if slug in EXPECTED[state] else 403), slug


def test_an_extension_and_what_is_to_follow_have_their_papers(acting, community, running):
    with acting(community):
        assert told(running) == {"accept", "proxy", "mend"}
        running.extended_days, running.extended_for = 5, "入户核实"
        assert "extend" in told(running)


# --- the receipt --------------------------------------------------------------------------------
def test_the_receipt_is_handed_over_once_and_then_printed(client, acting, clerk, community):
    with acting(community):
        case = cases.case(community, S.ACCEPTED)
    assert client.get(url_of(case, "accept")).status_code == 403
    url = f"/servicecenter/cases/{case.pk}/receipt/"

    answer = post(client, url, receipt_on="2025-03-04", versions=f"{case.pk}:1")

    assert answer["Location"] == url_of(case, "accept")
    with acting(clerk):
        case.refresh_from_db()
        assert case.receipt_on == date(2025, 3, 4)
        labels = [action.label for action in paper_actions(case, clerk)]
        assert labels == ["打印受理通知书（承办单）", "打印委托代办书"]
    again = post(client, url, receipt_on="2025-03-05", versions=f"{case.pk}:2")
    assert "2025-03-04已经出具承办单" in str(again.context["form"].errors)


@pytest.mark.parametrize(
    ("day", "message"),
    [
        ("2025-03-03", "不能早于受理日期2025-03-04。"),
        (str(timezone.localdate() + timedelta(days=1)), "不能晚于今天。"),
        ("", "请填写出具日期。"),
    ],
)
def test_a_receipt_on_a_wrong_day_is_refused(client, acting, clerk, community, day, message):
    with acting(community):
        case = cases.case(community, S.ACCEPTED)
    answer = post(
        client,
        f"/servicecenter/cases/{case.pk}/receipt/",
        receipt_on=day,
        versions=f"{case.pk}:1",
    )
    assert answer.context["form"].errors == {"receipt_on": [message]}
    with acting(clerk):
        case.refresh_from_db()
        assert case.receipt_on is None


def test_who_does_not_accept_hands_over_no_receipt(
    client_of, make_user, acting, community, other_community
):
    with acting(community):
        case = cases.case(community, S.ACCEPTED)
    url = f"/servicecenter/cases/{case.pk}/receipt/"
    handler = make_user(Role.STATION_HANDLER, community)
    assert client_of(handler).get(url).status_code == 403
    with acting(handler):
        assert [a.label for a in paper_actions(case, handler)] == ["打印委托代办书"]
    stranger = client_of(make_user(Role.WINDOW_CLERK, other_community))
    assert stranger.get(url).status_code == 404
    assert stranger.get(url_of(case, "proxy")).status_code == 404
