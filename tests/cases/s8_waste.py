"""Waste of 春和镇: hauled, bought back, posters, the fee, 三分一处 (S8-19 … S8-23, S8-33, S8-34)."""

from collections.abc import Iterator
from datetime import date

from tests.cases.s8_people import GROUPS, SITE, VILLAGES
from tests.cases.s8_places import of

POSTERS = (1820, 1750, 1690, 1640, 1720, 1580, 1760, 1660, 1640)  # 15260 in all
# 抽查户数 and 已粘贴户数 of the third quarter's check.
PASTED = ((40, 26), (40, 39), (40, 31), (40, 34), (40, 33), (40, 36), (40, 35), (40, 32), (40, 29))
SORTING = (68, 95, 80, 84, 82, 90, 88, 81, 74)  # of 100
TARGETS = (2400, 3000, 2400, 2600, 2600, 2800, 2800, 2600, 2400)  # kilograms a year
FEES = (
    (380, 152),
    (420, 399),
    (360, 0),
    (390, 281),
    (370, 266),
    (400, 352),
    (410, 344),
    (380, 247),
    (350, 0),
)
CATEGORIES = (("纸类", "0.8"), ("塑料", "1"), ("金属", "1.6"), ("玻璃", "0.2"))


def sheets() -> dict[str, list[dict]]:
    each = list(enumerate(VILLAGES))
    return {
        "垃圾清运": list(_hauls()),
        "可回收物回购": list(_buybacks()),
        "回购任务": [
            {**of(village), "起始日期": date(2025, 1, 1), "截止日期": date(2025, 12, 31)}
            | {"任务（公斤）": TARGETS[n], "依据文件": "春和镇2025年垃圾分类减量工作方案"}
            for n, village in each
        ],
        "宣传画报发送": [
            {"发送日期": date(2025, 7, 10), "宣传品": "垃圾分类宣传画报", **of(village)}
            | {"数量": POSTERS[n], "签收人": "村文书"}
            for n, village in each
        ],
        "粘贴抽查": [
            {"抽查日期": date(2025, 9, 24), **of(village), "抽查户数": PASTED[n][0]}
            | {"已粘贴户数": PASTED[n][1], "抽查人": "吴永刚"}
            for n, village in each
        ],
        "专项考核": [
            {"考核日期": date(2025, 9, 25), "考核内容": "分类减量", **of(village)}
            | {
                "考核项目": "四分类正确率和减量",
                "抽查户数": 40,
                "得分": str(SORTING[n]),
                "满分": "100",
            }
            for n, village in each
        ],
        "垃圾费标准": [
            {"收费项目": "生活垃圾处理费", "标准（元）": "60", "计费单位": "户·年"}
            | {"依据文件": "春和镇生活垃圾收费实施办法", "执行日期": date(2025, 1, 1)}
        ],
        "垃圾费收缴": [
            {"收费日期": date(2025, 11, 28), **of(village), "垃圾费标准": "生活垃圾处理费"}
            | {"应缴户数": FEES[n][0], "已缴户数": FEES[n][1], "收费人": "村会计"}
            | {"收费金额（元）": str(FEES[n][1] * 60)}
            for n, village in each
        ],
        "三分一处落实情况": list(_sorting()),
    }


def _hauls() -> Iterator[dict]:
    """One trip a month and village; the slips go on through the year. Of 2024 only the totals of each quarter."""
    slip = 0
    for month in range(1, 13):
        for day in (9,):
            for place, village in enumerate(VILLAGES):
                slip += 1
                tare = 3200 + place % 3 * 50
                net = 4200 + (place * 7 + month * 3 + day) % 11 * 90
                yield {
                    "清运日期": date(2025, month, day),
                    **of(village),
                    "垃圾类别": "其他垃圾",
                    "车牌号": f"桂A6{place % 3 + 1}805",
                    "压缩站（处理场）": "春和镇压缩站",
                    "磅单号": f"2025{slip:05d}",
                    "毛重（公斤）": tare + net,
                    "皮重（公斤）": tare,
                    "净重（公斤）": net,
                }
    for place, village in enumerate(VILLAGES):
        for month in (3, 6, 9, 12):
            yield {
                "清运日期": date(2024, month, 28),
                **of(village),
                "垃圾类别": "其他垃圾",
                "车牌号": "桂A61805",
                "压缩站（处理场）": "春和镇压缩站",
                "净重（公斤）": 14200 + place * 300,
            }


def _buybacks() -> Iterator[dict]:
    for place, village in enumerate(VILLAGES):
        for month in (3, 6, 9, 12):
            kind, price = CATEGORIES[(place + month // 3) % 4]
            weight = 520 + place * 20 + month * 8 - (260 if place in (0, 8) else 0)
            yield {
                "回购日期": date(2025, month, 18),
                **of(village),
                "品类": kind,
                "重量（公斤）": str(weight),
                "单价（元/公斤）": price,
                "金额（元）": f"{weight * float(price):.2f}",
                "交售户数": 30 + place,
            }
    yield {
        "回购日期": date(2025, 10, 20),
        **of(SITE),
        "品类": "玻璃",
        "重量（公斤）": "250",
        "金额（元）": "0",
        "兑换物品": "25公斤换白醋一瓶，共10瓶",
        "交售户数": 10,
    }


def _sorting() -> Iterator[dict]:
    for place, village in enumerate(VILLAGES):
        yield {
            **of(village),
            "分户减量": "是",
            "分组分类": "是" if place % 3 else "否",
            "分村收集": "是",
            "处理的合作社": "春和环保合作社" if place != 0 else "",
            "参加户数": 300 + place * 10,
            "起始日期": date(2025, 3, 1),
        }
    yield {**of(SITE, GROUPS[0]), "分户减量": "是", "分组分类": "是", "分村收集": "是"} | {
        "处理的合作社": "春和环保合作社",
        "参加户数": 64,
        "起始日期": date(2025, 3, 1),
    }
