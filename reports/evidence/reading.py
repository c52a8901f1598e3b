"""A bundle read back: figures, rows and records as they were counted."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from portal.figures.by_row import CountedRow
from reports.evidence.columns import NAME, PERSON, WORDS


@dataclass(frozen=True)
class Evidence:
    """What an issue stands on. ``disposed`` says that names in it were replaced by law."""

    bundle: dict
    sha256: str = ""
    disposed: bool = False

    def __contains__(self, key: str) -> bool:
        return key in self.bundle["rows"]

    def figure(self, key: str) -> dict:
        return self.bundle["figures"][key]

    def rows(self, key: str) -> dict[int, CountedRow]:
        """The rows of a counted figure by their keys."""
        return {
            pk: CountedRow(pk, version, unit, _day(day), _day(until), _number(measure), tuple(keys))
            for pk, version, unit, measure, keys, day, until in self.bundle["rows"][key]["rows"]
        }

    def ledger_of(self, key: str) -> dict:
        return self.bundle["ledgers"][self.bundle["rows"][key]["ledger"]]

    def labels(self, key: str) -> list[str]:
        return [label for label, _ in self.ledger_of(key)["columns"]]

    def texts(self, key: str, pk: int) -> list[str]:
        """What the ledger showed of a row, one text for each label; [] where it could not be read."""
        return self.ledger_of(key)["records"].get(str(pk), [])

    def unit_name(self, pk: int | None) -> str:
        return self.bundle["units"].get(str(pk), "")

    @cached_property
    def persons(self) -> list[str]:
        """All persons that the rows name, each once."""
        found = {}
        for ledger in self.bundle["ledgers"].values():
            places = [n for n, (_, kind) in enumerate(ledger["columns"]) if kind == PERSON]
            for texts in ledger["records"].values():
                for text in (texts[place] for place in places):
                    found |= dict.fromkeys(filter(None, text.split("、")))
        return list(found)

    @cached_property
    def maybe_persons(self) -> list[str]:
        """The texts, each once, that may name a person and may as well name a place or a body."""
        found = {}
        for ledger in self.bundle["ledgers"].values():
            places = [n for n, (_, kind) in enumerate(ledger["columns"]) if kind == NAME]
            for texts in ledger["records"].values():
                found |= dict.fromkeys(texts[place] for place in places if texts[place])
        return list(found)

    def as_rows(self, *, with_words: bool = True) -> dict:
        """Spread out for a workbook: {"rows": {key: [{"model", "id", "version", "measure", "unit", "day",
        "columns": {label: text}}, …]}}, made one figure at a time.

        Without words no column that somebody wrote freely is told: no list knows whom it names."""
        return {"rows": {key: list(self._spread(key, with_words)) for key in self.bundle["rows"]}}

    def _spread(self, key: str, with_words: bool) -> Iterator[dict]:
        ledger = self.ledger_of(key)
        model, columns = ledger["model"], ledger["columns"]
        told = [n for n, (_, kind) in enumerate(columns) if with_words or kind != WORDS]
        for pk, row in self.rows(key).items():
            texts = self.texts(key, pk)  # none of a row that could not be read
            yield {
                "model": model,
                "id": pk,
                "version": row.version,
                "measure": 1 if row.measure is None else str(row.measure),
                "unit": self.unit_name(row.unit),
                "day": told_day(row),
                "columns": {columns[n][0]: texts[n] for n in told if n < len(texts)},
            }


def told_day(row: CountedRow) -> str:
    """2025-03-08; of a spell 2025-03-08～2025-09-01 or 2025-03-08～."""
    first = row.day.isoformat() if row.day else ""
    if row.until == row.day:
        return first
    return f"{first}～{row.until.isoformat() if row.until else ''}"


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _number(value: int | str | None) -> int | Decimal | None:
    return Decimal(value) if isinstance(value, str) else value
