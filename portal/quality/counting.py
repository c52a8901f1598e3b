"""Counting the records of all rules: one statement, whatever the number of rules and units."""

from collections import defaultdict
from datetime import date, timedelta

from django.db.models import CharField, Count, Value
from django.utils import timezone

from portal.models import QualityCount, Unit
from portal.models.units import UnitKind
from portal.quality.declare import QualityRule, rules
from portal.scope import Scope, above, access_of, current_scope, scope

TREND_DAYS = 56


def rules_of(user) -> dict[QualityRule, frozenset[int]]:
    """The rules of the departments that the user sees, with the units where they see them."""
    access = access_of(user)
    return {rule: units for rule in rules if (units := access.units(rule.permission))}


def count(wanted: dict[QualityRule, frozenset[int]]) -> dict[str, dict[int, int]]:
    """How many records each rule has now, by unit; units without any are left out."""
    parts = []
    for rule, units in wanted.items():
        current_scope().require(units)
        code = Value(rule.code, output_field=CharField())
        rows = rule.rows(units).order_by().annotate(rule=code).values_list("rule", "unit_id")
        parts.append(rows.annotate(records=Count("pk")))
    found = defaultdict(dict)
    if parts:
        first, *others = parts
        for code, unit, records in first.union(*others, all=True) if others else first:
            found[code][unit] = records
    return found


def store(units, day: date | None = None) -> int:
    """Keep today's counts of these units, all rules; again on the same day replaces them."""
    units = frozenset(units)
    found = count(dict.fromkeys(rules, units))
    rows = [
        QualityCount(
            unit_id=unit,
            counted_on=day or timezone.localdate(),
            counts={rule.code: found[rule.code].get(unit, 0) for rule in rules},
        )
        for unit in sorted(units)
    ]
    QualityCount.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["unit", "counted_on"],
        update_fields=["counts"],
    )
    return len(rows)


def quality_due(user) -> dict | None:
    """For the home page: how many records all rules have, None for those who see no rule.

    Live, like the page that it leads to: two screens may not tell two numbers.
    """
    wanted = rules_of(user)
    if not wanted:
        return None
    return {"count": sum(sum(by_unit.values()) for by_unit in count(wanted).values())}


def recorded_units(unit_ids=None) -> frozenset[int]:
    """Of these units (of all) those that make records: grids only mark them."""
    units = Unit.objects.exclude(kind=UnitKind.GRID)
    units = units if unit_ids is None else units.filter(pk__in=unit_ids)
    return frozenset(units.values_list("pk", flat=True))


def store_everywhere(actor: str) -> int:
    """The night's count of every unit; ``actor`` is job:… or command:…"""
    units = frozenset(Unit.objects.values_list("pk", flat=True))
    with scope(Scope(units, above(units), actor)):
        return store(recorded_units())


def trends(
    wanted: dict[QualityRule, frozenset[int]], today: date
) -> dict[str, list[tuple[date, int]]]:
    """For each rule its count on each counted day of the last weeks, the oldest first.

    A unit that was not counted on a day keeps its last count; before its first it has none.
    """
    units = frozenset().union(*wanted.values())
    since = today - timedelta(days=TREND_DAYS)
    stored = QualityCount.objects.filter(
        unit__in=units, counted_on__gte=since, counted_on__lte=today
    )
    by_day = defaultdict(dict)
    for day, unit, counts in stored.values_list("counted_on", "unit", "counts"):
        by_day[day][unit] = counts
    last: dict[int, dict] = {}
    series = defaultdict(list)
    for day in sorted(by_day):
        last |= by_day[day]
        for rule, within in wanted.items():
            values = [c[rule.code] for u, c in last.items() if u in within and rule.code in c]
            if values:
                series[rule.code].append((day, sum(values)))
    return series
