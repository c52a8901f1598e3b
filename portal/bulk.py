"""Many rows at once: COPY into a stage of the session's own, then one INSERT … SELECT; few at once: one INSERT.

COPY into a table with policies is refused; the INSERT meets every policy, trigger and constraint.
"""

from collections.abc import Iterable
from typing import TypeVar

from django.db import connection, models, transaction
from psycopg import sql

M = TypeVar("M", bound=models.Model)

# To make and drop a stage costs as much as to insert hundreds of rows, and makes the session plan anew.
FEW = 200


def prepared(record: M) -> M:
    """The new record with the derived columns that its save() would set."""
    if hasattr(record, "derive"):
        record.derive()
    units = getattr(record, "unit_ids", None)
    if units is not None and record.unit_id not in units:
        record.unit_ids = [*units, record.unit_id]
    return record


@transaction.atomic
def load(model: type[M], rows: Iterable[M]) -> list[M]:
    """Insert new rows and give them their keys. Derived columns are the caller's to fill.

    Raises what the database refuses; then none of the rows is stored.
    """
    rows = list(rows)
    if not rows:
        return rows
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    table = sql.Identifier(model._meta.db_table)
    columns = sql.SQL(", ").join(sql.Identifier(field.column) for field in fields)
    with connection.cursor() as cursor:
        for row, key in zip(rows, _new_keys(cursor, model, len(rows)), strict=True):
            row.pk = key
        values = (
            [f.get_db_prep_save(f.pre_save(row, add=True), connection) for f in fields]
            for row in rows
        )
        insert = sql.SQL("INSERT INTO {} ({}) ").format(table, columns)
        if len(rows) <= FEW:
            _insert(cursor, insert, values)
        else:
            _insert_from_stage(cursor, insert, table, columns, values)
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias
    return rows


def _insert(cursor, insert, values) -> None:
    values = list(values)
    one = sql.SQL("({})").format(sql.SQL(", ").join([sql.Placeholder()] * len(values[0])))
    rows = sql.SQL(", ").join([one] * len(values))
    cursor.execute(insert + sql.SQL("VALUES ") + rows, [each for row in values for each in row])


def _insert_from_stage(cursor, insert, table, columns, values) -> None:
    stage = sql.Identifier("bulk_stage")
    cursor.execute(
        sql.SQL("CREATE TEMPORARY TABLE {} (LIKE {}) ON COMMIT DROP").format(stage, table)
    )
    with cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(stage, columns)) as copy:
        for row in values:
            copy.write_row(row)
    cursor.execute(insert + sql.SQL("SELECT {} FROM {}").format(columns, stage))
    cursor.execute(sql.SQL("DROP TABLE {}").format(stage))


def _new_keys(cursor, model, count) -> list[int]:
    options = model._meta
    cursor.execute(
        "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
        [options.db_table, options.pk.column, count],
    )
    return [key for (key,) in cursor.fetchall()]
