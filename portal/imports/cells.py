"""A cell as the ledger's form takes it: words become choices, numbers keep their digits."""

import re
from datetime import date, datetime, time, timedelta
from functools import cached_property

from django import forms
from django.core.exceptions import ValidationError

from portal.imports.columns import ImportColumn
from portal.imports.matching import plain
from portal.imports.reading import Value
from portal.neutral import unguarded
from portal.numbers import parse_number

YES = {"是", "有", "√", "✓", "1", "true", "yes", "y", "对"}
NO = {"否", "无", "×", "0", "false", "no", "n", "没有"}
SEPARATORS = re.compile(r"[、，,；;/\n]+")
OPTIONS_NAMED = 12


def text_of(value: Value) -> str:
    """A value as the clerk sees it: whole numbers without a point, dates as 2025-03-10."""
    match value:
        case str():
            return unguarded(value.strip())
        case bool():
            return "是" if value else "否"
        case int() | float():
            # Fifteen digits are what a spreadsheet keeps; more would be noise of binary numbers.
            return str(int(value)) if value == int(value) else f"{value:.15g}"
        case datetime():
            return f"{value:%Y-%m-%d}" if value.time() == time() else f"{value:%Y-%m-%d %H:%M}"
        case date():
            return value.isoformat()
        case time():
            return f"{value:%H:%M}"
        case timedelta():
            return str(value)


def number_text(value: Value, column: ImportColumn) -> str:
    """The text of an identifying number; raises ValidationError where a spreadsheet changed it.

    A number cell keeps 15 digits and no leading zero. Of such cells only an 11-digit mobile phone
    number is certain to be what was typed.
    """
    if isinstance(value, (bool, int, float, date, time, timedelta)):
        text = text_of(value)
        if column.is_phone and re.fullmatch(r"1[0-9]{10}", text):
            return text
        raise ValidationError(
            "被表格存成了数字，末几位或开头的 0 可能已失真；请把该列设为文本后重新填写。"
        )
    return text_of(value)


def is_masked(text: str) -> bool:
    """A number as our own lists and exports show it, with its middle covered."""
    return "**" in text


class CellReader:
    """Turns the cells of one column into form data; looks its choices up once."""

    def __init__(self, column: ImportColumn):
        self.column = column

    def text(self, value: Value) -> str:
        return number_text(value, self.column) if self.column.is_number else text_of(value)

    def data(self, value: Value):
        """What the form field is to be given; raises ValidationError for words it does not know."""
        if self.column.multiple:
            return self._several(text_of(value))
        if self._options:
            return self._option(text_of(value))
        match self.column.form_field:
            case forms.BooleanField():
                return self._yes_or_no(value)
            case forms.IntegerField():  # decimals and floats are its subclasses
                return f"{parse_number(value):f}"
            case forms.DateField():
                return value  # the field reads real dates, serial numbers and words alike
        return self.text(value)

    @cached_property
    def _options(self) -> dict[str, object]:
        options = self.column.options
        # A code is taken as well, but never where the same characters are another choice's words.
        codes = {plain(value): value for _, value in options}
        return codes | {plain(words): value for words, value in options}

    def _option(self, text: str):
        try:
            return self._options[plain(text)]
        except KeyError:
            raise ValidationError(self._choose()) from None

    def _several(self, text: str) -> list:
        if plain(text) in self._options:
            return [self._options[plain(text)]]
        return [self._option(part) for part in SEPARATORS.split(text) if part.strip()]

    def _choose(self) -> str:
        words = [words for words, _ in self.column.options]
        if len(words) > OPTIONS_NAMED:
            return f"不在可选的内容里，请填写如：{'、'.join(words[:OPTIONS_NAMED])} 等。"
        several = "可填多项，用顿号隔开：" if self.column.multiple else "请填写其中之一："
        return f"不在可选的内容里，{several}{'、'.join(words)}。"

    def _yes_or_no(self, value):
        word = text_of(value).lower()
        if word in YES:
            return True
        if word in NO:
            return False
        raise ValidationError("请填写“是”或“否”。")
