"""Any sequence of acts on an order: its state is always told alike, and only what may be done is done."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.figures import engine
from portal.periods import Period
from portal.roles import Role
from sanitation.enums.rectification import OrderState as S
from sanitation.models import RectificationOrder
from sanitation.selectors.rectification import (
    is_late,
    late_on,
    rounds_of,
    state_after,
    state_of,
    steps_open_to,
    with_state,
)
from sanitation.services import rectification as services
from sanitation.workflow import ORDER
from tests.factories import sanitation_rectification as made

pytestmark = pytest.mark.django_db
YEAR = Period.parse("2025")
ACTS = st.sampled_from(["report", "pass", "fail", "extend", "reopen"])
STEP_OF = {"pass": "recheck", "fail": "recheck"}
AFTER = {"report": S.REPORTED, "pass": S.CLOSED, "fail": S.AGAIN, "reopen": S.REPORTED}


@pytest.fixture
def inspector(make_user, street):
    return make_user(Role.SANITATION_INSPECTOR, street, "inspector", name="吴永刚")


@pytest.fixture
def worker(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community, "worker", name="李梅")


def take(act, order, day, inspector, worker):
    last = rounds_of(order)[-1:]
    match act:
        case "report":
            services.report(order, content="已清理", reporter="彭建国", day=day, by=worker, on=day)
        case "pass" | "fail":
            if not last:
                raise ValidationError("没有整改情况")
            services.recheck(
                last[0],
                passed=act == "pass",
                opinion="再清理",
                rechecker="吴永刚",
                day=day,
                by=inspector,
            )
        case "extend":
            later = order.due_on + timedelta(days=1)
            services.extend(order, due_on=later, reason="下雨", by=inspector)
        case "reopen":
            services.reopen(order, reason="看错", by=inspector)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(acts=st.lists(st.tuples(ACTS, st.integers(0, 3)), max_size=9))
def test_the_state_of_any_sequence_is_told_alike(
    acts, street, community, inspector, worker, acting
):
    with acting(street), transaction.atomic():
        key, day, state = made.order(street, community).pk, made.DAY, S.OPEN
        for act, days in acts:
            day += timedelta(days=days)
            order = RectificationOrder.objects.get(pk=key)
            step = STEP_OF.get(act, act)
            allowed = step in ORDER.steps_from(state)
            who = worker if step == "report" else inspector
            assert (step in steps_open_to(order, who)) == allowed
            try:
                with transaction.atomic():
                    take(act, order, day, inspector, worker)
                taken = True
            except ValidationError:
                taken = False
            assert taken == allowed, (act, state)
            state = AFTER.get(act, state) if taken else state

            order = RectificationOrder.objects.get(pk=key)
            rounds = rounds_of(order)
            told = with_state(RectificationOrder.objects.filter(pk=key)).get()
            assert state_of(order) == told.state == state
            assert state_after(order.closed_on, rounds[-1] if rounds else None) == state
            assert (order.closed_on is not None) == (state == S.CLOSED)
            assert all(row.passed is False for row in rounds[:-1])
            for on in (order.due_on, order.due_on + timedelta(days=1), date(2025, 12, 31)):
                if on < day:
                    continue  # the row tells what is known now, not then
                found = RectificationOrder.objects.filter(late_on(on), pk=key, closed_on=None)
                assert found.exists() == is_late(told, on), on
        units = {community.pk}
        count = engine.read("sanitation.orders_open", units, YEAR).value
        assert count == (state != S.CLOSED)
        passed = engine.read("sanitation.rounds_passed", units, YEAR).value
        assert passed == (state == S.CLOSED)
        transaction.set_rollback(True)
