"""What is due: counts by rule and unit, a query for each rule."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Max, Min, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from portal.models import Unit
from portal.retention.rules import Rule, all_rules

MANAGE = "retention.manage"


@dataclass(frozen=True)
class Due:
    rule: Rule
    unit: Unit
    count: int
    first: date
    last: date

    @property
    def url(self) -> str:
        """The page of exactly these rows."""
        query = urlencode({"rule": self.rule.code, "unit": self.unit.pk})
        return f"{reverse('retention-due')}?{query}"


def due_of(units, today) -> list[Due]:
    """In the order of the rules, then of the units."""
    known = all_rules()
    parts = [
        rule.due(units, today)
        .order_by()
        .values("unit_id")
        .annotate(
            code=Value(code),
            n=Count("pk"),
            first=Min(F(rule.since)),
            last=Max(F(rule.since)),
        )
        for code, rule in known.items()
    ]
    rows = []
    for part in parts:
        rows += part
    named = Unit.objects.in_bulk({row["unit_id"] for row in rows})
    found = [
        Due(known[r["code"]], named[r["unit_id"]], r["n"], day_of(r["first"]), day_of(r["last"]))
        for r in rows
    ]
    return sorted(found, key=lambda due: due.unit.code)


def day_of(value) -> date:
    return timezone.localtime(value).date() if hasattr(value, "hour") else value
