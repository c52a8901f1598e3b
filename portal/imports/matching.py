"""Which sheet is which ledger, where its header row is, and which columns it has."""

import re
from dataclasses import dataclass, field
from functools import cache

from portal.imports.columns import ImportColumn
from portal.imports.reading import Sheet, a1, column_letters
from portal.imports.report import WARNING, Report
from portal.ledgers.registry import ledgers as ledgers_by_slug
from portal.text import to_halfwidth

HEADER_ROWS = 5
HELPER_SHEETS = {"填写说明", "选项"}  # sheets of our own template
UNIT_LABEL = "单位"
_DROPPED = re.compile(r"[\s*＊]+")


def plain(label) -> str:
    """A label without spaces, asterisks and full-width forms, for comparing."""
    return _DROPPED.sub("", to_halfwidth(str(label)))


@dataclass
class Table:
    """A sheet understood as rows of a ledger. ``columns`` maps a sheet's column number to ours.

    ``unit_column`` is the number of the column that names the unit, where there is one. ``keeps``
    are form fields that a file only fills: what a record already holds there stays.
    """

    ledger: object
    sheet: Sheet
    header: int = 0
    columns: dict[int, ImportColumn] = field(default_factory=dict)
    unit_column: int = 0
    keeps: set[str] = field(default_factory=set)

    def place(self, row: int, number: int) -> dict:
        """Where a problem is, as the report names it."""
        label = self.columns[number].label if number in self.columns else UNIT_LABEL
        letters = column_letters(number)
        return {"row": row, "column": letters, "cell": a1(row, number), "label": label}


def sheet_of(ledger, sheets: list[Sheet]) -> Sheet:
    """The sheet named like the ledger, else the first that is not a helper of our template."""
    for sheet in sheets:
        if plain(sheet.name) == plain(ledger.title[:31]):
            return sheet
    own = [sheet for sheet in sheets if sheet.name not in HELPER_SHEETS and sheet.rows]
    return (own or sheets)[0]


def in_reference_order(ledgers) -> list:
    """Ledgers whose rows others refer to before those; else in their own order."""
    asked = {
        each.model: {ledgers_by_slug[slug].model for slug in each.refers_to} for each in ledgers
    }

    @cache
    def depth(model) -> int:
        targets = {f.related_model for f in model._meta.concrete_fields if f.is_relation}
        targets = (targets | asked[model]) & asked.keys() - {model}
        return 1 + max(map(depth, targets), default=-1)

    return sorted(ledgers, key=lambda ledger: depth(ledger.model))


def paired(sheets: list[Sheet], ledgers, report: Report) -> list[tuple[object, Sheet]]:
    """(ledger, sheet) for all sheets named like a ledger; what others refer to comes first."""
    named = {plain(sheet.name): sheet for sheet in sheets}
    pairs = [
        (ledger, named.pop(plain(ledger.title[:31])))
        for ledger in in_reference_order(ledgers)
        if plain(ledger.title[:31]) in named
    ]
    for sheet in named.values():
        if sheet.name not in HELPER_SHEETS and sheet.rows:
            report.add(sheet.name, "没有与这张工作表同名的台账，未读取。", severity=WARNING)
    if not pairs:
        report.add("工作簿", "没有一张工作表的名称与台账相同，请按模板命名工作表。")
    return pairs


def understood(ledger, sheet: Sheet, known: list[ImportColumn], report: Report) -> Table | None:
    """The sheet as a table of the ledger; None, with the reason reported, if it is not one."""
    groups = _required(known)
    labels = {plain(column.label): column for column in known}
    header = _header_row(sheet, groups, labels)
    if header is None:
        wanted = "、".join("或".join(group) for group in groups) or "、".join(
            column.label for column in known
        )
        report.add(sheet.name, f"前 {HEADER_ROWS} 行里没有找到表头，应有这些列：{wanted}。")
        return None
    table = Table(ledger, sheet, header)
    _take_columns(table, labels, report)
    present = {column.label for column in table.columns.values()}
    for group in groups:
        if not present & set(group):
            report.add(sheet.name, f"缺少必填的列：{'或'.join(group)}。", row=header)
    return table


def _required(known: list[ImportColumn]) -> list[tuple[str, ...]]:
    """Labels of which at least one must be there, for every required field."""
    groups: dict[str, list[str]] = {}
    for column in known:
        if column.required:
            groups.setdefault(column.field, []).append(column.label)
    return [tuple(labels) for labels in groups.values()]


def _header_row(sheet, groups, labels) -> int | None:
    for number, cells in enumerate(sheet.rows[:HEADER_ROWS], start=1):
        present = {labels[key].label for key in map(plain, cells) if key in labels}
        if groups:
            hits, all_of_them = sum(bool(present & set(group)) for group in groups), len(groups)
        else:
            hits, all_of_them = len(present), len(labels)
        if hits and hits * 2 >= all_of_them:
            return number
    return None


def _take_columns(table: Table, labels, report: Report) -> None:
    shown = {plain(col.label) for col in table.ledger.all_columns}
    taken, unknown = set(), []
    for number, cell in enumerate(table.sheet.cells(table.header), start=1):
        key = plain(cell)
        if not key:
            continue
        if key in labels:
            if key in taken:
                place = {"row": table.header, "column": column_letters(number)}
                report.add(
                    table.sheet.name,
                    "这一列与前面的列重名，请只留一列。",
                    cell=a1(table.header, number),
                    label=labels[key].label,
                    **place,
                )
                continue
            taken.add(key)
            table.columns[number] = labels[key]
        elif key == UNIT_LABEL and key in shown:
            table.unit_column = number
        elif key not in shown:
            unknown.append(str(cell).strip())
    if unknown:
        report.add(
            table.sheet.name, f"这些列不认识，未读取：{'、'.join(unknown)}。", severity=WARNING
        )
