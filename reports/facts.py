"""What the records say for one document: its figures, its tables, and months without a record."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from portal.figures.engine import Reading, by_month
from portal.periods import Period
from portal.summaries import Outline, Telling
from reports.layout import table_alone
from reports.readings import Readings, codes_of, flows
from reports.tables import TableContent, tables_of, tabulate
from reports.tokens import codes_in
from reports.values import Value, value_of


@dataclass(frozen=True)
class Facts:
    """``readings`` are the outline's figures and all that the texts name; ``tables`` those in use."""

    outline: Outline
    telling: Telling
    readings: dict[str, Reading]
    tables: dict[str, TableContent | None]

    @property
    def period(self) -> Period:
        return self.telling.period

    @property
    def values(self) -> dict[str, Value]:
        return {code: value_of(reading) for code, reading in self.readings.items()}


def facts_for(outline: Outline, telling: Telling, texts: Iterable[str]) -> Facts:
    """Counted now, in the present transaction. Raises OutOfScope."""
    texts = list(texts)
    codes = codes_of(outline) + [code for text in texts for code in codes_in(text)]
    readings = Readings(telling).take(dict.fromkeys(codes))
    declared = tables_of(outline)
    tables = {
        title: tabulate(declared[title], telling) for title in titles_in(texts) if title in declared
    }
    return Facts(outline, telling, dict(readings), tables)


def titles_in(texts: Iterable[str]) -> list[str]:
    """Titles of the tables that stand alone in a line."""
    found = (table_alone(line.strip()) for text in texts for line in text.split("\n"))
    return list(dict.fromkeys(filter(None, found)))


def told_codes(texts: Iterable[str], outline: Outline) -> list[str]:
    """The figures that the texts tell, in running text or as the column of a table."""
    texts, declared = list(texts), tables_of(outline)
    codes = [code for text in texts for code in codes_in(text)]
    for title in titles_in(texts):
        if title in declared:
            codes += declared[title].codes
    return list(dict.fromkeys(codes))


def empty_months(facts: Facts) -> list[Period]:
    """Months, up to the present one, in which no figure of the outline counted anything."""
    today = timezone.localdate()
    months = [month for month in facts.period.months() if month.start <= today]
    busy = set()
    for code in flows(facts.readings):
        for month, reading in by_month(code, facts.telling.units, facts.period):
            if reading.value:
                busy.add(month.start)
    return [month for month in months if month.start not in busy]
