"""The table of a board: units below × figures, each number opening its records; of a community its grids."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from portal.boards import LESS, direction_of
from portal.figures import Ratio, engine, figures
from portal.figures.categories import GridCategory
from portal.figures.declare import Figure
from portal.figures.engine import Reading
from portal.figures.together import read_all
from portal.models.units import UnitKind
from portal.periods import Period
from portal.summaries import Telling
from reports.boards.cells import Number
from reports.boards.heat import shades
from reports.boards.places import Place, grids_of
from reports.branch_readings import read_branches, tells
from reports.branches import Branch
from reports.charts import number_of

NAME = "name"


@dataclass(frozen=True)
class Cell:
    """``rank`` is the place in the column, "" for none; of the same number the same place."""

    number: Number
    value: int | Decimal | None = None
    shade: str = ""
    rank: str = ""


@dataclass(frozen=True)
class Column:
    """``differs``: what the rows make together is not the whole, as a person counts once in it."""

    figure: Figure
    direction: str
    differs: bool = False
    sorted: str = ""


@dataclass(frozen=True)
class Row:
    name: str
    cells: tuple[Cell, ...]
    branch: Branch | None = None
    grid: str = ""

    @property
    def is_own(self) -> bool:
        return self.branch is not None and self.branch.own

    @property
    def unit(self) -> int:
        """The community or grid that the row is; of what lies in no grid there is none."""
        return self.branch.pk if self.branch is not None else int(self.grid)

    @property
    def is_beside(self) -> bool:
        """What the unit recorded itself and what lies in no grid: no place among the others."""
        return self.is_own or self.grid == GridCategory.NOWHERE


@dataclass(frozen=True)
class Table:
    """``word`` is what the rows are: 社区, 网格. ``left_out`` are figures that are not divided so."""

    word: str
    period: Period
    columns: tuple[Column, ...] = ()
    rows: tuple[Row, ...] = ()
    total: tuple[Number, ...] = ()
    left_out: tuple[str, ...] = ()
    sorting: str = ""

    def only(self, codes) -> "Table":
        """The table with the columns of these figures alone."""
        kept = [n for n, column in enumerate(self.columns) if column.figure.code in codes]

        def some(all_of):
            return tuple(all_of[n] for n in kept)

        rows = tuple(replace(row, cells=some(row.cells)) for row in self.rows)
        return replace(self, columns=some(self.columns), rows=rows, total=some(self.total))

    @property
    def differing(self) -> list[Figure]:
        return [column.figure for column in self.columns if column.differs]


def table_of(
    codes: Iterable[str],
    place: Place,
    period: Period,
    sorting: str = "",
    whole: Mapping[str, Reading] | None = None,
) -> Table:
    """Only of figures that the user sees here; ``whole`` are their readings of the place itself, where they
    were read already. Odd ``sorting`` is left aside."""
    codes = [code for code in dict.fromkeys(codes) if code in figures and place.sees(figures[code])]
    divided = _by_unit if place.has_units else _by_grid
    if whole is None:
        whole = read_all(codes, place.reach, period)
    return ordered(divided(codes, place, period, whole), sorting)


def _by_unit(codes: list[str], place: Place, period: Period, whole: Mapping) -> Table:
    rows = place.rows(period)
    if not rows:
        return Table("单位", period)
    kinds = {row.kind for row in rows if not row.own}
    word = UnitKind(kinds.pop()).label if len(kinds) == 1 else "单位"
    readings = read_branches(codes, rows, Telling(place.unit, place.reach, period))
    numbers = {
        code: [
            Number.of(reading, place.row_url(code, row, period))
            for row, reading in zip(rows, readings[code], strict=True)
        ]
        for code in codes
    }
    names = [Row(row.name, (), row) for row in rows]
    return _filled(word, place, period, names, readings, numbers, whole)


def _by_grid(codes: list[str], place: Place, period: Period, whole: Mapping) -> Table:
    kept = [code for code in codes if grids_of(figures[code])]
    left_out = tuple(figures[code].label for code in codes if code not in kept)
    labels = GridCategory().labels(place.reach)
    labels = {str(key): label for key, label in labels.items()}
    if not kept or len(labels) < 2:
        return Table("网格", period, left_out=left_out)
    readings, numbers = {}, {}
    for code in kept:
        name = grids_of(figures[code])
        found = engine.by_category(code, name, place.reach, period, labels)
        readings[code] = [found[grid] for grid in labels]
        numbers[code] = [
            Number.of(found[grid], place.url(code, period, **{name: grid})) for grid in labels
        ]
    names = [Row(label, (), grid=grid) for grid, label in labels.items()]
    table = _filled("网格", place, period, names, readings, numbers, whole)
    return replace(table, left_out=left_out)


def _filled(word, place, period, names: Sequence[Row], readings, numbers, whole) -> Table:
    columns, cells = [], {}
    for code, told in readings.items():
        figure, direction = figures[code], direction_of(code)
        compared = [_compared(reading, row) for reading, row in zip(told, names, strict=True)]
        places = ranks(compared, direction)
        darkness = shades(compared, direction)
        cells[code] = [
            Cell(number, reading.value, shade, rank)
            for number, reading, shade, rank in zip(
                numbers[code], told, darkness, places, strict=True
            )
        ]
        columns.append(Column(figure, direction, differs=_differs(figure, told, whole[code])))
    rows = [
        replace(row, cells=tuple(cells[code][place_] for code in readings))
        for place_, row in enumerate(names)
    ]
    total = [Number.of(whole[code], place.url(code, period)) for code in readings]
    return Table(word, period, tuple(columns), tuple(rows), tuple(total))


def _compared(reading: Reading, row: Row) -> Decimal | None:
    """The number as printed; None for what stands beside the others or has nothing behind it."""
    if row.is_beside or not tells(reading):
        return None
    return number_of(reading.text)


def ranks(values: Sequence[Decimal | None], direction: str) -> list[str]:
    """1, 2, 2, 4: the best first where it is known which is, else the most."""
    known = [value for value in values if value is not None]
    if len(set(known)) < 2:
        return [""] * len(values)

    def place(value):
        return 1 + sum(other < value if direction == LESS else other > value for other in known)

    return ["" if value is None else str(place(value)) for value in values]


def _differs(figure: Figure, told: Sequence[Reading], whole: Reading) -> bool:
    if isinstance(figure, Ratio):
        return False
    return sum(reading.value for reading in told) != whole.value


def ordered(table: Table, sorting: str) -> Table:
    """Sorted by a column's code or by NAME, the other way with "-" before it; what has no number and what
    stands beside the others comes last."""
    key, reverse = sorting.removeprefix("-"), sorting.startswith("-")
    codes = [column.figure.code for column in table.columns]
    if key == NAME:
        rows = sorted(table.rows, key=lambda row: row.name, reverse=reverse)
        rows.sort(key=lambda row: row.is_beside)
        return replace(table, rows=tuple(rows), sorting=sorting)
    if key not in codes:
        return table
    at = codes.index(key)

    def value(row):
        number = number_of(row.cells[at].number.text)
        return (number is None, (-1 if reverse else 1) * (number or 0))

    rows = sorted(table.rows, key=lambda row: (row.is_beside, *value(row)))
    columns = tuple(
        replace(column, sorted="desc" if reverse else "asc") if n == at else column
        for n, column in enumerate(table.columns)
    )
    return replace(table, rows=tuple(rows), columns=columns, sorting=sorting)
