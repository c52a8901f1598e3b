"""Is an upgrade safe for this very data? What the columns hold before and after, told apart by name."""

from dataclasses import dataclass

from psycopg import Connection, sql

from portal.backup.comparing import Line

# One that is divided into parts is one table, and so it was before it was divided.
TABLES = """
    SELECT format('%I.%I', nspname, relname), nspname, relname
    FROM pg_class JOIN pg_namespace AS n ON n.oid = relnamespace
    WHERE relkind IN ('r', 'p') AND NOT relispartition AND nspname NOT LIKE 'pg\\_%'
      AND nspname <> 'information_schema' ORDER BY 1
"""
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
LOG = "audit.log"  # grows by what a migration writes: the entries that were there are compared
OF_LOG = "audit."  # grow too; never shrink


@dataclass(frozen=True)
class Content:
    """Rows of a table, and a checksum of each column; ``last`` entry of the log."""

    rows: int
    columns: dict[str, str | None]
    key: tuple[str, ...] = ()
    last: int | None = None


def contents(
    connection: Connection, before: dict[str, Content] | None = None
) -> dict[str, Content]:
    """After an upgrade with what was ``before``: rows are told apart by the keys they had then."""
    return {
        name: content_of(connection, name, *table, was=(before or {}).get(name))
        for name, *table in connection.execute(TABLES).fetchall()
    }


def content_of(
    connection: Connection, name: str, schema: str, table: str, was: Content | None
) -> Content:
    columns = [column for (column,) in connection.execute(COLUMNS, [schema, table]).fetchall()]
    key = tuple(column for (column,) in connection.execute(KEY, [schema, table]).fetchall())
    if was and set(was.key) <= set(columns):
        key = was.key
    keys = sql.SQL(", ").join(map(sql.Identifier, key)) if key else sql.SQL("''")
    sums = [sql.SQL(SUM).format(key=keys, column=sql.Identifier(column)) for column in columns]
    last = sql.SQL("max(id)" if name == LOG else "NULL::bigint")
    until = was.last if was else None
    asked = sql.SQL("SELECT {} FROM {} {}").format(
        sql.SQL(", ").join([sql.SQL("count(*)"), last, *sums]),
        sql.Identifier(schema, table),
        sql.SQL("") if until is None else sql.SQL("WHERE id <= {}").format(until),
    )
    rows, last_id, *found = connection.execute(asked).fetchone()
    return Content(rows, dict(zip(columns, found, strict=True)), key, last_id)


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
        grew = name.startswith(OF_LOG) and name != LOG and now.rows >= was.rows
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
