"""Figures of a street beside those of its communities: sum, street, and all that lies between."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cached_property

from django.db.models.fields.json import KeyTransform

from portal.figures import Ratio, figures
from portal.figures.declare import Counted
from portal.figures.together import read_all
from portal.numbers import format_number
from portal.summaries import Telling
from reports.branch_readings import read_branches
from reports.branches import Branch
from reports.models import Issue
from reports.readings import counted_codes
from reports.rollup.counting import counts_days, total
from reports.rollup.differences import Difference, Signed, overlapping, since_issued
from reports.rollup.parties import parties
from reports.rollup.standings import Below
from reports.tokens import CHANGE, parts_of


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
        """What no record explains: hundredths from rounding, days that do not add up, and sums that were
        signed before records were kept with their measures."""
        return self.beside.difference - total(each.effect for each in self.differences)

    @property
    def counts_days(self) -> bool:
        return counts_days(self.beside.figure)


def beside(codes: Iterable[str], telling: Telling, below: Sequence[Below]) -> list[Beside]:
    """Each counted figure behind ``codes`` (of a ratio its terms). Raises OutOfScope."""
    codes, found = counted_codes(codes), parties(telling)
    signed = {each.branch.pk: each.issues for each in below}
    readings = read_branches(codes, found, telling)
    street = read_all(codes, telling.units, telling.period)
    return [
        _beside(figures[code], found, readings[code], street[code].value, signed) for code in codes
    ]


def _beside(figure, found, readings, street, signed) -> Beside:
    lines, own = [], 0
    for party, reading in zip(found, readings, strict=True):
        if party.own:
            own = reading.value
            continue
        issue, issued = _told_by(signed.get(party.pk, []), figure.code)
        lines.append(Line(party, issue, issued, reading.value))
    return Beside(figure, tuple(lines), own, street)


def _told_by(issues: Sequence[Issue], code: str):
    for issue in issues:
        value = issued_value(issue.told, issue.period_key, code)
        if value is not None:
            return issue, value
    return None, None


def reconcile(code: str, telling: Telling, below: Sequence[Below]) -> Reconciliation:
    """Record by record, of one counted figure. Raises OutOfScope."""
    [compared] = beside([code], telling, below)
    signed = _signed(code, [line for line in compared.lines if line.issue])
    differences = [
        *since_issued(compared.figure, signed, telling),
        *overlapping(compared.figure, telling, parties(telling)),
    ]
    return Reconciliation(compared, tuple(differences))


def _signed(code: str, lines: Sequence[Line]) -> dict[Branch, Signed]:
    """The rows that each counted when it signed."""
    kept = Issue.objects.filter(pk__in=[line.issue.pk for line in lines])
    kept = kept.annotate(_rows=KeyTransform(code, KeyTransform("evidence", "content")))
    rows = {pk: dict(found["rows"]) for pk, found in kept.values_list("pk", "_rows") if found}
    return {
        line.party: Signed(line.issue, line.issued, rows[line.issue.pk])
        for line in lines
        if line.issue.pk in rows
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
