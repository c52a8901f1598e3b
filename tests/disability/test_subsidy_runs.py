"""Payment runs: computed, confirmed by another person, paid; months, arrears, stops, second payments."""

from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disability.enums.subsidies import PaymentState, RunState
from disability.models import Payment, PaymentRun, SubsidyStandard
from disability.services.payments import draft_run
from disability.workflow import RUN
from portal.figures import engine
from portal.months import following, last_of
from portal.periods import Period
from portal.roles import Role
from tests import factories
from tests.disability.posting import keyed
from tests.disability.runs import JANUARY, month_of, people

YEAR = Period.parse("2025")
R = RunState
pytestmark = pytest.mark.usefixtures("january_2026")


def paid(community, period=YEAR, code="care_subsidy_paid"):
    return engine.read(f"disability.{code}", {community.pk}, period).value


def test_23_people_of_400_yuan(acting, community, clerk, colleague):
    with acting(community):
        people(community, 23)
        runs = [month_of(community, clerk, colleague, following(JANUARY, n)) for n in range(12)]
        assert paid(community, code="care_subsidy_persons") == 23
        assert paid(community, code="care_subsidy_monthly") == 9200
        assert paid(community) == 23 * 400 * 12 == sum(run.amount for run in runs)
        assert paid(community, code="care_subsidy_payments") == 276
        half = Period.parse("2025H1")
        assert paid(community, half) == 55200
        assert [
            r.value
            for _, r in engine.by_month("disability.care_subsidy_paid", {community.pk}, half)
        ] == [9200] * 6
        evidence = engine.evidence("disability.care_subsidy_paid", {community.pk}, half)
        assert evidence.count() == 138, "the payments behind the number"


def test_a_standard_that_changes_pays_each_month_by_its_own(acting, community, clerk, colleague):
    with acting(community):
        people(community, 2, ends_on=None)
        SubsidyStandard.objects.update(ends_on=date(2025, 6, 30))
        factories.standard(community, "care", 450, date(2025, 7, 1))
        for n in range(12):
            month_of(community, clerk, colleague, following(JANUARY, n))
        assert paid(community) == 2 * (6 * 400 + 6 * 450)
        assert paid(community, code="care_subsidy_monthly") == 900


def test_who_dies_moves_or_loses_the_certificate_is_paid_through_that_month(
    acting, community, clerk, colleague
):
    with acting(community):
        died, moved, cancelled, stays = people(community, 4)
        for each in (cancelled, stays):
            factories.certificate(each.resident)
        factories.life_event(died.resident, "died", date(2025, 3, 10))
        factories.life_event(moved.resident, "moved_out", date(2025, 4, 10))
        cancelled.resident.certificates.update(ended_on=date(2025, 5, 2), status="cancelled")
        for n in range(8):
            month_of(community, clerk, colleague, following(JANUARY, n))
        months = {
            row.pk: Payment.objects.filter(subsidy=row).count()
            for row in (died, moved, cancelled, stays)
        }
        assert list(months.values()) == [3, 4, 5, 8]


def test_arrears_follow_a_late_approval_from_the_first_run_on(acting, community, clerk, colleague):
    with acting(community):
        people(community, 1, starts_on=date(2024, 1, 1))
        month_of(community, clerk, colleague, JANUARY)
        assert Payment.objects.count() == 1, "nothing is in arrears from before the first run"
        month_of(community, clerk, colleague, date(2025, 2, 1))
        factories.subsidy(factories.resident(community, "后批的"), "care", JANUARY)
        run = draft_run(community, factories.subsidy_kind("care"), date(2025, 3, 1), by=clerk)
        late = run.payments.filter(resident__name="后批的").order_by("month")
        assert [(p.month.month, p.is_arrears) for p in late] == [(1, True), (2, True), (3, False)]
        assert run.amount == 4 * 400


def test_a_run_is_refused_without_standard_without_people_and_twice(acting, community, clerk):
    with acting(community):
        kind = factories.subsidy_kind("care")
        with pytest.raises(ValidationError, match="没有应发"):
            draft_run(community, kind, JANUARY, by=clerk)
        row = factories.subsidy(factories.resident(community), "care")
        with pytest.raises(ValidationError, match="没有2025年1月的标准"):
            draft_run(community, kind, JANUARY, by=clerk)
        assert not PaymentRun.objects.exists()
        factories.standard(community, "care", 400)
        draft_run(community, kind, JANUARY, by=clerk)
        with pytest.raises(ValidationError, match="已有发放批次"):
            draft_run(community, kind, JANUARY, by=clerk)
        assert row.payments.count() == 1


