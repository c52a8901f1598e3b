"""What is in a database, as numbers that must be the same once it was restored.

Read with ``row_security = off``: a role whose view a policy would narrow gets an error, never fewer rows.
"""

import hashlib
import re
from collections import defaultdict
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from portal.backup import Failed
from portal.backup.programs import connect

# How values are printed must not depend on who asks; names are printed with their schema.
SESSION = """
    SET search_path = pg_catalog; SET row_security = off; SET statement_timeout = 0;
    SET datestyle = 'ISO, YMD'; SET intervalstyle = iso_8601; SET timezone = 'UTC';
    SET extra_float_digits = 1; SET bytea_output = 'hex'; SET jit = off
"""
TABLES = """
    SELECT format('%I.%I', nspname, relname), nspname, relname
    FROM pg_class JOIN pg_namespace AS n ON n.oid = relnamespace
    WHERE relkind = 'r' AND nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema' ORDER BY 1
"""
HERE = Path(__file__).parent
CATALOG = (HERE / "catalog.sql").read_text(encoding="utf-8")
HASHED_FILES = (HERE / "hashed_files.sql").read_text(encoding="utf-8")

# A sum of md5 is the same in whatever order the rows lie, and needs no sorting.
ROWS = """
    SELECT count(*), md5(concat_ws(' ', sum(('x' || left(h, 16))::bit(64)::bigint),
                                        sum(('x' || right(h, 16))::bit(64)::bigint)))
    FROM (SELECT md5(t::text) AS h FROM {} AS t) AS hashed
"""
# Deparsed expressions gain or lose casts and brackets when read in again, and mean the same.
SAME_ANYWAY = re.compile(r"::[a-z ]+(\([0-9]+\))?(\[\])?|[() ]")
FILES = """
    SELECT count(*), count(*) FILTER (WHERE encode(sha256({file}), 'hex') <> {hash}),
      md5(string_agg({hash}, ' ' ORDER BY {hash}))
    FROM {table} WHERE octet_length({file}) > 0
"""
SEQUENCES = """
    SELECT format('%I.%I', schemaname, sequencename), coalesce(last_value, 0)
    FROM pg_sequences ORDER BY 1
"""
HEAD = "SELECT count, last_id, encode(link, 'hex') FROM audit.head ORDER BY count DESC LIMIT 1"
SEES_ALL = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"


@contextmanager
def snapshot(url: str):
    """A connection that sees one moment, whatever is written meanwhile, and that moment's name."""
    with connect(url) as connection:
        require_all_rows(connection)
        connection.execute(SESSION)
        with connection.transaction():
            connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield connection, connection.execute("SELECT pg_export_snapshot()").fetchone()[0]


def require_all_rows(connection) -> None:
    """Refuse a role that row-level security holds for: its dump would be empty and seem whole."""
    if not connection.execute(SEES_ALL).fetchone()[0]:
        raise Failed(
            f"角色 {connection.info.user} 受行级隔离限制，备份出来会是空的（role lacks BYPASSRLS）。",
            "DATABASE_BACKUP_URL 用备份角色 portal_backup；角色由 docs/deploy/roles.sql 建立。",
        )


def read_facts(connection: psycopg.Connection) -> dict:
    """All facts, as data for JSON."""
    ask = connection.execute
    return {
        "tables": {
            name: dict(zip(("rows", "md5"), ask(table_rows(*table)).fetchone(), strict=True))
            for name, *table in ask(TABLES).fetchall()
        },
        "schema": schema_of(connection),
        "sequences": dict(ask(SEQUENCES).fetchall()),
        "files": {
            name: dict(zip(("count", "wrong", "md5"), ask(hashed(*file)).fetchone(), strict=True))
            for name, *file in ask(HASHED_FILES).fetchall()
        },
        "audit_head": audit_head(connection),
        "migrations": migrations(connection),
    }


def table_rows(schema: str, table: str) -> sql.Composed:
    return sql.SQL(ROWS).format(sql.Identifier(schema, table))


def hashed(schema: str, table: str, column: str) -> sql.Composed:
    return sql.SQL(FILES).format(
        table=sql.Identifier(schema, table),
        file=sql.Identifier(column),
        hash=sql.Identifier(f"{column}_sha256"),
    )


def schema_of(connection) -> dict[str, dict]:
    """How many lines each kind has, and one hash of them all."""
    lines = defaultdict(list)
    for kind, line in connection.execute(CATALOG).fetchall():
        lines[kind].append(SAME_ANYWAY.sub("", line))
    return {
        kind: {
            "count": len(each),
            "md5": hashlib.md5("\n".join(sorted(each)).encode(), usedforsecurity=False).hexdigest(),
        }
        for kind, each in sorted(lines.items())
    }


def audit_head(connection) -> list | None:
    """Where the sealed chain of the change log ended; None before anything was sealed."""
    if connection.execute("SELECT to_regclass('audit.head')").fetchone()[0] is None:
        return None
    found = connection.execute(HEAD).fetchone()
    return list(found) if found else None


def migrations(connection) -> list[str]:
    if connection.execute("SELECT to_regclass('public.django_migrations')").fetchone()[0] is None:
        return []
    rows = connection.execute("SELECT app || '.' || name FROM public.django_migrations ORDER BY 1")
    return [name for (name,) in rows]
