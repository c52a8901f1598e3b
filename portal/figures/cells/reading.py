"""Figures from their cells; what is marked or lies in a part of a month is counted live in the same statement,
so that each figure is told of one moment. Those with marks have a statement of their own: planning the counts
of all others that could be marked would take longer than reading the cells.

Whatever cannot be told so is left to the engine's live query: figures without cells, definitions that were not
counted yet, and questions of which too much is marked.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

from django.conf import settings
from django.db import connection

from portal.figures.cells.asking import (
    LAST_DAY,
    Asked,
    counted,
    counted_in_parts,
    names,
    parties,
    spread,
)
from portal.figures.cells.facts import Stored, stored
from portal.figures.declare import Counted
from portal.months import first_of, following
from portal.periods import Period
from portal.scope import current_scope

WHOLE = None  # the key of all units together
# More marked units and months than this, and than one of so many, are left to a live query.
FEW_MARKS, SHARE_OF_MARKS = 40, 4
ASKED_AGAIN_SECONDS = 60


@dataclass
class _Known:
    """The definitions that this process believes to be counted; a statement always asks for itself."""

    keys: frozenset[str] = frozenset()
    at: float = -ASKED_AGAIN_SECONDS


_known = _Known()


def forget() -> None:
    """Ask at the next reading which definitions are counted."""
    _known.at = -ASKED_AGAIN_SECONDS


def values(
    asked: Iterable[Counted], units: Iterable[int], periods: Sequence[Period], *, each: bool = False
) -> dict[Counted, dict[int | None, list]]:
    """By figure the values in the periods, by WHOLE or, of ``each`` unit that has any, by its key.

    Figures that are missing in it must be counted live. Raises OutOfScope.
    """
    units = sorted(units)
    current_scope().require(units)
    if not settings.FIGURE_CELLS or not units:
        return {}
    ready = _ready()
    known = [found for figure in asked if (found := stored().get(figure)) and found.key in ready]
    spans = [_parted(period) for period in periods]
    if not known or not any(months for months, _ in spans):
        return {}
    found = _told(known, units, spans, each, _unmarked)
    rest = [one for one in known if one.figure not in found]
    if rest:
        found |= _told(rest, units, spans, each, _marked)
    if len(found) < len(known):
        forget()
    return found


def _told(known: list[Stored], units: list[int], spans, each: bool, how: Callable) -> dict:
    """By figure its values, of those that the statement can tell."""
    sums, told = defaultdict(int), set()
    with connection.cursor() as cursor:
        cursor.execute(*_joined(how(known, units, spans, each)))
        for key, place, unit, value in cursor.fetchall():
            if place < 0:
                told.add(key)
            elif value is not None:
                sums[key, unit, place] += value
    present = defaultdict(set)
    for key, unit, _ in sums:
        present[key].add(unit)
    return {
        one.figure: {
            unit: [one.finished(sums.get((one.key, unit, n), 0)) for n in range(len(spans))]
            for unit in (present[one.key] if each else [WHOLE])
        }
        for one in known
        if one.key in told
    }


def _ready() -> frozenset[str]:
    if time.monotonic() - _known.at >= ASKED_AGAIN_SECONDS:
        with connection.cursor() as cursor:
            cursor.execute(_COUNTED)
            _known.keys = frozenset(key for (key,) in cursor.fetchall())
        _known.at = time.monotonic()
    return _known.keys


def _parted(period: Period) -> tuple[tuple[date, date] | None, list[tuple[date, date]]]:
    """(the first days of the first and last month that lie whole in the period, the days beside them)."""
    first = first_of(period.start)
    if first < period.start:
        first = following(first)
    end = first_of(period.end + timedelta(days=1))  # the month that no longer lies in it whole
    if first >= end:
        return None, [(period.start, period.end)]
    beside = []
    if period.start < first:
        beside.append((period.start, first - timedelta(days=1)))
    if end <= period.end:
        beside.append((end, period.end))
    return (first, following(end, -1)), beside


def _unmarked(known: list[Stored], units: list[int], spans, each: bool) -> list[Asked]:
    """What cells tell of figures none of whose rows was marked; nothing of others."""
    months = _months(spans)
    lowest, highest = _hull(months)
    asked = [
        (
            _ASKED.format(_values(months))
            + _UNMARKED
            + _CELLS.format(unit=_unit("c", each))
            + _GROUPED,
            [
                *_flat(months),
                [one.key for one in known],
                *(units, lowest, highest),
                *(units, lowest, highest),
            ],
        )
    ]
    return asked + _besides(known, units, spans, each)


def _marked(known: list[Stored], units: list[int], spans, each: bool) -> list[Asked]:
    """The same with what is marked counted live, where that is little."""
    months, facts = _months(spans), sorted({one.fact for one in known})
    lowest, highest = _hull(months)
    most = max(FEW_MARKS, len(units) * len(facts) * _length(lowest, highest) // SHARE_OF_MARKS)
    asked = [
        (
            _ASKED.format(_values(months))
            + _MARKED
            + _CELLS.format(unit=_unit("c", each))
            + _NOT_MARKED
            + _GROUPED,
            [
                *_flat(months),
                *(facts, units, lowest, highest),
                [one.key for one in known],
                most,
                *(units, lowest, highest),
            ],
        )
    ]
    asked += [_live(party, each) for party in parties(known)]
    return asked + _besides(known, units, spans, each)


def _joined(asked: list[Asked]) -> Asked:
    """One statement; each part gives key, place of the period, unit and value, a place below nought of what
    can be told at all."""
    parts = [*asked, ("SELECT key, -1, NULL, NULL FROM ready", ())]
    return " UNION ALL ".join(sql for sql, _ in parts), [p for _, given in parts for p in given]


def _months(spans) -> list[tuple]:
    """(place of the period, its first and last whole month)."""
    return [(n, *months) for n, (months, _) in enumerate(spans) if months]


def _hull(months) -> tuple[date, date]:
    return min(first for _, first, _ in months), max(last for *_, last in months)


def _values(rows) -> str:
    return ", ".join(["(%s::integer, %s::date, %s::date)"] * len(rows))


def _flat(rows) -> list:
    return [value for row in rows for value in row]


def _unit(alias: str, each: bool, column: str = "unit_id") -> str:
    return f"{alias}.{column}" if each else "NULL::bigint"


def _length(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month + 1


_COUNTED = """
SELECT key FROM portal_celldefinition AS d
WHERE NOT EXISTS (SELECT FROM portal_wholemark AS w WHERE w.fact = d.fact)"""
_ASKED = "WITH asked (n, first, last) AS (VALUES {}),"
_UNMARKED = """
ready AS MATERIALIZED (
    SELECT id, key, fact FROM portal_celldefinition AS d
    WHERE key = ANY (%s) AND NOT EXISTS (SELECT FROM portal_wholemark AS w WHERE w.fact = d.fact)
        AND NOT EXISTS (
            SELECT FROM portal_figuremark AS m
            WHERE m.fact = d.fact AND m.unit_id = ANY (%s::bigint[]) AND m.month BETWEEN %s AND %s
        )
)"""
_MARKED = """
marked AS MATERIALIZED (
    SELECT DISTINCT fact, unit_id, month FROM portal_figuremark
    WHERE fact = ANY (%s) AND unit_id = ANY (%s::bigint[]) AND month BETWEEN %s AND %s
),
ready AS MATERIALIZED (
    SELECT id, key, fact FROM portal_celldefinition AS d
    WHERE key = ANY (%s) AND NOT EXISTS (SELECT FROM portal_wholemark AS w WHERE w.fact = d.fact)
        AND (SELECT count(*) <= %s FROM marked)
)"""
_CELLS = """
SELECT d.key, a.n, {unit}, sum(c.value)
FROM ready AS d
JOIN portal_figurecell AS c ON c.definition_id = d.id
JOIN asked AS a ON c.month BETWEEN a.first AND a.last
WHERE c.unit_id = ANY (%s::bigint[]) AND c.month BETWEEN %s AND %s"""
_NOT_MARKED = """
    AND NOT EXISTS (
        SELECT FROM marked AS m
        WHERE m.fact = d.fact AND m.unit_id = c.unit_id AND m.month = c.month
    )"""
_GROUPED = " GROUP BY 1, 2, 3"


def _live(party: list[Stored], each: bool) -> Asked:
    """Marked units and months, of which ``ready`` knows that they are few."""
    sql, parameters = counted(party, "m.month", LAST_DAY, unit="m.unit_id")
    rows, keys = spread([one.key for one in party], "text")
    return (
        f"SELECT v.key, a.n, {_unit('m', each)}, v.value FROM marked AS m"
        f" CROSS JOIN LATERAL ({sql}) AS l ({names(len(party))})"
        f" CROSS JOIN LATERAL {rows} AS v (key, value)"
        " JOIN asked AS a ON m.month BETWEEN a.first AND a.last"
        " WHERE EXISTS (SELECT FROM ready) AND m.fact = %s AND v.value <> 0",
        (*parameters, *keys, party[0].fact),
    )


def _besides(known: list[Stored], units: list[int], spans, each: bool) -> list[Asked]:
    """The parts of months at the ends of periods; periods that end alike share one."""
    places = defaultdict(list)
    for n, (_, beside) in enumerate(spans):
        for part in beside:
            places[part].append(n)
    return [_beside(party, places, units, each) for party in parties(known)] if places else []


def _beside(party: list[Stored], places: dict, units: list[int], each: bool) -> Asked:
    sql, parameters = counted_in_parts(party, list(places), units)
    told = [
        (one.key, n, place)
        for place, (of, one) in enumerate(product(places.values(), party))
        for n in of
    ]
    rows = ", ".join(f"(%s::text, {n}, l.v{place}::numeric)" for _, n, place in told)
    return (
        f"SELECT v.key, v.n, {_unit('l', each, 'unit')}, v.value"
        f" FROM ({sql}) AS l ({names(len(places) * len(party), 'unit')})"
        f" CROSS JOIN LATERAL (VALUES {rows}) AS v (key, n, value)"
        " WHERE EXISTS (SELECT FROM ready) AND v.value <> 0",
        (*parameters, *(key for key, _, _ in told)),
    )
