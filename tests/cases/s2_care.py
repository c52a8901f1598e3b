"""S2-23 … S2-29: the needs survey, the agreements with 仁和医院 and its visits, the care subsidy of 23
people, and the story of one of them."""

from collections.abc import Iterator
from datetime import date

from tests.cases.s2_people import CARED_FOR, HERO, REGISTER, SEVERE, named

HOME = "金秋养护院"
MONTHS = tuple(date(2025, month, 1) for month in range(1, 13))
STANDARD = 400
CONSENT_DAY = date(2025, 9, 12)


def sheets() -> dict[str, list[dict]]:
    return {
        "补贴标准": [
            {
                "补贴种类": "养护补贴",
                "每月标准（元）": STANDARD,
                "执行月份": date(2024, 1, 1),
                "资金来源": "市实事工程专项",
                "文件依据": "市残联重残无业人员养护办法",
            },
            {
                "补贴种类": "重度残疾人护理补贴",
                "每月标准（元）": 120,
                "执行月份": date(2024, 1, 1),
                "资金来源": "区财政",
            },
        ],
        "享受补贴": list(_subsidies()),
        "补贴发放": list(_payments()),
        "机构安置": list(_placements()),
        "告知与同意": _consents(),
        "典型案例": _stories(),
    }


def _subsidies() -> Iterator[dict]:
    for name in SEVERE:
        yield {
            **named(name),
            "补贴种类": "重度残疾人护理补贴",
            "残疾等级": REGISTER.by_name[name].level,
            "资格依据": "残疾等级",
            "计发起月": date(2024, 1, 1),
            "最近复核日期": date(2025, 6, 10),
        }
    for name in CARED_FOR:
        yield {
            **named(name),
            "补贴种类": "养护补贴",
            "资格依据": "重残无业",
            "计发起月": date(2024, 7, 1),
            "最近复核日期": date(2025, 6, 10),
        }


def _payments() -> Iterator[dict]:
    """Twelve months for each of the 23: 276 payments of 400 元, 110,400 元."""
    for month in MONTHS:
        for name in CARED_FOR:
            yield {
                "月份": month,
                **named(name),
                "补贴种类": "养护补贴",
                "实发金额（元）": STANDARD,
                "发放日期": month.replace(day=25),
            }


def _placements() -> Iterator[dict]:
    """Seven live in a care home; the others are cared for at home."""
    for name in [HERO, *(name for name in CARED_FOR if name != HERO)][:7]:
        row = {**named(name), "其他机构名称": HOME, "安置类型": "养护", "费用来源": "养护补贴"}
        first = date(2025, 9, 1) if name == HERO else date(2024, 7, 1)
        yield row | {"入住日期": first}


def _consents() -> list[dict]:
    return [
        {
            "日期": CONSENT_DAY,
            **named(HERO),
            "类别": "单独同意",
            "处理目的": "典型案例宣传",
            "个人信息范围": "残疾情况和养护经过，用化名。",
            "方式": "书面",
            "本人不能辨认": "是",
            "监护人": REGISTER.by_name[HERO].guardian[0],
            "监护人与本人关系": REGISTER.by_name[HERO].guardian[1],
            "凭据": "同意书存街道残联档案柜。",
        }
    ]


def _stories() -> list[dict]:
    return [
        {
            "日期": date(2025, 9, 30),
            "标题": "从牵挂到放心",
            **named(HERO),
            "化名": "安某",
            "案例内容": (
                "安某智力重度残疾，母亲年迈、记性渐差，母子相依。助残员多次上门讲解养护政策，"
                "陪同家属实地看了养护院。九月，安某住进养护院，起居有人照料，体重和睡眠都有好转。"
            ),
            "本人或家属的话": "他住得踏实，我也睡得着觉了",
            "说话人": "母亲",
            "同意日期": CONSENT_DAY,
            "写入总结": "是",
        }
    ]
