"""Residents from a workbook, checked and stored; beside parsing the same file and copying its cells."""

import importlib.util
import io
import time
from collections.abc import Iterator

from tests.bench.browsing import acting
from tests.bench.results import Line, Ratio
from tests.bench.timing import Sample
from tests.bench.workbooks import HEADS, newcomers, workbook
from tests.bench.world import World

PER_LIMIT, FASTER = 4, 5
ABSENT = "django-import-export is not among the locked packages"


def measure(world: World) -> Iterator[Line]:
    count = world.often(100_000, 2_000)
    rows = newcomers(count)
    content = workbook(rows)
    database = world.written()
    _ours(database, workbook(rows[:20]), commit=False)  # what the first import of a process loads
    limit = Sample.of([_limit(world, database, content) for _ in range(3)])
    checked = _ours(database, content, commit=False)
    stored = _ours(database, content, commit=True)
    both = Sample.of([checked + stored])
    other = ABSENT if importlib.util.find_spec("import_export") is None else "not yet written"
    yield Line(
        f"{count:,} residents, check and commit",
        both,
        {"parse and COPY": limit, "django-import-export": other},
        (
            Ratio("ours ÷ limit", both.p50 / limit.p50, PER_LIMIT),
            Ratio("import-export ÷ ours", None, FASTER, at_least=True, reason=other),
        ),
        note=f"check {checked:.1f} s, store {stored:.1f} s: "
        f"{count / both.p50:,.0f} rows a second for both",
    )


def _ours(database: str, content: bytes, *, commit: bool) -> float:
    from portal.imports.running import run
    from portal.ledgers import ledgers
    from portal.scope import access_of

    with acting(database, "worker") as user:
        began = time.perf_counter()
        report = run(
            content,
            ledger=ledgers["residents"],
            unit=access_of(user).home,
            by=user,
            commit=commit,
        )
        taken = time.perf_counter() - began
        if report.errors:
            raise AssertionError("\n".join(report.lines()[:10]))
    return taken


def _limit(world: World, database: str, content: bytes) -> float:
    """The same file read by the same library, and its cells copied into a bare table."""
    from python_calamine import CalamineWorkbook

    columns = ", ".join(f"c{place} text" for place in range(len(HEADS)))
    with world.databases.owner(database) as owner:
        began = time.perf_counter()
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        cells = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
        with owner.transaction():
            owner.execute("DROP TABLE IF EXISTS bench.bare")
            owner.execute(f"CREATE TABLE bench.bare ({columns})")
            with owner.cursor().copy("COPY bench.bare FROM STDIN") as copy:
                for row in cells:
                    copy.write_row(row)
        return time.perf_counter() - began
