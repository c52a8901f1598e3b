"""How many values each key seals; asked as the owner of the tables, who sees all rows."""

import re
from collections import Counter
from pathlib import Path

from django.conf import settings
from psycopg import sql

from portal.keys.declare import SealedColumn, sealed_columns

SEALED_FILE = re.compile(r"[0-9a-f]{32}(-small)?(\.part)?")
HEAD_BYTES = 12  # more than any key number has digits
# Of bytes, what stands before the first colon; none where that is no number.
IN_TEXT = "split_part({v}, ':', 1)"
IN_BYTES = r"substring(encode(substring({v} FROM 1 FOR 12), 'escape') FROM '^([0-9]{{1,9}}):')"
# In the change log a value is sealed if it reads so; the columns' names are those of the fields.
LOGGED = """
    SELECT substring(value FROM '^([0-9]{1,9}):'), count(*)
    FROM audit.log, LATERAL (
        SELECT each.value FROM jsonb_each_text(coalesce(before, '{}')) AS each
        WHERE each.key = ANY(%(columns)s)
        UNION ALL
        SELECT each.value FROM jsonb_each_text(coalesce(after, '{}')) AS each
        WHERE each.key = ANY(%(columns)s)
    ) AS sealed
    WHERE table_name = %(table)s AND value ~ '^[0-9]{1,9}:[A-Za-z0-9+/]{38,}={0,2}$'
    GROUP BY 1
"""


def in_column(connection, column: SealedColumn) -> Counter:
    """Key number -> values of one column; number 0 stands for what does not read as sealed."""
    value = sql.Identifier(column.column)
    head = sql.SQL(IN_BYTES if column.raw or column.in_bytes else IN_TEXT).format(v=value)
    question = sql.SQL("SELECT {}, count(*) FROM {} WHERE octet_length({}) > 0 GROUP BY 1")
    question = question.format(head, sql.Identifier(column.table), value)
    with connection.cursor() as cursor:
        cursor.execute(question)
        return Counter({_number(head): count for head, count in cursor.fetchall()})


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() else 0


def in_change_log(connection) -> Counter:
    """Key number -> values in before and after of the change log, which nobody may change."""
    names = {}
    for column in sealed_columns():
        if not (column.raw or column.in_bytes):
            names.setdefault(column.table, []).append(column.column)
    found = Counter()
    with connection.cursor() as cursor:
        for table, columns in names.items():
            cursor.execute(LOGGED, {"table": table, "columns": columns})
            found.update({_number(head): count for head, count in cursor.fetchall()})
    return found


def sealed_files() -> list[Path]:
    """Photos and scans below MEDIA_ROOT."""
    root = Path(settings.MEDIA_ROOT)
    shards = [each for each in root.glob("[0-9a-f][0-9a-f]") if each.is_dir()]
    return sorted(
        path for shard in shards for path in shard.iterdir() if SEALED_FILE.fullmatch(path.name)
    )


def key_of_file(path: Path) -> int:
    with path.open("rb") as file:
        return _number(file.read(HEAD_BYTES).partition(b":")[0].decode("ascii", "replace"))


def in_files() -> Counter:
    found = Counter()
    for path in sealed_files():
        try:
            found[key_of_file(path)] += 1
        except FileNotFoundError:  # named or swept meanwhile
            continue
    return found
