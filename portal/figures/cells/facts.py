"""Which figures have cells, and the facts that they count: found once from the compiled declarations.

A figure has cells where every reader whose scope holds the unit sees the same rows of it, each row counts in
one month by a date of its own, and nothing else decides: no clock, no row of another unit. All others stay live.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from django.db import models
from django.db.models.sql import Query

from portal.figures.declare import Figure, Flow, figures
from portal.figures.values import Count, Rows, Total
from portal.wall.classes import Down, Exempt, Inspected, Own
from portal.wall.registry import tables, wall_of

CELLS_PLACES = 4  # as FigureCell.value
TABLE = re.compile(r'(?:FROM|JOIN) "(\w+)"( (?!ON\b|WHERE\b|GROUP\b|INNER\b|LEFT\b)\w+)?')
COLUMN = re.compile(r'"(\w+)"\."(\w+)"')
CLOCK = re.compile(r"\b(NOW|CURRENT_\w+|LOCALTIME\w*|\w+_TIMESTAMP|RANDOM)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Stored:
    """A figure with cells. ``key`` names its definition: another one never reads these cells.

    ``places`` are the decimals of a sum of its rows; None where that is a whole number.
    """

    figure: Flow
    key: str
    fact: str
    unit: str  # columns of the fact
    day: str
    places: int | None
    uses: Mapping[str, frozenset[str]]  # by table, the columns that decide what counts

    def finished(self, total: int | Decimal) -> int | Decimal:
        """A sum of cells as the figure tells it."""
        total = int(total) if self.places is None else round(total, self.places)
        return self.figure.value.finished(total) or 0


@dataclass(frozen=True)
class Fact:
    """A table whose rows figures count. ``columns`` are all that matter of a row, its units and days among
    them; ``codes`` are tables it names, the same for every unit, with their columns that matter."""

    table: str
    units: tuple[str, ...]
    days: tuple[str, ...]
    columns: tuple[str, ...]
    codes: Mapping[str, tuple[str, ...]]


@cache
def stored() -> dict[Figure, Stored]:
    """The figures that have cells. Asked for when all figures are declared."""
    found = {figure: _stored(figure) for figure in figures if isinstance(figure, Flow)}
    return {figure: each for figure, each in found.items() if each is not None}


@cache
def facts() -> tuple[Fact, ...]:
    """The facts behind ``stored``, by table."""
    by_table = defaultdict(list)
    for each in stored().values():
        by_table[each.fact].append(each)
    return tuple(_fact(table, by_table[table]) for table in sorted(by_table))


def _fact(table: str, all_of: list[Stored]) -> Fact:
    uses = defaultdict(set)
    for each in all_of:
        for name, columns in each.uses.items():
            uses[name] |= columns
    columns = tuple(sorted(uses.pop(table)))
    units = tuple(sorted({each.unit for each in all_of}))
    days = tuple(sorted({each.day for each in all_of}))
    return Fact(table, units, days, columns, {name: tuple(sorted(c)) for name, c in uses.items()})


def _stored(figure: Flow) -> Stored | None:
    if callable(figure.where) or figure.value.of_period or figure.value.rows is not Rows.ADD:
        return None
    if not isinstance(figure.value, Count | Total) or "__" in figure.date + figure.unit:
        return None
    options = figure.model._meta
    unit, day = options.get_field(figure.unit), options.get_field(figure.date)
    if type(day).__name__ == "DateTimeField" or not _seen_alike(wall_of(figure.model), unit.column):
        return None
    query = compiled(figure)
    sql, parameters = query.sql_with_params()
    uses = _uses(options, sql)
    if uses is None:
        return None
    places = _places(query)
    if places is not None and not 0 <= places <= CELLS_PLACES:
        return None
    said = "\n".join([sql, *sorted(map(repr, parameters))])
    key = f"{figure.code}@{figure.version}:{hashlib.sha256(said.encode()).hexdigest()[:12]}"
    own = uses[options.db_table] | {unit.column, day.column}
    return Stored(
        figure,
        key,
        options.db_table,
        unit.column,
        day.column,
        places,
        uses | {options.db_table: frozenset(own - {options.pk.column})},
    )


def compiled(figure: Flow) -> Query:
    """Its sums by unit and day."""
    rows = figure.kept(figure.where).order_by().values(figure.unit, figure.date)
    return rows.annotate(_sum=figure.value.summed()).query


def _seen_alike(wall, column: str) -> bool:
    """Whether whoever has the unit of ``column`` in scope sees every row of it."""
    match wall:
        case Own(unit=unit) | Down(unit=unit):
            return column == unit
        case Inspected(about=about, only=only, unit=unit):
            return column == unit or (column == about and not only)
    return False


def _uses(options, sql: str) -> dict[str, frozenset[str]] | None:
    """The columns by table; None where the figure asks more than its own rows and codes."""
    named = TABLE.findall(sql)
    if sql.count("SELECT ") != 1 or CLOCK.search(sql) or any(alias for _, alias in named):
        return None
    names = {name for name, _ in named}
    if len(names) != len(named):
        return None
    for name in names - {options.db_table}:
        if not isinstance(_walls().get(name), Exempt):
            return None
    found = defaultdict(set)
    for name, column in COLUMN.findall(sql):
        found[name].add(column)
    return (
        {name: frozenset(columns) for name, columns in found.items()}
        if found.keys() == names
        else None
    )


@cache
def _walls() -> dict[str, object]:
    return {table.name: table.wall for table in tables()}


def _places(query: Query) -> int | None:
    """-1 where a sum has no known number of decimals."""
    field = query.annotation_select["_sum"].output_field
    if isinstance(field, models.IntegerField):
        return None
    places = getattr(field, "decimal_places", None)
    return -1 if places is None else places
