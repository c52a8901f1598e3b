"""Serious problems of patrols in a quarter, and which of them took points off elsewhere already.

``Finding.same_as`` leads to the first record of a problem: it and all that name it are one problem. What a
scored check found has taken points off there; what an earlier patrol found, in its quarter.
"""

from collections import defaultdict

from django.db.models import Q

from portal.telling import month_day
from sanitation.enums.inspections import InspectionKind
from sanitation.models import Finding, RectificationOrder
from sanitation.scoring import Serious, Source
from sanitation.scoring.facts import Counted
from sanitation.selectors.rectification import in_time

CHECKS = (InspectionKind.QUARTER, InspectionKind.UNANNOUNCED)
SERIOUS = Q(inspection__kind=InspectionKind.ROUTINE, is_serious=True)


def source_of(record, label: str) -> Source:
    return Source(record._meta.label_lower, record.pk, label, record.version)


def named(finding) -> str:
    """The problem in a line, without the household's name."""
    fault = finding.fault if finding.fault_id else None
    what = fault.title if fault else finding.get_problem_display()
    where = finding.place or (finding.point.name if finding.point_id else "")
    return f"{where}{' ' if where else ''}{what} {finding.occurrences}{fault.measure if fault else '处'}"


def serious_by_community(unit_id: int, communities, span) -> tuple[dict, dict]:
    """({community: findings}, {community: what of their problems is counted elsewhere})."""
    rows = Finding.objects.kept().filter(
        SERIOUS,
        unit=unit_id,
        community__in=communities,
        is_open=True,
        inspection__deleted_at__isnull=True,
        occurred_on__range=(span.start, span.end),
    )
    rows = list(rows.select_related("fault", "point"))
    orders = RectificationOrder.objects.kept().filter(in_time(), finding__in=rows)
    closed = {order.finding_id: str(order) for order in orders}
    found = defaultdict(list)
    for row in rows:
        problem = row.same_as_id or row.pk
        found[row.community_id].append(
            Serious(
                source_of(row, f"{month_day(row.occurred_on)}巡查：{named(row)}"),
                row.points,
                problem,
                row.pk in closed,
                closed.get(row.pk, ""),
            )
        )
    return found, _elsewhere(rows, unit_id, span)


def _elsewhere(rows, unit_id: int, span) -> dict:
    problems = {row.same_as_id or row.pk for row in rows}
    others = Finding.objects.kept().filter(
        Q(pk__in=problems) | Q(same_as__in=problems),
        Q(inspection__kind__in=CHECKS, points__gt=0, inspection__full__gt=0)
        | SERIOUS & Q(occurred_on__lt=span.start),
        unit=unit_id,
        is_open=True,
        inspection__deleted_at__isnull=True,
        occurred_on__lte=span.end,
    )
    found = defaultdict(dict)
    for other in others.select_related("inspection").order_by("-occurred_on", "-pk"):
        day = other.occurred_on
        year = "" if day.year == span.end.year else f"{day.year}年"
        where = f"{year}{month_day(day)}{other.inspection.get_kind_display()}"
        found[other.community_id][other.same_as_id or other.pk] = where
    return {
        community: tuple(Counted(problem, where) for problem, where in sorted(told.items()))
        for community, told in found.items()
    }
