"""Finds or makes the database of a size: a copy of the migrated template, filled."""

import importlib.util
import time
from functools import cache

from psycopg import sql

from tests.bench.cluster import BASE, PREFIX, WRITTEN, Databases
from tests.bench.data import people, records, units
from tests.bench.data.sizes import Size, builder_digest
from tests.bench.progress import say

MAKING = f"{PREFIX}making"


@cache  # code that changes while the bench runs is no matter of this run
def base_of(databases: Databases) -> str:
    """The migrated, empty template; made where models, migrations or the wall changed."""
    from django.core.management import call_command

    from tests.database import connect_to, template_digest

    name = f"{BASE}{template_digest()}"
    known = databases.names()
    if name not in known:
        began = time.monotonic()
        databases.drop(*known)  # filled from an older template
        databases.create(MAKING)
        connect_to(MAKING)
        call_command("migrate", database="owner", interactive=False, verbosity=0)
        leave()
        databases.rename(MAKING, name)
        say(f"migrated an empty database in {time.monotonic() - began:.0f} s")
    return name


@cache
def database_of(databases: Databases, size: Size) -> str:
    base = base_of(databases)
    mark = f"{base.removeprefix(BASE)[:6]}_{builder_digest()}"
    name = f"{PREFIX}{mark}_{size.residents}_{size.records}"
    known = databases.names()
    if name in known:
        return name
    databases.drop(*(each for each in known if mark not in each and not each.startswith(BASE)))
    began = time.monotonic()
    databases.create(MAKING, base)
    fill(databases, size)
    databases.rename(MAKING, name)
    say(f"built {size.text} in {time.monotonic() - began:.0f} s")
    return name


def fill(databases: Databases, size: Size) -> None:
    from tests.database import connect_to

    connect_to(MAKING)
    places = units.build(size)
    leave()
    with databases.owner(MAKING) as owner:
        owner.execute("SET session_replication_role = replica")
        people.build(owner, size, places)
        records.build(owner, size)
    fold()
    with databases.owner(MAKING) as owner:
        [(filled,)] = owner.execute(_FILLED).fetchall()
        owner.execute(sql.SQL("VACUUM (ANALYZE) {}").format(sql.SQL(filled)))


_FILLED = """SELECT string_agg(oid::regclass::text, ', ') FROM pg_class WHERE relkind = 'r'
    AND relnamespace IN ('public'::regnamespace, 'bench'::regnamespace) AND pg_relation_size(oid) > 0"""


def fold() -> None:
    """Count the cells of the figures, where figures have cells: they were loaded without triggers."""
    from tests.database import connect_to

    if importlib.util.find_spec("portal.figures.cells") is None:
        return
    connect_to(MAKING)
    importlib.import_module("portal.figures.cells.folding").fold("command:bench")
    leave()


def written_copy(databases: Databases, name: str) -> str:
    """A copy of the database that measures may write into."""
    leave()
    databases.create(WRITTEN, name)
    return WRITTEN


def leave() -> None:
    """Close Django's connections: a template must have none."""
    from django.db import connections

    for alias in ("default", "owner"):
        connections[alias].close()
