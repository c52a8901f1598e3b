"""The bundle of an issue: a JSON document of text, figures and the rows counted, as they were.

    {"format": 1, "document": {…}, "units": {id: name},
     "figures": {key: {"code", "domain", "label", "measure", "definition", "version", "date_basis", "period",
                       "value", "told", "row_measure", "rows", "question"}},
     "ledgers": {slug: {"model", "title", "columns": [[label, kind], …],
                        "records": {id: [text, …]}}},
     "rows": {key: {"ledger": slug, "rows": [[id, version, unit, measure, [key, …], day, until], …]}}}

``key`` names a counted figure, with its period where that is not the document's (reports/tokens.py); a
ratio stands on its two terms. A record stands once, however many figures count it. Numbers are whole or
texts of decimals, so that the JSON is the same each time. Columns are those of the ledger, masked as lists
mask them: with the row's version they prove what was counted; the change log holds the rest (ADR 33).
Nothing says when it was made: the same rows and text give the same bundle.
"""

from collections.abc import Iterable
from decimal import Decimal

from django.core.exceptions import EmptyResultSet

from portal.figures.by_row import CountedRow, combined, rows_of
from portal.figures.engine import evidence
from portal.models import Unit
from portal.summaries import Telling
from reports.evidence.columns import Shown, shown_for
from reports.readings import Readings, counted_keys
from reports.tokens import parts_of

FORMAT = 1


class Disagreement(Exception):
    """The rows of a figure do not make its value: nothing may be issued on them."""


class Bundling:
    """Reads the rows behind the figures of a document, each record once. ``bundle`` is the JSON document,
    ``counted`` the rows by figure for the index."""

    def __init__(self, telling: Telling, keys: Iterable[str], readings: Readings):
        self.telling, self.readings = telling, readings
        self.counted: dict[str, tuple[Shown, list[CountedRow]]] = {}
        for key in counted_keys(keys):
            self.counted[key] = self._count(key)

    def _count(self, key: str) -> tuple[Shown, list[CountedRow]]:
        code, period = parts_of(key)
        told = self.readings.told_of(period)
        rows = list(rows_of(code, told.units, told.period))
        if combined(code, rows) != self.readings[key].value:
            raise Disagreement(f"{key}: {combined(code, rows)}, not {self.readings[key].value}")
        return shown_for(code, evidence(code, told.units, told.period)), rows

    @property
    def sizes(self) -> dict[str, int]:
        """How many rows each figure counts."""
        return {key: len(rows) for key, (_, rows) in self.counted.items()}

    def bundle(self, document: dict) -> dict:
        """``document`` is what was told: title, unit, period, sections, tables."""
        return {
            "format": FORMAT,
            "document": document,
            "figures": {key: self._figure(key) for key in self.counted},
            "ledgers": self._ledgers(),
            "rows": {
                key: {"ledger": shown.key, "rows": [_as_json(row) for row in rows]}
                for key, (shown, rows) in self.counted.items()
            },
            "units": self._units(),
        }

    def _figure(self, key: str) -> dict:
        reading = self.readings[key]
        figure = reading.figure
        return {
            "code": figure.code,
            "domain": figure.domain,
            "label": figure.label,
            "measure": figure.measure,
            "definition": figure.definition,
            "version": figure.version,
            "date_basis": figure.date_basis,
            "period": reading.period.key,
            "value": _number(reading.value),
            "told": reading.full,
            "row_measure": figure.value.row_measure or figure.measure,
            "rows": figure.value.rows.value,
            "question": _question(reading),
        }

    def _ledgers(self) -> dict:
        shown, counted = {}, {}
        for each, rows in self.counted.values():
            shown[each.key] = each
            counted.setdefault(each.key, set()).update(row.pk for row in rows)
        return {
            slug: {
                "model": each.model._meta.label_lower,
                "title": each.title,
                "columns": each.columns,
                "records": {
                    str(record.pk): each.texts(record) for record in each.read(counted[slug])
                },
            }
            for slug, each in shown.items()
        }

    def _units(self) -> dict:
        told = {row.unit for _, rows in self.counted.values() for row in rows if row.unit}
        return {
            str(pk): name for pk, name in Unit.objects.filter(pk__in=told).values_list("pk", "name")
        }


def _as_json(row: CountedRow) -> list:
    days = [day and day.isoformat() for day in (row.day, row.until)]
    return [row.pk, row.version, row.unit, _number(row.measure), list(row.keys), *days]


def _number(value: int | Decimal | None) -> int | str | None:
    return str(value) if isinstance(value, Decimal) else value


def _question(reading) -> str:
    """What the database was asked, for whoever checks the definition years later."""
    try:
        return str(evidence(reading.figure.code, reading.units, reading.period).query)
    except EmptyResultSet:
        return ""
