"""最多报一次: which issued summaries told a figure of just this unit and period already."""

from collections.abc import Iterable, Iterator
from functools import reduce
from operator import or_

from django.db.models import Q
from django.urls import reverse

from portal.asks.known import Known, told_before
from portal.periods import Period
from reports.models import Issue
from reports.workflow import OUT


def issued(codes: Iterable[str], units: Iterable[int], period: Period) -> Iterator[Known]:
    """The newest issue of each kind that told one of the figures."""
    told = reduce(or_, (Q(content__figures__contains=[{"code": code}]) for code in codes))
    rows = Issue.objects.filter(
        told, unit__in=units, period_key=period.key, group=None, summary__state__in=OUT
    )
    newest = rows.order_by("unit", "kind", "-number").distinct("unit", "kind")
    for pk, unit, title, at in newest.values_list("pk", "unit", "content__title", "issued_at"):
        yield Known(unit, f"已写入签发的《{title}》", at, reverse("issue-detail", args=[pk]))


told_before.add("reports.issued", issued)
