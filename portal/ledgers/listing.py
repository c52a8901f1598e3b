"""What a list shows: filtered, searched, sorted, paged rows, and the figures beneath them.

The evidence pages of figures and the lists of ledgers are built from the same pieces, so a row
looks the same wherever it is counted.
"""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from portal.fields import open_token
from portal.figures import engine, figures
from portal.figures.together import read_all
from portal.ledgers.choosing import chosen_columns
from portal.ledgers.filters import filterset_for, parsed_period
from portal.ledgers.paging import Pages
from portal.periods import Period
from portal.scope import access_of, below

PAGE_SIZE = 30
SEARCH_TOKEN_AGE = 12 * 60 * 60


def all_dates() -> Period:
    """Everything recorded up to today."""
    return Period(date(1900, 1, 1), timezone.localdate())


def header_rows(ledger, query, sorting: str, *, sortable=True, columns=None) -> list[dict]:
    """One header per column, with the address that sorts by it (again: the other way round)."""
    headers = []
    for col in columns or ledger.listed_columns:
        state, url = "", ""
        if sortable and col.sort:
            state = {col.sort: "asc", f"-{col.sort}": "desc"}.get(sorting, "")
            target = f"-{col.sort}" if state == "asc" else col.sort
            url = "?" + urlencode({**query, "sort": target}, doseq=True)
        headers.append({"label": col.label, "url": url, "sorted": state, "numeric": col.numeric})
    return headers


def body_rows(ledger, records, *, about: str = "", columns=None) -> list[dict]:
    """One row per record; every value is text that its column has already masked.

    ``about`` leaves out the columns of that field: on a person's page all rows are about the person.
    """
    columns = [c for c in columns or ledger.listed_columns if not about or c.field != about]
    rows = []
    for record in records:
        cells = [_cell(col, record) for col in columns]
        rows.append({"url": ledger.url("detail", record), "cells": cells})
    return rows


def _cell(col, record) -> dict:
    told = {"label": col.label, "value": col.text(record), "numeric": col.numeric}
    told["masked"] = col.masked
    return told | ((col.look and col.look(record)) or {})


@dataclass
class Listing:
    """A user's view of a ledger under the parameters of one request."""

    ledger: object
    user: object
    params: object
    search: str = field(init=False)

    def __post_init__(self):
        self.search = open_token(self.params.get("s", ""), SEARCH_TOKEN_AGE) or ""
        self.filter = filterset_for(self.ledger)(
            self.params,
            ledger=self.ledger,
            user=self.user,
            queryset=self.ledger.queryset(self.user),
        )

    @cached_property
    def columns(self) -> tuple:
        """The columns that the user chose for this ledger, else the ledger's own."""
        return chosen_columns(self.ledger, self.user)

    @property
    def query(self) -> dict:
        """The parameters that describe this list, without the page."""
        return {key: self.params.getlist(key) for key in self.params if key != "page"}

    @property
    def sorting(self) -> str:
        known = {c.sort for c in self.ledger.shown_columns if c.sort}
        asked = self.params.get("sort", "")
        return asked if asked.removeprefix("-") in known else ""

    def records(self):
        """All matching rows in order; what the export writes and the pages show."""
        rows = self.filter.qs
        if self.search:
            rows = self.ledger.found(rows, self.search)
        order = (self.sorting, "-pk") if self.sorting else self.ledger.order
        return rows.order_by(*order)

    @property
    def period(self) -> Period | None:
        """The chosen period; a day is a period of its own, at whose end stocks are counted."""
        if day := self.filter.chosen.get("as_of"):
            return Period(day, day)
        return parsed_period(self.filter.chosen.get("period", ""))

    def page(self):
        number = self.params.get("page", "1")
        units = access_of(self.user).units(self.ledger.view_permission)
        return Pages(self.records(), PAGE_SIZE, units=units).get_page(number)

    def footer(self) -> list[dict]:
        """The ledger's figures for the list's unit and period.

        A figure that does not know an active filter is left out: it would not describe the rows.
        So are all where some of the list's units may not be counted by this user.
        """
        chosen = dict(self.filter.chosen)
        unit = chosen.pop("unit", None)
        chosen.pop("period", None), chosen.pop("as_of", None)
        access = access_of(self.user)
        permitted = access.units(self.ledger.view_permission)
        if self.search or not permitted <= access.units("figures.view"):
            return []
        units = below([unit.pk]) & permitted if unit else permitted
        period = self.period or all_dates()
        told = [
            code for code in self.ledger.footer if chosen.keys() <= figures[code].categories.keys()
        ]
        shown = []
        for code, reading in self._readings(told, units, period, chosen).items():
            query = {**chosen} | ({"unit": unit.pk} if unit else {})
            if self.period:
                query["period"] = period.key
            shown.append(
                {
                    "label": figures[code].label,
                    "value": reading.text,
                    "unit": reading.measure,
                    "url": reverse("figure-detail", args=[code]) + "?" + urlencode(query),
                }
            )
        return shown

    def _readings(self, codes, units, period: Period, chosen: dict) -> dict:
        """By code: together, unless a filter asks for a part of each."""
        if not chosen:
            return read_all(codes, units, period)
        return {code: engine.read(code, units, period, chosen) for code in codes}

    def context(self) -> dict:
        """What ledgers/list.html and its rows need."""
        page = self.page()
        return {
            "headers": header_rows(self.ledger, self.query, self.sorting, columns=self.columns),
            "rows": body_rows(self.ledger, page.object_list, columns=self.columns),
            "page": page,
            "footer": self.footer(),
            "period_label": self.period.label if self.period else "全部日期",
            "filter_form": self.filter.form,
            "active_filters": bool(self.filter.chosen or self.search),
            "search": self.search,
            "query_string": urlencode(self.query, doseq=True),
        }
