"""A layout applied to the sheets: tables whose columns are ours, and what is wrong with them."""

from dataclasses import dataclass, field

from portal.imports.columns import ImportColumn
from portal.imports.detecting import YEAR, is_helper
from portal.imports.headers import EXACT, SEARCHED_ROWS, UNIT_LABEL, Header, read_header
from portal.imports.layout import KEEP, Layout, SheetLayout
from portal.imports.reading import Sheet, a1, column_letters
from portal.imports.report import WARNING, Report
from portal.imports.row_kinds import BY_HAND
from portal.imports.targets import Target
from portal.imports.wording import plain

PLACES_NAMED = 5
COUNTERS = frozenset({"序号", "行号", "行次", "No", "NO", "No."})


@dataclass
class Table:
    """A sheet understood as rows of a target. ``columns`` maps a sheet's column number to ours.

    ``unit_column`` is the number of the column that names the unit, where there is one. ``keeps``
    are the keys of columns, and of constants, that fill only what is blank so far.
    """

    target: Target
    sheet: Sheet
    layout: SheetLayout
    columns: dict[int, ImportColumn] = field(default_factory=dict)
    unit_column: int = 0
    keeps: frozenset[str] = frozenset()

    @property
    def ledger(self):
        return self.target.ledger

    @property
    def header(self) -> int:
        return self.layout.first - 1

    @property
    def year(self) -> str:
        return self.layout.constants.get(YEAR, "")

    def place(self, row: int, number: int) -> dict:
        """Where a problem is, as the report names it."""
        pivot = self.layout.pivot
        if number in self.columns:
            label = self.columns[number].label
        elif pivot and number in pivot.columns:
            label = pivot.value
        else:
            label = UNIT_LABEL if number == self.unit_column else ""
        letters = column_letters(number)
        return {"row": row, "column": letters, "cell": a1(row, number), "label": label}


def apply(layout: Layout, sheets: list[Sheet], targets, report: Report, *, whole=False):
    """The tables to bring in, in the order of the sheets.

    ``targets`` gives the Target of a code, or None. What a sheet lacks is reported; a sheet
    without a header gives no table. ``whole`` also names the sheets that are not read.
    """
    by_name = {sheet.name: sheet for sheet in sheets}
    found = []
    for each in layout.sheets:
        sheet = by_name.get(each.sheet)
        if sheet is None or (not each.target and is_helper(sheet)):
            continue
        if not each.target:
            if whole and sheet.rows:
                report.add(sheet.name, "没有与这张工作表对应的台账，未读取。", severity=WARNING)
            continue
        target = targets(each.target)
        if target is None:
            report.add(sheet.name, "您不能登记这张工作表对应的台账，请不要读取这张工作表。")
        elif table := table_of(target, sheet, each, report):
            found.append(table)
    if whole and not any(each.target for each in layout.sheets):
        report.add(
            "工作簿", "没有一张工作表能认出是哪个台账，请按模板命名工作表，或选择对应的台账。"
        )
    return found


def table_of(target: Target, sheet: Sheet, layout: SheetLayout, report: Report) -> Table | None:
    groups = target.required_groups
    if not layout.header:
        wanted = "、".join("或".join(group) for group in groups) or "、".join(
            column.label for column in target.columns
        )
        report.add(sheet.name, f"前 {SEARCHED_ROWS} 行里没有找到表头，应有这些列：{wanted}。")
        return None
    table = Table(target, sheet, layout)
    header = read_header(sheet, layout.header)
    _take_columns(table, header, report)
    for group in missing(target, layout):
        report.add(sheet.name, f"缺少必填的列：{'或'.join(group)}。", row=layout.header[-1])
    _tell_of_rows_left_out(table, report)
    _tell_of_formulas(table, report)
    return table


def missing(target: Target, layout: SheetLayout) -> list[tuple[str, ...]]:
    """The required columns that neither a column nor a constant nor a heading fills."""
    there = {label for label in layout.columns.values() if label}
    there |= {label for label, text in layout.constants.items() if text}
    if layout.pivot:
        there |= {layout.pivot.value, *layout.pivot.headings.values()}
    return [group for group in target.required_groups if not there & set(group)]


def _take_columns(table: Table, header: Header, report: Report) -> None:
    target, layout = table.target, table.layout
    taken, unknown, keeps = set(), [], set()
    pivot = layout.pivot.columns if layout.pivot else ()
    for number in sorted(header.chains):
        label = layout.columns.get(number, "")
        column = target.column(label)
        if label == UNIT_LABEL and column is None:
            table.unit_column = number
        elif column is None:
            known = plain(header.label(number)) in target.only_shown | COUNTERS
            if not (known or number in pivot or label or layout.how.get(number)):
                unknown.append(header.label(number))
        elif label in taken:
            row = layout.header[-1]
            report.add(
                table.sheet.name,
                "这一列与前面的列重名，请只留一列。"
                if layout.how.get(number) == EXACT
                else "前面已有一列对应这一项，请只留一列。",
                row=row,
                column=column_letters(number),
                cell=a1(row, number),
                label=label,
            )
        else:
            taken.add(label)
            table.columns[number] = column
            if layout.rules.get(number) == KEEP:
                keeps.add(column.key)
    constants = (target.column(label) for label in layout.constants)
    table.keeps = frozenset(keeps | {column.key for column in constants if column})
    if unknown:
        report.add(
            table.sheet.name, f"这些列不认识，未读取：{'、'.join(unknown)}。", severity=WARNING
        )


def _tell_of_formulas(table: Table, report: Report) -> None:
    """What a formula gave is taken as it was computed last; nobody would see that in the rows."""
    sheet, layout = table.sheet, table.layout
    read = {*table.columns, *(layout.pivot.columns if layout.pivot else ())}
    by_column: dict[int, list[int]] = {}
    for row, number in sorted(sheet.formulas - sheet.errors.keys()):
        if number in read and row >= layout.first and row not in layout.skipped:
            by_column.setdefault(number, []).append(row)
    for number, rows in sorted(by_column.items()):
        report.add(
            sheet.name,
            f"这一列有 {len(rows)} 格是公式（从第 {rows[0]} 行起），按表格中算好的结果读取，请核对。",
            severity=WARNING,
            **table.place(rows[0], number),
        )


def _tell_of_rows_left_out(table: Table, report: Report) -> None:
    by_kind: dict[str, list[int]] = {}
    for row, kind in table.layout.skipped.items():
        by_kind.setdefault(kind, []).append(row)
    for kind, rows in by_kind.items():
        named = "、".join(map(str, rows[:PLACES_NAMED]))
        more = f"等 {len(rows)} 行" if len(rows) > PLACES_NAMED else " 行"
        why = "按您的选择" if kind == BY_HAND else f"看来是{kind}"
        report.add(
            table.sheet.name,
            f"第 {named}{more}{why}，不作为记录读取。",
            row=rows[0],
            severity=WARNING,
        )
