"""The numbers of an ask: counted now, frozen as JSON, read back, and compared. No number is typed.

Frozen: {"period", "category", "figures": [{"code", "version", "label", "measure", "definition",
"cells": [{"value", "label", "text", "number", "terms"}]}]}; the first cell, of the value "", is the
whole figure, the others are the values of the category. ``number`` is the exact value as text, null
where nothing can be divided; ``terms`` are the texts of a ratio's two terms.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal

from portal.figures import Category, engine, figures, together
from portal.figures.declare import Figure, Ratio
from portal.figures.engine import Reading
from portal.figures.links import figure_url
from portal.figures.values import Rows
from portal.models import Ask, UnitChange
from portal.numbers import format_number
from portal.scope import below

WHOLE = ""


@dataclass(frozen=True)
class Cell:
    value: str
    label: str
    text: str
    number: str | None
    terms: tuple[str, ...] = ()

    @classmethod
    def of(cls, reading: Reading, value: str = WHOLE, label: str = "合计") -> "Cell":
        number = None if reading.value is None else str(reading.value)
        terms = ()
        if reading.numerator is not None:
            terms = (reading.numerator.text, reading.denominator.text)
        return cls(value, label, reading.text, number, terms)

    @property
    def is_idle(self) -> bool:
        """What says of records without any of the choices that there are none."""
        *_, behind = self.terms or (self.number or "0",)
        return self.value == Category.UNSTATED and not Decimal(behind.replace(",", ""))


@dataclass(frozen=True)
class Counted:
    """One figure of one community."""

    code: str
    version: int
    label: str
    measure: str
    definition: str
    cells: tuple[Cell, ...]

    @classmethod
    def of(cls, figure: Figure, cells: Iterable[Cell]) -> "Counted":
        return cls(
            figure.code,
            figure.version,
            figure.label,
            figure.measure,
            figure.definition,
            tuple(cells),
        )

    @property
    def whole(self) -> Cell:
        return self.cells[0]

    def at(self, value: str) -> Cell | None:
        return next((cell for cell in self.cells if cell.value == value), None)


def fixed_categories(code: str) -> dict[str, str]:
    """By name the label of each category whose values are the same in all communities."""
    return {name: each.label for name, each in figures[code].categories.items() if each.choices}


def not_divided(codes: Iterable[str], name: str) -> list[str]:
    """Those of the figures that cannot be told in the same columns of the category as the first."""
    first, found = None, []
    for code in codes:
        category = figures[code].categories.get(name)
        choices = tuple(category.choices.items()) if category and category.choices else None
        first = first or choices
        if choices is None or choices != first:
            found.append(code)
    return found


def label_of(code: str) -> str:
    """By its code a figure that was asked for and is declared no more."""
    return figures[code].label if code in figures else f"{code}（已停用）"


def values_of(ask: Ask) -> list[tuple[str, str]]:
    """(value, label) of each column that every figure of the ask has, the whole first; it alone where a
    figure lost the category since."""
    found = [(WHOLE, "合计")]
    known = [code for code in ask.figures if code in figures]
    if ask.category and known and not not_divided(known, ask.category):
        found += engine.labels(known, ask.category, ()).items()
    return found


def count(ask: Ask, unit: int, codes: Sequence[str] | None = None) -> list[Counted]:
    """What the records say now of one community; of the figures ``codes`` alone, where they are named.
    Raises OutOfScope."""
    codes = ask.figures if codes is None else codes
    units, period = below([unit]), ask.period
    whole = together.read_all(codes, units, period)
    return [_counted(ask, code, whole[code], units) for code in codes]


def _counted(ask: Ask, code: str, whole: Reading, units: frozenset[int]) -> Counted:
    cells = [Cell.of(whole)]
    if len(values_of(ask)) > 1:
        labels = dict(values_of(ask)[1:])
        parts = engine.by_category(code, ask.category, units, ask.period, labels)
        cells += [Cell.of(parts[value], value, label) for value, label in labels.items()]
    return Counted.of(figures[code], cells)


def wholes(ask: Ask, codes: Sequence[str], communities: Iterable[int]) -> dict[int, dict[str, str]]:
    """By community and code the text of the whole figure now, in few questions: those who took over no
    other unit are counted together."""
    communities = frozenset(communities)
    heirs = set(
        UnitChange.objects.filter(successor__in=communities).values_list("successor", flat=True)
    )
    alone = together.by_unit(codes, communities - heirs, ask.period)
    told = {unit: {code: alone[code][unit].text for code in codes} for unit in communities - heirs}
    for unit in heirs:
        found = together.read_all(codes, below([unit]), ask.period)
        told[unit] = {code: reading.text for code, reading in found.items()}
    return told


# --- frozen -----------------------------------------------------------------------------------------
def frozen(ask: Ask, counted: Iterable[Counted]) -> dict:
    return {
        "period": ask.period_key,
        "category": ask.category,
        "figures": [asdict(each) for each in counted],
    }


def thawed(content: Mapping) -> list[Counted]:
    return [
        Counted(
            **{name: value for name, value in data.items() if name != "cells"},
            cells=tuple(
                Cell(**cell | {"terms": tuple(cell.get("terms", ()))}) for cell in data["cells"]
            ),
        )
        for data in content["figures"]
    ]


def seal(counted: Iterable[Counted]) -> str:
    """What a page says of the numbers that it showed; other numbers give another one."""
    told = [(each.code, each.version, [asdict(c) for c in each.cells]) for each in counted]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def covers(content: Mapping, ask: Ask) -> bool:
    """Whether the frozen numbers answer the ask too: the same period and division, and each figure by its
    present definition."""
    known = {each.code: each for each in thawed(content)}
    same = content["period"] == ask.period_key and content["category"] == ask.category
    return same and all(
        code in known and code in figures and known[code].version == figures[code].version
        for code in ask.figures
    )


def narrowed(content: Mapping, ask: Ask) -> dict:
    """Of what covers the ask, just what it asks for, in its order."""
    known = {each.code: each for each in thawed(content)}
    return frozen(ask, [known[code] for code in ask.figures])


# --- sums and differences -------------------------------------------------------------------------------
def adds_up(code: str) -> bool:
    """Whether the numbers of communities may be added: no shares, no averages, no greatest value."""
    figure = figures.get(code)
    if figure is None or isinstance(figure, Ratio):
        return False
    return figure.value.rows is not Rows.HIGHEST


def added(code: str, cells: Iterable[Cell | None]) -> str:
    """The sum of the frozen numbers as columns print it; "" where they cannot be added."""
    if not adds_up(code):
        return ""
    numbers = [Decimal(cell.number) for cell in cells if cell and cell.number is not None]
    if not numbers:
        return ""
    # As a reading is printed: whole numbers as they are, others with the decimals of the figure.
    decimals = any(number.as_tuple().exponent < 0 for number in numbers)
    return format_number(sum(numbers), places=figures[code].places if decimals else None)


def whole_of(
    ask: Ask, codes: Sequence[str], units: Iterable[int]
) -> dict[tuple[str, str], Reading]:
    """By code and value the engine's own for all these units: nobody is counted twice."""
    units = frozenset(units)
    found = {
        (code, WHOLE): reading
        for code, reading in together.read_all(codes, units, ask.period).items()
    }
    labels = dict(values_of(ask)[1:])
    if labels:
        for code in codes:
            parts = engine.by_category(code, ask.category, units, ask.period, labels)
            found |= {(code, value): reading for value, reading in parts.items()}
    return found


@dataclass(frozen=True)
class Change:
    """A number that was confirmed and is another now."""

    code: str
    label: str
    value: str
    part: str
    then: str
    now: str
    redefined: bool = False


def changes(then: Iterable[Counted], now: Iterable[Counted]) -> list[Change]:
    present = {each.code: each for each in now}
    found = []
    for each in then:
        other = present.get(each.code)
        if other is None:
            continue
        for cell in each.cells:
            after = other.at(cell.value)
            if after is not None and (after.text, after.terms) != (cell.text, cell.terms):
                found.append(
                    Change(
                        each.code,
                        each.label,
                        cell.value,
                        cell.label if cell.value else "",
                        cell.text,
                        after.text,
                        each.version != other.version,
                    )
                )
    return found


def cell_url(ask: Ask, code: str, unit: int, value: str = WHOLE) -> str:
    """The page with the records that a cell counts now."""
    part = {ask.category: value} if value else {}
    return figure_url(code, unit=unit, period=ask.period.key, **part)
