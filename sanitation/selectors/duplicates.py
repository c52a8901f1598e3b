"""Findings that are likely one problem, seen by a patrol and by a quarter check: it counts once."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from portal.periods import Period
from portal.text import clean_text
from sanitation.models import Finding, RectificationOrder

MOST = 2000


@dataclass(frozen=True)
class Group:
    """Findings of one community and one place, of different inspections; ``counts`` takes off most."""

    findings: tuple[Finding, ...]

    @property
    def counts(self) -> Finding:
        return counting(self.findings)

    @property
    def community(self):
        return self.findings[0].community

    @property
    def spared(self) -> Decimal:
        """The points that are no longer taken off twice."""
        return sum((row.points for row in self.findings), Decimal(0)) - self.counts.points


def counting(findings) -> Finding:
    """The finding that counts: of the larger deduction, of equal ones the earlier."""
    return min(findings, key=lambda row: (-row.points, row.occurred_on, row.pk))


def place_of(finding) -> tuple | None:
    """What tells that two findings were at one place; None where nothing does."""
    if finding.point_id:
        return ("point", finding.point_id)
    text = clean_text(finding.place).replace(" ", "")
    return ("place", text) if text else None


def kind_of(finding) -> str:
    """Faults of different rubrics tell one problem by its type."""
    return finding.problem


def likely(units, period: Period) -> list[Group]:
    """Groups among the opened findings that these units keep, dated in the period, that are not marked yet.

    A problem whose order was closed before it was found again is a new one.
    """
    rows = Finding.objects.kept().filter(
        unit__in=units,
        is_open=True,
        same_as__isnull=True,
        occurred_on__range=(period.start, period.end),
    )
    related = ("community", "inspection", "fault", "point", "unit")
    by_place: dict[tuple, list[Finding]] = {}
    for row in rows.select_related(*related).order_by("occurred_on", "pk")[:MOST]:
        if place := place_of(row):
            by_place.setdefault((row.community_id, kind_of(row), place), []).append(row)
    closed = _closed_days([row.pk for group in by_place.values() for row in group])
    found = []
    for group in by_place.values():
        found += [Group(tuple(run)) for run in _runs(group, closed) if _several(run)]
    return sorted(found, key=lambda g: (g.community.code, g.findings[0].occurred_on, g.counts.pk))


def _closed_days(keys) -> dict:
    rows = RectificationOrder.objects.kept().filter(Q(finding__in=keys), closed_on__isnull=False)
    return dict(rows.values_list("finding", "closed_on"))


def _runs(group, closed) -> list[list[Finding]]:
    """A new run begins where all that was found before had been put right."""
    runs: list[list[Finding]] = []
    for row in group:
        over = runs and all(
            closed.get(each.pk) and closed[each.pk] < row.occurred_on for each in runs[-1]
        )
        if not runs or over:
            runs.append([])
        runs[-1].append(row)
    return runs


def _several(run) -> bool:
    """Of more than one inspection: within one, each finding is a problem of its own."""
    return len({row.inspection_id for row in run}) > 1


def marked(units, period: Period):
    """Findings that were marked as the same as another, to look at or to take back."""
    rows = Finding.objects.kept().filter(
        unit__in=units,
        same_as__isnull=False,
        occurred_on__range=(period.start, period.end),
    )
    related = ("community", "inspection", "same_as__inspection")
    return rows.select_related(*related).order_by("community__code", "occurred_on", "pk")
