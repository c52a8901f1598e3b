"""The ranking of a quarter drawn: the scores, and who rose or fell since the quarter before."""

from collections.abc import Mapping, Sequence

from portal.charts import Chart, Kind, Series
from sanitation.selectors.scores import Ranked, points_told


def scores_chart(rows: Sequence[Ranked], pages: Mapping[int, str]) -> Chart | None:
    """Bars in the order of the ranking; who has no total has no bar. None where nobody has one."""
    if all(row.total is None for row in rows):
        return None
    series = Series(
        "得分",
        tuple(row.total for row in rows),
        tuple(pages.get(row.community, "") for row in rows),
        tuple(points_told(row.total) for row in rows),
    )
    return Chart(
        Kind.BAR, "得分", tuple(row.name for row in rows), (series,), "分", lead="社区（村）"
    )


def moves_chart(rows: Sequence[Ranked], pages: Mapping[int, str]) -> Chart | None:
    """The places of the quarter before and of this one; None where nobody had a place then."""
    moved = [row for row in rows if row.rank is not None]
    if not any(row.former for row in moved):
        return None
    series = tuple(
        Series(row.name, (row.former, row.rank), ("", pages.get(row.community, "")))
        for row in moved
    )
    return Chart(
        Kind.RANKING,
        "名次变化",
        ("上季度", "本季度"),
        series,
        note="上季度没有名次的，只画本季度。",
    )
