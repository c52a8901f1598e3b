"""Run by ``script/bench``: data of the asked size, each measure, a table and JSON."""

import argparse
import os
import sys
import time
import traceback
from contextlib import suppress

from tests.bench.cluster import ROOT, Databases
from tests.bench.progress import say

SMALL = (20_000, 200_000)
FULL = (1_000_000, 10_000_000)
OUT = ROOT / "var" / "bench"


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="script/bench", description=__doc__)
    parser.add_argument("--small", action="store_true", help="20,000 residents, few repetitions")
    parser.add_argument("--residents", type=int, default=0)
    parser.add_argument("--records", type=int, default=0)
    parser.add_argument("--only", default="", metavar="NAME,…", help="these measures alone")
    parser.add_argument("--write", action="store_true", help="into docs/benchmarks.md, with charts")
    given = parser.parse_args()
    residents, records = SMALL if given.small else FULL
    given.residents = given.residents or residents
    given.records = given.records or records
    return given


def main() -> int:
    given = options()
    databases = Databases()
    os.environ |= {
        "DATABASE_URL": databases.url("web", "portal"),
        "DATABASE_OWNER_URL": databases.url("owner", "portal"),
        "DATABASE_BACKUP_URL": databases.url("backup", "portal"),
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "MEDIA_ROOT": str(OUT / "media"),
    }
    import django

    django.setup()
    from tests.bench import report
    from tests.bench.data.sizes import Size
    from tests.bench.measures.table import MEASURES
    from tests.bench.world import World

    world = World(databases, Size.of(given.residents, given.records), given.small)
    OUT.mkdir(parents=True, exist_ok=True)
    for database in ("full", "tenth", "tiny"):
        getattr(world, database)
    began, told = report.now(), {}
    wanted = [name for name in given.only.split(",") if name]
    for measure in MEASURES:
        if (wanted and measure.name not in wanted) or (measure.full_only and given.small):
            continue
        started = time.monotonic()
        try:
            told[measure] = list(measure.lines(world))
        except Exception as error:  # the others are measured all the same
            traceback.print_exc()
            told[measure] = f"{type(error).__name__}: {error}"
        say(f"{measure.name}: {time.monotonic() - started:.0f} s")
    loads = (began, report.now())
    print(report.table(told))
    text = report.as_json(told, world, loads)
    (OUT / "last.json").write_text(text, encoding="utf-8")
    print(f"\n{report.about(world, loads)}\n{OUT / 'last.json'}")
    if given.write:
        from tests.bench import pages

        pages.write(told, report.about(world, loads))
    return int(any(isinstance(lines, str) for lines in told.values()))


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        sys.exit(main())
    sys.exit(130)
