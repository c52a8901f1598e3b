"""The test databases: the owner migrates a template once, every test process clones it.

A template is named by the hash of all that decides its content, so it is made again only when a
migration, a model or the wall changed. Tests then connect as the web role, which cannot flush:
what transactional tests leave behind is truncated here, by the owner.
"""

import hashlib
import os
import sys
import time
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

import django
import procrastinate
import psycopg
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from psycopg import sql

from portal.wall.install import wall_hash

PREFIX = "test_portal_"
TEMPLATE_PREFIX = f"{PREFIX}template_"
LOCK = 5_402_017  # any number; one process at a time makes, clones or drops databases
SPARED = {"django_migrations", "django_content_type", "auth_permission", "wall_state"}


def owner_connection(database: str, **options) -> psycopg.Connection:
    """A connection of the owner role beside Django's, in autocommit."""
    return connection_beside("owner", database, **options)


def connection_beside(alias: str, database: str, **options) -> psycopg.Connection:
    given = settings.DATABASES[alias]
    return psycopg.connect(
        host=given["HOST"],
        port=given["PORT"],
        user=given["USER"],
        password=given["PASSWORD"],
        dbname=database,
        autocommit=True,
        **options,
    )


@contextmanager
def administration():
    """The owner in the maintenance database, alone."""
    with owner_connection(_MAINTENANCE) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        yield connection


_MAINTENANCE = settings.DATABASES["owner"]["NAME"]


def template_digest() -> str:
    """Of all that decides what a migrated, empty database holds."""
    digest = hashlib.sha256(f"{wall_hash()} {django.VERSION} {procrastinate.__version__}".encode())
    for config in apps.get_app_configs():
        root = Path(config.path)
        if not root.is_relative_to(settings.BASE_DIR) or ".venv" in root.parts:
            continue
        sources = {
            *root.glob("models.py"),
            *root.glob("**/models/*.py"),
            *root.glob("migrations/*.py"),
        }
        for source in sorted(sources):
            digest.update(str(source.relative_to(root)).encode() + source.read_bytes())
    return digest.hexdigest()[:12]


def _template_name() -> str:
    return f"{TEMPLATE_PREFIX}{template_digest()}"


def _names(connection, prefix: str) -> list[str]:
    rows = connection.execute(
        "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [prefix]
    )
    return [name for (name,) in rows]


def _run(connection, statement: str, *names: str) -> None:
    connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def connect_to(database: str) -> None:
    """Point both aliases at the database."""
    for alias in ("default", "owner"):
        connections[alias].close()
        settings.DATABASES[alias]["NAME"] = database
        connections[alias].settings_dict["NAME"] = database


def drop_database(connection, name: str) -> None:
    """Drop the database, also when a live server's thread still holds a connection to it.

    FORCE ends the connections of the owner alone: the web role must end its own.
    """
    if name not in _names(connection, name):
        return
    _run(connection, "ALTER DATABASE {} ALLOW_CONNECTIONS false", name)
    _end_web_connections(name)
    _run(connection, "DROP DATABASE {} WITH (FORCE)", name)


def _make_template(connection, template: str) -> None:
    for name in _names(connection, TEMPLATE_PREFIX):
        with suppress(psycopg.errors.ObjectInUse):
            _run(connection, "DROP DATABASE {}", name)
    building = f"{PREFIX}building"
    drop_database(connection, building)
    _run(
        connection,
        "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'",
        building,
    )
    connect_to(building)
    call_command("migrate", database="owner", interactive=False, verbosity=0)
    with owner_connection(building) as owner:
        owner.execute(_NO_STATISTICS)
    connect_to(building)  # closes: a template must have no connection
    _run(connection, "ALTER DATABASE {} RENAME TO {}", building, template)


# Plans go by statistics, and those of rows that were rolled back tell of empty tables: no analysis
# knows what the open transaction of a test wrote. With "no rows" the planner nests its loops, and a
# summary that takes a second takes a minute. Without statistics plans go by the size of the tables.
_NO_STATISTICS = """
    DO $$ DECLARE each regclass; BEGIN
        FOR each IN SELECT oid FROM pg_class WHERE relkind = 'r'
            AND relnamespace IN ('public'::regnamespace, 'audit'::regnamespace)
        LOOP
            EXECUTE format('ALTER TABLE %s SET (autovacuum_analyze_threshold = 2147483647,'
                ' autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_insert_threshold = -1)', each);
        END LOOP;
    END $$
"""


def others_have_ended(within: float = 300) -> None:
    """Wait until every transaction of the whole server that runs now is over.

    The other test process holds one for the length of a test, and what counts by the server's oldest
    transaction (the sealing of the log, the looks of saved searches) waits for it. Never inside a
    transaction of one's own. Raises TimeoutError."""
    with owner_connection(_MAINTENANCE) as connection:
        [(newest,)] = connection.execute(f"SELECT {_XID.format('xmax')}").fetchall()
        until = time.monotonic() + within
        while connection.execute(f"SELECT {_XID.format('xmin')} < %s", [newest]).fetchone()[0]:
            if time.monotonic() > until:
                raise TimeoutError("a transaction of the test server does not end")
            time.sleep(0.05)


