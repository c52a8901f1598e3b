"""What became of a figure since it was issued, row by row: issued + differences = now.

Rows are compared with what they added (or the keys by which they count), not with what they say: a row
whose words changed and not its measure makes no difference.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from portal.figures import figures
from portal.figures.by_row import CountedRow, rows_of
from portal.figures.values import Rows
from portal.summaries import Telling
from reports.evidence.reading import Evidence
from reports.readings import counted_keys, read_keys
from reports.tokens import parts_of, spoken


@dataclass(frozen=True)
class RowChange:
    """One row that counts otherwise than it did. ``effect`` is what that adds to the figure, in the measure
    of single rows or in keys; None where the figure is the highest of its rows.

    ``then`` is None for a row that counts since, ``now`` for one that counts no longer.
    """

    pk: int
    then: CountedRow | None
    now: CountedRow | None
    effect: int | Decimal | None


@dataclass(frozen=True)
class FigureChange:
    """A counted figure then and now. ``now`` is None where it is no longer declared.

    ``redefined``: its definition has another version; then rows that nobody touched may differ too.
    ``edited`` are rows that were changed since and count as they did.
    """

    key: str
    label: str
    figure: dict
    issued: int | Decimal
    now: int | Decimal | None
    redefined: bool
    then: dict[int, CountedRow] = field(repr=False)
    changes: tuple[RowChange, ...] = ()
    edited: tuple[int, ...] = ()

    @property
    def code(self) -> str:
        return parts_of(self.key)[0]

    @property
    def counts_keys(self) -> bool:
        return self.figure["rows"] == Rows.DIFFER.value

    @property
    def explained(self) -> int | Decimal:
        """The issued rows with the changes made in them, as the figure counts them: the value of now."""
        rows = dict(self.then)
        for change in self.changes:
            if change.now is None:
                del rows[change.pk]
            else:
                rows[change.pk] = change.now
        return valued(self.code, self.figure, rows.values())

    @property
    def net(self) -> int | Decimal:
        """The sum of the effects, in the measure of single rows or in keys."""
        return sum(change.effect or 0 for change in self.changes)


def figure_changes(key: str, evidence: Evidence, telling: Telling) -> list[FigureChange]:
    """For a ratio both terms, for a comparison both periods. Raises OutOfScope."""
    return [_changes(each, evidence, telling) for each in keys_behind(key, evidence)]


def keys_behind(key: str, evidence: Evidence) -> list[str]:
    """The counted figures of the bundle on which a figure of the issue stands."""
    known = parts_of(key)[0] in figures
    keys = counted_keys([key]) if known else read_keys([key])
    return [each for each in keys if each in evidence]


def valued(code: str, figure: dict, rows: Iterable[CountedRow]) -> int | Decimal:
    """The value of rows, in the figure's measure while it is declared."""
    told = list(rows)
    differ = figure["rows"] == Rows.DIFFER.value
    parts = [key for row in told for key in row.keys] if differ else [row.measure for row in told]
    if code in figures:
        return figures[code].value.combined(parts)
    match Rows(figure["rows"]):
        case Rows.DIFFER:
            return len(set(parts))
        case Rows.HIGHEST:
            return max(parts, default=0)
    return sum(parts)


def _changes(key: str, evidence: Evidence, telling: Telling) -> FigureChange:
    code, period = parts_of(key)
    figure, then = evidence.figure(key), evidence.rows(key)
    label = spoken(figure["label"], period)
    issued = valued(code, figure, then.values())
    if code not in figures:
        return FigureChange(key, label, figure, issued, None, False, then)
    told = telling.earlier if period else telling
    now = {row.pk: row for row in rows_of(code, told.units, told.period)}
    return FigureChange(
        key=key,
        label=label,
        figure=figure,
        issued=issued,
        now=valued(code, figure, now.values()),
        redefined=figures[code].version != figure["version"],
        then=then,
        changes=tuple(_compared(then, now, Rows(figure["rows"]))),
        edited=tuple(pk for pk, row in then.items() if _only_edited(row, now.get(pk))),
    )


def _only_edited(then: CountedRow, now: CountedRow | None) -> bool:
    return now is not None and now.version != then.version and not _differ(then, now)


def _differ(then: CountedRow | None, now: CountedRow | None) -> bool:
    if then is None or now is None:
        return True
    return (then.measure, set(then.keys)) != (now.measure, set(now.keys))


def _compared(then: dict, now: dict, rows: Rows):
    """In the order of the rows; a key that came or went is the effect of the first row that has it."""
    told = [
        (pk, then.get(pk), now.get(pk))
        for pk in sorted(then.keys() | now.keys())
        if _differ(then.get(pk), now.get(pk))
    ]
    if rows is not Rows.DIFFER:
        for pk, before, after in told:
            effect = (after.measure if after else 0) - (before.measure if before else 0)
            yield RowChange(pk, before, after, effect if rows is Rows.ADD else None)
        return
    had, have = ({key for row in side.values() for key in row.keys} for side in (then, now))
    came, went = have - had, had - have
    for pk, before, after in told:
        new = came.intersection(after.keys if after else ())
        lost = went.intersection(before.keys if before else ())
        came -= new
        went -= lost
        yield RowChange(pk, before, after, len(new) - len(lost))
