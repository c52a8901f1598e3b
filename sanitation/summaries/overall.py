"""What a street's roll-up (outline H) tells of sanitation work, by community."""

from portal.office.summaries import OVERALL, overall
from portal.summaries import FigureTable, Narrative, Telling, register
from portal.telling import by_place, changes
from sanitation.summaries.telling import codes, counted

PART = "sanitation"


def compared_with_before(telling: Telling):
    words = ("环卫检查", "检查平均得分率", "整改销号率", "垃圾清运量")
    told = codes("inspections", "inspection_rate", "orders_closing_rate", "hauled")
    return changes(telling, dict(zip(told, words, strict=True)))


def late_orders(telling: Telling):
    if counted(telling, "orders_late"):
        yield (
            "逾期未销号的环卫整改单{sanitation.orders_late}："
            f"{by_place(telling, 'sanitation.orders_late')}。"
        )


def standing_cards(telling: Telling):
    if counted(telling, "cards_standing"):
        yield (
            "没有销牌的环卫警告牌{sanitation.cards_standing}："
            f"{by_place(telling, 'sanitation.cards_standing')}。"
        )


def without_cleaner(telling: Telling):
    if counted(telling, "grids_uncovered"):
        yield (
            "没有保洁员的网格{sanitation.grids_uncovered}："
            f"{by_place(telling, 'sanitation.grids_uncovered')}。"
        )


register(
    overall(
        "lead",
        60,
        "开展环境卫生检查{sanitation.inspections}，清运垃圾{sanitation.hauled}。",
        *codes("inspections", "hauled"),
    ),
    overall(
        PART,
        10,
        "检查平均得分率{sanitation.inspection_rate}，发现问题{sanitation.findings}；下达整改单"
        "{sanitation.orders}，销号率{sanitation.orders_closing_rate}。",
        *codes("inspections", "orders"),
    ),
    overall(
        PART,
        20,
        "在岗保洁员{sanitation.cleaners}，保洁网格覆盖率{sanitation.grid_coverage}；集中清理"
        "{sanitation.cleanups}。",
        *codes("cleaners", "cleanups"),
    ),
    Narrative(OVERALL, PART, 40, compared_with_before),
    FigureTable(
        OVERALL,
        PART,
        50,
        "各社区环境卫生",
        codes("inspections", "inspection_rate", "orders", "orders_closing_rate", "cards_standing"),
        by="unit",
        rank="sanitation.inspection_rate",
        compare=True,
    ),
    Narrative(OVERALL, "alerts", 50, late_orders),
    Narrative(OVERALL, "alerts", 55, standing_cards),
    Narrative(OVERALL, "gaps", 50, without_cleaner),
    overall(
        "next",
        50,
        "对逾期没有销号的整改单和没有销牌的警告牌逐件督促，复查销号。",
        *codes("orders_late", "cards_standing"),
    ),
)
