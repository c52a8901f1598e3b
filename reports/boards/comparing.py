"""Two periods, or two to six units, side by side: each number, its difference from the first, and percent."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode

from portal.charts import Chart, Kind, Series
from portal.figures import Ratio, figures
from portal.figures.engine import Reading
from portal.figures.links import figure_url, permitted
from portal.figures.spans import over
from portal.figures.together import read_all
from portal.models import Unit
from portal.numbers import NOTHING, format_number, percentage
from portal.periods import Period
from portal.scope import access_of, below
from reports.boards.cells import Number
from reports.changes import changed, difference

MOST_SIDES, MOST_CHARTS = 6, 4
SAME = "0"


@dataclass(frozen=True)
class Side:
    """A unit in a period; ``own`` is what it recorded itself, without those below."""

    unit: Unit
    period: Period
    own: bool = False

    @property
    def units(self) -> frozenset[int]:
        return frozenset({self.unit.pk}) if self.own else below([self.unit.pk])

    def url(self, code: str) -> str:
        own = {"own": "1"} if self.own else {}
        return figure_url(code, unit=self.unit.pk, **own, period=self.period.key)

    def seen_by(self, user, code: str) -> bool:
        return self.unit.pk in permitted(access_of(user), figures[code])

    def name(self, others: Sequence["Side"]) -> str:
        """What tells it from the others: its unit, its period, or both."""
        unit = f"{self.unit}本级" if self.own else str(self.unit)
        parts = [unit] if len({(s.unit.pk, s.own) for s in others}) > 1 else []
        if len({s.period for s in others}) > 1:
            parts.append(self.period.label)
        return " ".join(parts) or unit


@dataclass(frozen=True)
class Compared:
    """One number beside the first: both differences open the page that works them out."""

    number: Number
    difference: Number | None = None
    percent: Number | None = None


@dataclass(frozen=True)
class ComparedLine:
    code: str
    label: str
    measure: str
    cells: tuple[Compared, ...]
    readings: tuple[Reading, ...]


def compared_lines(codes: Sequence[str], sides: Sequence[Side], user) -> list[ComparedLine]:
    """Of the figures that the user sees on all sides; periods of one unit by one reading of both."""
    codes = [code for code in codes if all(side.seen_by(user, code) for side in sides)]
    found = _read(codes, sides)
    return [_line(code, sides, found[code]) for code in codes]


def _read(codes, sides: Sequence[Side]) -> dict[str, list[Reading]]:
    if len({(side.unit.pk, side.own) for side in sides}) == 1:
        return over(codes, sides[0].units, [side.period for side in sides])
    told = [read_all(codes, side.units, side.period) for side in sides]
    return {code: [each[code] for each in told] for code in codes}


def _line(code: str, sides: Sequence[Side], readings: Sequence[Reading]) -> ComparedLine:
    figure, first = figures[code], readings[0]
    cells = [Compared(Number.of(first, sides[0].url(code)))]
    for side, reading in zip(sides[1:], readings[1:], strict=True):
        url = worked_out_url(code, sides[0], side)
        percent = percent_text(reading, first)
        cells.append(
            Compared(
                Number.of(reading, side.url(code)),
                Number(difference_text(reading, first), url, difference_measure(reading)),
                Number(percent, url) if percent else None,
            )
        )
    return ComparedLine(code, figure.label, first.measure, tuple(cells), tuple(readings))


def difference_text(now: Reading, before: Reading) -> str:
    """+12, -3, 0; "—" where one of the two has nothing to divide by."""
    text = difference(now, before)
    return text if text == NOTHING or text.startswith("-") or not text.strip("0.") else f"+{text}"


def difference_measure(reading: Reading) -> str:
    points = isinstance(reading.figure, Ratio) and reading.figure.measure == "%"
    return "个百分点" if points else reading.measure


def percent_text(now: Reading, before: Reading) -> str:
    """+6.7%; "" for shares and where it would be of nothing."""
    if isinstance(now.figure, Ratio) or not before.value:
        return ""
    share = percentage(now.value - before.value, before.value)
    return f"{'+' if share > 0 else ''}{format_number(share)}%"


def worked_out_url(code: str, base: Side, side: Side) -> str:
    query = {"unit": side.unit.pk, "period": side.period.key, "with": base.period.key}
    if base.unit != side.unit:
        query["beside"] = base.unit.pk
    if side.own:
        query["own"] = "1"
    return f"{reverse('board-difference', args=[code])}?{urlencode(query)}"


def worked_out(code: str, base: Side, side: Side, label: str) -> dict:
    """Both numbers and all that is told of their difference."""
    now, before = (_read([code], [each])[code][0] for each in (side, base))
    sides = (base, side)
    return {
        "now": Number.of(now, side.url(code)),
        "before": Number.of(before, base.url(code)),
        "now_name": side.name(sides),
        "before_name": base.name(sides),
        "words": changed(now, before, label),
        "difference": difference_text(now, before),
        "measure": difference_measure(now),
        "percent": percent_text(now, before),
    }


def charts(lines: Sequence[ComparedLine], sides: Sequence[Side]) -> list[Chart]:
    """Each figure has a scale of its own, so each has a picture of its own."""
    names = tuple(side.name(sides) for side in sides)
    return [
        Chart(
            Kind.BAR,
            line.label,
            names,
            (
                Series.of(
                    line.label,
                    [
                        (reading, cell.number.url)
                        for reading, cell in zip(line.readings, line.cells, strict=True)
                    ],
                ),
            ),
            measure=line.measure,
        )
        for line in lines[:MOST_CHARTS]
    ]
