"""Taking the sample data away again, and nothing else.

What goes is found by the database's own foreign keys: the demo units and accounts, then every row that
refers to a row that goes, until nothing more is found. The change log keeps its account of it; sealed
files without a record are swept by the nightly job.
"""

from collections import Counter
from dataclasses import dataclass

from django.core.management.base import CommandError
from django.db import connections, transaction

from portal.demo import cases
from portal.demo.world import DISTRICT, STREET
from portal.demo_accounts import DEMO_ACCOUNTS

OWNER = "owner"
LINKS = """
    SELECT child.relname, own.attname, parent.relname, other.attname
    FROM pg_constraint AS fk
    JOIN pg_class AS child ON child.oid = fk.conrelid
    JOIN pg_class AS parent ON parent.oid = fk.confrelid
    JOIN LATERAL unnest(fk.conkey, fk.confkey) AS pair(mine, theirs) ON true
    JOIN pg_attribute AS own ON own.attrelid = child.oid AND own.attnum = pair.mine
    JOIN pg_attribute AS other ON other.attrelid = parent.oid AND other.attnum = pair.theirs
    WHERE fk.contype = 'f' AND child.relnamespace = 'public'::regnamespace
    ORDER BY 1, 2
"""
KEYS = """
    SELECT c.relname, a.attname
    FROM pg_index AS i
    JOIN pg_class AS c ON c.oid = i.indrelid AND c.relnamespace = 'public'::regnamespace
    JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
    WHERE i.indisprimary
"""


@dataclass(frozen=True)
class Link:
    """A column that refers to the key of another table."""

    table: str
    column: str
    to: str


def clear() -> Counter:
    """Remove the demo street, the example cases and their accounts, whole or not at all; the number of
    rows removed by table. Raises CommandError where the owner's connection is missing, or where a record
    of another unit refers to what would go."""
    if OWNER not in connections:
        raise CommandError(
            "Clearing needs the role that owns the tables: set DATABASE_OWNER_URL and run it again."
        )
    with transaction.atomic(using=OWNER), connections[OWNER].cursor() as cursor:
        return _Clearing(cursor).done()


class _Clearing:
    def __init__(self, cursor):
        self.cursor = cursor
        self.keys = dict(self._all(KEYS))
        self.links = [
            Link(table, column, to)
            for table, column, to, key in self._all(LINKS)
            if self.keys.get(to) == key and table in self.keys
        ]

    def done(self) -> Counter:
        self.cursor.execute(
            "CREATE TEMP TABLE gone (tbl text, key text, PRIMARY KEY (tbl, key)) ON COMMIT DROP"
        )
        self._begin()
        while sum(self._follow(link) for link in self.links):
            pass
        self._refuse_others()
        return self._remove()

    def _all(self, sql, params=()):
        self.cursor.execute(sql, params)
        return self.cursor.fetchall()

    def _begin(self) -> None:
        """The units by their codes, and the accounts that hold nothing elsewhere."""
        heads = [f"{code}%" for code in {STREET[0][:9], DISTRICT[0][:6], cases.DISTRICT[0][:6]}]
        self.cursor.execute(
            "INSERT INTO gone SELECT 'portal_unit', id::text FROM portal_unit WHERE code LIKE ANY(%s)",
            [heads],
        )
        self.cursor.execute(
            "INSERT INTO gone SELECT 'portal_user', id::text FROM portal_user AS u"
            " WHERE (username = ANY(%s) OR EXISTS (SELECT FROM portal_roleassignment AS r"
            " JOIN gone AS g ON g.tbl = 'portal_unit' AND g.key = r.unit_id::text WHERE r.user_id = u.id))"
            " AND NOT EXISTS (SELECT FROM portal_roleassignment AS r WHERE r.user_id = u.id"
            " AND r.unit_id::text NOT IN (SELECT key FROM gone WHERE tbl = 'portal_unit'))",
            [[account.username for account in DEMO_ACCOUNTS]],
        )

    def _follow(self, link: Link) -> int:
        """Rows that refer to a row that goes; how many were not known yet."""
        key = self.keys[link.table]
        self.cursor.execute(
            f'INSERT INTO gone SELECT %s, t."{key}"::text FROM "{link.table}" AS t'  # noqa: S608
            f' JOIN gone AS g ON g.tbl = %s AND g.key = t."{link.column}"::text ON CONFLICT DO NOTHING',
            [link.table, link.to],
        )
        return self.cursor.rowcount

    def _refuse_others(self) -> None:
        """A row of a unit that stays must not go because somebody of the demo had a hand in it."""
        held = Counter()
        for link in self.links:
            if link.to != "portal_unit" or link.column != "unit_id":
                continue
            key = self.keys[link.table]
            [(count,)] = self._all(
                f'SELECT count(*) FROM "{link.table}" AS t'  # noqa: S608
                f' JOIN gone AS g ON g.tbl = %s AND g.key = t."{key}"::text'
                " WHERE t.unit_id::text NOT IN (SELECT key FROM gone WHERE tbl = 'portal_unit')",
                [link.table],
            )
            if count:
                held[link.table] = count
        if held:
            told = ", ".join(f"{table} ({count})" for table, count in sorted(held.items()))
            raise CommandError(
                f"Records of other units refer to the sample data: {told}. Nothing was removed."
                " Take those records off the demo units or accounts first."
            )

    def _remove(self) -> Counter:
        """Foreign keys wait for the end of the transaction, so any order will do."""
        self.cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        removed = Counter()
        for (table,) in self._all("SELECT DISTINCT tbl FROM gone ORDER BY tbl"):
            key = self.keys[table]
            self.cursor.execute(
                f'DELETE FROM "{table}" AS t USING gone AS g'  # noqa: S608
                f' WHERE g.tbl = %s AND g.key = t."{key}"::text',
                [table],
            )
            removed[table] = self.cursor.rowcount
        return removed
