"""Inspections of 春和镇's villages, what was found, and how 明塘村 mended it (S8-3 … S8-5, S8-14 … S8-16).

The rubric and the rule of scores are made before the rows are read, the scores after it: they are computed.
"""

from collections.abc import Iterator
from datetime import date

from tests.cases.s8_people import GROUPS, VILLAGES, WORST
from tests.cases.s8_places import of

RUBRIC = "村（社区）环境卫生检查评分表"
INSPECTORS = "吴永刚、易小红"
CHECKS = (date(2025, 3, 25), date(2025, 6, 24), date(2025, 9, 23), date(2025, 12, 11))
UNANNOUNCED = date(2025, 11, 18)
PATROLS = (date(2025, 2, 19), date(2025, 5, 14), date(2025, 8, 20), date(2025, 10, 28))
# What is found, as the default rubric calls it: item, fault, type.
ROAD, BINS = "主干道、通村公路路面及两侧", "垃圾池、桶、收集点：破损、满溢、未及时清运"
FAULTS = (
    (ROAD, "散落垃圾", "散落垃圾"),
    (ROAD, "成堆垃圾", "成堆垃圾"),
    (BINS, "未及时清运", "未及时清运"),
    ("水域：河塘沟渠漂浮物、污水直排", "漂浮物", "水面漂浮物"),
)
# A superior's checks: day, level, who, what was found, as (type, occurrences).
SUPERIOR = (
    (date(2025, 7, 22), "区县级", "区生态办暗访组", (("成堆垃圾", 3), ("垃圾池（桶）破损", 2))),
    (
        date(2025, 8, 27),
        "市级",
        "市环境卫生暗访组",
        (("成堆垃圾", 5), ("陈年垃圾", 4), ("垃圾池（桶）满溢", 2), ("未及时清运", 2)),
    ),
)


def sheets() -> dict[str, list[dict]]:
    return {
        "环境卫生检查": list(_inspections()),
        "检查发现的问题": list(_findings()),
        "整改单": _orders(),
        "警告牌": [
            {"出牌日期": date(2025, 9, 3), **of(WORST), "牌色": "黄牌警告"}
            | {"出牌单位": "市环境卫生工作领导小组", "级别": "市级", "整改期限": date(2025, 9, 30)}
            | {"出牌原因": "两次暗访发现成堆垃圾、陈年垃圾，垃圾池破损满溢、清运不及时"}
            | {"销牌日期": date(2025, 10, 10), "销牌说明": "复查 92 分，同意销牌"}
        ],
        "专项整改": [
            {"整改名称": f"{WORST}环境卫生专项整改", **of(WORST), "责任人": "明塘村村委会主任"}
            | {"开始日期": date(2025, 9, 5), "完成日期": date(2025, 9, 22)}
            | {"镇（街）督查": "治理办每日督查", "村（社区）整改": "全面清运，调整保洁分工"}
            | {
                "户保持": "各户门前三包",
                "整改措施": "清除全部成堆垃圾，更换破损垃圾池，调整村级管理制度。",
            }
            | {"整改结果": "全面整改到位", "复查得分": "92"}
        ],
    }


def _inspections() -> Iterator[dict]:
    """One group recommended by the village, one drawn; on the unannounced visit both are named."""
    for turn, day in enumerate((*CHECKS, UNANNOUNCED)):
        for place, village in enumerate(VILLAGES):
            one, other = GROUPS[(place + turn) % 4], GROUPS[(place + turn + 1) % 4]
            if day == UNANNOUNCED:
                groups = {"检查组指定小组": f"{one}、{other}", "公布日期": date(2025, 12, 1)}
            else:
                groups = {"村推荐小组": one, "随机抽取小组": other}
            yield _inspection(day, how_on(day), village) | {"事先通知": "否"} | groups
    for place, village in enumerate(VILLAGES):
        for number, day in enumerate(PATROLS):
            if (place + number) % 3 == 0:
                yield _inspection(day, "常规巡查", village)
    for day, level, who, _ in SUPERIOR:
        yield {
            "日期": day,
            "检查方式": "上级督查",
            **of(WORST),
            "检查人": who,
            "上级级别": level,
            "事先通知": "否",
            "检查内容": "下半年暗访",
            "提交日期": day,
        }


def how_on(day: date) -> str:
    return "暗访" if day == UNANNOUNCED else "季度检查"


def _inspection(day, how, village) -> dict:
    return {
        "日期": day,
        "检查方式": how,
        **of(village),
        "检查人": INSPECTORS,
        "检查评分表": RUBRIC,
        "提交日期": day,
    }


def _findings() -> Iterator[dict]:
    """In a quarter check each village loses by its place; on patrols some are serious."""
    for turn, day in enumerate((*CHECKS, UNANNOUNCED)):
        how = how_on(day)
        for place, village in enumerate(VILLAGES):
            for number, fault in enumerate(FAULTS):
                count = (place * 5 + turn * 3 + number * 2) % 4 + (2 if village == WORST else 0)
                if count:
                    yield _finding(day, how, village, number, fault, count)
    for place, village in enumerate(VILLAGES):
        for number, day in enumerate(PATROLS):
            if (place + number) % 3:
                continue
            yield _finding(day, "常规巡查", village, number, FAULTS[1], 1 + place % 2)
    for day, _, _, found in SUPERIOR:
        for number, (problem, count) in enumerate(found):
            yield _finding(day, "上级督查", WORST, number, ("", "", problem), count)


def _finding(day, how, village, number, fault, count) -> dict:
    item, title, problem = fault
    return {
        "日期": day,
        "检查日期": day,
        "检查方式": how,
        **of(village, GROUPS[number % 4]),
        "评分项目": item,
        "扣分情形": title,
        "问题类型": problem,
        "处数": count,
        "具体位置": f"{village}{GROUPS[number % 4]}",
    }


def _orders() -> list[dict]:
    """Paper orders of the year, most of them closed in time."""
    rows = (
        (1, date(2025, 2, 20), VILLAGES[3], "路边成堆垃圾", date(2025, 2, 27), date(2025, 2, 26)),
        (2, date(2025, 5, 15), VILLAGES[2], "水塘漂浮物", date(2025, 5, 22), date(2025, 5, 21)),
        (
            3,
            date(2025, 7, 23),
            WORST,
            "成堆垃圾 3 处、垃圾池破损 2 处",
            date(2025, 8, 1),
            date(2025, 8, 8),
        ),
        (4, date(2025, 8, 28), WORST, "陈年垃圾 4 处", date(2025, 9, 11), date(2025, 9, 18)),
        (
            5,
            date(2025, 8, 28),
            WORST,
            "垃圾池满溢、未及时清运",
            date(2025, 9, 11),
            date(2025, 9, 10),
        ),
        (6, date(2025, 10, 29), VILLAGES[8], "路边成堆垃圾", date(2025, 11, 5), date(2025, 11, 4)),
        (7, date(2025, 12, 12), VILLAGES[4], "田边散落垃圾", date(2025, 12, 19), None),
    )
    return [
        {"下达日期": day, "整改单编号": f"整改〔2025〕{number}号", **of(village), "问题": problem}
        | {"限期日期": due, "整改责任人": "村保洁组长", "整改要求": "限期清除并保持"}
        | ({"销号日期": closed, "整改结果": "已清除"} if closed else {})
        for number, day, village, problem, due, closed in rows
    ]
