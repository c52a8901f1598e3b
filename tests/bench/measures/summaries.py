"""Summaries of many communities by the worker: one process, then two."""

import os
import subprocess
import time
from collections.abc import Iterator

from tests.bench.browsing import PYTHON
from tests.bench.cluster import ROOT
from tests.bench.data.sizes import last_day
from tests.bench.results import Line, Ratio
from tests.bench.timing import Sample
from tests.bench.world import World

ON_TWO, ON_MORE, FLAT = 1.5, 1.8, 1.3
PATIENCE = 3600  # seconds


def measure(world: World) -> Iterator[Line]:
    database = world.written()
    count = world.often(200, 10)
    rates, memory = {}, {}
    for workers in (1, 2):
        rates[workers], memory[workers] = _run(world, database, workers, count)
    bound = ON_TWO if (os.cpu_count() or 2) < 4 else ON_MORE
    one, two = (Sample.of([60 / rates[n]], "s for 60") for n in (1, 2))
    half, whole = memory[1]
    yield Line(
        f"{count} summaries of communities, drafted and printed",
        two,
        {"one worker": one},
        (
            Ratio("one worker ÷ two", one.p50 / two.p50, bound, at_least=True),
            Ratio("memory at the end ÷ half way", whole / half, FLAT),
        ),
        note=f"{os.cpu_count()} cores shared with PostgreSQL; {rates[1] * 60:.0f} and {rates[2] * 60:.0f}"
        f" summaries a minute; one worker held {whole:.0f} MB",
    )


def _run(world: World, database: str, workers: int, count: int) -> tuple[float, tuple]:
    """(summaries a second once all workers are up; MB that the first one held half way and at the end)."""
    run = _started(database, workers, count)
    log = (ROOT / "var" / "bench-worker.log").open("ab")
    processes = [
        subprocess.Popen(
            [PYTHON, "manage.py", "worker"],
            cwd=ROOT,
            env=world.databases.environ(database),
            stdout=log,
            stderr=log,
        )
        for _ in range(workers)
    ]
    half, ends = 0.0, time.monotonic() + PATIENCE
    try:
        with world.databases.connected("backup", database) as reader:
            while time.monotonic() < ends:
                done, failed = reader.execute(_STATES, [run]).fetchone()
                if failed:
                    raise RuntimeError(f"{failed} summaries failed; see var/bench-worker.log")
                if done >= count // 2 and not half:
                    half = _held(processes[0].pid)
                if done == count:
                    break
                time.sleep(0.2)
            whole = _held(processes[0].pid)
            moments = [row[0] for row in reader.execute(_MOMENTS, [run]).fetchall()]
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(timeout=60)
        log.close()
    # From when each worker has made its first: starting a process is not what is measured.
    first = moments[2 * workers - 1]
    rate = (len(moments) - 2 * workers) / (moments[-1] - first).total_seconds()
    return rate, (half, whole)


_STATES = """SELECT count(*) FILTER (WHERE state = 'done'), count(*) FILTER (WHERE state = 'failed')
    FROM reports_bulkitem WHERE run_id = %s"""
_MOMENTS = (
    """SELECT changed_at FROM reports_bulkitem WHERE run_id = %s AND state = 'done' ORDER BY 1"""
)


def _started(database: str, workers: int, count: int) -> int:
    """A run of another year for each number of workers, so that both draft anew."""
    from portal.models import Unit
    from portal.models.units import UnitKind
    from portal.periods import Period
    from portal.scope import access_of, scope
    from reports.permissions import drafting_outlines
    from reports.services import bulk
    from tests.bench.measures.exactness import account

    user = account(database, "district")
    with scope(access_of(user).scope()):
        communities = list(Unit.objects.filter(kind=UnitKind.COMMUNITY).order_by("code"))
        fit = [o for o in drafting_outlines(user) if o.suits(communities[0])]
        kinds = -(-count // len(communities))
        run = bulk.start(
            unit=Unit.objects.get(kind=UnitKind.DISTRICT),
            outlines=fit[:kinds],
            units=communities[: -(-count // kinds)][:count],
            period=Period.parse(str(last_day().year - workers)),
            by=user,
        )
    return run.pk


def _held(pid: int) -> float:
    """MB in memory now."""
    with open(f"/proc/{pid}/status", encoding="utf-8") as told:
        line = next(line for line in told if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024
