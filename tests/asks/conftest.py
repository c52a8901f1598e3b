"""A street that asks, two communities that answer, and their visits."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from portal.asks import counting, services
from portal.asks.workflow import AnswerState
from portal.models import Ask, AskAnswer
from portal.roles import Role
from tests import factories

DAY = date(2025, 3, 5)


@pytest.fixture
def section(make_user, street):
    return make_user(Role.STREET_SECTION, street, name="吴科长")


@pytest.fixture
def supervisor(make_user, street):
    return make_user(Role.STREET_SUPERVISOR, street, name="郑主任")


@pytest.fixture
def staff(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community, name="李梅")


@pytest.fixture
def neighbour(make_user, other_community):
    return make_user(Role.COMMUNITY_STAFF, other_community, name="周芳")


@pytest.fixture
def person(acting, community):
    with acting(community):
        return factories.resident(community, "黄文发")


@pytest.fixture
def visits(acting, community, other_community, person):
    """Two visits here, one next door."""
    with acting(community, other_community):
        other = factories.resident(other_community, "单小梅")
        return [
            factories.visit(person, DAY),
            factories.visit(person, DAY + timedelta(days=1), domains=["residents"]),
            factories.visit(other, DAY),
        ]


@pytest.fixture
def unsaved(street):
    """``unsaved(**fields)``: an ask for the visits of 2025, due in ten days."""

    def make(**fields):
        due = timezone.now() + timedelta(days=10)
        fields = {"title": "走访情况", "figures": ["visits.home"], "period_key": "2025"} | fields
        return Ask(**{"unit": street, "reason": "例会通报", "due_at": due, "whole": True} | fields)

    return make


@pytest.fixture
def send(acting, section, community, other_community, unsaved):
    def make(communities=None, *, by=section, reuse=False, **fields):
        with acting(by):
            return services.send(
                unsaved(**fields),
                communities or [community, other_community],
                reuse=reuse,
                by=by,
            )

    return make


@pytest.fixture
def answer_of(acting):
    """``answer_of(ask, unit, user)``: as that user reads it now."""

    def find(ask, unit, user):
        with acting(user):
            rows = AskAnswer.objects.select_related("ask__unit", "unit", "given")
            return rows.get(ask=ask, unit=unit)

    return find


@pytest.fixture
def confirm(acting):
    """``confirm(answer, user, …)``: of the numbers as they are now."""

    def do(answer, by, *, right=True, note="", words=(), seen=None):
        with acting(by):
            now = counting.count(answer.ask, answer.unit_id)
            return services.confirm(
                answer,
                version=answer.version,
                seen=counting.seal(now) if seen is None else seen,
                right=right,
                note=note,
                words=words,
                by=by,
            )

    return do


@pytest.fixture
def bring_to(acting, confirm, answer_of, section, staff):
    """``bring_to(ask, unit, state)``: the answer in that state."""

    def bring(ask, unit, state):
        answer = answer_of(ask, unit, staff)
        if state == AnswerState.WAITING:
            return answer
        confirm(answer, staff)
        answer = answer_of(ask, unit, section)
        step = {AnswerState.RETURNED: "return", AnswerState.ACCEPTED: "accept"}.get(state)
        if step:
            with acting(section):
                services.take(answer, step, version=answer.version, note="请核对", by=section)
        return answer_of(ask, unit, section)

    return bring
