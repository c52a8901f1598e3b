"""Cases, and the duties of 代办员 and 承办人 with their grids, that stand in somebody's name."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from portal.handover import Handed, named, register
from servicecenter.enums.cases import CaseState
from servicecenter.models import Agent, AgentGrid, Case, CasePartner, MeetingIssue

DAY = timedelta(days=1)
OVER = (CaseState.REFUSED, CaseState.CANCELLED, CaseState.REPLIED)


def duties(account, units):
    """Duties in force of the account."""
    rows = Agent.objects.kept().filter(unit__in=units, user=account)
    return rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=timezone.localdate()))


def succeed(agents, receiver, day):
    """The receiver holds each duty from ``day`` with its grids, and all that is open at it."""
    for agent in agents:
        heir = _heir(agent, receiver, day)
        for grid in agent.grids.kept().filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day)):
            _take_grid(grid, heir, day)
        for field in ("agent", "handler"):
            _take(Case.objects.kept().exclude(state__in=OVER), field, agent, heir)
        _take(CasePartner.objects.kept().filter(done_on=None), "handler", agent, heir)
        agent.ends_on = max(day - DAY, agent.starts_on)
        agent.save(update_fields=["ends_on"])


def _take(rows, field, agent, heir):
    for row in rows.filter(**{field: agent}):
        setattr(row, field, heir)
        row.save(update_fields=[field])


def _heir(agent, receiver, day):
    """The receiver's own duty of the kind there, or a new one that is like the leaver's."""
    known = Agent.objects.kept().filter(
        unit=agent.unit_id, kind=agent.kind, user=receiver, ends_on__isnull=True
    )
    return known.first() or Agent.objects.create(
        unit_id=agent.unit_id,
        name=receiver.name,
        kind=agent.kind,
        user=receiver,
        station=agent.station,
        phone=agent.phone,
        hours=agent.hours,
        starts_on=day,
    )


def _take_grid(grid, heir, day):
    held = heir.grids.kept().filter(grid=grid.grid_id)
    if not held.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day)).exists():
        starts = max(day, grid.starts_on)
        AgentGrid.objects.create(
            unit_id=grid.unit_id,
            agent=heir,
            grid_id=grid.grid_id,
            starts_on=starts,
            ends_on=grid.ends_on,
        )
    grid.ends_on = max(day - DAY, grid.starts_on)
    grid.save(update_fields=["ends_on"])


def told(agent) -> str:
    """The duty with how much hangs on it."""
    cases = Case.objects.kept().exclude(state__in=OVER)
    mine = cases.filter(Q(agent=agent) | Q(handler=agent)).count()
    grids = agent.grids.kept().filter(Q(ends_on=None) | Q(ends_on__gte=timezone.localdate()))
    return f"{agent.get_kind_display()}：网格 {grids.count()} 个，在办办件 {mine} 件"


register(
    Handed("servicecenter.duties", "代办和承办职责", "servicecenter", duties, succeed, told),
    named(
        "servicecenter.issues", "例会议题", "servicecenter", MeetingIssue, "owner", closed_on=None
    ),
)
