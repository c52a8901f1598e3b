"""Paragraphs: hauls, buy-back, posters, the fee, 三分一处, and what of it is not enough yet."""

from portal.figures import engine
from portal.models import Unit
from portal.models.units import UnitKind
from portal.summaries import FigureTable, Narrative, Telling, register
from portal.telling import changes, counted, divided, each_of, plain
from sanitation.enums.waste import WasteClass
from sanitation.selectors.waste import places_of
from sanitation.summaries.outlines import SANITATION, told

LOW = 80  # per cent: 八成
MOST_NAMED = 3
PARTS = {
    "sanitation.sorting_reduces": "分户减量",
    "sanitation.sorting_sorts": "分组分类",
    "sanitation.sorting_collects": "分村收集",
    "sanitation.sorting_processed": "合作社处理",
}


def communities(telling: Telling) -> dict[int, str]:
    rows = Unit.objects.filter(pk__in=telling.units, kind=UnitKind.COMMUNITY).order_by("code")
    return {pk: plain(name) for pk, name in rows.values_list("pk", "name")}


def change(telling: Telling):
    """Against the same days of the year before: both values stand there."""
    if any(changes(telling, {"sanitation.hauled": ""})):
        yield (
            f"{telling.period.compared_label}清运{{sanitation.hauled@previous}}，本期清运"
            "{sanitation.hauled}，{sanitation.hauled@change}。"
        )


def classes(telling: Telling):
    """Each class that was hauled, with its share."""
    parts = [
        f"{each.label}{{sanitation.hauled_{each}}}，占{{sanitation.{each}_share}}"
        for each in WasteClass
        if counted(telling, f"sanitation.hauled_{each}")
    ]
    if len(parts) > 1:
        yield f"按类别分，{'；'.join(parts)}。"


def categories(telling: Telling):
    found = divided(telling, "sanitation.buyback_kg", "category")
    if found:
        yield f"回购的可回收物中，{found}。"


def ranking(telling: Telling):
    """Completion by community, the first and the last one; a street's matter."""
    names = communities(telling)
    found = engine.by_unit("sanitation.buyback_completion", names, telling.period)
    places = {unit: place for unit, place in places_of(found).items() if place}
    if len(places) < 2:
        return
    first = [unit for unit, place in places.items() if place == 1]
    if len(first) == len(places):
        return
    last = [unit for unit, place in places.items() if place == max(places.values())]
    yield (
        f"各社区（村）中，进度最快的是{_named(first, names, found)}，"
        f"最慢的是{_named(last, names, found)}。"
    )


def _named(units, names, readings) -> str:
    return "、".join(f"{names[unit]}{readings[unit].full}" for unit in units[:MOST_NAMED])


def in_place(telling: Telling):
    words = each_of(telling, {code: f"落实{word}的社区（村）" for code, word in PARTS.items()})
    if words:
        yield f"推行“三分一处”（分户减量、分组分类、分村收集、合作社处理），{words}。"


def unmet(telling: Telling):
    """Communities that have not bought back what they should; each tells both terms."""
    if not counted(telling, "sanitation.buyback_unmet"):
        return
    names = communities(telling)
    missing = engine.by_unit("sanitation.buyback_gap", names, telling.period)
    rates = engine.by_unit("sanitation.buyback_completion", names, telling.period)
    late = sorted((u for u in names if missing[u].value), key=lambda u: -missing[u].value)
    yield (
        "可回收物回购任务没有全部完成，还差{sanitation.buyback_gap}，"
        "未完成的社区（村）{sanitation.buyback_unmet}。"
    )
    if len(names) > 1 and late:
        parts = (f"{names[u]}完成{rates[u].full}、差{missing[u].full}" for u in late[:MOST_NAMED])
        yield f"差得最多的是：{'；'.join(parts)}。"


