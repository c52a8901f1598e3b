"""The numbers of a board: each of the period, of the one it is compared with, and of twelve months."""

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.http import urlencode

from portal.boards import LESS, Line, Picture, direction_of
from portal.figures import figures
from portal.figures.engine import Reading
from portal.figures.spans import over
from portal.periods import Period
from reports.boards.cells import Number, Tile
from reports.boards.places import Place
from reports.boards.when import Span
from reports.changes import changed

RETIRED = "这项指标已停用，不再统计。"
HIDDEN = "您没有权限查看这项指标。"


def trouble_of(code: str, place: Place) -> str:
    """Why the figure is not shown; "" where it is."""
    if code not in figures:
        return RETIRED
    return "" if place.sees(figures[code]) else HIDDEN


def shown_codes(lines: Iterable[Line], place: Place) -> list[str]:
    return [line.code for line in lines if not trouble_of(line.code, place)]


def readings_of(lines: Sequence[Line], place: Place, span: Span) -> dict[str, list[Reading]]:
    """By code: of the period, of the one compared with, and of twelve months where the line wants them;
    by as few queries as the figures' rows allow."""
    both = [span.period, span.earlier]
    bare = [line for line in lines if line.picture == Picture.BARE]
    others = [line for line in lines if line.picture != Picture.BARE]
    found = over(shown_codes(bare, place), place.reach, both)
    return found | over(shown_codes(others, place), place.reach, both + span.months)


def tiles(lines: Sequence[Line], place: Place, span: Span, readings: dict) -> list[Tile]:
    """One for each line, in their order."""
    return [_tile(line, place, span, readings.get(line.code)) for line in lines]


def _tile(line: Line, place: Place, span: Span, readings: list[Reading] | None) -> Tile:
    if readings is None:
        known = figures.get(line.code)
        label = known.label if known else line.code
        return Tile(line.code, label, trouble=trouble_of(line.code, place))
    now, before, *trend = readings
    code, figure = line.code, now.figure
    way = way_of(now, before)
    return Tile(
        code,
        figure.label,
        figure,
        Number.of(now, place.url(code, span.period)),
        change=Number(changed(now, before, span.label), difference_url(code, place.unit.pk, span)),
        before=Number.of(before, place.url(code, span.earlier)),
        way=way,
        toward=toward_of(code, way),
        trend=tuple(zip(span.months, trend, strict=False)),
        terms=_terms(now, place, span.period),
        url=drill_url(code, place.unit.pk, span),
    )


def _terms(reading: Reading, place: Place, period: Period) -> tuple[Number, ...]:
    """Of a ratio numerator and denominator, where the user sees both: it never stands without them."""
    terms = [term for term in (reading.numerator, reading.denominator) if term is not None]
    if not all(place.sees(term.figure) for term in terms):
        return ()
    return tuple(Number.of(term, place.url(term.figure.code, period)) for term in terms)


def way_of(now: Reading, before: Reading) -> str:
    """up, down, same; "" where the two cannot be compared."""
    if now.value is None or before.value is None:
        return ""
    if now.text == before.text:
        return "same"
    return "up" if now.value > before.value else "down"


def toward_of(code: str, way: str) -> str:
    """Whether the change goes the good way or the bad one; "" where that is not known."""
    direction = direction_of(code)
    if not direction or way not in {"up", "down"}:
        return ""
    return "good" if (way == "down") == (direction == LESS) else "bad"


def drill_url(code: str, unit: int, span: Span) -> str:
    query = urlencode({"unit": unit, "period": span.period.key, "with": span.earlier.key})
    return f"{reverse('board-figure', args=[code])}?{query}"


def difference_url(code: str, unit: int, span: Span, **more) -> str:
    """The page that shows both numbers and how they differ."""
    query = {"unit": unit, "period": span.period.key, "with": span.earlier.key} | more
    return f"{reverse('board-difference', args=[code])}?{urlencode(query)}"