@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_what_was_paid_is_months_by_standard_less_what_came_back(
    acting, community, clerk, colleague, data
):
    number = data.draw(st.integers(1, 3), "people")
    starts = data.draw(st.lists(st.integers(0, 3), min_size=number, max_size=number), "starts")
    last = data.draw(st.lists(st.integers(3, 5), min_size=number, max_size=number), "last")
    change = data.draw(st.integers(1, 5), "the month of a new standard")
    first, second = data.draw(st.tuples(st.integers(1, 900), st.integers(1, 900)), "standards")
    with acting(community), transaction.atomic():
        factories.standard(
            community,
            "care",
            first,
            ends_on=last_of(following(JANUARY, change - 1)),
        )
        factories.standard(community, "care", second, following(JANUARY, change))
        expected = Decimal(0)
        for n, (a, b) in enumerate(zip(starts, last, strict=True)):
            end = last_of(following(JANUARY, b))
            factories.subsidy(
                factories.resident(community, f"居民{n}"),
                "care",
                following(JANUARY, a),
                ends_on=end,
                stop_reason="declined",
            )
            expected += sum(first if m < change else second for m in range(a, b + 1))
        for n in range(6):
            with suppress(ValidationError):  # nobody is due
                month_of(community, clerk, colleague, following(JANUARY, n))
        lines = list(Payment.objects.order_by("pk"))
        assert sum(run.amount for run in PaymentRun.objects.all()) == expected
        assert paid(community) == expected
        back = data.draw(st.lists(st.sampled_from(lines), unique=True), "sent back")
        for line in back:
            line.state, line.paid_on, line.returned_on = (
                PaymentState.RETURNED,
                None,
                date(2025, 7, 1),
            )
            line.save()
        assert paid(community) == expected - sum(line.amount for line in back)
        transaction.set_rollback(True)


# --- state × step × who --------------------------------------------------------------------------------

TABLE = {
    R.DRAFT: {"confirm", "discard"},
    R.CONFIRMED: {"reopen", "pay"},
    R.PAID: set(),
}
WHO = {
    "clerk": {"discard", "pay", "reopen"},
    "colleague": {"confirm", "discard", "pay", "reopen"},
    "head": {"confirm", "reopen"},
    "section": set(),
    "neighbour": set(),
}


@pytest.mark.parametrize("state", list(R))
@pytest.mark.parametrize("who", list(WHO))
def test_steps_by_state_and_role(
    acting, client_of, make_user, community, other_community, street, clerk, colleague, state, who
):
    users = {
        "clerk": lambda: clerk,
        "colleague": lambda: colleague,
        "head": lambda: make_user(Role.COMMUNITY_HEAD, community),
        "section": lambda: make_user(Role.STREET_SECTION, street),
        "neighbour": lambda: make_user(Role.COMMUNITY_STAFF, other_community),
    }
    client = client_of(users[who]())
    for step in RUN.steps:
        with acting(community):
            run = factories.payment_run(
                community,
                month=following(JANUARY, list(RUN.steps).index(step)),
                state=state,
                paid_on=date(2025, 12, 1) if state == R.PAID else None,
                confirmed_on=date(2025, 11, 30) if state != R.DRAFT else None,
                recorded_by=clerk,
            )
            enrolled = factories.subsidy(factories.resident(community, f"居民{step}"))
            factories.payment(
                run,
                enrolled,
                state="paid" if state == R.PAID else "planned",
                paid_on=run.paid_on,
            )
        sent = {"versions": f"{run.pk}:1", "confirmed_on": "2025-12-01", "paid_on": "2025-12-02"}
        client.post(
            f"/disability/subsidy-runs/{run.pk}/{step}/", keyed(sent | {"note": "金额有误"})
        )
        with acting(community):
            run.refresh_from_db()
            moved = run.state != state or run.deleted_at is not None
            assert moved == (step in TABLE[state] & WHO[who]), (step, run.state)
            line = run.payments.get()
            if moved and step == "pay":
                assert (line.state, line.paid_on) == ("paid", date(2025, 12, 2))
            if moved and step == "discard":
                assert line.deleted_at is not None
            if moved and step == "confirm":
                assert run.confirmed_by is not None
