"""Figures of a street beside those of its communities: sum, street, and all that lies between."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cached_property

from portal.figures import Ratio, figures
from portal.figures.by_row import CountedRow, rows_of
from portal.figures.declare import Counted
from portal.figures.together import read_all
from portal.figures.values import Rows
from portal.numbers import format_number
from portal.summaries import Telling
from reports.branch_readings import read_branches
from reports.branches import Branch
from reports.models import Issue
from reports.proof import bundle_of, content_of
from reports.readings import counted_codes
from reports.rollup.differences import Difference, differences
from reports.rollup.parties import parties
from reports.rollup.standings import Below
from reports.tokens import CHANGE, parts_of


def total(values: Iterable) -> int | Decimal:
    return sum(values, 0)


@dataclass(frozen=True)
class Line:
    """One party: ``issued`` is what it signed, None where it signed nothing of this figure."""

    party: Branch
    issue: Issue | None
    issued: int | Decimal | None
    now: int | Decimal

    @property
    def counted(self) -> int | Decimal:
        """What stands in the sum: the number signed, else the present one."""
        return self.now if self.issued is None else self.issued

    @property
    def changed(self) -> int | Decimal:
        return self.now - self.counted


@dataclass(frozen=True)
class Beside:
    """A figure of the street, ``street``, beside ``lines`` of its communities; ``own`` is what the street
    recorded itself."""

    figure: Counted
    lines: tuple[Line, ...]
    own: int | Decimal
    street: int | Decimal

    @cached_property
    def sum(self) -> int | Decimal:
        return total(line.counted for line in self.lines)

    @property
    def difference(self) -> int | Decimal:
        return self.street - self.sum

    @property
    def signed(self) -> int:
        return sum(line.issued is not None for line in self.lines)

    @property
    def changed(self) -> int | Decimal:
        """What became of the signed numbers since."""
        return total(line.changed for line in self.lines)

    def told(self, value: int | Decimal) -> str:
        return format_number(
            value, places=self.figure.places if isinstance(value, Decimal) else None
        )


@dataclass(frozen=True)
class Reconciliation:
    """``differences`` make up all that lies between the sum and the street, up to ``rest``."""

    beside: Beside
    differences: tuple[Difference, ...]

    @property
    def rest(self) -> int | Decimal:
        """What no record explains: hundredths from rounding, days that do not add up, and what was signed
        before records were kept."""
        return self.beside.difference - self.converted(each.effect for each in self.differences)

    def converted(self, effects: Iterable[int | Decimal]) -> int | Decimal:
        """Effects of records together, in the figure's own measure."""
        return self.beside.figure.value.finished(total(effects))

    @property
    def row_measure(self) -> str:
        figure = self.beside.figure
        return figure.value.row_measure or figure.measure

    @property
    def counts_days(self) -> bool:
        return self.beside.figure.value.rows is Rows.HIGHEST


def beside(codes: Iterable[str], telling: Telling, below: Sequence[Below]) -> list[Beside]:
    """Each counted figure behind ``codes`` (of a ratio its terms). Raises OutOfScope, Damaged."""
    codes, found = counted_codes(codes), parties(telling)
    signed = _contents(below)
    readings = read_branches(codes, found, telling)
    street = read_all(codes, telling.units, telling.period)
    return [
        _beside(figures[code], found, readings[code], street[code].value, signed) for code in codes
    ]


def _contents(below: Sequence[Below]) -> dict[int, list[tuple[Issue, list[dict]]]]:
    """By unit each issue with its figures as frozen, proven by its hash."""
    keys = [issue.pk for each in below for issue in each.issues]
    rows = Issue.objects.filter(pk__in=keys).only("content", "sha256")
    told = {row.pk: content_of(row)["figures"] for row in rows}
    return {each.branch.pk: [(i, told[i.pk]) for i in each.issues] for each in below}


def _beside(figure, found, readings, street, signed) -> Beside:
    lines, own = [], 0
    for party, reading in zip(found, readings, strict=True):
        if party.own:
            own = reading.value
            continue
        issue, issued = _told_by(signed.get(party.pk, []), figure.code)
        lines.append(Line(party, issue, issued, reading.value))
    return Beside(figure, tuple(lines), own, street)


def _told_by(signed: Sequence[tuple[Issue, list[dict]]], code: str):
    for issue, told in signed:
        value = issued_value(told, issue.period_key, code)
        if value is not None:
            return issue, value
    return None, None


def reconcile(code: str, telling: Telling, below: Sequence[Below]) -> Reconciliation:
    """Record by record, of one counted figure. Raises OutOfScope, Damaged."""
    [compared] = beside([code], telling, below)
    rows = list(rows_of(code, telling.units, telling.period))
    signed = _signed(code, [line for line in compared.lines if line.issue])
    found = differences(compared.figure, telling.period, parties(telling), rows, signed)
    return Reconciliation(compared, tuple(found))


def _signed(code: str, lines: Sequence[Line]) -> dict[Branch, dict[int, CountedRow]]:
    """The rows that each counted when it signed, from its evidence."""
    keys = [line.issue.pk for line in lines]
    issues = Issue.objects.filter(pk__in=keys).select_related("bundle").defer("pdf", "public_pdf")
    kept = {issue.pk: bundle_of(issue) for issue in issues}
    return {
        line.party: kept[line.issue.pk].rows(code) for line in lines if code in kept[line.issue.pk]
    }


def issued_value(told: Iterable[dict], period_key: str, code: str) -> int | Decimal | None:
    """What a signed summary says of a counted figure, by itself or as a term of a ratio; None where it
    does not. ``told`` are its figures as frozen."""
    for value in told:
        if value["period_key"] != period_key or parts_of(value.get("key", ""))[1] == CHANGE:
            continue
        if value["code"] == code:
            return _number(value["number"])
        ratio = figures.get(value["code"])
        if isinstance(ratio, Ratio) and code in (ratio.numerator, ratio.denominator):
            return _number(value["numerator" if code == ratio.numerator else "denominator"])
    return None


def _number(text: str) -> int | Decimal | None:
    try:
        value = Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None
    return value if "." in text else int(value)
