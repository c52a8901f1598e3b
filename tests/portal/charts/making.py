"""Charts of every kind from the same numbers, and what their pictures say."""

from datetime import date, timedelta

from lxml import etree

from portal.charts import Chart, Kind, Series
from portal.charts.tiles import tiled
from portal.models import Unit
from portal.models.units import UnitKind
from tests.conftest import as_command

SVG = "{http://www.w3.org/2000/svg}"
LONG = "永州市零陵区富家桥镇龙家大村村民委员会环境卫生点甲"  # 25 characters
TWO_SIDED = {Kind.PYRAMID}
ONE = {Kind.CALENDAR, Kind.PLAN, Kind.SPARK}


def days(count: int) -> tuple[str, ...]:
    return tuple(str(date(2025, 1, 1) + timedelta(days=n)) for n in range(count))


def of_kind(kind, values, names=None, *, rows: int = 2, **further) -> Chart:
    """A chart of this kind in which every series has these values."""
    kind = Kind(kind)
    count = 1 if kind in ONE else 2 if kind in TWO_SIDED else rows
    if kind is Kind.CALENDAR:
        names = days(len(values))
    names = names or tuple(f"第{n}村" for n in range(len(values)))
    series = tuple(Series(f"甲{n}", tuple(values)) for n in range(count))
    if kind is Kind.PLAN:
        further["outlines"] = tiled(len(values))
    return Chart(kind, "走访", tuple(names), series, measure="人次", **further)


def words(picture: str) -> list[str]:
    """The texts of a picture in the order in which they are drawn; it must be well formed."""
    root = etree.fromstring(picture.encode())
    return [element.text or "" for element in root.iter(f"{SVG}text")]


def items(chart: Chart) -> list[list[dict]]:
    """What ECharts draws of each series of the chart."""
    spec = chart.spec()
    series = spec["option"]["series"]
    parts = spec.get("parts", 1)
    return [
        [value for part in series[row * parts : (row + 1) * parts] for value in part["data"]]
        for row in range(spec["rows"])
    ]


def found_community(street) -> None:
    """A third community of the street."""
    with as_command():
        Unit.objects.create(
            kind=UnitKind.COMMUNITY, code="440103001009", name="新设社区", parent=street
        )
