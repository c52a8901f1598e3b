"""A declared table of figures, counted: by month, by the units below, or by a category."""

import re
from collections import Counter
from dataclasses import asdict, dataclass

from portal.figures import figures
from portal.figures.engine import by_category, cube, labels
from portal.figures.together import by_month
from portal.numbers import NOTHING
from portal.pdf.blocks import Drawing
from portal.punctuation import tidy
from portal.summaries import CategoryTable, FigureTable, Outline, RecordTable, Telling
from reports.branch_readings import difference_header, ranks, read_branches, tells
from reports.branches import branches
from reports.changes import difference
from reports.charts import bar_chart
from reports.readings import Readings, declared
from reports.tokens import PREVIOUS, key_of

EXCEPT = "（另有注明的除外）"
OWN_MEASURE = re.compile(r"(.+)（([^（）]+)）")


@dataclass(frozen=True)
class TableContent:
    """Texts only. The first column names the row; ``total`` is counted for itself, never summed.

    ``chart`` is the column that is also drawn (0: none). It is kept with the table, so that an issue
    draws what it drew when it was signed; a table without one is kept as if there were no charts.
    """

    title: str
    note: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...]
    chart: int = 0

    @property
    def drawing(self) -> Drawing | None:
        """The chart below the table, drawn from its texts; None where there is nothing to draw."""
        if not self.chart:
            return None
        labels, texts = ([row[column] for row in self.rows] for column in (0, self.chart))
        chart = bar_chart(self._caption, labels, texts)
        return Drawing(chart) if chart else None

    @property
    def _caption(self) -> str:
        """What is drawn and in which measure: the header says it where the note does not hold."""
        header, note = self.headers[self.chart], self.note.removesuffix(EXCEPT)
        own = OWN_MEASURE.fullmatch(header) if note != self.note else None
        label, measure = (own[1], f"单位：{own[2]}") if own else (header, note)
        return f"图：{self.title}（{label}，{measure}）"

    def as_json(self) -> dict:
        kept = asdict(self)
        return kept if self.chart else {k: v for k, v in kept.items() if k != "chart"}

    @classmethod
    def from_json(cls, data: dict) -> "TableContent":
        rows = tuple(tuple(row) for row in data["rows"])
        headers, total = tuple(data["headers"]), tuple(data["total"])
        return cls(data["title"], data["note"], headers, rows, total, data.get("chart", 0))


def tables_of(outline: Outline) -> dict[str, FigureTable]:
    return {p.title: p for p in declared(outline) if isinstance(p, FigureTable)}


def tabulate(
    table: FigureTable, telling: Telling, readings: Readings | None = None
) -> TableContent | None:
    """The table counted; None where no figure in it is other than zero, or it has no rows.

    ``readings`` are what the document counted already.
    """
    readings = Readings(telling, table.codes) if readings is None else readings
    totals = [readings[code] for code in table.codes]
    if not any(readings[code].value for code in table.when or table.codes):
        return None
    if isinstance(table, CategoryTable):
        return _crossed(table, telling)
    if isinstance(table, RecordTable):
        rows, last = table.compose(telling)
        return (
            TableContent(table.title, table.note, table.headers, tuple(rows), last)
            if rows
            else None
        )
    match table.by:
        case "unit":
            return _by_branch(table, telling, readings)
        case "month":
            lead, (names, columns) = "月份", _by_month(table.codes, telling)
        case name:
            lead = figures[table.codes[0]].categories[name].label
            names, columns = _by_category(name, table.codes, telling)
    if not names:
        return None
    note, headers = _measures(table)
    return TableContent(
        title=table.title,
        note=note,
        headers=(lead, *headers),
        rows=tuple(zip(names, *columns, strict=True)),
        total=(_total_label(table), *(total.text for total in totals)),
        chart=table.codes.index(table.chart) + 1 if table.chart else 0,
    )


