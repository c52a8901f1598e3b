"""What 幸福社区 did for its disabled residents in 2025 (domain §7 S1), as its clerk wrote it down."""

from collections.abc import Iterator
from datetime import date

from tests.cases.s1_people import VISITED, named
from tests.cases.visiting import days

# Visits of each month of 2025: 129 at home and 63 by phone.
HOME = (13, 9, 11, 10, 14, 10, 10, 9, 11, 10, 11, 11)
PHONE = (4, 6, 5, 5, 4, 6, 6, 7, 5, 5, 5, 5)
STAFF = ("陈彩霞（残疾人专职委员）", "陈彩霞、麦志勇")
FURTHER = ("关爱帮扶", "健康康复", "政策宣传", "了解近况")
AT_HOME = {
    "视力": (
        "家中物品摆放固定，独自起居基本无碍，盲杖仍可使用。",
        "讲解公交免费乘车卡年审办法，答应代为办理。",
    ),
    "听力": (
        "以纸笔交谈，助听器已用满五年，登记更换需求。",
        "家中已装闪光门铃，使用正常，情绪开朗。",
    ),
    "言语": ("以手势和文字交谈，日常沟通由家人协助。", "询问就业打算，愿意参加电脑录入培训。"),
    "肢体": (
        "下肢活动不便，轮椅刹车松动，登记维修。",
        "卫生间扶手已装好，试用稳固，本人满意。",
        "由家人协助做关节活动，约定月底看康复进展。",
        "了解护理补贴到账情况，已按月收到。",
    ),
    "智力": (
        "由监护人陪同交谈，日常可自己穿衣吃饭。",
        "监护人希望白天有人照看，介绍日间照料服务。",
    ),
    "精神": ("按时服药，情绪平稳，监护人反映睡眠好转。", "与监护人核对复诊日期，提醒按时取药。"),
}
BY_PHONE = (
    "电话询问近况，身体尚可，没有新的困难。",
    "电话告知补贴政策有调整，会带材料来社区办理。",
    "电话提醒天气变化，注意防滑保暖。",
    "电话了解康复训练情况，表示能坚持。",
    "电话回访上次登记的需求，已经解决。",
)
FOLLOW_UP = ("联系辅具服务站上门", "下月再访", "代交年审材料")

INSURANCE = (
    ("何秀珍", date(2025, 2, 20), "低保", "已批准", date(2025, 3, 4)),
    ("范素琴", date(2025, 3, 5), "特困", "已批准", date(2025, 3, 18)),
    ("许志伟", date(2025, 4, 16), "低保边缘", "已批准", date(2025, 4, 29)),
    ("尤秀云", date(2025, 9, 11), "低保", "已批准", date(2025, 9, 24)),
    ("雷鸣春", date(2025, 11, 25), "其他困难", "办理中", ""),
)
STARTUP, PARENTS, BOOTH = (
    "一人学、众人会暨创办自己的小店培训班",
    "脑瘫儿童家长康复培训班",
    "助残日街头宣传咨询",
)
STARTUP_DAY, PARENTS_DAY, BOOTH_DAY = date(2025, 3, 10), date(2025, 5, 11), date(2025, 5, 15)


def visits() -> list[dict]:
    return sorted([*_at_home(), *_by_phone()], key=lambda row: (row["日期"], row["方式"]))


def _at_home() -> Iterator[dict]:
    for number, day in enumerate(days(HOME)):
        person = VISITED[number % len(VISITED)]
        words = AT_HOME[person.components[:2]]
        yield {
            "日期": day,
            **named(person.name),
            "方式": "入户",
            "目的": f"残疾人需求、{FURTHER[number % 4]}",
            "走访人": STAFF[number % 2],
            "情况记录": words[number // len(VISITED) % len(words)],
            "后续事项": FOLLOW_UP[number % 3] if number % 9 == 0 else "",
        }


def _by_phone() -> Iterator[dict]:
    for number, day in enumerate(days(PHONE)):
        # Another order than that of the home visits, so that few are met twice in one month.
        person = VISITED[(number * 5 + 29) % len(VISITED)]
        yield {
            "日期": day,
            **named(person.name),
            "方式": "电话",
            "目的": "了解近况",
            "走访人": STAFF[0],
            "情况记录": BY_PHONE[number % len(BY_PHONE)],
        }


def care_tags() -> list[dict]:
    return [
        named(name) | {"类别": kind, "认定日期": date(2023, 7, 1), "依据": "街道民政办认定"}
        for name, _, kind, _, _ in INSURANCE
        if kind != "其他困难"
    ]


def insurance() -> list[dict]:
    return [
        {"日期": day, **named(name), "困难类别": poverty, "经办人": "陈彩霞"}
        | {"结果": state, "办结日期": decided}
        for name, day, poverty, state, decided in INSURANCE
    ]


def assistance() -> list[dict]:
    return [
        {
            "日期": date(2025, 1, 6),
            **named("范素琴"),
            "类别": "慰问",
            "节日": "春节",
            "慰问（捐助）单位": "市残联",
            "陪同人员": "社区残协、街道民政办",
            "金额（元）": 500,
            "物品": "大米一袋、食用油一桶",
            "资金来源": "市残联春节慰问金",
            "写入总结": "是",
        }
    ]


def activities() -> list[dict]:
    return [
        {
            "日期": STARTUP_DAY,
            "活动名称": STARTUP,
            "类型": "培训",
            "地点": "市残疾人就业服务中心",
            "主办和协办单位": "市残联、市就业局",
            "内容": "讲开店选址、进货记账和小额贷款办法，社区组织三名残疾人参加。",
            "写入总结": "是",
        },
        {
            "日期": PARENTS_DAY,
            "活动名称": PARENTS,
            "类型": "培训",
            "地点": "市残疾人康复中心",
            "主办和协办单位": "市残联",
            "内容": "讲家庭康复训练和情绪疏导。",
            "写入总结": "是",
        },
        {
            "日期": BOOTH_DAY,
            "活动名称": BOOTH,
            "类型": "宣传",
            "主题日": "全国助残日",
            "地点": "中街",
            "主办和协办单位": "市残联",
            "参加人次": 140,
            "咨询人次": 86,
            "口号": "搭一把手，同走一程",
            "内容": "讲康复知识和补贴政策，解答提问，发放资料。",
            "写入总结": "是",
        },
    ]


def trainings() -> list[dict]:
    startup = {"日期": STARTUP_DAY, "活动名称": STARTUP}
    rows = [
        startup | named(name) | {"参加者": "本人", "结果": "结业"}
        for name in ("潘启文", "凌志超", "涂小芬")
    ]
    mother = {"参加者": "家属", "家属姓名": "欧阳慧敏", "与居民关系": "母亲", "结果": "结业"}
    rows.append({"日期": PARENTS_DAY, "活动名称": PARENTS, **named("欧阳一诺"), **mother})
    return rows


def handouts() -> list[dict]:
    return [
        {
            "日期": BOOTH_DAY,
            "宣传品": material,
            "数量": quantity,
            "计量单位": "份",
            "活动名称": BOOTH,
            "发放对象": "过往居民",
            "计入工作": "残疾人工作",
        }
        for material, quantity in (("残疾人康复知识手册", 120), ("残疾人补贴政策一页通", 80))
    ]
