"""One table on its way out of the portal, before it is written as xlsx or printed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from portal.ledgers.columns import Column

Value = str | int | Decimal
SIGNATURE = ("填表人：", "审核人：", "日期：")


@dataclass(frozen=True)
class Paper:
    """``titles`` stand above the table, ``remarks`` (filter, date, who printed) below them or in the
    sheet's header; ``groups`` are headers over adjacent columns, "" for none; ``total`` makes the last
    row from all rows. ``counted`` is the measure word of a row. ``watermark`` names who took full
    numbers, when and for what.
    """

    name: str
    columns: Sequence[Column]
    titles: Sequence[str] = ()
    remarks: Sequence[str] = ()
    groups: Sequence[str] = ()
    total: Callable[[list[list[Value]]], list[Value]] | None = None
    signature: Sequence[str] = ()
    footer: str = ""
    watermark: str = ""
    counted: str = "条"

    @property
    def grouped(self) -> bool:
        return any(self.groups)

    def group_spans(self) -> list[tuple[str, int, int]]:
        """(header, first column, last column) of neighbours under one header; "" spans are single."""
        spans: list[tuple[str, int, int]] = []
        for index, group in enumerate(self.groups):
            if spans and group and spans[-1][0] == group:
                spans[-1] = (group, spans[-1][1], index)
            else:
                spans.append((group, index, index))
        return spans


def value_of(column: Column, record) -> Value:
    """The cell: a number where the column is numeric and has one, else text as shown in the list."""
    if not column.numeric:
        return column.text(record)
    value = column.read(record)
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return column.text(record)
    return value


def rows_of(columns: Sequence[Column], records):
    """The cells of each record, row by row."""
    for record in records:
        yield [value_of(column, record) for column in columns]


def numbered(paper: Paper) -> Paper:
    """The same with a first column 序号, as a register on paper has it."""
    groups = ("", *paper.groups) if paper.groups else ()
    return replace(paper, columns=(ordinal(), *paper.columns), groups=groups)


@dataclass
class _Ordinal:
    last: int = 0

    def __call__(self, record) -> int:
        self.last += 1
        return self.last


def ordinal(label: str = "序号") -> Column:
    """A column that counts the rows as they are written."""
    return Column(label, _Ordinal(), width=6, numeric=True)


def printed_on(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"


def chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
