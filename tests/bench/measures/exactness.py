"""What it costs that the log is whole and the numbers exact: the same inserts without those triggers."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from psycopg import sql

from tests.bench.data.sizes import last_day
from tests.bench.results import Line, Ratio
from tests.bench.timing import Sample
from tests.bench.world import World

SINGLE, BULK = 1.5, 2
GUARDS = ("wall_version", "wall_references", "wall_closed", "wall_key")  # refuse; they stay on


def measure(world: World) -> Iterator[Line]:
    database = world.written()
    rounds, singles, many = 3, world.often(60, 20), world.often(100_000, 5_000)
    found = {True: ([], []), False: ([], [])}
    for number in range(rounds * 2):
        burdened = number % 2 == 0
        with _triggers(world, database, enabled=burdened):
            ones, bulks = found[burdened]
            ones += _singles(database, singles)
            bulks.append(_bulk(database, many))
    (ones, bulks), (bare_ones, bare_bulks) = found[True], found[False]
    yield _line("one visit, saved and committed", ones, bare_ones, SINGLE)
    yield _line(f"{many:,} visits, staged and inserted", bulks, bare_bulks, BULK)


def _line(case: str, ours: list[float], bare: list[float], bound: float) -> Line:
    mine, without = Sample.of(ours), Sample.of(bare)
    return Line(
        case,
        mine,
        {"without log and cells": without},
        (Ratio("ours ÷ without", mine.p50 / without.p50, bound),),
    )


@contextmanager
def _triggers(world: World, database: str, *, enabled: bool):
    """Off are those that write elsewhere, the log's and the figures'; those that refuse stay on."""
    with world.databases.owner(database) as owner:
        names = [
            name
            for (name,) in owner.execute(
                "SELECT tgname FROM pg_trigger WHERE tgrelid = 'residents_visit'::regclass"
                " AND NOT tgisinternal"
            ).fetchall()
            if not name.startswith(GUARDS)
        ]
        for name in names:
            owner.execute(
                sql.SQL("ALTER TABLE residents_visit {} TRIGGER {}").format(
                    sql.SQL("ENABLE" if enabled else "DISABLE"), sql.Identifier(name)
                )
            )
    yield


def _visits(user, count: int) -> list:
    from portal.scope import access_of
    from residents.models import Resident, Visit

    unit = access_of(user).home
    people = list(Resident.objects.filter(unit=unit).order_by("pk")[:200])
    return [
        Visit(
            unit=unit,
            resident=people[number % len(people)],
            occurred_on=last_day(),
            visitor="李梅",
            content="询问近期生活情况。",
            domains=["residents"],
            recorded_by=user,
        )
        for number in range(count)
    ]


def account(database: str, name: str = "worker"):
    from portal.models import User
    from tests.database import connect_to

    connect_to(database)
    return User.objects.get(username=name)


def _singles(database: str, count: int) -> list[float]:
    from portal.scope import access_of, scope

    user = account(database)
    within = access_of(user).scope()
    with scope(within):
        rows = _visits(user, count + 3)
    taken = []
    for row in rows:
        began = time.perf_counter()
        with scope(within):
            row.save()
        taken.append(time.perf_counter() - began)
    return taken[3:]


def _bulk(database: str, count: int) -> float:
    from portal.bulk import load
    from portal.scope import access_of, scope
    from residents.models import Visit

    user = account(database)
    with scope(access_of(user).scope()):
        rows = _visits(user, count)
    began = time.perf_counter()
    with scope(access_of(user).scope()):
        load(Visit, rows)
    return time.perf_counter() - began
