"""A cell as the ledger's form takes it: words become choices, numbers keep their digits."""

import re
from datetime import date, datetime, time, timedelta
from functools import cached_property

from django import forms
from django.core.exceptions import ValidationError

from portal.imports.columns import ImportColumn
from portal.imports.dates import read_day
from portal.imports.reading import Value, is_blank
from portal.imports.wording import plain
from portal.neutral import unguarded
from portal.numbers import parse_number
from portal.text import clean_text, to_halfwidth

YES = {"是", "有", "√", "✓", "1", "true", "yes", "y", "对"}
NO = {"否", "无", "×", "0", "false", "no", "n", "没有"}
SEPARATORS = re.compile(r"[、，,；;/\n]+")
OPTIONS_NAMED = 12
DASHES = {"-", "--", "—", "——", "－", "–", "/", "\\", "／", "、", "."}
NOTHING = DASHES | {
    "无",
    "空",
    "不详",
    "未知",
    "暂缺",
    "缺",
    "n/a",
    "#n/a",
    "null",
    "none",
    "nan",
    "不涉及",
    "不适用",
}
SPOILT = re.compile(r"[0-9](?:\.[0-9]+)?e\+?[0-9]{1,3}|[0-9]{12,}\.0*", re.IGNORECASE)
# 身份证：…, 号码:…; what stands before the colon says nothing of the number.
PREFIX = re.compile(r"[\u4e00-\u9fff]{1,10}[:：]\s*")
GROUPED = re.compile(r"[0-9][0-9 \u00a0\-–—－]{13,24}[0-9Xx]")
GROUP_MARKS = re.compile(r"[ \u00a0\-–—－]")
PHONES = re.compile(
    r"[/／、,，;；|\n]+|(?<!\s)\s+(?=1[3-9][0-9]{9}(?![0-9])|0[0-9]{2,3}-?[0-9]{7})|或|和"
)
MEASURE = re.compile(
    r"(.*?[0-9万])\s*(人次|人|户|件|份|次|个|场|只|把|台|套|条|处|家|块|辆|小时|平方米|㎡|m2|岁|分|年|元|圆)(?:整|正)?"
)
DEDUCTED = re.compile(r"[扣减]\s*([0-9]+(?:\.[0-9]+)?)\s*分?")
MONEY_WORDS = ("金额", "元", "款", "费", "补贴")
YUAN = ("元", "圆")


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
        raise ValidationError(SAVED_AS_NUMBER)
    text = PREFIX.sub("", to_halfwidth(text_of(value)).lstrip("'’‘`")).strip()
    if SPOILT.fullmatch(text):
        raise ValidationError(SAVED_AS_NUMBER)
    if not column.is_phone and GROUPED.fullmatch(text):
        text = GROUP_MARKS.sub("", text)
    return text


SAVED_AS_NUMBER = "被表格存成了数字，末几位或开头的 0 可能已失真；请把该列设为文本后重新填写。"


SEVERAL_PHONES = "一格有几个号码，只登记了第一个，其余请另行登记。"


def phones_in(text: str) -> list[str]:
    """The numbers of a cell; an extension stays with its number."""
    return [part.strip() for part in PHONES.split(text) if part and part.strip()]


def number_in(value: Value, column: ImportColumn):
    """The number of a cell, without a measure that can mean nothing else (3人, 1,200元)."""
    if isinstance(value, str):
        if found := DEDUCTED.fullmatch(to_halfwidth(value).strip()):
            return parse_number(f"-{found[1]}")
        found = MEASURE.fullmatch(to_halfwidth(value).strip())
        if found:
            is_money = any(word in column.label for word in MONEY_WORDS)
            if is_money == (found[2] in YUAN):
                return parse_number(found[1])
    return parse_number(value)


def is_masked(text: str) -> bool:
    """A number as our own lists and exports show it, with its middle covered."""
    return "**" in text


class CellReader:
    """Turns the cells of one column into form data; looks its choices up once.

    ``year`` completes days without one. ``notes`` are remarks on the cell read last.
    """

    def __init__(self, column: ImportColumn, year: str = ""):
        self.column, self.year = column, year
        self.notes: list[str] = []
        self.words = {plain(theirs).lower(): ours for theirs, ours in column.words.items()}
        self.must_say = column.required and isinstance(column.form_field, forms.CharField)

    def says_nothing(self, value: Value) -> bool:
        """A blank cell, or one of the words that offices put where they know nothing."""
        if not isinstance(value, str):
            return False
        if is_blank(value):
            return True
        if len(value) > 8:
            return False
        word = plain(value).lower()
        if word not in NOTHING or word in self.words or word in self._options:
            return False
        if isinstance(self.column.form_field, forms.BooleanField):
            return word in DASHES
        return not self.must_say

    def text(self, value: Value) -> str:
        return number_text(value, self.column) if self.column.is_number else text_of(value)

    def data(self, value: Value):
        """What the form field is to be given; raises ValidationError for words it does not know."""
        self.notes = []
        if self.column.multiple:
            return self._several(text_of(value))
        if self._options:
            return self._option(text_of(value))
        match self.column.form_field:
            case forms.BooleanField():
                return self._yes_or_no(value)
            case forms.IntegerField():  # decimals and floats are its subclasses
                theirs = self.words.get(plain(value).lower()) if isinstance(value, str) else None
                return f"{number_in(value if theirs is None else theirs, self.column):f}"
            case forms.DateField():
                read = read_day(value, self.year)
                self.notes += [read.note] if read.note else []
                return read.day
        text = self.text(value)
        if self.column.is_phone:
            return self._phone(text)
        return self.words.get(plain(text).lower(), text)

    def _phone(self, text: str) -> str:
        """The first number of the cell; a form keeps one."""
        found = phones_in(clean_text(text)) or [text]
        if len(found) > 1:
            self.notes.append(SEVERAL_PHONES)
        return found[0]

    @cached_property
    def _options(self) -> dict[str, object]:
        options = self.column.options
        # A code is taken as well, but never where the same characters are another choice's words.
        codes = {plain(value): value for _, value in options}
        return codes | {plain(words): value for words, value in options}

    def _option(self, text: str):
        word = plain(text)
        if word not in self._options:
            word = plain(self.words.get(word.lower(), ""))
        try:
            return self._options[word]
        except KeyError:
            raise ValidationError(self._choose()) from None

    def _several(self, text: str) -> list:
        """The choices of a cell, which marks part; the words of a choice may hold such marks themselves,
        so the longest words that are known are taken."""
        ends = [mark.start() for mark in SEPARATORS.finditer(text)] + [len(text)]
        found, at = [], 0
        while True:
            mark = SEPARATORS.match(text, at)
            at = mark.end() if mark else at
            if at >= len(text):
                return found
            words = [text[at:end] for end in ends if end > at]
            known = [each for each in words if self._is_known(each)]
            taken = known[-1] if known else words[0]
            if taken.strip():
                found.append(self._option(taken))
            at += len(taken)

    def _is_known(self, text: str) -> bool:
        return plain(text) in self._options or plain(text).lower() in self.words

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
