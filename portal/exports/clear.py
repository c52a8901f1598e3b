"""Full numbers in place of masks, where an approval allows it and the reader may see their owner."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from portal.ledgers.columns import Column
from portal.scope import access_of

TELLTALE = 6  # first digits of an ID: where it was issued, nothing of the person


def sealed_columns(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Those behind whose mask a full number can be approved."""
    return tuple(column for column in columns if column.masked and column.sealed)


def owner_of(column: Column, record):
    """The record that holds the sealed value, and the name of the field; None where there is none."""
    *steps, name = column.sealed.split(".")
    for step in steps:
        record = getattr(record, step, None)
    return record, name


def with_full_numbers(
    columns: Sequence[Column], labels: Iterable[str], units, user
) -> tuple[Column, ...]:
    """The columns, those of ``labels`` in clear for records of ``units``; others keep their mask.

    A person who moved to another unit belongs there: their number stays masked, as on their page.
    """
    labels = set(labels)
    return tuple(
        replace(column, read=_clear(column, frozenset(units), user), masked=False)
        if column.label in labels and column.masked and column.sealed
        else column
        for column in columns
    )


def _clear(column: Column, units: frozenset[int], user):
    access = access_of(user)

    def read(record):
        owner, name = owner_of(column, record)
        if owner is None or owner.unit_id not in units:
            return column.read(record)
        if not access.may(f"{owner.domain}.view", owner.unit_id):
            return column.read(record)
        return str(getattr(owner, name) or "")

    return read


def middle_masked(column: Column) -> Column:
    """Of an ID the first six and the last four (the birth date covered); other numbers as ever."""

    def read(record):
        owner, name = owner_of(column, record)
        number = str(getattr(owner, name, "") or "") if owner is not None else ""
        if len(number) < 18:
            return column.read(record)
        return number[:TELLTALE] + "*" * (len(number) - TELLTALE - 4) + number[-4:]

    return replace(column, read=read)
