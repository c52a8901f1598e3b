"""Case numbers: 机构代字〔年〕序号, without gaps and never twice."""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from portal.models import keep_serial, next_serial
from servicecenter.models import Hall

SERIES = "case"


@dataclass(frozen=True)
class CaseNumber:
    code_word: str
    year: int
    serial: int

    def __str__(self):
        return f"{self.code_word}〔{self.year}〕{self.serial}号"


def code_word_of(unit_id: int) -> str:
    """The unit's 机构代字, "" while its hall is not registered."""
    words = Hall.objects.kept().filter(unit=unit_id).values_list("code_word", flat=True)
    return words.first() or ""


def next_number(unit, year: int) -> CaseNumber:
    """The unit's next number of that year. Call it last before saving: others wait from here on.

    Raises ValidationError when the unit's hall, and so its 机构代字, is not registered.
    """
    hall = Hall.objects.kept().filter(unit=unit).first()
    if hall is None:
        raise ValidationError("本单位还没有登记服务大厅和机构代字，请先在“服务大厅”中登记。")
    return CaseNumber(hall.code_word, year, next_serial(unit, SERIES, year))


WRITTEN = re.compile(r"(\S{1,24}?)\s*[〔\[［【（(](\d{4})[〕\]］】）)]\s*第?\s*(\d{1,6})\s*号?")


def written_number(text: str) -> CaseNumber | None:
    """A number as registers write it, 机构代字〔年〕序号号; None for one of another kind."""
    found = WRITTEN.fullmatch(text.strip())
    if found is None or int(found[3]) == 0:
        return None
    return CaseNumber(found[1], int(found[2]), int(found[3]))


def keep_number(unit, number: CaseNumber) -> None:
    """A case came with this number: those given from now on go on after it."""
    keep_serial(unit, SERIES, number.serial, number.year)
