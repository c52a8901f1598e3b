"""The bench's own PostgreSQL: a migrated template, a database for each size of data, a copy that may be written.

Databases are named by what decides their content, so they are made once; those of an older schema or builder go.
"""

import os
import sys
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "script"))
from cluster import Cluster  # noqa: E402

NAME = "scratch-bench"
SETTINGS = {
    "max_connections": "60",
    "shared_buffers": "1GB",
    "effective_cache_size": "4GB",
    "maintenance_work_mem": "512MB",
    "max_wal_size": "8GB",
    "checkpoint_timeout": "20min",
}
PREFIX, BASE = "bench_", "bench_base_"
WRITTEN = "bench_written"


class Databases:
    """Makes and finds databases of the bench; ``url`` is of a role: owner, web, backup."""

    def __init__(self):
        self.cluster = Cluster(NAME, SETTINGS)
        self.port = self.cluster.start()
        # What the owner loads needs no triggers: the builder derives what they would.
        self.cluster.psql(
            ["-qc", "GRANT SET ON PARAMETER session_replication_role TO portal_owner"]
        )

    def url(self, role: str, database: str) -> str:
        return self.cluster.url(role, self.port).rpartition("/")[0] + f"/{database}"

    def environ(self, database: str) -> dict[str, str]:
        """What a web or worker process is started with: it must not be able to become the owner."""
        kept = {k: v for k, v in os.environ.items() if k != "DATABASE_OWNER_URL"}
        return kept | {
            "DATABASE_URL": self.url("web", database),
            "DJANGO_SETTINGS_MODULE": "portal.settings",
        }

    @contextmanager
    def connected(self, role: str, database: str, **options):
        with psycopg.connect(self.url(role, database), autocommit=True, **options) as connection:
            yield connection

    def owner(self, database: str):
        return self.connected("owner", database)

    def names(self) -> list[str]:
        with self.owner("portal") as connection:
            rows = connection.execute(
                "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX]
            )
            return [name for (name,) in rows]

    def drop(self, *names: str) -> None:
        with self.owner("portal") as connection:
            for name in names:
                for role in ("web", "backup"):  # each role ends its own connections
                    with self.connected(role, "portal") as other:
                        other.execute(
                            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                            " WHERE datname = %s AND usename = current_user",
                            [name],
                        )
                connection.execute(
                    sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
                )

    def create(self, name: str, template: str = "template0") -> None:
        """A new database, copied file by file, as templates of gigabytes must not go through the log."""
        self.drop(name)
        text = "CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY"
        if template == "template0":
            text += " ENCODING 'UTF8' LOCALE 'C.UTF-8'"
        with self.owner("portal") as connection:
            connection.execute(sql.SQL(text).format(*map(sql.Identifier, (name, template))))

    def rename(self, old: str, new: str) -> None:
        with self.owner("portal") as connection:
            connection.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(*map(sql.Identifier, (old, new)))
            )
