"""What the overview of waste, the feedback sheet of a village and the page of 三分一处 show."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from portal.figures import engine, figures
from portal.figures.engine import Reading
from portal.models import Unit
from portal.models.units import UnitKind
from portal.periods import Period
from sanitation.enums.waste import WasteClass
from sanitation.models import SortingState
from sanitation.selectors.waste import (
    COMPLETION,
    Change,
    change_of,
    changes_by_unit,
    places_of,
    told_place,
)


@dataclass(frozen=True)
class Cell:
    """A number with the figure that it opens; a change or a place opens none."""

    text: str
    code: str = ""
    period: Period | None = None


@dataclass(frozen=True)
class Table:
    """``heads`` are (label, measure) of the columns behind the community's name."""

    title: str
    note: str
    heads: Sequence[tuple[str, str]]
    rows: Sequence[tuple[Unit, Sequence[Cell]]]
    total: Sequence[Cell]


HAULS = (
    "sanitation.hauled",
    "sanitation.haul_trips",
    "sanitation.hauled_per_person",
    "sanitation.hauled_per_person_day",
    "sanitation.sorted_share",
)
TARGETS = (
    "sanitation.buyback_target",
    "sanitation.buyback_towards",
    COMPLETION,
    "sanitation.buyback_gap",
    "sanitation.buyback_amount",
)
PUBLICITY = (
    "sanitation.delivered",
    "sanitation.paste_sampled",
    "sanitation.paste_pasted",
    "sanitation.paste_rate",
)
FEES = (
    "sanitation.fee_due",
    "sanitation.fee_paid",
    "sanitation.fee_rate",
    "sanitation.fee_amount",
)


def communities_of(units: Iterable[int], day: date) -> list[Unit]:
    rows = Unit.objects.filter(pk__in=units, kind=UnitKind.COMMUNITY)
    return list(rows.valid_on(day).order_by("code"))


def told(reading: Reading) -> Cell:
    return Cell(reading.text, reading.figure.code, reading.period)


def _heads(codes) -> list[tuple[str, str]]:
    return [(figures[code].label, figures[code].measure) for code in codes]


def _plain(title: str, note: str, codes, communities, period: Period) -> Table:
    keys = [unit.pk for unit in communities]
    columns = [engine.by_unit(code, keys, period) for code in codes]
    rows = [(unit, [told(column[unit.pk]) for column in columns]) for unit in communities]
    total = [told(engine.read(code, keys, period)) for code in codes]
    return Table(title, note, _heads(codes), rows, total)


def _with(table: Table, heads, extra: dict[int, list[Cell]], total: list[Cell]) -> Table:
    """The table with more columns at its end."""
    rows = [(unit, [*cells, *extra[unit.pk]]) for unit, cells in table.rows]
    return Table(table.title, table.note, [*table.heads, *heads], rows, [*table.total, *total])


def _changed(change: Change) -> list[Cell]:
    return [told(change.before), Cell(change.rate)]


def hauls_table(communities, period: Period, base: Period) -> Table:
    keys = [unit.pk for unit in communities]
    changes = changes_by_unit(keys, period, base)
    return _with(
        _plain(
            "垃圾清运", "减量率 =（基期 − 本期）÷ 基期，负数是增加。", HAULS, communities, period
        ),
        [("基期清运量", "吨"), ("减量率", "%")],
        {unit: _changed(change) for unit, change in changes.items()},
        _changed(change_of(keys, period, base)),
    )


def targets_table(communities, period: Period) -> Table:
    """With the place of each community where several are shown."""
    note = "任务是全期的，累计从任务起始日期算到期末；缺口各社区分别算，超额的不抵别处。"
    table = _plain("可回收物回购任务", note, TARGETS, communities, period)
    if len(communities) < 2:
        return table
    places = places_of(engine.by_unit(COMPLETION, [unit.pk for unit in communities], period))
    extra = {unit: [Cell(told_place(place))] for unit, place in places.items()}
    return _with(table, [("完成率名次", "")], extra, [Cell("")])


def tables(communities, period: Period, base: Period) -> list[Table]:
    once = "一户一次收缴只计一次：整个社区一条，或各小组各一条。"
    return [
        hauls_table(communities, period, base),
        targets_table(communities, period),
        _plain("宣传画报发送和粘贴", "粘贴率按抽查计算。", PUBLICITY, communities, period),
        _plain("垃圾费收缴", once, FEES, communities, period),
    ]


def shares(communities, period: Period) -> list[tuple[str, Cell, Cell]]:
    """(class, tonnes, share of all that was hauled) of the four classes."""
    keys = [unit.pk for unit in communities]
    return [
        (
            each.label,
            told(engine.read(f"sanitation.hauled_{each}", keys, period)),
            told(engine.read(f"sanitation.{each}_share", keys, period)),
        )
        for each in WasteClass
    ]


PARTS = ("reduces", "sorts", "collects")


def sorting_rows(user, communities, day: date) -> list[tuple[Unit, list[SortingState]]]:
    """Each community with what is in place on the day: as a whole, then in its groups."""
    found: dict[int, list[SortingState]] = {unit.pk: [] for unit in communities}
    states = SortingState.objects.visible_to(user).in_force(day).select_related("grid")
    for state in sorted(states, key=lambda s: (s.grid.code if s.grid else "", s.pk)):
        if state.community_id in found:
            found[state.community_id].append(state)
    return [(unit, found[unit.pk]) for unit in communities]
