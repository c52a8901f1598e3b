"""Paragraphs: what superiors found, orders, warnings and programmes, and what is still open of them."""

from django.db.models import Q

from portal.figures import engine
from portal.models import Unit
from portal.summaries import FigureTable, Narrative, Telling, register
from portal.telling import Said, clause, counted, divided, month_day
from sanitation.models import RectificationProgramme, WarningCard
from sanitation.summaries.outlines import SANITATION, told

PART, GAPS = "rectification", "gaps"
MOST = 6  # communities, cards and programmes told one by one
PROBLEMS = "sanitation.superior_problems"


def about(rows, telling: Telling):
    """Kept rows about the summary's communities, whoever keeps them."""
    return rows.filter(deleted_at__isnull=True, community__in=telling.units).select_related(
        "community"
    )


def by_superiors(telling: Telling):
    """武塘村：成堆垃圾3处、垃圾池（桶）破损2处; by level and by community, those with most first."""
    if not counted(telling, PROBLEMS):
        return
    ranks = divided(telling, PROBLEMS, "rank")
    yield f"上级检查{{sanitation.superior_inspections}}，发现问题{{{PROBLEMS}}}，其中{ranks}。"
    found = engine.by_unit(PROBLEMS, telling.units, telling.period)
    most = sorted((r for r in found.values() if r.value), key=lambda r: -r.value)[:MOST]
    names = dict(Unit.objects.filter(pk__in=telling.units).values_list("pk", "name"))
    for reading in sorted(most, key=lambda r: (-r.value, names[min(r.units)])):
        types = divided(Telling(telling.unit, reading.units, telling.period), PROBLEMS, "problem")
        if len(telling.units) == 1 or len(found) == 1:
            yield f"主要问题：{types}。"
        else:
            yield f"{names[min(reading.units)]}：{types}。"


def types_of_orders(telling: Telling):
    found = divided(telling, "sanitation.orders", "problem_type", 6, skip=("typed",))
    if found:
        yield f"按检查问题下达的整改单中，{found}。"


def cards(telling: Telling):
    """Given in the period, or standing since before; each with what became of it."""
    period = telling.period
    rows = about(WarningCard.objects.filter(occurred_on__lte=period.end), telling)
    rows = rows.filter(
        Q(occurred_on__gte=period.start)
        | Q(lifted_on__isnull=True)
        | Q(lifted_on__gte=period.start)
    )
    for row in rows.order_by("occurred_on", "pk")[:MOST]:
        card = Said(row)
        year = (
            ""
            if period.start.year == period.end.year == row.occurred_on.year
            else (f"{row.occurred_on.year}年")
        )
        lifted = row.lifted_on if row.lifted_on and row.lifted_on <= period.end else None
        end = f"{month_day(lifted)}销牌" if lifted else "期末尚未销牌"
        yield (
            f"{year}{month_day(row.occurred_on)}，{card.issuer}对{card.community}给予"
            f"{row.get_colour_display()}（{clause(row.reason)}），{end}。"
        )


def programmes(telling: Telling):
    """Who did what for how long, and what came of it; persons are not named."""
    period = telling.period
    rows = about(RectificationProgramme.objects.filter(starts_on__lte=period.end), telling)
    rows = rows.exclude(ends_on__lt=period.start).order_by("starts_on", "pk")
    for row in rows[:MOST]:
        over = row.ends_on and row.ends_on <= period.end
        span = f"{month_day(row.starts_on)}起开展专项整改"
        if over:
            span = (
                f"{month_day(row.starts_on)}至{month_day(row.ends_on)}开展专项整改，"
                f"历时{(row.ends_on - row.starts_on).days}天"
            )
        parts = [f"{Said(row).community}{span}", *_duties(row)]
        if over and row.result:
            parts.append(clause(row.result))
        if over and row.recheck_score is not None:
            parts.append(f"复查得分{row.recheck_score}分")
        yield "；".join(parts) + "。"


def _duties(row):
    told = (
        ("镇（街）督查", row.street_duty),
        ("村（社区）整改", row.community_duty),
        ("户保持", row.household_duty),
    )
    return [f"{who}：{clause(what)}" for who, what in told if what]


register(
    Narrative(SANITATION, PART, 10, by_superiors),
    told(
        PART,
        20,
        "下达整改单{sanitation.orders}，已销号{sanitation.orders_closed}，"
        "销号率{sanitation.orders_closing_rate}，按期率{sanitation.orders_in_time_rate}。",
        "orders",
    ),
    told(PART, 22, "下达的整改单中，办过延期的{sanitation.orders_extended}。", "orders_extended"),
    Narrative(SANITATION, PART, 25, types_of_orders),
    told(
        PART,
        30,
        "社区报告整改{sanitation.rounds}，复查{sanitation.rounds_rechecked}，"
        "通过{sanitation.rounds_passed}，复查通过率{sanitation.rounds_pass_rate}。",
        "rounds_rechecked",
    ),
    told(
        PART,
        40,
        "期内销号的整改单{sanitation.orders_closed_within}，平均用时{sanitation.orders_average_days}，"
        "合{sanitation.orders_average_worked_days}。",
        "orders_closed_within",
    ),
    Narrative(SANITATION, PART, 50, cards),
    told(PART, 55, "期内销牌{sanitation.cards_lifted}。", "cards_lifted"),
    Narrative(SANITATION, PART, 60, programmes),
    told(
        PART,
        70,
        "完成专项整改{sanitation.programmes_done}，平均用时{sanitation.programme_average_days}。",
        "programmes_done",
    ),
    FigureTable(
        SANITATION,
        PART,
        90,
        "各社区（村）整改情况",
        (
            "sanitation.orders",
            "sanitation.orders_closed",
            "sanitation.orders_closing_rate",
            "sanitation.orders_in_time_rate",
            "sanitation.orders_late",
        ),
        by="unit",
    ),
    told(
        GAPS,
        30,
        "期末未销号的整改单{sanitation.orders_open}，其中逾期{sanitation.orders_late}，须逐件督办。",
        "orders_late",
    ),
    told(GAPS, 32, "期末未销的警告牌{sanitation.cards_standing}。", "cards_standing"),
    told(
        GAPS,
        33,
        "过了整改期限仍未销牌的{sanitation.cards_late}，须督促整改到位。",
        "cards_late",
    ),
    told(GAPS, 34, "复查未通过{sanitation.rounds_failed}，整改质量须提高。", "rounds_failed"),
)
