"""A table pasted into the lines of 登记多条: read as an import reads it, what does not fit said at its cell."""

import csv
import io
import re
from collections import defaultdict
from datetime import date, time

from django.db.models import Model

from portal.imports.columns import ImportColumn
from portal.imports.headers import matched_columns, names_of, read_header
from portal.imports.layout import SheetLayout
from portal.imports.matching import Table
from portal.imports.reading import Sheet
from portal.imports.row_reading import RowReader
from portal.imports.targets import ledger_target
from portal.imports.wording import plain
from portal.ledgers.fields import RecordField
from portal.ledgers.forms import recording_units
from portal.scope import access_of

MOST_CHARACTERS = 200_000
MOST_COLUMNS = 60
PLACE = re.compile(r"l([0-9]{1,3})-([a-z_]+?)(?:_text)?")
LIKE_A_NUMBER = re.compile("[0-9]{14,17}[0-9Xx]")
NOTES_SHOWN = 8


def cells_of(text: str) -> list[list[str]]:
    """Rows and cells of a table as spreadsheets put it on the clipboard: tabs between cells, cells with
    line breaks in quotation marks. All rows have the same length; blank ones at the end are left out."""
    text = text[:MOST_CHARACTERS].replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
    rows = [
        [cell.strip() for cell in row[:MOST_COLUMNS]]
        for row in csv.reader(io.StringIO(text), delimiter="\t")
    ]
    while rows and not any(rows[-1]):
        rows.pop()
    width = max(map(len, rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows]


class Paste:
    """``faults`` by line and field, ``told`` and ``refused`` are remarks on the whole; filled_in() first."""

    def __init__(self, ledger, user, post, *, most: int):
        self.ledger, self.user, self.most = ledger, user, most
        self.sheet = ledger.sheet
        self.rows = cells_of(post.get("paste_text", ""))
        self.line, self.field = self._begin(post.get("paste_at", ""))
        self.unit = self._unit(post.get("unit", ""))
        self.faults: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self.told: list[str] = []
        self.refused: list[str] = []

    def _begin(self, place: str) -> tuple[int, str]:
        """The line and field of the cell that was pasted into; the first where none is named."""
        fields = list(self.sheet.each)
        found = PLACE.fullmatch(place)
        if found is None or found[2] not in fields:
            return 0, fields[0]
        return min(int(found[1]), self.most - 1), found[2]

    def _unit(self, sent: str):
        units = list(recording_units(self.user, self.ledger.edit_permission)[:200])
        home = access_of(self.user).home
        chosen = [unit for unit in units if str(unit.pk) == sent]
        return next(iter([*chosen, *(u for u in units if home and u.pk == home.pk), *units]), None)

    # --- which column is what -------------------------------------------------------------------

    def _table(self) -> Table:
        target = ledger_target(self.ledger, self.user, self.unit)
        sheet = Sheet("", self.rows)
        columns = self._by_header(sheet, target)
        header = (1,) if columns else ()
        columns = columns or self._by_place(target)
        labels = {number: column.label for number, column in columns.items()}
        layout = SheetLayout("", self.ledger.slug, header=header, columns=labels)
        return Table(target, sheet, layout, columns)

    def _by_header(self, sheet, target) -> dict[int, ImportColumn]:
        """By the labels of the first row, where most of them are ours; else {}."""
        header = read_header(sheet, (1,))
        matched = dict(matched_columns(header, names_of(target)).columns)
        form_labels = {
            plain(column.form_field.label): column.label for column in reversed(target.columns)
        }
        for number in header.chains:
            if number not in matched and (ours := form_labels.get(plain(header.label(number)))):
                matched[number] = ours
        if not matched or len(matched) * 2 < len(header.chains):
            return {}
        unknown = [header.label(n) for n in header.chains if n not in matched]
        if unknown:
            self.told.append(f"没有对应栏目、没有带入的列：{'、'.join(unknown)}。")
        return {number: target.column(label) for number, label in matched.items()}

    def _by_place(self, target) -> dict[int, ImportColumn]:
        """From the cell that was pasted into on to the right."""
        fields = list(self.sheet.each)
        ahead = fields[fields.index(self.field) :]
        found, width = {}, len(self.rows[0])
        for number, name in enumerate(ahead[:width], start=1):
            columns = [column for column in target.columns if column.field == name]
            if columns:
                found[number] = self._fitting(columns, number)
        if width > len(ahead):
            self.refused.append(
                f"表格有 {width} 列，从所选的格往右只有 {len(ahead)} 列，多出的没有带入。"
                "把表头一起复制过来，会按列名对应。"
            )
        return found

    def _fitting(self, columns, number: int) -> ImportColumn:
        """Of the columns that fill one field that of numbers, where the cells look like numbers."""
        some = next((row[number - 1] for row in self.rows if row[number - 1]), "")
        wants = bool(LIKE_A_NUMBER.fullmatch(some))
        return next((c for c in columns if c.is_number == wants), columns[0])

    # --- into the fields ------------------------------------------------------------------------

    def filled_in(self, post):
        """(what was posted, with the table's cells in it; how many lines it reaches)."""
        data = post.copy()
        data["paste_text"] = ""
        if not self.rows or self.unit is None:
            self.refused.append("没有可以带入的内容：请先在表格软件里选中并复制，再粘贴。")
            return data, 0
        table = self._table()
        common: dict[str, list] = defaultdict(list)
        reached, filled, notes = 0, 0, []
        for row in RowReader(table, self.unit, self.user).rows():
            number = self.line + row.number - table.layout.first
            if number >= self.most:
                self.refused.append(f"一次最多 {self.most} 行，从第 {row.number} 行起没有带入。")
                break
            reached, filled = number + 1, filled + 1
            self._take(data, table, row, number, common)
            notes += [f"第 {number + 1} 行：{text}" for _, text in row.notes]
        self._take_common(data, common)
        self.told[:0] = [f"已带入 {filled} 行，还没有保存；请核对后保存。"] if filled else []
        self.told += notes[:NOTES_SHOWN]
        return data, reached

    def _take(self, data, table, row, number: int, common) -> None:
        wrong = {key for _, key, _ in row.faults}
        for key, value in row.data.items():
            if key in self.sheet.each and key not in wrong:
                put(
                    data,
                    f"l{number}-{key}",
                    value,
                    self._is_picked(table, key),
                    self._label(table, key),
                )
            elif key in self.sheet.common:
                common[key].append(value)
            elif key not in self.sheet.each:
                self._refuse_once(f"“{self._name(table, key)}”这张登记表不填，没有带入。")
        for column, key, message in row.faults:
            if key not in self.sheet.each:
                self._refuse_once(f"第 {number + 1} 行“{self._name(table, key)}”：{message}")
                continue
            told = table.columns.get(column)
            raw = row.raw.get(told.label, "") if told else ""
            put(data, f"l{number}-{key}", raw, self._is_picked(table, key))
            self.faults[number][key].append(message)

    def _take_common(self, data, common) -> None:
        for key, values in common.items():
            label = self.ledger.model._meta.get_field(key).verbose_name
            if any(value != values[0] for value in values):
                self._refuse_once(f"“{label}”各行不同：上面只能填一个，没有带入，请分几次登记。")
                continue
            target = ledger_target(self.ledger, self.user, self.unit)
            field = next(c.form_field for c in target.columns if c.field == key)
            picked = isinstance(field, RecordField)
            put(data, key, values[0], picked, field.ledger.label_of if picked else str)

    def _refuse_once(self, text: str) -> None:
        if text not in self.refused:
            self.refused.append(text)

    def _columns(self, table, key):
        return [column for column in table.target.columns if column.field == key]

    def _name(self, table, key) -> str:
        columns = self._columns(table, key)
        return columns[0].form_field.label if columns else key

    def _is_picked(self, table, key) -> bool:
        return any(isinstance(c.form_field, RecordField) for c in self._columns(table, key))

    def _label(self, table, key):
        columns = self._columns(table, key)
        field = columns[0].form_field if columns else None
        return field.ledger.label_of if isinstance(field, RecordField) else str


def put(data, name: str, value, picked: bool, label=str) -> None:
    """A value as the field of the page would send it."""
    if picked:
        record = isinstance(value, Model)
        data[name] = str(value.pk) if record else ""
        data[f"{name}_text"] = label(value) if record else str(value)
        return
    if isinstance(value, list | tuple):
        data.setlist(name, [str(each) for each in value])
        return
    match value:
        case Model():
            data[name] = str(value.pk)
        case bool():
            data.setlist(name, ["on"] if value else [])
        case date():
            data[name] = value.isoformat()
        case time():
            data[name] = f"{value:%H:%M}"
        case _:
            data[name] = str(value)