def below(code: str, words: str):
    """A narrative of the communities whose rate is low."""

    def compose(telling: Telling):
        names = communities(telling)
        found = engine.by_unit(f"sanitation.{code}", names, telling.period)
        low = [u for u in names if found[u].value is not None and found[u].value < LOW]
        if low:
            low.sort(key=lambda unit: found[unit].value)
            more = "等" if len(low) > MOST_NAMED else ""
            yield f"{words}：{_named(low, names, found)}{more}。"

    return compose


def tell(part: str, order: int, compose) -> Narrative:
    return Narrative(SANITATION, part, order, compose)


register(
    told(
        "publicity",
        100,
        "向社区（村）发送宣传画报{sanitation.delivered}，共发送{sanitation.deliveries}。",
        "delivered",
    ),
    told(
        "publicity",
        110,
        "抽查张贴情况{sanitation.paste_checks}、{sanitation.paste_sampled}，"
        "其中已粘贴{sanitation.paste_pasted}，画报粘贴率{sanitation.paste_rate}。",
        "paste_sampled",
    ),
    FigureTable(
        SANITATION,
        "publicity",
        190,
        "各社区（村）宣传画报发送和粘贴",
        (
            "sanitation.delivered",
            "sanitation.paste_sampled",
            "sanitation.paste_pasted",
            "sanitation.paste_rate",
        ),
        by="unit",
    ),
    told(
        "waste",
        100,
        "清运垃圾{sanitation.haul_trips}、{sanitation.hauled}，日均{sanitation.hauled_per_day}，"
        "人均{sanitation.hauled_per_person}。",
        "hauled",
    ),
    tell("waste", 110, change),
    tell("waste", 120, classes),
    FigureTable(
        SANITATION,
        "waste",
        130,
        "各月垃圾清运",
        (
            "sanitation.hauled",
            "sanitation.haul_trips",
            "sanitation.hauled_sorted",
            "sanitation.sorted_share",
        ),
        chart="sanitation.hauled",
    ),
    FigureTable(
        SANITATION,
        "waste",
        140,
        "各社区（村）垃圾清运",
        (
            "sanitation.hauled",
            "sanitation.haul_trips",
            "sanitation.hauled_per_person",
            "sanitation.sorted_share",
        ),
        by="unit",
    ),
    told(
        "waste",
        200,
        "回购可回收物{sanitation.buyback_kg}，支付{sanitation.buyback_amount}。",
        "buyback_kg",
    ),
    told(
        "waste",
        205,
        "居民交售{sanitation.buyback_households}，登记回购{sanitation.buyback_times}。",
        "buyback_households",
    ),
    tell("waste", 210, categories),
    told("waste", 220, "用物品兑换有害垃圾{sanitation.exchanged_kg}。", "exchanged_kg"),
    told(
        "waste",
        230,
        "有回购任务的社区（村）{sanitation.buyback_communities}，"
        "可回收物回购任务{sanitation.buyback_target}，任务期内累计回购{sanitation.buyback_towards}，"
        "完成率{sanitation.buyback_completion}。",
        "buyback_target",
    ),
    tell("waste", 240, ranking),
    FigureTable(
        SANITATION,
        "waste",
        250,
        "各社区（村）回购任务完成情况",
        (
            "sanitation.buyback_target",
            "sanitation.buyback_towards",
            "sanitation.buyback_completion",
            "sanitation.buyback_gap",
        ),
        by="unit",
        chart="sanitation.buyback_completion",
    ),
    tell("waste", 300, in_place),
    told(
        "waste",
        310,
        "四项都已落实的社区（村）{sanitation.sorting_full}，参加{sanitation.sorting_households}。",
        "sorting_full",
        "sorting_households",
    ),
    told(
        "waste",
        400,
        "收取垃圾费的社区（村）{sanitation.fee_communities}，应缴{sanitation.fee_due}，"
        "已缴{sanitation.fee_paid}，收费率{sanitation.fee_rate}，"
        "收取垃圾费{sanitation.fee_amount}。",
        "fee_due",
    ),
    tell("gaps", 500, unmet),
    tell("gaps", 510, below("paste_rate", "画报粘贴率不到八成的有")),
    tell("gaps", 520, below("fee_rate", "垃圾费收费率不到八成的有")),
)
