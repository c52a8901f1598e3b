"""What the screens of cases read: items to choose from, an applicant's other cases, the user's own agent."""

from datetime import date, timedelta

from django.db.models import Q, QuerySet

from portal.pinyin import name_keys
from portal.scope import above
from portal.width import to_halfwidth
from servicecenter.enums.agents import AgentKind
from servicecenter.models import Agent, Case, ItemVersion
from servicecenter.workflow import FINISHED, RUNNING, WAITING

LATELY = 90  # days that an applicant's finished cases are told for
TOLD = 8


def units_above(unit_id: int) -> set[int]:
    """The unit and those above it, whose items and stations serve it."""
    return {unit_id} | above([unit_id])


def matching(versions, text: str) -> list[ItemVersion]:
    """Those whose item is meant by a typed text: part of the name, of its pinyin or initials, or of the
    code. Nothing typed means all."""
    typed = to_halfwidth(text).strip().lower().replace(" ", "")
    if not typed:
        return list(versions)
    return [version for version in versions if _means(version.item, typed)]


def _means(item, typed: str) -> bool:
    if typed in item.name.lower() or typed in item.code.lower().replace(" ", ""):
        return True
    return typed.isascii() and any(typed in key for key in name_keys(item.name).search.split("|"))


def other_cases(applicant: Q, day: date, user) -> list[Case]:
    """The applicant's cases that are open, and those of the last 90 days; the newest first."""
    since = day - timedelta(days=LATELY)
    is_open = Q(state__in=sorted(RUNNING | WAITING))
    answered = Q(state__in=sorted(FINISHED), replied_on__isnull=True)
    rows = Case.objects.visible_to(user).filter(applicant)
    rows = rows.filter(is_open | answered | Q(occurred_on__gte=since))
    return list(rows.select_related("item__item").order_by("-occurred_on", "-pk")[:TOLD])


def agents_in_office(unit_id: int, day: date) -> QuerySet:
    """Who carries cases for the unit on the day: its own people and its street's."""
    rows = Agent.objects.kept().filter(unit__in=units_above(unit_id), starts_on__lte=day)
    return rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day)).select_related("unit")


def own_agent(unit_id: int, day: date, user) -> Agent | None:
    """The user as 代办员 of the unit."""
    rows = agents_in_office(unit_id, day).filter(user=user, kind=AgentKind.AGENT)
    return rows.order_by("pk").first()
