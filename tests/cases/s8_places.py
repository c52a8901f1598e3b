"""Points, key units, representatives and the cleaners of 春和镇, with their grids and trainings."""

from collections.abc import Iterator
from datetime import date

from tests.cases.invented import SURNAMES, Inventor
from tests.cases.register import id_number
from tests.cases.s8_people import GROUPS, SITE, VILLAGES

SURVEYED = date(2025, 8, 12)
TRAININGS = (
    ("保洁员垃圾分类知识培训", date(2025, 9, 16), 34),
    ("入户宣传方法培训", date(2025, 11, 13), 33),
)


def of(village: str, group: str = "") -> dict:
    return {"社区（村）": village} | ({"网格（小组）": group} if group else {})


def _cleaners() -> Iterator[dict]:
    """One for each grid of each village, and a second one in the first grid of 金岭村."""
    inventor = Inventor()
    places = [(village, group) for village in VILLAGES for group in GROUPS] + [(SITE, GROUPS[0])]
    for number, (village, group) in enumerate(places):
        inventor._made = number * 5
        sex = "女" if number % 3 == 0 else "男"
        surname = SURNAMES[(number * 19 + 3) % len(SURNAMES)]
        born = date(1955 + number * 7 % 24, 1 + number * 5 % 12, 1 + number * 11 % 28)
        yield {
            "姓名": inventor.name(surname, sex),
            "性别": sex,
            "出生日期": born,
            "证件类型": "居民身份证",
            "证件号码": id_number("449909", born, 2 * number + (sex == "男")),
            "联系电话": f"1990909{number:04d}",
            "用工方式": ("专职", "兼职", "环保合作社")[number % 3],
            "月报酬（元）": str(1200 + number % 4 * 100),
            "配发工具": "手推车、扫帚、火钳",
            "上岗日期": date(2025, 1, 1) if number % 9 else date(2025, 8, 1),
            "group": group,
            **of(village),
        }


CLEANERS = list(_cleaners())


def _named(cleaner: dict) -> dict:
    return {label: cleaner[label] for label in ("姓名",)} | of(cleaner["社区（村）"])


def sheets() -> dict[str, list[dict]]:
    return {
        "检查点位": list(_points()),
        "重点单位": _key_units(),
        "环境卫生代表": _representatives(),
        "保洁员": [{k: v for k, v in row.items() if k != "group"} for row in CLEANERS],
        "保洁网格责任": [
            {**_named(row), "网格（小组）": row["group"], "责任区域": f"{row['group']}道路和收集点"}
            | {"起始日期": max(row["上岗日期"], date(2025, 1, 1))}
            for row in CLEANERS
        ],
        "保洁员请假": [
            {**_named(CLEANERS[3]), "类别": "病假", "请假起": date(2025, 6, 2)}
            | {"请假止": date(2025, 6, 20), "顶岗人": CLEANERS[2]["姓名"]}
        ],
        "保洁员培训": [
            {"日期": day, "培训名称": title, "地点": "镇政府会议室", "参加人次": count}
            | {"学时": 3, "计入工作": "环境卫生"}
            for title, day, count in TRAININGS
        ],
        "保洁员参训": [
            {"日期": day, "培训名称": title, **_named(row)}
            for title, day, count in TRAININGS
            for row in CLEANERS[:count]
        ],
    }


def _points() -> Iterator[dict]:
    kinds = (("主干道", "主次干道、通村公路"), ("垃圾池", "垃圾池、桶、收集点"), ("水塘", "水域"))
    for village in VILLAGES:
        for (name, kind), group in zip(kinds, GROUPS, strict=False):
            yield (
                {"点位名称": f"{village.removesuffix('村')}{name}", "类别": kind}
                | of(village, group)
                | {"责任人": "村保洁组长", "设立日期": date(2025, 1, 1)}
            )
    yield {"点位名称": "集镇主街", "类别": "集镇、主街", **of(SITE), "设立日期": date(2025, 1, 1)}


def _key_units() -> list[dict]:
    units = (
        ("春和水泥制品厂", "工矿企业", 2),
        ("和田食品加工有限公司", "工矿企业", 3),
        ("春和农贸市场", "市场、商场", 1),
        ("洞口生猪养殖场", "养殖场", 8),
        ("春和镇中心小学", "学校", 1),
        ("春和镇卫生院", "医疗机构", 1),
    )
    return [
        {"单位名称": name, "类别": kind, **of(VILLAGES[place])}
        | {"重点问题": "门前三包和垃圾自行清运", "列入日期": date(2025, 3, 3)}
        for name, kind, place in units
    ]


def _representatives() -> list[dict]:
    names = ("卜正良", "尹菊香", "熊立本", "苗翠云", "路金保", "纪冬秀")
    return [
        {"姓名": name, "身份": "乐和代表", **of(SITE, GROUPS[number % 2])}
        | {"负责的户和范围": f"第{number + 1}片 8 户", "任职日期": date(2025, 2, 18)}
        for number, name in enumerate(names)
    ]
