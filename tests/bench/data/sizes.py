"""How large a database is, and what lies in it where."""

import hashlib
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path

COMMUNITIES_A_STREET = 20
YEARS = 10
TINY = 10_000  # records of the database that pages are compared with


@dataclass(frozen=True)
class Size:
    residents: int
    records: int
    streets: int

    @classmethod
    def of(cls, residents: int, records: int) -> "Size":
        return cls(residents, records, max(2, min(10, residents // 100_000)))

    @property
    def communities(self) -> int:
        return self.streets * COMMUNITIES_A_STREET

    def with_records(self, records: int) -> "Size":
        """The same units and residents with fewer records."""
        return replace(self, records=records)

    @property
    def tenth(self) -> "Size":
        return self.with_records(self.records // 10)

    @property
    def tiny(self) -> "Size":
        return replace(self, records=TINY, residents=max(self.residents // 100, 2000))

    @property
    def text(self) -> str:
        return f"{self.residents:,} residents, {self.records:,} records"


def last_day() -> date:
    """Up to which the records reach: the first of this month, so that data serve for a month."""
    return datetime.now().astimezone().date().replace(day=1)


def first_day() -> date:
    last = last_day()
    return last.replace(year=last.year - YEARS)


@cache
def builder_digest() -> str:
    """Of the code that builds the data, and of the month."""
    digest = hashlib.sha256(last_day().isoformat().encode())
    for source in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(source.read_bytes())
    return digest.hexdigest()[:8]
