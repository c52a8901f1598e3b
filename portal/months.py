"""Months as clerks write them, kept as a day: the first of the month, or its last where it ends a spell."""

import calendar
import re
from datetime import date, datetime

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from portal.days import parse_date
from portal.width import to_halfwidth

MONTH = re.compile(r"([0-9]{4})(?:年|[-/.])([0-9]{1,2})(?:月份?)?|([0-9]{4})([0-9]{2})")
ADVICE = "请写成 2025-03。"
FIRST_YEAR, LAST_YEAR = 1950, 2100


def first_of(day: date) -> date:
    return day.replace(day=1)


def last_of(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def following(month: date, by: int = 1) -> date:
    """The first day of the month ``by`` months later."""
    place = month.year * 12 + month.month - 1 + by
    return date(place // 12, place % 12 + 1, 1)


def months_between(first: date, last: date) -> list[date]:
    """The first days of the months from the one to the other, both included."""
    found, month = [], first_of(first)
    while month <= last:
        found.append(month)
        month = following(month)
    return found


def chinese_month(day: date) -> str:
    return f"{day.year}年{day.month}月"


def parse_month(value) -> date:
    """The first day of the month of 2025-03, 2025年3月, 202503, or of any day in it.

    Raises ValidationError for anything else.
    """
    if isinstance(value, date | datetime):
        return first_of(parse_date(value))
    text = "".join(to_halfwidth(str(value)).split())[:40]
    found = MONTH.fullmatch(text)
    if not found:
        try:
            return first_of(parse_date(text))
        except ValidationError:
            raise ValidationError(f"“{text}”不是月份，{ADVICE}") from None
    year, month = (int(part) for part in found.groups() if part)
    if not FIRST_YEAR <= year <= LAST_YEAR or not 1 <= month <= 12:
        raise ValidationError(f"“{text}”不是月份，{ADVICE}")
    return date(year, month, 1)


class MonthInput(forms.DateInput):
    input_type = "month"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m")


class MonthFormField(forms.Field):
    """Takes a month, or a day in it; ``ends`` gives its last day."""

    widget = MonthInput

    def __init__(self, *, ends=False, **kwargs):
        kwargs.pop("max_length", None)
        super().__init__(**kwargs)
        self.ends = ends

    def to_python(self, value):
        if value in self.empty_values:
            return None
        month = parse_month(value)
        return last_of(month) if self.ends else month

    def has_changed(self, initial, data):
        try:
            return (initial or None) != self.to_python(data)
        except ValidationError:
            return True


class MonthField(models.DateField):
    """A month, kept as its first day; with ``ends`` as its last, so that a spell lasts through it."""

    def __init__(self, *args, ends=False, **kwargs):
        self.ends = ends
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | ({"ends": True} if self.ends else {})

    def formfield(self, **kwargs):
        return super().formfield(**kwargs | {"form_class": MonthFormField, "ends": self.ends})

    def told(self, value: date | None) -> str:
        """As a page shows it: 2025-03."""
        return f"{value:%Y-%m}" if value else ""
