"""Which kinds of summaries the units below owe: those that somebody writes, or has records for."""

from collections import defaultdict
from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db.models import Q

from portal.figures import Flow, figures
from portal.summaries import Outline, Telling
from reports.models import Issue
from reports.readings import told_in
from reports.tokens import parts_of


def written_before(kinds: Iterable[Outline], units: Iterable[int]) -> set[str]:
    """The kinds of which one of the units issued a summary of any period."""
    found = Issue.objects.filter(unit__in=units, kind__in=[o.kind for o in kinds], group=None)
    return set(found.order_by().values_list("kind", flat=True).distinct())


def recorded(kinds: Iterable[Outline], telling: Telling, units: frozenset[int]) -> set[str]:
    """The kinds for which the units have records of the period that no other of the kinds tells."""
    codes = {o.kind: {parts_of(key)[0] for key in told_in(o)} for o in kinds}
    return {
        kind
        for kind, own in codes.items()
        if _any_rows(own.difference(*(c for k, c in codes.items() if k != kind)), telling, units)
    }


def _any_rows(codes: Iterable[str], telling: Telling, units: frozenset[int]) -> bool:
    """Whether a flow among the figures counts anything; one question for all that count rows of one model
    by one date."""
    conditions = defaultdict(list)
    for figure in (figures[code] for code in sorted(codes) if code in figures):
        if isinstance(figure, Flow) and not callable(figure.where):
            conditions[figure.model, figure.date, figure.unit].append(figure.where)
    days = (telling.period.start, telling.period.end)
    for (model, day, unit), wheres in conditions.items():
        # An empty condition is that of every row, and would be dropped from an "or".
        where = reduce(or_, wheres) if all(wheres) else Q()
        within = {f"{unit}__in": units, f"{day}__range": days}
        if hasattr(model, "deleted_at"):
            within["deleted_at__isnull"] = True
        if model._default_manager.filter(where, **within).exists():
            return True
    return False