_XID = "pg_snapshot_{}(pg_current_snapshot())::text::bigint"


def end_web_connections() -> None:
    """Of threads that earlier tests left with this process's database."""
    connections["default"].close()
    _end_web_connections(connections["default"].settings_dict["NAME"])


def _end_web_connections(name: str) -> None:
    with connection_beside("default", _MAINTENANCE) as web:
        web.execute(
            "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
            " WHERE datname = %s AND usename = current_user",
            [name],
        )


def sweep() -> None:
    """Give back the room of rows that were rolled back, so that plans go by what will be written."""
    with owner_connection(connections["default"].settings_dict["NAME"]) as connection:
        connection.execute("VACUUM (SKIP_LOCKED, INDEX_CLEANUP ON)")


def _drop_abandoned(connection) -> None:
    """Databases of test processes that were killed; their number is in the name."""
    for name in _names(connection, f"{PREFIX}run_"):
        process = name.removeprefix(f"{PREFIX}run_")
        if not Path(f"/proc/{process}").exists():
            with suppress(psycopg.errors.ObjectInUse):
                _run(connection, "DROP DATABASE {}", name)


def create() -> str:
    """A fresh clone of the template for this process; its name."""
    clone = f"{PREFIX}run_{os.getpid()}"
    with administration() as connection:
        template = _template_name()
        if template not in _names(connection, template):
            _make_template(connection, template)
        _drop_abandoned(connection)
        drop_database(connection, clone)
        _run(connection, "CREATE DATABASE {} TEMPLATE {}", clone, template)
    connect_to(clone)
    return clone


def drop(clone: str) -> None:
    connect_to(_MAINTENANCE)
    with administration() as connection:
        drop_database(connection, clone)


def _is_spared(model) -> bool:
    return model._meta.db_table in SPARED or getattr(model, "reference_data", False)


# What truncating costs does not depend on the rows: nearly every table refers to a unit or a user, so
# that 2,400 files are made anew. Deleting asks each reference to each row once.
REFERENCES_ASKED = 20_000
FLUSHES = 5


def flush() -> None:
    """Empty what is not empty, except the tables whose rows a migration wrote.

    A model says so with ``reference_data = True``.
    """
    for _ in range(FLUSHES):
        try:
            return _flush()
        except psycopg.Error as error:  # the last request of a page that is gone still writes
            print(f"flushing once more: {error!r}", file=sys.__stderr__, flush=True)
            end_web_connections()
            _kept_open.cache_clear()
    return _flush()


def _flush() -> None:
    spared = SPARED | {m._meta.db_table for m in apps.get_models() if _is_spared(m)}
    connection = _kept_open(connections["default"].settings_dict["NAME"])
    filled, asked = _filled(connection, spared)
    if asked > REFERENCES_ASKED:
        tables = sql.SQL(", ").join(sql.Identifier(*name) for name in filled)
        connection.execute(sql.SQL("TRUNCATE {} CASCADE").format(tables))
        return
    with connection.transaction():
        _delete_all(connection, filled)


@cache
def _kept_open(database: str) -> psycopg.Connection:
    """One for all flushes: a new connection learns of every table and reference anew."""
    return owner_connection(database, options="-c lock_timeout=10s")


def _delete_all(connection, tables: list[tuple[str, str]]) -> None:
    """Without the triggers that log or refuse a deletion; the log itself is closed to the owner."""
    log = [sql.Identifier(*name) for name in tables if name[0] == "audit"]
    ours = [sql.Identifier(*name) for name in tables if name[0] != "audit"]
    for step, each in (
        ("ALTER TABLE {} DISABLE TRIGGER USER", ours),
        ("DELETE FROM {}", ours),
        ("TRUNCATE {}", log),
        ("SET CONSTRAINTS ALL IMMEDIATE", ours[:1]),
        ("ALTER TABLE {} ENABLE TRIGGER USER", ours),
    ):
        for table in each:
            connection.execute(sql.SQL(step).format(table))


def _filled(connection, spared) -> tuple[list[tuple[str, str]], int]:
    """Tables with rows, the least referred to first; how many references a deletion would ask."""
    rows = connection.execute(
        "SELECT (SELECT count(*) FROM pg_constraint WHERE confrelid = relid), schemaname, relname"
        " FROM pg_stat_user_tables"
        " WHERE schemaname IN ('public', 'audit') AND pg_relation_size(relid) > 0 ORDER BY 1"
    ).fetchall()
    tables = [row for row in rows if row[2] not in spared]
    if not tables:  # a database of which nothing was asked yet
        return [], 0
    probe = sql.SQL(" UNION ALL ").join(
        sql.SQL("SELECT {}, count(*) FROM {} HAVING count(*) > 0").format(
            sql.Literal(i), sql.Identifier(*name)
        )
        for i, (_, *name) in enumerate(tables)
    )
    found = dict(connection.execute(probe).fetchall())
    filled = [name for i, (_, *name) in enumerate(tables) if i in found]
    return filled, sum(count * tables[i][0] for i, count in found.items())
