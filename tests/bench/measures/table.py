"""The measures as data: what ours does, what it stands beside, which ratio it is to reach."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module

from tests.bench.results import Line
from tests.bench.world import World


@dataclass(frozen=True)
class Measure:
    """``module`` holds ``measure(world)``, which yields a Line for each case."""

    name: str
    title: str
    alternative: str
    limit: str
    to_reach: str
    full_only: bool = False

    def lines(self, world: World) -> Iterator[Line]:
        found: Callable = import_module(f"tests.bench.measures.{self.name}").measure
        return found(world)


MEASURES = (
    Measure(
        "search",
        "Find a resident with the search box, over HTTP, under row-level security",
        "Django admin's search on the same table, without policies",
        "the best plain SQL, without policies, with the index that suits the question best",
        "p95 ≤ 3 × limit + page; ≥ 50 × faster than the admin",
    ),
    Measure(
        "dashboard",
        "The street's board",
        "one live GROUP BY per tile",
        "a plain read of the cells",
        "≥ 150 × faster; ≤ 2 × limit + page; ten times the records ≤ 1.2 ×",
    ),
    Measure(
        "ledger_page",
        "A page of a ledger: filter, sort, first and deep page, count",
        "",
        "the same with 10,000 records",
        "≤ 1.5 ×",
    ),
    Measure(
        "explain",
        "The ten statements that take longest on the main pages",
        "",
        "no table of more than 20,000 rows read whole, at most 20,000 buffers (160 MB)",
        "an index each",
    ),
    Measure(
        "exactness",
        "What the change log and exact numbers cost",
        "the same inserts without them",
        "",
        "one write ≤ 1.5 ×, many staged and inserted ≤ 2 ×",
    ),
    Measure(
        "imports",
        "Import of residents: check and commit",
        "django-import-export",
        "the file parsed by calamine and its cells copied into a bare table",
        "≤ 4 × limit; ≥ 5 × faster",
    ),
    Measure(
        "exports",
        "Export to a workbook",
        "",
        "XlsxWriter alone on the same cells",
        "≤ 1.3 ×, memory flat",
    ),
    Measure(
        "paper",
        "The summary of a year as PDF",
        "Chromium's print of the same HTML, warm",
        "Typst on an equivalent document",
        "≤ 0.6 × Chromium; ≤ 6 × Typst",
    ),
    Measure(
        "summaries",
        "Summaries of all communities by the worker",
        "one worker",
        "",
        "two workers ≥ 1.5 × on two cores shared with PostgreSQL, ≥ 1.8 × from four; memory flat",
    ),
    Measure(
        "own_cost",
        "A page's own cost",
        "",
        "an empty view behind the same middleware (processor time of the web process)",
        "≤ 12 queries on any list, ≤ 6 × the empty view",
    ),
    Measure(
        "cold_page",
        "The first page in a browser that holds nothing",
        "",
        "",
        "≤ 200 kB, no layout shift",
    ),
)
