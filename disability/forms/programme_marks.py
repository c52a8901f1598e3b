"""What a grid of marks sends: one field a cell, whose name tells the cell and what it showed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone

from disability.models import Enrolment
from disability.services.programme_marks import Change

NAME = re.compile(r"m-([0-9]{1,18})-([0-9]{8})-([0-9]?)-([A-Za-z]{0,10})")
BROKEN = "页面不完整，请刷新后重新填写。"


@dataclass(frozen=True)
class Cell:
    """One mark to be made: ``time`` is that of a dose. ``open`` says that it may be marked."""

    enrolment: Enrolment
    day: date
    value: str
    time: str = ""
    label: str = ""
    open: bool = True
    chosen: str | None = None  # what was typed and could not be stored

    @property
    def name(self) -> str:
        return f"m-{self.enrolment.pk}-{self.day:%Y%m%d}-{self.time}-{self.value}"

    @property
    def shown(self) -> str:
        return self.value if self.chosen is None else self.chosen


@dataclass(frozen=True)
class Line:
    """The cells of one person."""

    enrolment: Enrolment
    cells: Sequence[Cell]


def changes_in(
    data: Mapping[str, str],
    people: Mapping[int, Enrolment],
    choices: Sequence[str],
    times: Sequence[str],
) -> list[Change]:
    """The cells that were changed. ``people`` are the enrolments that the page may mark, ``times``
    the times of a day that it has.

    Raises ValidationError for a cell that is not of the page, an unknown mark or a day to come.
    """
    found = []
    for name in data:
        match = NAME.fullmatch(name)
        if match is None:
            continue
        enrolment, after = people.get(int(match[1])), data[name]
        if enrolment is None or after not in ("", *choices) or match[4] not in ("", *choices):
            raise ValidationError(BROKEN)
        if match[3] not in times:
            raise ValidationError(BROKEN)
        if after != match[4]:
            found.append(Change(enrolment, _day(match[2]), match[4], after, match[3]))
    return found


def _day(digits: str) -> date:
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise ValidationError(BROKEN) from None
    if day > timezone.localdate():
        raise ValidationError(f"{day}还没有到，不能登记。")
    return day
