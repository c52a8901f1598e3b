"""Plans of units: by the outlines that were uploaded, or as tiles in the order of their codes."""

from collections.abc import Sequence

from portal.charts import Chart, Kind, Series
from portal.charts.outlines import Outline
from portal.charts.tiles import tiled
from portal.models import UnitOutline

UPLOADED = "按上传的轮廓绘制，只示意相对位置。"
SCHEMATIC = "示意图：方块按代码排列，不表示实际位置和大小。"


def plan(
    title: str,
    units: Sequence[tuple[int, str]],
    series: Series,
    *,
    drawn: Sequence[Outline] = (),
    **further,
) -> Chart:
    """The units, as (key, name), shaded by the numbers of ``series`` in the same order; ``drawn`` in place
    of the outlines that are stored."""
    outlines, note = (tuple(drawn), UPLOADED) if drawn else outlines_of([pk for pk, _ in units])
    names = tuple(name for _, name in units)
    return Chart(
        Kind.PLAN, title, names, (series,), outlines=outlines, note=note, lead="单位", **further
    )


def outlines_of(units: Sequence[int]) -> tuple[tuple[Outline, ...], str]:
    """How the units are drawn, and what a reader must know of it. Tiles unless each has an outline on one
    and the same plan."""
    found = UnitOutline.objects.filter(unit__in=units).values_list(
        "unit", "unit__parent", "polygons"
    )
    uploaded = {pk: (parent, polygons) for pk, parent, polygons in found}
    if set(units) == set(uploaded) and len({parent for parent, _ in uploaded.values()}) == 1:
        return tuple(outline_of(uploaded[pk][1]) for pk in units), UPLOADED
    return tiled(len(units)), SCHEMATIC


def outline_of(polygons) -> Outline:
    """From lists, as JSON holds it."""
    return Outline(
        tuple(tuple(tuple((x, y) for x, y in ring) for ring in polygon) for polygon in polygons)
    )
