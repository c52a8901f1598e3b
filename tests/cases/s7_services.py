"""S7-1 … S7-5, S7-8 and S7-10: who was asked, advised and served, with which plan and which devices."""

from collections.abc import Iterator
from datetime import date, timedelta

from tests.cases.needs import ask, met, surveys
from tests.cases.office import OURS
from tests.cases.s7_conditions import LEAD, NURSE, PARAPLEGICS, THERAPIST, WEAK_LIMBS
from tests.cases.s7_people import DISABLED, NAMES, named, with_components
from tests.cases.visiting import visits

BLIND = with_components("视力一级", "视力二级")
DEAF = with_components("听力二级", "言语三级")
OF_INTELLECT, OF_MIND = with_components("智力三级"), with_components("精神二级")
PLANS = (
    ("截瘫", PARAPLEGICS, "预防并发症，保持关节活动度。", "定时翻身、关节被动活动、饮食饮水指导。"),
    ("视力", BLIND, "独立完成日常起居。", "生活习惯训练，盲杖等辅助器具使用。"),
    ("肢体", WEAK_LIMBS, "改善肢体功能。", "功能训练、关节训练、定期物理治疗。"),
    ("听力/言语", DEAF, "顺畅交流。", "手语学习，正确佩戴助听器。"),
)
SERVICES = (
    # Of whom, what, how often in the year, by whom.
    (PARAPLEGICS, "心理疏导", "入户", 2, LEAD),
    (PARAPLEGICS, "护理指导", "入户", 4, NURSE),
    (BLIND, "生活能力训练", "入户", 3, THERAPIST),
    (BLIND, "定向行走训练", "入户", 2, THERAPIST),
    (WEAK_LIMBS, "功能训练", "机构", 4, THERAPIST),
    (DEAF, "听力言语训练", "机构", 2, "施婉清"),
    (OF_INTELLECT, "生活能力训练", "机构", 2, THERAPIST),
    (OF_MIND, "用药指导", "入户", 4, NURSE),
)
ASKED = ask(
    DISABLED,
    {
        "视力": "功能训练、辅助器具",
        "听力": "辅助器具",
        "言语": "训练指导",
        "肢体": "康复医疗、护理",
        "智力": "支持性服务",
        "精神": "药物",
    },
    first=date(2025, 1, 6),
    a_day=4,
    content=lambda number: number % 9 == 4,
)
PROBLEMS = 46
SOLVED = 39


def sheets() -> dict[str, list[dict]]:
    return {
        "需求调查": list(surveys(ASKED, named, (LEAD, NURSE))),
        "康复需求": list(met(ASKED, named, open_still=lambda number: number % 6 == 0)),
        "问题事项": list(_problems()),
        "残疾人走访": _visits(),
        "健康咨询": list(_consultations()),
        "康复方案": list(_plans()),
        "方案复评": list(_reviews()),
        "康复服务": list(_services()),
    }


def _problems() -> Iterator[dict]:
    titles = (
        ("家中如厕不便", "生活困难"),
        ("压疮反复", "就医康复"),
        ("盲杖损坏", "就医康复"),
        ("训练器械不足", "就医康复"),
        ("助听器啸叫", "就医康复"),
        ("复诊交通不便", "生活困难"),
    )
    for number in range(PROBLEMS):
        title, kind = titles[number % len(titles)]
        day = date(2025, 1, 20) + timedelta(days=number * 5)
        row = {
            "日期": day,
            "问题": title,
            "类别": kind,
            "来源": "走访",
            **named(NAMES[number * 2]),
            "责任人": (LEAD, NURSE, THERAPIST)[number % 3],
        }
        if number < SOLVED:
            done = day + timedelta(days=14)
            row |= {"状态": "已解决", "办结日期": done, "答复日期": done}
            row |= {"办理结果": "已上门处理并回访。"}
        else:
            row |= {"状态": "办理中"}
        yield row | OURS


def _visits() -> list[dict]:
    counts = (10, 8, 10, 9, 10, 9, 8, 9, 10, 9, 9, 9)
    found = visits(
        named,
        NAMES,
        counts,
        mode="入户",
        staff=(LEAD, NURSE),
        words=("核对普查信息，面谈健康状况。", "查看家庭训练情况，指导动作。"),
        purposes=("健康康复", "残疾人需求"),
    )
    return list(found)


def _consultations() -> Iterator[dict]:
    for number in range(64):
        yield {
            "日期": date(2025, 2 + number % 10, 4 + number // 4),
            **named(NAMES[number]),
            "咨询内容": ("康复指导", "用药指导", "心理健康")[number % 3],
            "咨询医护": (LEAD, THERAPIST)[number % 2],
            "建议": "按方案坚持训练，定期复诊。",
            **OURS,
        }


def _planned() -> Iterator[tuple[int, str, str, tuple[str, str]]]:
    number = 0
    for group, people, goals, measures in PLANS:
        for name in people:
            yield number, name, group, (goals, measures)
            number += 1


def _plans() -> Iterator[dict]:
    for number, name, group, (goals, measures) in _planned():
        day = date(2025, 1, 8) + timedelta(days=number // 4)
        yield {
            **named(name),
            "方案类别": group,
            "制订日期": day,
            "制订人": LEAD,
            "康复目标": goals,
            "康复措施": measures,
            "开始日期": day,
        }


def _reviews() -> Iterator[dict]:
    """Every second plan was reviewed; two of three of these went better."""
    for number, name, group, _ in _planned():
        if number % 2 == 0:
            yield {
                "日期": date(2025, 9, 1) + timedelta(days=number // 2),
                **named(name),
                "方案类别": group,
                "进展": "持平" if number % 6 == 4 else "好转",
                "复评人": LEAD,
            }


def _services() -> Iterator[dict]:
    for people, kind, mode, often, staff in SERVICES:
        for turn in range(often):
            for number, name in enumerate(people):
                yield {
                    "日期": date(2025, 2 + (number * 5 + turn * 3) % 11, 1 + number % 28),
                    **named(name),
                    "服务项目": kind,
                    "方式": mode,
                    "服务人员": staff,
                    "时长（分钟）": 30,
                    "效果": ("有所好转", "明显好转")[(number + turn) % 2],
                }
