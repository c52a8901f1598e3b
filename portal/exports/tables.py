"""The table of a profile for one unit and period: its rows, its columns in style, its paper."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.db.models import BooleanField, Q
from django.http import QueryDict
from django.utils import timezone

from portal.exports.checking import RowsDisagree, check_count
from portal.exports.clear import middle_masked, with_full_numbers
from portal.exports.definition import (
    COLUMN,
    ORDINAL,
    ChoiceStyle,
    Definition,
    IdStyle,
    date_text,
    filled,
)
from portal.exports.paper import Paper, chinese, ordinal, rows_of
from portal.exports.selection import Selection
from portal.figures import Count, Distinct, Total, engine, figures
from portal.ledgers.choosing import columns_named
from portal.ledgers.columns import Column
from portal.ledgers.listing import all_dates
from portal.periods import Period
from portal.scope import below

NARROW = 8


@dataclass(frozen=True)
class Table:
    """A definition put to use by a user. ``units`` narrows further, for what was approved for fewer;
    ``opened`` are the columns whose full numbers were approved."""

    definition: Definition
    ledger: object
    user: object
    unit: object
    period: Period | None = None
    units: frozenset[int] | None = None
    opened: tuple[str, ...] = ()

    # --- rows -----------------------------------------------------------------------------------
    @property
    def selection(self) -> Selection:
        params = QueryDict(mutable=True)
        if self.period and not self.definition.basis:
            params["period"] = self.period.key
        selection = Selection(self.ledger, self.user, params, units=self.units)
        selection.units &= below([self.unit.pk])
        return selection

    def records(self):
        rows = self.selection.records().filter(self._narrowed())
        if self.definition.basis:
            counted = engine.evidence(
                self.definition.basis, self.selection.units, self.period or all_dates()
            )
            rows = rows.filter(pk__in=counted.values("pk"))
        return rows.order_by(*self._order())

    def _narrowed(self) -> Q:
        condition = Q()
        for name, values in self.definition.filters.items():
            condition &= one_of(self.ledger.model._meta.get_field(name), values)
        return condition

    def _order(self):
        sort = self.definition.sort
        known = {column.sort for column in self.ledger.shown_columns if column.sort}
        return (sort, "pk") if sort.removeprefix("-") in known else self.ledger.order

    # --- columns ----------------------------------------------------------------------------------
    @property
    def missing(self) -> tuple[str, ...]:
        """Columns that the profile names and the ledger no longer has."""
        known = {column.label for column in self.ledger.shown_columns}
        return tuple(source for source in self.definition.sources if source not in known)

    def columns(self) -> tuple[Column, ...]:
        return tuple(self._column(each) for each in self.definition.fields)

    def _column(self, each) -> Column:
        if each.kind == ORDINAL:
            return ordinal(each.header)
        if each.kind != COLUMN:
            return Column(each.header, lambda record: each.text, width=_width(each))
        found = columns_named(self.ledger, [each.source])
        if not found:
            return Column(each.header, lambda record: "", width=_width(each))
        return replace(self._styled(found[0]), label=each.header)

    def _styled(self, column: Column) -> Column:
        definition = self.definition
        if column.label in self.opened:
            [column] = with_full_numbers([column], self.opened, self.selection.units, self.user)
        elif column.sealed and definition.id_style == IdStyle.MIDDLE and not self._tells_birth:
            column = middle_masked(column)
        read = column.read
        if definition.choice_style == ChoiceStyle.CODE and column.raw:
            read = column.raw
        return replace(column, read=_dated(read, definition.date_style))

    @property
    def _tells_birth(self) -> bool:
        """Whether the birth date stands beside the number: together with an ID whose birth date
        alone is covered it would be the full number, which leaves on approval only."""
        found = columns_named(self.ledger, self.definition.sources)
        return any("born_on" in (c.field, c.sort) or "出生" in c.label for c in found)

    # --- paper --------------------------------------------------------------------------------------
    def preview(self, count: int) -> list[list]:
        return list(rows_of(self.columns(), self.records()[:count]))

    def made(self):
        """(paper, rows), checked against the figures that count just these; raises RowsDisagree."""
        rows = list(rows_of(self.columns(), self.records().iterator(chunk_size=2000)))
        note = self.checked(rows)
        return self.paper(len(rows), note), rows

    def paper(self, count: int, note: str = "", *, footer: str = "", watermark: str = "") -> Paper:
        definition = self.definition
        values = {
            "单位": self.unit.name,
            "时段": self.period.label if self.period else "",
            "日期": chinese(timezone.localdate()),
            "条数": str(count),
        }
        return Paper(
            self.ledger.title,
            self.columns(),
            titles=tuple(filled(line, values) for line in definition.titles),
            groups=tuple(each.group for each in definition.fields),
            remarks=(note,) if note else (),
            total=self._total if any(each.total for each in definition.fields) else None,
            signature=definition.signature,
            footer=footer,
            watermark=watermark,
        )

    def _total(self, rows) -> list:
        """合计 in the first column that is not summed, the sums in theirs."""
        cells = [
            sum((row[n] for row in rows if isinstance(row[n], int | Decimal)), 0)
            if each.total
            else ""
            for n, each in enumerate(self.definition.fields)
        ]
        first = next((n for n, each in enumerate(self.definition.fields) if not each.total), None)
        if first is not None:
            cells[first] = "合计"
        return cells

    # --- rows and sums == figures -----------------------------------------------------------------
    def checked(self, rows) -> str:
        """What the figures say of exactly these rows, in words; raises RowsDisagree."""
        definition = self.definition
        if definition.filters:
            return ""
        if not definition.basis:
            check_count(self.selection, len(rows))
            self._check_sums(rows)
            return ""
        figure = figures[definition.basis]
        period = self.period or all_dates()
        reading = engine.read(figure.code, self.selection.units, period)
        counted = {
            Count: lambda: len(rows),
            Distinct: lambda: (
                self.records().order_by().values(figure.value.path).distinct().count()
            ),
        }.get(type(figure.value))
        if counted is None:
            return ""
        if counted() != reading.value:
            raise RowsDisagree(self.ledger, counted(), reading)
        return f"指标“{figure.label}”：{reading.full}"

    def _check_sums(self, rows) -> None:
        sources = {c.label: c for c in self.ledger.shown_columns}
        for n, each in enumerate(self.definition.fields):
            source = sources.get(each.source)
            if not each.total or source is None:
                continue
            for code in self.ledger.footer:
                figure = figures[code]
                if not sums_the_ledger(figure, self.ledger, source.field):
                    continue
                period = self.period or all_dates()
                reading = engine.read(code, self.selection.units, period)
                if (
                    sum(row[n] for row in rows if isinstance(row[n], int | Decimal))
                    != reading.value
                ):
                    raise RowsDisagree(self.ledger, len(rows), reading)


def sums_the_ledger(figure, ledger, name: str) -> bool:
    """Whether the figure adds up that field over every row of the ledger, of one department alone."""
    return (
        isinstance(getattr(figure, "value", None), Total)
        and figure.model is ledger.model
        and figure.where == ledger.where
        and figure.value.path == name
        and not ledger.model.tags
    )


def bases_of(ledger) -> list[tuple[str, str]]:
    """The footer's figures whose evidence are rows of the ledger's own model."""
    return [
        (code, figures[code].label)
        for code in ledger.footer
        if getattr(figures[code], "model", None) is ledger.model
        and isinstance(figures[code].value, Count | Distinct)
    ]


def one_of(model_field, values) -> Q:
    name = model_field.name
    if isinstance(model_field, ArrayField):
        return Q(**{f"{name}__overlap": list(values)})
    if isinstance(model_field, BooleanField):
        values = [value == "true" for value in values]
    return Q(**{f"{name}__in": list(values)})


def _dated(read, style: str):
    def styled(record):
        value = read(record)
        if isinstance(value, date) and not isinstance(value, datetime):
            return date_text(value, style)
        return value

    return styled


def _width(each) -> int:
    return max(NARROW, 2 * max(len(each.header), min(len(each.text), 20)) + 2)
