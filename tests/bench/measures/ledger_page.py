"""A page of a ledger: filtered, sorted, the first and a deep one, its count; beside the same with 10,000 records."""

from collections.abc import Iterator
from functools import partial

from tests.bench.browsing import browsers
from tests.bench.results import Line, Ratio
from tests.bench.timing import alternately
from tests.bench.world import World

BOUND = 1.5
DEEP = 40  # of 30 rows; in the small database the last page stands in for it
PAGES = {
    "the list, first page": "/ledger/visits/",
    "filtered by way and purpose": "/ledger/visits/?mode=phone&purposes=care",
    "filtered by year": "/ledger/visits/?period={year}",
    "sorted by person": "/ledger/visits/?sort=resident__pinyin",
    f"page {DEEP}": f"/ledger/visits/?page={DEEP}",
    "residents, first page": "/ledger/residents/",
}
LOOKS = {"worker": "one community", "street": "one street"}


def measure(world: World) -> Iterator[Line]:
    from tests.bench.data.sizes import last_day

    with (
        browsers(world.databases, world.full, *LOOKS) as many,
        browsers(world.databases, world.tiny, *LOOKS) as few,
    ):
        for one, other, place in zip(many, few, LOOKS.values(), strict=True):
            for case, path in PAGES.items():
                path = path.format(year=last_day().year - 1)
                ours, small = alternately(
                    world.often(15, 5), partial(one.get, path), partial(other.get, path)
                )
                yield Line(
                    f"{case}, {place}",
                    ours,
                    {"the same with 10,000 records": small},
                    (Ratio("ours ÷ small", ours.p50 / small.p50, BOUND),),
                )
