"""What the records say for one document: its figures, its tables, and months without a record."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from django.utils import timezone

from portal.figures import Flow, Total
from portal.figures.engine import Reading
from portal.figures.together import by_month
from portal.periods import Period
from portal.summaries import Outline, Telling
from reports.layout import table_alone
from reports.readings import Readings, codes_of, keys_of_table, read_keys
from reports.tables import TableContent, tables_of, tabulate
from reports.tokens import PREVIOUS, codes_in, key_of, keys_in, parts_of
from reports.values import Value, value_at


@dataclass(frozen=True)
class Facts:
    """``readings`` are the outline's figures and all that the texts name, by code; ``earlier`` those that
    texts compare with, by code too; ``keys`` name all that can be told of them, ``tables`` those in use.
    ``quoted`` are (section, words) of issued summaries that were pulled in, proven where they were signed."""

    outline: Outline
    telling: Telling
    readings: dict[str, Reading]
    tables: dict[str, TableContent | None]
    earlier: dict[str, Reading] = field(default_factory=dict)
    keys: tuple[str, ...] = ()
    quoted: tuple[tuple[str, str], ...] = ()

    @property
    def period(self) -> Period:
        return self.telling.period

    @cached_property
    def read(self) -> dict[str, Reading]:
        """The readings of both periods by key."""
        return self.readings | {key_of(c, PREVIOUS): r for c, r in self.earlier.items()}

    @cached_property
    def values(self) -> dict[str, Value]:
        """By key, as tokens name them."""
        keys = dict.fromkeys([*self.readings, *self.keys])
        return {key: value_at(key, self.read) for key in keys}


def facts_for(outline: Outline, telling: Telling, texts: Iterable[str]) -> Facts:
    """Counted now, in the present transaction. Raises OutOfScope."""
    texts = list(texts)
    codes = codes_of(outline) + [code for text in texts for code in codes_in(text)]
    keys = told_keys(texts, outline)
    readings = Readings(telling, [*codes, *keys])
    compared = [code for code, period in map(parts_of, read_keys(keys)) if period == PREVIOUS]
    told = {code: readings[code] for code in codes}
    earlier = {code: readings[key_of(code, PREVIOUS)] for code in compared}
    declared = tables_of(outline)
    tables = {
        title: tabulate(declared[title], telling, readings)
        for title in titles_in(texts)
        if title in declared
    }
    return Facts(outline, telling, told, tables, earlier, tuple(keys))


def titles_in(texts: Iterable[str]) -> list[str]:
    """Titles of the tables that stand alone in a line."""
    found = (table_alone(line.strip()) for text in texts for line in text.split("\n"))
    return list(dict.fromkeys(filter(None, found)))


def told_keys(texts: Iterable[str], outline: Outline) -> list[str]:
    """The keys of what the texts tell, in running text or as the column of a table."""
    texts, declared = list(texts), tables_of(outline)
    keys = [key for text in texts for key in keys_in(text)]
    for title in titles_in(texts):
        if title in declared:
            keys += keys_of_table(declared[title])
    return list(dict.fromkeys(keys))


def empty_months(facts: Facts) -> list[Period]:
    """Months, up to the present one, in which no figure of the outline counted anything."""
    today = timezone.localdate()
    empty = [month for month in facts.period.months() if month.start <= today]
    for codes in _flows_that_may_count(facts.readings.values()):
        if not empty:
            break
        told = by_month(codes, facts.telling.units, facts.period).values()
        busy = {month.start for months in told for month, reading in months if reading.value}
        empty = [month for month in empty if month.start not in busy]
    return empty


def _flows_that_may_count(readings: Iterable[Reading]) -> list[list[str]]:
    """The flows, also behind ratios, of whose months one may be other than zero: the quick ones by the
    dozen, then the slow ones one by one."""
    counted = [term for reading in readings for term in _terms(reading)]
    flows = {
        r.figure: None for r in counted if isinstance(r.figure, Flow) and _may_count_in_a_month(r)
    }
    quick = [figure.code for figure in flows if not callable(figure.where)]
    slow = [[figure.code] for figure in flows if callable(figure.where)]
    return [quick[start : start + 24] for start in range(0, len(quick), 24)] + slow


def _terms(reading: Reading) -> list[Reading]:
    if reading.numerator is None:
        return [reading]
    return [*_terms(reading.numerator), *_terms(reading.denominator)]


def _may_count_in_a_month(reading: Reading) -> bool:
    """A count of nothing has nothing in its months. A sum of zero may have rows, and what counts by the
    state of the period's last day may count in a month and not in the year."""
    figure = reading.figure
    return bool(reading.value) or isinstance(figure.value, Total) or callable(figure.where)
