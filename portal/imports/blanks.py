"""Empty workbooks to fill in: a sheet per ledger, drop-downs for choices, numbers kept as text."""

import io

import xlsxwriter
from django import forms

from portal.imports.columns import ImportColumn
from portal.imports.targets import Target

ROWS = 2000  # rows that get the drop-downs
GUIDE, CHOICES = "填写说明", "选项"
LONGEST_INPUT = 255


def blank_workbook(title: str, targets: list[Target]) -> bytes:
    """An xlsx with one sheet for each target, how to fill it, and the lists behind the choices."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        Blank(book).write(targets)
        book.set_properties({"title": title})
    return target.getvalue()


class Blank:
    def __init__(self, book):
        self.book = book
        self.head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#EEF2F7"})
        self.must = book.add_format(
            {"bold": True, "bottom": 1, "bg_color": "#EEF2F7", "font_color": "#B3261E"}
        )
        self.text = book.add_format({"num_format": "@"})
        self.day = book.add_format({"num_format": "yyyy-mm-dd"})
        self.wrap = book.add_format({"text_wrap": True, "valign": "top"})
        self.guide_rows: list[tuple[str, ...]] = []
        self.lists: dict[tuple[str, ...], str] = {}

    def write(self, targets: list[Target]) -> None:
        for target in targets:
            self._sheet(target)
        self._guide_sheet()
        self._choice_sheet()

    def _sheet(self, target: Target) -> None:
        sheet = self.book.add_worksheet(target.title[:31])
        sheet.freeze_panes(1, 0)
        for index, column in enumerate(target.columns):
            starred = f"{column.label}*" if column.required else column.label
            sheet.set_column(index, index, max(column.width, 10), self._format(column))
            sheet.write_string(0, index, starred, self.must if column.required else self.head)
            self.guide_rows.append((target.title, column.label, *explained(column)))
            self._validate(sheet, index, column)

    def _format(self, column):
        if isinstance(column.form_field, forms.DateField):
            return self.day
        if isinstance(column.form_field, (forms.IntegerField, forms.DecimalField)):
            return None
        return self.text

    def _validate(self, sheet, index, column) -> None:
        must, how = explained(column)
        shown = {
            "input_title": column.label[:32],
            "input_message": f"{must}。{how}".strip()[:LONGEST_INPUT],
        }
        if column.options and not column.multiple:
            words = tuple(words for words, _ in column.options)
            shown |= {
                "validate": "list",
                "source": self._list(words),
                "error_title": column.label[:32],
                "error_message": "请从下拉列表中选择。",
            }
        else:
            shown["validate"] = "any"
        sheet.data_validation(1, index, ROWS, index, shown)

    def _list(self, words: tuple[str, ...]) -> str:
        """The range of the helper sheet that holds the words, one list below the other: beside each
        other they would outgrow the columns that an import reads. Equal lists are written once."""
        if words not in self.lists:
            first = sum(map(len, self.lists)) + 1
            self.lists[words] = f"={CHOICES}!$A${first}:$A${first + len(words) - 1}"
        return self.lists[words]

    def _guide_sheet(self) -> None:
        sheet = self.book.add_worksheet(GUIDE)
        sheet.set_column(0, 2, 16)
        sheet.set_column(3, 3, 70)
        for index, label in enumerate(("台账", "列名", "必填", "怎样填")):
            sheet.write_string(0, index, label, self.head)
        for number, row in enumerate(self.guide_rows, start=1):
            for index, words in enumerate(row):
                sheet.write_string(number, index, words, self.wrap)
        last = len(self.guide_rows) + 2
        sheet.write_string(last, 0, "空白单元格不会清掉已有的内容；多出来的列不读取。")

    def _choice_sheet(self) -> None:
        if not self.lists:
            return
        sheet = self.book.add_worksheet(CHOICES)
        for number, word in enumerate(word for words in self.lists for word in words):
            sheet.write_string(number, 0, word)
        sheet.hide()


def explained(column: ImportColumn) -> tuple[str, str]:
    """(必填 or 选填, how the column is filled in)."""
    field, hints = column.form_field, []
    words = [words for words, _ in column.options]
    if column.multiple:
        hints.append(f"可填多项，用顿号隔开：{'、'.join(words)}。")
    elif words:
        few = "、".join(words[:12])
        hints.append(f"从下拉列表中选择：{few}{'等' if len(words) > 12 else ''}。")
    elif isinstance(field, forms.BooleanField):
        hints.append("填“是”或“否”。")
    elif isinstance(field, forms.DateField):
        hints.append("日期，如 2025-03-10。")
    if column.is_number:
        hints.append("须为文本格式，不要存成数字。")
    if column.resolver and len(column.resolver.labels) > 1:
        hints.append(f"按{'、'.join(column.resolver.labels)}查找已登记的记录。")
    if field.help_text:
        hints.append(str(field.help_text))
    return ("必填" if column.required else "选填"), "".join(hints)
