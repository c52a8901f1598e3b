"""A list as a workbook; beside the writer's library alone on the same cells. Its memory stays flat."""

import io
import resource
import subprocess
import sys
import time
from collections.abc import Iterator

import xlsxwriter

from tests.bench.browsing import acting
from tests.bench.cluster import ROOT
from tests.bench.results import Line, Ratio
from tests.bench.timing import Sample
from tests.bench.world import World

PER_LIBRARY, FLAT = 1.3, 1.3


def measure(world: World) -> Iterator[Line]:
    most = world.often(200_000, 5_000)
    ours, library, count = [], [], 0
    for _ in range(world.often(2, 3)):
        taken, bare, count = _both(world.full, most)
        ours.append(taken)
        library.append(bare)
    mine, alone = Sample.of(ours), Sample.of(library)
    held = {rows: _memory(world, rows) for rows in (most // 10, most)}
    few, many = (Sample.of([value], "MB") for value in held.values())
    yield Line(
        f"{count:,} visits as a workbook",
        mine,
        {"XlsxWriter on the same cells": alone},
        (Ratio("ours ÷ library", mine.p50 / alone.p50, PER_LIBRARY),),
    )
    yield Line(
        f"memory at {most:,} rows",
        many,
        {f"at {most // 10:,} rows": few},
        (Ratio("many ÷ few", many.p50 / few.p50, FLAT),),
    )


def _cells(user, most: int):
    """The columns and the records, as the export of the list takes them."""
    from django.http import QueryDict

    from portal.exports.selection import Selection
    from portal.ledgers import ledgers

    selection = Selection(ledgers["visits"], user, QueryDict())
    return selection.listing.columns, selection.records()[:most], selection


def _both(database: str, most: int) -> tuple[float, float, int]:
    from portal.exports.lists import BATCH
    from portal.exports.paper import rows_of
    from portal.exports.papers import paper_of
    from portal.exports.xlsx import write

    with acting(database, "street") as user:
        columns, records, selection = _cells(user, most)
        began = time.perf_counter()
        paper = paper_of(selection, columns, by=user, titled=False)
        _, count = write(paper, rows_of(columns, records.iterator(chunk_size=BATCH)))
        taken = time.perf_counter() - began
        rows = list(rows_of(columns, records.iterator(chunk_size=BATCH)))
    began = time.perf_counter()
    _library(rows)
    return taken, time.perf_counter() - began, count


def _library(rows) -> bytes:
    """As sparing as ours, with one format, text as text."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"constant_memory": True}) as book:
        sheet, body = book.add_worksheet(), book.add_format({"num_format": "@"})
        for place, cells in enumerate(rows):
            for column, value in enumerate(cells):
                if isinstance(value, str):
                    sheet.write_string(place, column, value, body)
                else:
                    sheet.write_number(place, column, value, body)
    return target.getvalue()


def _memory(world: World, rows: int) -> float:
    """The most MB that a process of its own held while it exported so many rows."""
    told = subprocess.run(
        [sys.executable, "-m", "tests.bench.measures.exports", world.full, str(rows)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return float(told.stdout.split()[-1])


def _alone(database: str, most: int) -> None:
    import django

    django.setup()
    from portal.exports.lists import BATCH
    from portal.exports.paper import rows_of
    from portal.exports.papers import paper_of
    from portal.exports.xlsx import write

    with acting(database, "street") as user:
        columns, records, selection = _cells(user, most)
        paper = paper_of(selection, columns, by=user, titled=False)
        write(paper, rows_of(columns, records.iterator(chunk_size=BATCH)))
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


if __name__ == "__main__":
    _alone(sys.argv[1], int(sys.argv[2]))
