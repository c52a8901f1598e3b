"""Sealing anew under the newest key, some rows at a time, beside people who work.

As the owner of the tables: a new seal is no change of a record, so neither its version nor the change
log tells of it. The triggers of one table rest within the transaction of one batch, whose lock makes
writers of that table wait for a moment; readers never wait. A value is replaced only while it is still
the one that was read. What is stopped is begun again by starting anew: only values under older keys
are looked for.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from psycopg import sql

from portal.attachments.vault import PART, context_of
from portal.crypto import CannotOpen, decrypt_bytes, encrypt_bytes, newest_key_id
from portal.keys.counting import key_of_file, sealed_files
from portal.keys.declare import SealedColumn

TEXTS_AT_ONCE, FILES_AT_ONCE = 300, 20  # rows of one batch; columns of bytes hold whole files


@dataclass
class Outcome:
    """``closed``: keys of rows, or names of files, that no key opens."""

    sealed: int = 0
    closed: tuple = ()


def rotate_column(connection, column: SealedColumn) -> Iterator[Outcome]:
    """Seal the column's older values anew; tells after each batch. Kept evidence is left alone."""
    if column.kept:
        return
    after = 0
    while True:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            rows = _older(cursor, column, after)
            if not rows:
                return
            after = rows[-1][0]
            yield _seal(cursor, column, rows)


def _older(cursor, column: SealedColumn, after: int) -> list[tuple]:
    """(key, value, what the context needs …) of the next rows whose value has an older key."""
    value = sql.Identifier(column.column)
    head = f"{newest_key_id()}:"
    older = sql.SQL("octet_length({v}) > 0 AND substring({v} FROM 1 FOR %s) <> %s").format(v=value)
    question = sql.SQL("SELECT {} FROM {} WHERE {} > %s AND {} ORDER BY 1 LIMIT %s").format(
        sql.SQL(", ").join(
            [sql.Identifier(_key(column)), value, *map(sql.Identifier, column.needs)]
        ),
        sql.Identifier(column.table),
        sql.Identifier(_key(column)),
        older,
    )
    in_bytes = column.raw or column.in_bytes
    most = FILES_AT_ONCE if in_bytes else TEXTS_AT_ONCE
    cursor.execute(question, [after, len(head), head.encode() if in_bytes else head, most])
    return cursor.fetchall()


def _key(column: SealedColumn) -> str:
    return column.model._meta.pk.column


def _seal(cursor, column: SealedColumn, rows: list[tuple]) -> Outcome:
    changes, closed = [], []
    for key, value, *needs in rows:
        try:
            changes.append((column.anew(value, needs), key, value))
        except CannotOpen:
            closed.append(key)
    table, value = sql.Identifier(column.table), sql.Identifier(column.column)
    cursor.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(table))
    cursor.executemany(
        sql.SQL("UPDATE {t} SET {v} = %s WHERE {k} = %s AND {v} = %s").format(
            t=table, v=value, k=sql.Identifier(_key(column))
        ),
        changes,
    )
    sealed = cursor.rowcount
    cursor.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(table))
    return Outcome(sealed, tuple(closed))


def rotate_files() -> Outcome:
    """Seal photos and scans anew, each written whole beside and put in its place at once."""
    outcome, newest = Outcome(), newest_key_id()
    for path in sealed_files():
        try:
            if path.name.endswith(PART) or key_of_file(path) == newest:
                continue
            context = context_of(path.name)
            _replace(path, encrypt_bytes(decrypt_bytes(path.read_bytes(), context), context))
        except FileNotFoundError:  # destroyed meanwhile
            continue
        except CannotOpen:
            outcome.closed += (path.name,)
        else:
            outcome.sealed += 1
    return outcome


def _replace(path: Path, content: bytes) -> None:
    beside = path.with_name(path.name + ".anew")
    with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    if not path.exists():
        beside.unlink()
        raise FileNotFoundError(path)
    beside.replace(path)
