"""One chart of every kind with invented numbers: for the page of parts, and for a look at paper."""

from datetime import date, timedelta

from portal.charts.spec import Chart, Kind, Series
from portal.charts.tiles import tiled

MONTHS = tuple(f"{month}月" for month in range(1, 13))
PLACES = (
    "明珠社区",
    "和平社区",
    "永州市零陵区富家桥镇龙家大村村民委员会环境卫生点",
    "东方红社区",
    "幸福里社区",
    "滨江社区",
)
AGES = ("0–6岁", "7–14岁", "15–17岁", "18–59岁", "60–69岁", "70–79岁", "80岁及以上")
LEVELS = ("一级", "二级", "三级", "四级", "合计")
KINDS = ("视力", "听力", "言语", "肢体", "智力", "精神", "多重")


def wave(count: int, step: int, most: int) -> tuple[int, ...]:
    """Numbers that go up and down without chance: the same on every page."""
    return tuple((n * n * step + 7 * n) % most for n in range(1, count + 1))


def samples() -> list[Chart]:
    visits = Series("走访", wave(12, 5, 97), tuple(f"#{month}" for month in MONTHS))
    help_given = Series("慰问", wave(12, 3, 61))
    by_place = Series("走访", (128, 96, 12580, 0, None, 57))
    days = tuple(str(date(2025, 1, 1) + timedelta(days=n)) for n in range(181))
    levels = [wave(4, number + 2, 19) for number in range(7)]
    sums = tuple(sum(column) for column in zip(*levels, strict=True))
    tables = [(*row, sum(row)) for row in [*levels, sums]]
    ranks = ((1, 2, 2, 1), (2, 1, 3, 3), (3, 5, 5, 6), (4, 3, 1, 2), (5, 6, 4, 4), (6, 4, 6, 5))
    invented = {"measure": "人次", "subtitle": "2025年"}
    return [
        Chart(Kind.BAR, "各月走访", MONTHS, (visits,), **invented),
        Chart(Kind.BAR, "各社区走访", PLACES, (by_place,), **invented, lead="社区"),
        Chart(Kind.LINE, "走访和慰问", MONTHS, (visits, help_given), **invented),
        Chart(Kind.STACKED, "走访的方式", MONTHS[:6], _parts(("入户", "电话", "到站")), **invented),
        Chart(
            Kind.HEAT,
            "各社区的工作",
            ("走访", "慰问", "宣传", "培训"),
            tuple(Series(name, wave(4, n + 3, 110)) for n, name in enumerate(PLACES)),
            subtitle="2025年",
            note="每列按自己的大小着色。",
            lead="社区",
            per_column=True,
        ),
        Chart(
            Kind.MATRIX,
            "残疾类别和等级",
            LEVELS,
            tuple(Series(name, row) for name, row in zip((*KINDS, "合计"), tables, strict=True)),
            measure="人",
            lead="类别",
        ),
        Chart(Kind.PYRAMID, "年龄和性别", AGES, _sides(), measure="人", lead="年龄"),
        Chart(Kind.CALENDAR, "每天的走访", days, (Series("走访", wave(181, 11, 23)),), **invented),
        Chart(Kind.MULTIPLES, "各社区各月走访", MONTHS, _panels(), **invented),
        Chart(
            Kind.RANKING,
            "季度名次",
            ("一季度", "二季度", "三季度", "四季度"),
            tuple(Series(name, row) for name, row in zip(PLACES, ranks, strict=True)),
        ),
        Chart(
            Kind.PLAN,
            "各社区走访",
            PLACES,
            (Series("走访", (128, 96, 43, 0, None, 57)),),
            **invented,
            outlines=tiled(len(PLACES)),
            lead="社区",
        ),
        Chart(Kind.SPARK, "近12个月", MONTHS, (visits,), **invented),
        Chart(Kind.BAR, "没有记录的指标", MONTHS, (Series("走访", (None,) * 12),), **invented),
    ]


def _parts(names) -> tuple[Series, ...]:
    return tuple(Series(name, wave(6, n + 2, 31)) for n, name in enumerate(names))


def _sides() -> tuple[Series, ...]:
    return (
        Series("男", (231, 402, 188, 2304, 611, 340, 122)),
        Series("女", (219, 377, 170, 2251, 640, 398, 187)),
    )


def _panels() -> tuple[Series, ...]:
    return tuple(Series(name, wave(12, n + 2, 60)) for n, name in enumerate(PLACES))
