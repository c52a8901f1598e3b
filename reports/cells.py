"""The page behind each cell of a table: its figure, narrowed as its row and column are."""

from collections.abc import Mapping
from dataclasses import dataclass

from portal.figures import figures
from portal.figures.engine import labels
from portal.models import Unit
from portal.punctuation import tidy
from portal.summaries import CategoryTable, FigureTable, RecordTable, Telling
from reports.branches import branches
from reports.facts import Facts
from reports.panel import figure_url
from reports.tables import TableContent, tables_of


@dataclass(frozen=True)
class CellUrls:
    """Pages by row and column, without the column that names the row; "" where there is none."""

    rows: list[list[str]]
    total: list[str]


def cell_urls(facts: Facts) -> dict[str, CellUrls]:
    """Of each table in use that counts figures, by its title."""
    declared = tables_of(facts.outline)
    return {
        title: _urls(declared[title], content, facts.telling)
        for title, content in facts.tables.items()
        if content is not None and not isinstance(declared[title], RecordTable)
    }


def codes_by_column(table: FigureTable, frozen: Mapping) -> list[str]:
    """The figure of each column but the first of a table as it was frozen; none where it counts no figures."""
    if isinstance(table, RecordTable):
        return []
    if isinstance(table, CategoryTable):
        return list(table.codes) * (len(frozen["headers"]) - 1)
    return list(table.codes)


def _urls(table: FigureTable, content: TableContent, telling: Telling) -> CellUrls:
    known = _rows(table, telling)
    columns = _columns(table, content, telling)

    def line(row: Mapping) -> list[str]:
        asked = {"unit_id": telling.unit.pk, "period_key": telling.period.key}
        if telling.group:
            asked["group_id"] = telling.group.pk
        return [
            "" if column is None else figure_url(code, **{**asked, **row}, **column)
            for code, column in columns
        ]

    nothing = [""] * len(columns)
    rows = [line(known[row[0]]) if row[0] in known else nothing for row in content.rows]
    return CellUrls(rows, line({}))


def _columns(
    table: FigureTable, content: TableContent, telling: Telling
) -> list[tuple[str, dict | None]]:
    """(figure, how it is narrowed, None where its words are those of no choice any more); a crossed table
    ends with the sum of its row."""
    if isinstance(table, CategoryTable):
        [code] = table.codes
        known = {**_by_value(table.columns, table, telling), content.headers[-1]: {}}
        return [(code, known.get(tidy(header))) for header in content.headers[1:]]
    return [(code, {}) for code in table.codes]


def _rows(table: FigureTable, telling: Telling) -> dict[str, dict]:
    """How a row is narrowed, by the words in its first cell."""
    if isinstance(table, CategoryTable):
        return _by_value(table.rows, table, telling)
    match table.by:
        case "unit":
            return _by_unit(telling)
        case "month":
            one_year = telling.period.start.year == telling.period.end.year
            return {
                f"{month.start.month}月" if one_year else month.label: {"period_key": month.key}
                for month in telling.period.months()
            }
        case name if name in figures[table.codes[0]].categories:
            return _by_value(name, table, telling)
    return {}


def _by_value(name: str, table: FigureTable, telling: Telling) -> dict[str, dict]:
    found = labels(table.codes, name, telling.units)
    return {tidy(label): {name: value} for value, label in found.items()}


def _by_unit(telling: Telling) -> dict[str, dict]:
    children = set(Unit.objects.filter(parent=telling.unit).values_list("pk", flat=True))
    found = {}
    for branch in branches(telling):
        below = branch.units & children
        if branch.own:
            found[branch.name] = {"own": "1"}
        elif len(below) == 1:
            found[branch.name] = {"unit_id": min(below), "group_id": None}
    return found
