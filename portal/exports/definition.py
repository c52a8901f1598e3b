"""What a profile says: columns with their headers, styles, rows, titles. Plain data, kept as JSON."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from django.db.models import TextChoices

from portal.errors import Unreadable

COLUMN, ORDINAL, FIXED = "column", "ordinal", "fixed"
PLACEHOLDER = re.compile(r"\{(单位|时段|日期|条数)\}")


class IdStyle(TextChoices):
    MASKED = "masked", "遮盖（110***********1234）"
    MIDDLE = "middle", "遮盖出生日期（110103********1234）"
    CLEAR = "clear", "完整（须另行申请、批准）"


class DateStyle(TextChoices):
    ISO = "iso", "2025-03-10"
    DOTS = "dots", "2025.3.10"
    CHINESE = "chinese", "2025年3月10日"
    DIGITS = "digits", "20250310"


class ChoiceStyle(TextChoices):
    LABEL = "label", "文字（男、一级）"
    CODE = "code", "代码（1、2）"


@dataclass(frozen=True)
class ProfileField:
    """One column of the table: a ledger's column by its ``source`` label, the ordinal, or fixed text."""

    kind: str
    header: str
    source: str = ""
    text: str = ""
    group: str = ""
    total: bool = False


@dataclass(frozen=True)
class Definition:
    """``filters`` are field names with the values of which each row has one. ``basis`` is a figure's
    code: its counted rows are taken; "" takes the list's rows by its date."""

    fields: tuple[ProfileField, ...]
    titles: tuple[str, ...] = ()
    id_style: str = IdStyle.MASKED
    date_style: str = DateStyle.ISO
    choice_style: str = ChoiceStyle.LABEL
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    basis: str = ""
    sort: str = ""
    signature: tuple[str, ...] = ()

    def as_json(self) -> dict:
        return asdict(self) | {"filters": {k: list(v) for k, v in self.filters.items()}}

    @classmethod
    def from_json(cls, kept: dict) -> "Definition":
        """Raises Unreadable."""
        try:
            return cls(
                **kept
                | {
                    "fields": tuple(ProfileField(**each) for each in kept["fields"]),
                    "titles": tuple(kept["titles"]),
                    "signature": tuple(kept["signature"]),
                    "filters": {name: tuple(values) for name, values in kept["filters"].items()},
                }
            )
        except (LookupError, TypeError, AttributeError):
            raise Unreadable("A kept definition of a profile does not read as one.") from None

    @property
    def sources(self) -> tuple[str, ...]:
        return tuple(each.source for each in self.fields if each.kind == COLUMN)


def filled(text: str, values: Mapping[str, str]) -> str:
    """The known placeholders replaced once; everything else, braces and all, stays as typed."""
    return PLACEHOLDER.sub(lambda found: values[found[1]], text)


def date_text(day, style: str) -> str:
    match style:
        case DateStyle.DOTS:
            return f"{day.year}.{day.month}.{day.day}"
        case DateStyle.CHINESE:
            return f"{day.year}年{day.month}月{day.day}日"
        case DateStyle.DIGITS:
            return f"{day:%Y%m%d}"
    return f"{day:%Y-%m-%d}"
