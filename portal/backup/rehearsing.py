"""Is an upgrade safe for this very data? What the columns hold before and after, told apart by name."""

from dataclasses import dataclass

from psycopg import Connection, sql

from portal.backup.comparing import Line
from portal.backup.facts import TABLES

COLUMNS = """
    SELECT attname FROM pg_attribute
    WHERE attrelid = format('%%I.%%I', %s::text, %s::text)::regclass AND attnum > 0 AND NOT attisdropped
    ORDER BY attnum
"""
KEY = """
    SELECT attname FROM pg_index JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY (indkey)
    WHERE indrelid = format('%%I.%%I', %s::text, %s::text)::regclass AND indisprimary
    ORDER BY attnum
"""
# Tied to the row by its key, so that values which changed places are seen too.
SUM = """
    sum(('x' || left(md5(concat_ws('/', {key}) || '=' || coalesce({column}::text, '~')), 16))
        ::bit(64)::bigint)::text
"""
# What an upgrade always writes: which migrations ran, what the wall was built from, names of models.
ITS_OWN = frozenset(
    {
        "public.django_migrations",
        "public.wall_state",
        "public.auth_permission",
        "public.django_content_type",
    }
)
LOG = "audit."  # grows by what a migration writes; never shrinks


@dataclass(frozen=True)
class Content:
    """Rows of a table, and a checksum of each column."""

    rows: int
    columns: dict[str, str | None]


def contents(connection: Connection) -> dict[str, Content]:
    return {
        name: content_of(connection, *table)
        for name, *table in connection.execute(TABLES).fetchall()
    }


def content_of(connection: Connection, schema: str, table: str) -> Content:
    columns = [name for (name,) in connection.execute(COLUMNS, [schema, table]).fetchall()]
    key = [name for (name,) in connection.execute(KEY, [schema, table]).fetchall()]
    keys = sql.SQL(", ").join(map(sql.Identifier, key)) if key else sql.SQL("''")
    sums = [sql.SQL(SUM).format(key=keys, column=sql.Identifier(name)) for name in columns]
    asked = sql.SQL("SELECT {} FROM {}").format(
        sql.SQL(", ").join([sql.SQL("count(*)"), *sums]), sql.Identifier(schema, table)
    )
    rows, *found = connection.execute(asked).fetchone()
    return Content(rows, dict(zip(columns, found, strict=True)))


def differences(
    before: dict[str, Content], after: dict[str, Content], expected: frozenset[str] = frozenset()
) -> list[Line]:
    """Rows and columns of tables that both have. ``expected``: columns (``schema.table.column``) and
    tables (``schema.table``) that the notes of the release name."""
    lines, columns = [], 0
    for name, was in before.items():
        now = after.get(name)
        if name in ITS_OWN | expected:
            continue
        if now is None:
            lines.append(Line(f"表 {name}", f"{was.rows} 行", "没有了", passed=not was.rows))
            continue
        grew = name.startswith(LOG) and now.rows >= was.rows
        if was.rows != now.rows and not grew:
            lines.append(Line(f"行数 {name}", str(was.rows), str(now.rows), passed=False))
        if grew and was.rows != now.rows:
            continue
        for column, value in was.columns.items():
            columns += 1
            if f"{name}.{column}" in expected or not was.rows:
                continue
            if column not in now.columns:
                lines.append(Line(f"列 {name}.{column}", "有", "没有了", passed=False))
            elif now.columns[column] != value:
                lines.append(Line(f"列 {name}.{column}", "不变", "内容变了", passed=False))
    whole = not lines
    return [
        Line("行数与各列 rows and columns", f"{len(before)} 张表、{columns} 列不变", "见下", whole),
        *lines,
    ]
