"""What outline G tells one by one of inspections, findings, orders, tours, visits, honours and what was
published: the records marked 写入总结. Nobody is named."""

from portal.office.marked import honors_of, issues_of, slogans_of
from portal.summaries import Narrative, Telling, register
from portal.telling import clause, month_day, plain
from residents.enums import ActivityKind
from residents.marked import activities_of, visits_of
from sanitation.enums.inspections import InspectionKind
from sanitation.models import Finding, Inspection, RectificationOrder, RectificationRound
from sanitation.summaries.outlines import SANITATION

DOMAIN = "sanitation"
TOLD_APART = (
    ActivityKind.TRAINING,
    ActivityKind.CLEANUP,
    ActivityKind.CONTEST,
    ActivityKind.PUBLICITY,
)
OTHERS = [kind for kind in ActivityKind if kind not in TOLD_APART]


def _about(rows, telling: Telling, day: str = "occurred_on"):
    """Marked rows about the summary's communities, whoever keeps them."""
    span = (telling.period.start, telling.period.end)
    rows = rows.filter(deleted_at__isnull=True, community__in=telling.units, highlight=True)
    rows = rows.filter(**{f"{day}__range": span}).select_related("community")
    return rows.order_by(day, "pk")


def _place(row, telling: Telling) -> str:
    return "" if row.community_id in telling.own else plain(row.community.name)


def inspections(telling: Telling):
    """Those that superiors made are all told elsewhere."""
    rows = Inspection.objects.filter(is_open=True).exclude(kind=InspectionKind.SUPERIOR)
    for row in _about(rows, telling):
        place, note = _place(row, telling), f"：{clause(row.note)}" if row.note else ""
        where = f"对{place}" if place else ""
        yield f"{month_day(row.occurred_on)}，{where}开展{row.get_kind_display()}{note}。"


def findings(telling: Telling):
    for row in _about(Finding.objects.filter(is_open=True, same_as__isnull=True), telling):
        where = f"{_place(row, telling)}{clause(row.place)}"
        at = f"在{where}" if where else ""
        yield f"{month_day(row.occurred_on)}，检查{at}发现{clause(str(row.problem))}。"


def orders(telling: Telling):
    """What was to be mended and is, by the day on which it was closed."""
    for row in _about(RectificationOrder.objects.all(), telling, "closed_on"):
        result = f"，{clause(row.result)}" if row.result else ""
        where = f"{_place(row, telling)}{clause(row.place)}"
        yield f"{month_day(row.closed_on)}，{where}“{clause(row.problem)}”整改销号{result}。"


def rounds(telling: Telling):
    for row in _about(RectificationRound.objects.all(), telling):
        yield f"{month_day(row.occurred_on)}，{_place(row, telling)}{clause(row.content)}。"


register(
    Narrative(SANITATION, "inspections", 115, inspections),
    Narrative(SANITATION, "inspections", 86, findings),
    Narrative(SANITATION, "rectification", 42, orders),
    Narrative(SANITATION, "rectification", 32, rounds),
    Narrative(SANITATION, "publicity", 52, activities_of(DOMAIN, OTHERS)),
    Narrative(SANITATION, "publicity", 62, visits_of(DOMAIN, "居民")),
    Narrative(SANITATION, "publicity", 70, issues_of(DOMAIN)),
    Narrative(SANITATION, "publicity", 72, slogans_of(DOMAIN)),
    Narrative(SANITATION, "regime", 160, honors_of(DOMAIN)),
)