def _crossed(table: CategoryTable, telling: Telling) -> TableContent:
    [code] = table.codes
    figure = figures[code]
    found = cube(code, (table.rows, table.columns), telling.units, telling.period)
    rows, columns = found.labels(table.rows), found.labels(table.columns)
    if not table.full:
        rows = {key: label for key, label in rows.items() if found.at(**{table.rows: key}).value}
        columns = {
            key: label for key, label in columns.items() if found.at(**{table.columns: key}).value
        }

    def line(label, **row):
        cells = [found.at(**row, **{table.columns: value}).text for value in columns]
        return (label, *cells, found.at(**row).text)

    return TableContent(
        title=table.title,
        note=f"单位：{figure.measure}",
        headers=(table.lead, *columns.values(), "合计"),
        rows=tuple(line(tidy(label), **{table.rows: value}) for value, label in rows.items()),
        total=line("合计"),
    )


def _measures(table: FigureTable) -> tuple[str, list[str]]:
    """(note above the table, column headers): the measure that most columns share is said once."""
    found = [figures[code] for code in table.codes]
    [(common, times)] = Counter(figure.measure for figure in found).most_common(1)
    headers = [
        figure.label if figure.measure == common else f"{figure.label}（{figure.measure}）"
        for figure in found
    ]
    note = f"单位：{common}" if times == len(found) else f"单位：{common}{EXCEPT}"
    return note, headers


def _total_label(table: FigureTable) -> str:
    """合计 only where the rows really add up; people and stocks do not."""
    if all(figures[code].additive for code in table.codes):
        return "合计"
    return "全期" if table.by == "month" else "全部"


def _by_month(codes, telling: Telling) -> tuple[list[str], list[list[str]]]:
    one_year = telling.period.start.year == telling.period.end.year
    months = telling.period.months()
    names = [f"{month.start.month}月" if one_year else month.label for month in months]
    told = by_month(codes, telling.units, telling.period)
    return names, [[reading.text for _, reading in told[code]] for code in codes]


def _by_category(name, codes, telling: Telling) -> tuple[list[str], list[list[str]]]:
    """A row for each choice of the category behind which there is anything."""
    choices = labels(codes, name, telling.units)
    columns = [by_category(code, name, telling.units, telling.period, choices) for code in codes]
    keep = [value for value in choices if any(tells(column[value]) for column in columns)]
    names = [tidy(choices[value]) for value in keep]
    return names, [[column[value].text for value in keep] for column in columns]


def _by_branch(table: FigureTable, telling: Telling, readings: Readings) -> TableContent | None:
    """A row for each unit right below, and one for what the unit itself recorded, if anything."""
    found = branches(telling)
    told = read_branches(table.codes, found, telling)
    keep = [
        index
        for index, branch in enumerate(found)
        if not branch.own or any(tells(column[index]) for column in told.values())
    ]
    if not keep:
        return None
    note, headers = _measures(table)
    columns = [[reading.text for reading in told[code]] for code in table.codes]
    total = [readings[code].text for code in table.codes]
    if table.rank:
        headers.append("名次")
        by = {"least_first": table.least_first, "sample": table.sample}
        columns.append(ranks(told[table.rank], found, **by))
        total.append(NOTHING)
    before = readings[key_of(table.compared, PREVIOUS)] if table.compared else None
    if before is not None and before.value:
        headers.append(difference_header(table.compared, telling.period.compared_label))
        earlier = read_branches([table.compared], found, telling.earlier)[table.compared]
        columns.append(list(map(difference, told[table.compared], earlier)))
        total.append(difference(readings[table.compared], before))
    return TableContent(
        title=table.title,
        note=note,
        headers=("单位", *headers),
        rows=tuple((found[n].name, *(column[n] for column in columns)) for n in keep),
        total=(_total_label(table), *total),
        chart=table.codes.index(table.chart) + 1 if table.chart else 0,
    )
