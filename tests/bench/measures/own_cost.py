"""What a page costs by itself: its queries, and its processor time beside an empty view behind the same middleware."""

from collections.abc import Iterator
from functools import partial

from tests.bench.data.sizes import last_day
from tests.bench.results import Line, Ratio
from tests.bench.timing import Sample, cpu_alternately
from tests.bench.world import World

QUERIES, CPU = 12, 6
LISTS = ("visits", "residents", "households", "activities", "assistance", "applications")
PAGES = {
    **{f"list {slug}": f"/ledger/{slug}/" for slug in LISTS},
    "home": "/",
    "a resident": "/ledger/residents/1/",
    "entry of a visit": "/ledger/visits/add/",
    "the board": f"/boards/residents/?period={last_day().year - 1}",
}
EMPTY = "/empty-for-the-bench/"


def measure(world: World) -> Iterator[Line]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext, override_settings

    from tests.bench.browsing import session_of

    client = Client(raise_request_exception=True)
    client.cookies["session"] = session_of(world.full, "worker")
    with override_settings(ALLOWED_HOSTS=["testserver"], ROOT_URLCONF="tests.bench.empty"):
        for case, path in PAGES.items():
            _ok(client, path)
            with CaptureQueriesContext(connection) as captured:
                _ok(client, path)
            asked = len(captured)
            ours, empty = cpu_alternately(
                world.often(15, 6), partial(_ok, client, path), partial(_ok, client, EMPTY)
            )
            ratios = [Ratio("CPU ÷ an empty view", ours.p50 / empty.p50, CPU)]
            if case.startswith("list "):
                ratios.insert(0, Ratio("queries", asked, QUERIES))
            yield Line(
                case,
                ours,
                {"an empty view": empty, "queries": Sample.of([asked], "queries")},
                tuple(ratios),
            )


def _ok(client, path: str) -> None:
    answer = client.get(path, follow=path == "/ledger/residents/1/")
    if answer.status_code != 200:
        raise RuntimeError(f"{path}: {answer.status_code}")
