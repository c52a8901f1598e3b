"""The installer: derives the wall from the model registry and puts it into the database.

Policies, grants and triggers are never written by hand or in a migration: after every migrate
the owner role rebuilds them whole, in one transaction, unless they already are as they should be.
"""

import hashlib
import re
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor

from portal.wall.ddl import literal, quoted, table_sql
from portal.wall.marking import marking_sql
from portal.wall.public_role import require_public_role
from portal.wall.registry import tables

SQL = Path(__file__).parent / "sql"
OWNER = "owner"
FUNCTIONS = (
    "catalog",
    "clear",
    "scope",
    "rows",
    "references",
    "closing",
    "duties",
    "log",
    "audit",
    "chain",
)
BACKUP = """
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = :'backup') THEN
    GRANT USAGE ON SCHEMA public, audit TO :"backup";
    GRANT SELECT ON ALL TABLES IN SCHEMA public TO :"backup";
    GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO :"backup";
    GRANT SELECT ON ALL TABLES IN SCHEMA audit TO :"backup";
    GRANT SELECT ON ALL SEQUENCES IN SCHEMA audit TO :"backup";
  END IF;
END $$
"""


def wall_sql() -> list[str]:
    """The whole wall, with roles as psql variables. Raises ImproperlyConfigured without a class."""
    unclassed = [table.name for table in tables() if table.wall is None]
    if unclassed:
        raise ImproperlyConfigured(
            f"tables without a policy class: {', '.join(unclassed)}. Give each model a `wall`."
        )
    functions = [(SQL / f"{name}.sql").read_text(encoding="utf-8") for name in FUNCTIONS]
    of_tables = [sql for table in tables() for sql in table_sql(table)]
    return [*functions, *of_tables, *marking_sql(), BACKUP]


def wall_hash() -> str:
    return hashlib.sha256("\n;\n".join(wall_sql()).encode()).hexdigest()


def _with_roles(sql: str) -> str:
    """Fill in ``:"web"`` (an identifier) and ``:'web'`` (a literal) as psql would."""
    names = {
        "web": settings.DATABASES["default"]["USER"],
        "owner": settings.DATABASES[OWNER]["USER"],
        "audit": settings.DATABASE_AUDIT_ROLE,
        "public": settings.DATABASE_PUBLIC_ROLE,
        "backup": settings.DATABASE_BACKUP_ROLE,
    }
    sql = re.sub(r'(?<!:):"(\w+)"', lambda match: quoted(names[match[1]]), sql)
    return re.sub(r"(?<!:):'(\w+)'", lambda match: literal(names[match[1]]), sql)


def install(using: str = OWNER) -> bool:
    """Rebuild the wall in one transaction; False when it stood already or the schema is not whole.

    A table without the wall has no grant either, so it is closed to the web role, not open.
    """
    connection = connections[using]
    if _unapplied(connection):
        return False
    require_public_role(connection)
    with transaction.atomic(using=using), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('portal wall'))")
        if state_of(connection) == (wall_hash(), []):
            return False
        cursor.execute(_with_roles(";\n".join(wall_sql())))
        cursor.execute(
            "INSERT INTO wall_state (hash, catalog)"
            " VALUES (%s, ARRAY(SELECT wall_catalog() ORDER BY 1)) ON CONFLICT (single)"
            " DO UPDATE SET hash = EXCLUDED.hash, catalog = EXCLUDED.catalog, installed_at = now()",
            [wall_hash()],
        )
    return True


def _unapplied(connection) -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def state_of(connection) -> tuple[str, list[str]]:
    """(hash of the SQL last installed, what differs in the catalog since); ("", []) before that."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('public.wall_state') IS NOT NULL")
        if not cursor.fetchone()[0]:
            return "", []
        cursor.execute("SELECT hash, catalog FROM wall_state")
        found = cursor.fetchone()
        if found is None:
            return "", []
        cursor.execute("SELECT wall_catalog()")
        present = {line for (line,) in cursor.fetchall()}
    missing = [f"missing: {line}" for line in sorted(set(found[1]) - present)]
    return found[0], missing + [f"added: {line}" for line in sorted(present - set(found[1]))]


def install_after_migrate(sender, using, **kwargs):
    """Receiver of post_migrate, for the portal's signal only: by then all tables exist."""
    if using == OWNER:
        install(using)
