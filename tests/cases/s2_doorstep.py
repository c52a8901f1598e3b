"""S2-14 and S2-23 … S2-27: the needs survey from door to door, plans for blind people, and what 仁和医院
does for the 146 people who signed."""

from collections.abc import Iterator
from datetime import date, timedelta

from tests.cases.needs import ask, met, surveys
from tests.cases.s2_network import HOSPITAL
from tests.cases.s2_people import BLIND, DISABLED, SIGNED, named

HELPERS = ("季春华", "包美芳", "左志强", "应月琴", "宗爱民", "路小妹")
# Four were away when the helpers came; sixty-two of those asked need nothing.
SURVEYED = DISABLED[:-4]
BY_CATEGORY = {
    "视力": "功能训练、辅助器具",
    "听力": "辅助器具",
    "言语": "训练指导",
    "肢体": "康复医疗、训练指导",
    "智力": "支持性服务",
    "精神": "药物、心理疏导",
}
ASKED = ask(
    SURVEYED,
    BY_CATEGORY,
    first=date(2025, 4, 14),
    a_day=8,
    content=lambda number: number % 5 == 3,
)
AGREED = "检查评估、康复治疗、功能训练"
SIGNED_ON = date(2024, 3, 4)
UNTIL = date(2026, 2, 28)
ROUNDS = {
    2024: (4, 10),
    2025: (2, 6, 11),
}  # months in which the doctors came to everyone who signed
BEYOND = ("饮食卫生指导", "慢性病康复指导", "健康档案随访")


def sheets() -> dict[str, list[dict]]:
    return {
        "需求调查": list(surveys(ASKED, named, HELPERS)),
        "康复需求": list(met(ASKED, named, open_still=lambda number: number % 7 == 0)),
        "康复方案": list(_plans()),
        "康复签约": list(_agreements()),
        "康复服务": list(_visits()),
    }


def _plans() -> Iterator[dict]:
    """One for each blind person, made after the training in June."""
    for number, name in enumerate(BLIND):
        yield {
            **named(name),
            "方案类别": "视力（定向行走）",
            "制订日期": date(2025, 6, 23) + timedelta(days=number),
            "制订人": "施婉清",
            "康复目标": "独自走到小区门口和公交站。",
            "康复措施": "盲杖技巧、路线熟悉、声音定位，每周一次。",
            "开始日期": date(2025, 7, 14),
        }


def _agreements() -> Iterator[dict]:
    for number, name in enumerate(SIGNED):
        yield {
            "签约日期": SIGNED_ON + timedelta(days=number // 10),
            **named(name),
            "服务机构": HOSPITAL,
            "约定项目": AGREED,
            "服务次数": 1,
            "次数按": "每季度",
            "有效期至": UNTIL,
        }


def _visits() -> Iterator[dict]:
    kinds = AGREED.split("、")
    for year, months in ROUNDS.items():
        for turn, month in enumerate(months):
            for number, name in enumerate(SIGNED):
                beyond = number % 6 == turn
                kind = BEYOND[number // 6 % 3] if beyond else kinds[(number + turn) % 3]
                yield {
                    "日期": date(year, month, 3 + number // 6),
                    **named(name),
                    "服务项目": kind,
                    "方式": "入户",
                    "服务机构": HOSPITAL,
                    "服务人员": "仁和医院康复科医生",
                    "时长（分钟）": 40,
                    "效果": ("有所好转", "明显好转", "没有变化")[(number + turn) % 3],
                }
