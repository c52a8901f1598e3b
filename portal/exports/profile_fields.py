"""The columns of a profile as rows of a form: ticked, ordered, renamed, grouped, summed."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError

from portal.exports.arranging import arranged
from portal.exports.definition import COLUMN, FIXED, ORDINAL, ProfileField
from portal.text import clean_text

FIXED_PLACES = 3
LONGEST_HEADER = 40
LONGEST_TEXT = 100
ORDINAL_KEY = "ordinal"


@dataclass
class FieldRow:
    """One line of the editor; ``key`` names it in the form."""

    key: str
    kind: str
    label: str
    numeric: bool = False
    masked: bool = False
    used: bool = False
    header: str = ""
    group: str = ""
    text: str = ""
    total: bool = False
    errors: list[str] = field(default_factory=list)

    def as_field(self) -> ProfileField:
        return ProfileField(
            kind=self.kind,
            header=self.header,
            source=self.label if self.kind == COLUMN else "",
            text=self.text if self.kind == FIXED else "",
            group=self.group,
            total=self.total and self.numeric,
        )


def blank_rows(ledger) -> list[FieldRow]:
    """Ordinal, the ledger's columns, and a few places for fixed text; those listed are ticked."""
    listed = set(ledger.listed_columns)
    rows = [FieldRow(ORDINAL_KEY, ORDINAL, "序号", used=True, header="序号")]
    rows += [
        FieldRow(
            f"column:{column.label}",
            COLUMN,
            column.label,
            numeric=column.numeric,
            masked=column.masked,
            used=column in listed,
            header=column.label,
        )
        for column in ledger.shown_columns
    ]
    places = range(1, FIXED_PLACES + 1)
    return rows + [FieldRow(f"fixed:{n}", FIXED, f"固定内容 {n}") for n in places]


def rows_of_definition(ledger, definition) -> list[FieldRow]:
    """The editor's lines for a stored definition: its columns in order, then the others unticked."""
    left = {row.key: row for row in blank_rows(ledger)}
    fixed = iter([key for key in left if key.startswith("fixed:")])
    found = []
    for each in definition.fields:
        key = {ORDINAL: ORDINAL_KEY, COLUMN: f"column:{each.source}"}.get(each.kind)
        row = left.pop(key or next(fixed, ""), None)
        if row is None:  # a column that the ledger no longer has
            continue
        row.used, row.header, row.group = True, each.header, each.group
        row.text, row.total = each.text, each.total
        found.append(row)
    for row in left.values():
        row.used = False
    return found + list(left.values())


class FieldsEditor:
    """The posted lines; ``errors`` by line and for all of them."""

    def __init__(self, ledger, data=None, rows=None):
        self.rows = rows if rows is not None else blank_rows(ledger)
        self.error = ""
        if data is not None:
            self._read(data)

    def _read(self, data) -> None:
        by_key = {row.key: row for row in self.rows}
        order, used = arranged(data, list(by_key))
        self.rows = [by_key[key] for key in order]
        totals = set(data.getlist("total"))
        for row in self.rows:
            row.used, row.total = row.key in used, row.key in totals
            row.header = self._clean(row, data, "header", LONGEST_HEADER) or (
                row.label if row.kind != FIXED else ""
            )
            row.group = self._clean(row, data, "group", LONGEST_HEADER)
            row.text = self._clean(row, data, "text", LONGEST_TEXT)

    def _clean(self, row, data, name, longest) -> str:
        typed = data.get(f"{name}-{row.key}", "")
        try:
            text = clean_text(typed)
        except ValidationError as error:
            row.errors += error.messages
            return typed[:longest]
        if len(text) > longest:
            row.errors.append(f"最多 {longest} 个字。")
        return text

    def is_valid(self) -> bool:
        used = [row for row in self.rows if row.used]
        seen = set()
        for row in used:
            if not row.header:
                row.errors.append("请填写表头。")
            elif row.header in seen:
                row.errors.append(f"表头“{row.header}”重复，请改一个。")
            seen.add(row.header)
        if not used:
            self.error = "请至少勾选一栏。"
        return not self.error and not any(row.errors for row in used)

    def fields(self) -> tuple[ProfileField, ...]:
        return tuple(row.as_field() for row in self.rows if row.used)
