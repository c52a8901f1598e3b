"""What nobody gets round in paying: two people decide, a run holds its own lines, each unit its own."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from disability.models import Payment, SubsidyStandard
from disability.services.payments import draft_run, step_run, store_payment
from portal.errors import StaleRecord
from portal.models import RoleAssignment
from portal.months import following
from portal.roles import Role
from tests import factories
from tests.conftest import as_command
from tests.disability.posting import keyed
from tests.disability.runs import JANUARY, pay, people

pytestmark = pytest.mark.usefixtures("january_2026")
LINES = "/ledger/subsidy-payments/"


@pytest.fixture
def run(acting, community, clerk):
    with acting(community):
        people(community, 2)
        return draft_run(community, factories.subsidy_kind("care"), JANUARY, by=clerk)


def sent_of(line, **fields) -> dict:
    known = {
        "subsidy": line.subsidy_id,
        "subsidy_text": "",
        "month": f"{line.month:%Y-%m}",
        "state": line.state,
        "amount": str(line.amount),
        "reason": line.reason,
        "paid_on": line.paid_on or "",
        "version": line.version,
    }
    return keyed(known | fields)


def test_a_line_taken_out_does_not_come_back_after_the_run_was_confirmed(
    acting, client_of, community, clerk, colleague, run
):
    client = client_of(clerk)
    with acting(community):
        line = run.payments.first()
    assert client.post(f"{LINES}{line.pk}/delete/", keyed({"version": "1"})).status_code == 302
    with acting(community):
        run.refresh_from_db()
        step_run(run, "confirm", {"confirmed_on": date(2025, 1, 20)}, by=colleague)
    page = client.post(f"{LINES}bin/", keyed({"pk": line.pk}), follow=True)
    assert "已经确认" in page.content.decode()
    with acting(community):
        line.refresh_from_db()
        assert line.deleted_at is not None


def test_a_line_taken_out_of_a_draft_comes_back_there(acting, client_of, community, clerk, run):
    client = client_of(clerk)
    with acting(community):
        line = run.payments.first()
    client.post(f"{LINES}{line.pk}/delete/", keyed({"version": "1"}))
    assert client.post(f"{LINES}bin/", keyed({"pk": line.pk})).status_code == 302
    with acting(community):
        assert run.payments.kept().count() == 2


def test_who_confirms_has_seen_the_lines_as_they_are(
    acting, client_of, community, clerk, colleague, run
):
    with acting(community):
        seen = type(run).objects.get(pk=run.pk)
        line = run.payments.first()
    client = client_of(clerk)
    answer = client.post(f"{LINES}{line.pk}/edit/", sent_of(line, amount="900", reason="补差"))
    assert answer.status_code == 302
    with acting(community), pytest.raises(StaleRecord):
        step_run(seen, "confirm", {"confirmed_on": date(2025, 1, 20)}, by=colleague)
    with acting(community):
        seen = type(run).objects.get(pk=run.pk)
        line = run.payments.last()
    client.post(f"{LINES}{line.pk}/delete/", keyed({"version": line.version}))
    with acting(community), pytest.raises(StaleRecord):
        step_run(seen, "confirm", {"confirmed_on": date(2025, 1, 20)}, by=colleague)


@pytest.mark.parametrize("change", ["edit", "delete"])
def test_who_changed_a_line_does_not_confirm_the_run(
    acting, client_of, community, clerk, colleague, run, change
):
    with acting(community):
        line = run.payments.first()
    sent = sent_of(line, amount="900", reason="补差")
    assert client_of(colleague).post(f"{LINES}{line.pk}/{change}/", sent).status_code == 302
    with acting(community):
        run.refresh_from_db()
        with pytest.raises(ValidationError, match="另一位"):
            step_run(run, "confirm", {"confirmed_on": date(2025, 1, 20)}, by=colleague)


def test_a_line_that_was_opened_in_a_draft_is_not_changed_once_confirmed(
    acting, community, clerk, colleague, run
):
    with acting(community):
        line = run.payments.first()
        step_run(run, "confirm", {"confirmed_on": date(2025, 1, 20)}, by=colleague)
        line.amount, line.reason = 900, "补差"
        with pytest.raises(ValidationError, match="不能再改"):
            store_payment(line, by=clerk)


def test_a_line_stays_with_the_kind_and_within_the_month_of_its_run(
    acting, client_of, community, clerk, run
):
    with acting(community):
        line = run.payments.first()
        factories.standard(community, "nursing", 400)
        other = factories.subsidy(line.resident, "nursing")
    client, url = client_of(clerk), f"{LINES}{line.pk}/edit/"
    answer = client.post(url, sent_of(line, subsidy=other.pk))
    assert "养护补贴" in str(answer.context["form"].errors["subsidy"])
    answer = client.post(url, sent_of(line, month="2025-02"))
    assert "不能晚于" in str(answer.context["form"].errors["month"])


def test_a_paid_line_keeps_the_standard_of_its_day(
    acting, client_of, community, clerk, colleague, run
):
    with acting(community):
        pay(run, clerk, colleague)
        line = run.payments.first()
        SubsidyStandard.objects.update(amount=500)
    fields = {"state": "returned", "returned_on": "2025-02-01", "return_reason": "账号有误"}
    assert (
        client_of(clerk).post(f"{LINES}{line.pk}/edit/", sent_of(line, **fields)).status_code == 302
    )
    with acting(community):
        line.refresh_from_db()
        assert (line.standard, line.amount) == (400, 400)


def test_a_payment_is_stored_only_where_the_user_records(
    acting, client_of, make_user, community, other_community, street
):
    """Who looks at the whole street and records for one community writes there alone."""
    user = make_user(Role.COMMUNITY_STAFF, community)
    with as_command():
        RoleAssignment.objects.create(
            user=user, role=Role.STREET_SECTION, unit=street, valid_from=date(2020, 1, 1)
        )
    with acting(other_community):
        factories.standard(other_community, "care", 400)
        row = factories.subsidy(factories.resident(other_community, "隔壁的"), "care")
    sent = {"subsidy": row.pk, "subsidy_text": "", "month": "2025-01", "amount": "400"}
    sent |= {"state": "paid", "paid_on": "2025-01-20"}
    answer = client_of(user).post(f"{LINES}add/", keyed(sent))
    with acting(other_community):
        assert not Payment.objects.exists()
    assert answer.status_code == 200
    assert "登记" in str(answer.context["form"].errors)


def test_old_payments_taken_down_bring_no_arrears(acting, client_of, community, clerk):
    with acting(community):
        row, _ = people(community, 2, starts_on=date(2020, 1, 1))
    sent = {"subsidy": row.pk, "subsidy_text": "", "month": "2020-01", "amount": "400"}
    sent |= {"state": "paid", "paid_on": "2020-01-20"}
    assert client_of(clerk).post(f"{LINES}add/", keyed(sent)).status_code == 302
    with acting(community):
        run = draft_run(community, factories.subsidy_kind("care"), following(JANUARY, 11), by=clerk)
        assert run.payments.count() == 2


def test_a_payment_goes_again_no_earlier_than_it_came_back(
    acting, client_of, community, clerk, colleague, run
):
    with acting(community):
        pay(run, clerk, colleague)
        line = run.payments.first()
        line.state, line.paid_on = "returned", None
        line.returned_on, line.return_reason = date(2025, 3, 10), "账号有误"
        line.save()
    sent = {"versions": f"{line.pk}:{line.version}", "paid_on": "2025-03-01"}
    answer = client_of(clerk).post(f"{LINES}{line.pk}/step/repay/", keyed(sent))
    assert "不能早于退回日期" in answer.content.decode()
