"""The street's board over all records, through the engine's call and over HTTP."""

from collections.abc import Iterator
from datetime import date

from tests.bench.browsing import acting, browsers
from tests.bench.data.sizes import last_day
from tests.bench.results import Line, Ratio
from tests.bench.timing import Sample, alternately, times
from tests.bench.world import World

FASTER, PER_LIMIT, GROWTH = 150, 2, 1.2
TILES = (
    "visits.person_times",
    "visits.home",
    "visits.phone",
    "assistance.amount",
    "activities.times",
    "activities.participants",
    "handouts.quantity",
)
NO_CELLS = "the figures have no cells yet, they are counted live"


def measure(world: World) -> Iterator[Line]:
    ours, live = _engine(world, world.full, with_live=True)
    [fewer] = _engine(world, world.tenth)
    limit = _cells(world)
    over = Ratio("ours ÷ the cells", None, PER_LIMIT, reason=str(limit))
    if isinstance(limit, Sample):
        over = Ratio("ours ÷ the cells", ours.p50 / limit.p50, PER_LIMIT)
    yield Line(
        f"{len(TILES)} tiles of a year by month, the district's {world.size.communities} communities, by the engine",
        ours,
        {"one live GROUP BY per tile": live, "a tenth of the records": fewer, "the cells": limit},
        (
            Ratio("live ÷ ours", live.p50 / ours.p50, FASTER, at_least=True),
            over,
            Ratio("all ÷ a tenth", ours.p50 / fewer.p50, GROWTH),
        ),
    )
    path = f"/boards/residents/?period={last_day().year - 1}"
    with (
        browsers(world.databases, world.full, "street") as [many],
        browsers(world.databases, world.tenth, "street") as [few],
    ):
        whole, part = alternately(world.often(9, 3), lambda: many.get(path), lambda: few.get(path))
    yield Line(
        "the street's board of residents, over HTTP",
        whole,
        {"a tenth of the records": part},
        (Ratio("all ÷ a tenth", whole.p50 / part.p50, GROWTH),),
    )


def _codes() -> list[str]:
    from portal.figures import figures

    return [code for code in TILES if code in figures]


def _engine(world: World, database: str, *, with_live: bool = False) -> list[Sample]:
    """The engine's call, and the same numbers counted live tile by tile; both must agree."""
    from portal.figures import together
    from portal.periods import Period

    year = Period.year_of(date(last_day().year - 1, 1, 1))
    codes = _codes()
    with acting(database, "district") as user:
        from portal.scope import access_of

        units = access_of(user).units("figures.view")

        def asked():
            return together.by_month(codes, units, year)

        def counted():
            return {code: live(code, units, year) for code in codes}

        if not with_live:
            return [times(world.often(7, 3), asked)]
        told, truth = asked(), counted()
        for code in codes:
            found = {(m.start.year, m.start.month): r.value for m, r in told[code] if r.value}
            if found != {key: value for key, value in truth[code].items() if value}:
                raise AssertionError(f"{code}: the engine and a live count differ")
        return alternately(world.often(7, 3), asked, counted, warm=0)


def live(code: str, units, period) -> dict:
    """One GROUP BY over the figure's rows, whatever the engine keeps ready."""
    from django.db.models.functions import ExtractMonth, ExtractYear

    from portal.figures import figures
    from portal.figures.engine import counted_rows, grouped

    figure = figures[code]
    rows = counted_rows(figure, period).filter(**{f"{figure.unit}__in": units})
    rows = rows.annotate(_year=ExtractYear(figure.date), _month=ExtractMonth(figure.date))
    return grouped(figure, rows, period, "_year", "_month")


def _cells(world: World) -> Sample | str:
    """A plain read of the cells that the tiles need, without policies; what the engine adds is checking."""
    last = last_day().year - 1
    with world.databases.connected("backup", world.full) as reader:
        [(table,)] = reader.execute("SELECT to_regclass('portal_figurecell')::text").fetchall()
        if table is None:
            return NO_CELLS
        units = [row[0] for row in reader.execute("SELECT id FROM portal_unit").fetchall()]
        years = [date(last, 1, 1), date(last, 12, 1)]
        return times(
            world.often(15, 5),
            lambda: reader.execute(_READ, [list(TILES), units, *years]).fetchall(),
        )


_READ = """
    SELECT d.key, c.month, sum(c.value) FROM portal_celldefinition d
    JOIN portal_figurecell c ON c.definition_id = d.id
    WHERE split_part(d.key, '@', 1) = ANY(%s) AND c.unit_id = ANY(%s) AND c.month BETWEEN %s AND %s
    GROUP BY 1, 2
"""
