"""S7-4 … S7-7, S7-9 and S7-11: what was treated, advised and trained, and how it turned out."""

from collections.abc import Iterator
from datetime import date

from tests.cases.s7_people import PARAPLEGIA, named, with_components

PARAPLEGICS = with_components(PARAPLEGIA)
WEAK_LIMBS = [*with_components("肢体二级"), *with_components("肢体三级")]
LEAD, NURSE, THERAPIST = "柏雪琴", "岑桂芳", "祁文华"
# Nine had a complication when the year began, four more fell ill within it; two are ill at its end.
KINDS = ("便秘", "压疮", "泌尿系感染")
BEFORE = tuple(enumerate(PARAPLEGICS))
WITHIN = ((1, "泌尿系感染", 5), (4, "压疮", 7), (6, "便秘", 8), (8, "泌尿系感染", 10))
# Chronic bed rest: who of the nine is not yet free of it.
STILL_ILL = PARAPLEGICS[7:8]
BY = {"评定人": LEAD}


def sheets() -> dict[str, list[dict]]:
    return {
        "并发症": _complications(),
        "治疗": list(_treatments()),
        "护理指导": list(_advice()),
        "照护人指导": list(_carers()),
        "治疗预约": list(_appointments()),
        "效果评定": list(_outcomes()),
    }


def _complications() -> list[dict]:
    rows = []
    for number, name in BEFORE:
        row = {**named(name), "并发症": KINDS[number % 3], "程度": ("轻", "中")[number % 2]}
        row |= {"发现日期": date(2024, 9 + number % 4, 6 + number)}
        if name not in STILL_ILL:
            row |= {"消除日期": date(2025, 2 + number % 6, 18)}
        rows.append(row | {"处理措施": "对症治疗，调整护理。"})
    for number, kind, month in WITHIN:
        row = {**named(PARAPLEGICS[number]), "并发症": kind, "程度": "轻"}
        row |= {"发现日期": date(2025, month, 12)}
        if month < 10:
            row |= {"消除日期": date(2025, month + 1, 20)}
        rows.append(row | {"处理措施": "及时处理，随访观察。"})
    return rows


def _treatments() -> Iterator[dict]:
    methods = {
        "便秘": "腹部按摩，调整饮食和排便时间",
        "压疮": "清创换药，使用气垫床",
        "泌尿系感染": "抗感染治疗，指导饮水和清洁导尿",
    }
    for number, name in BEFORE:
        for turn in range(3):
            yield {
                "日期": date(2025, 1 + turn, 8 + number),
                **named(name),
                "治疗措施": methods[KINDS[number % 3]],
                "效果": ("症状减轻", "明显好转", "稳定")[turn],
                "医护人员": LEAD,
            }


def _advice() -> Iterator[dict]:
    for turn in range(2):
        for number, name in enumerate(PARAPLEGICS):
            yield {
                "日期": date(2025, 3 + 5 * turn, 10 + number),
                **named(name),
                "指导内容": "饮食、排泄、翻身、按摩、改正不良习惯",
                "指导对象": "本人、家属",
                "指导人": NURSE,
            }


def _carers() -> Iterator[dict]:
    for number, name in enumerate(PARAPLEGICS):
        yield {
            "日期": date(2025, 4, 7 + number),
            **named(name),
            "照护人": f"{name[0]}家属",
            "与居民关系": ("配偶", "子女")[number % 2],
            "学习内容": "翻身、按摩、皮肤护理",
            "指导人": NURSE,
            "已掌握": "是" if number != 5 else "",
        }


def _appointments() -> Iterator[dict]:
    """Ten a month for people with weak limbs: 120, of whom 111 came, 6 did not and 3 called off."""
    for month in range(1, 13):
        for number in range(10):
            turn = (month - 1) * 10 + number
            name = WEAK_LIMBS[turn % len(WEAK_LIMBS)]
            state, note = "已到", ""
            if turn % 20 == 13:
                state, note = "未到", "家中有事没有来，已改约。"
            elif turn % 40 == 38:
                state, note = "取消", "天气不好，电话取消。"
            yield {
                "预约日期": date(2025, month, 5 + 2 * number),
                **named(name),
                "治疗项目": ("物理治疗", "作业治疗")[turn % 2],
                "状态": state,
                "治疗师": THERAPIST,
                "说明": note,
            }


def _outcomes() -> Iterator[dict]:
    """Barthel of 41 with weak limbs or paraplegia, and confidence of the nine; most did better."""
    measured = [*PARAPLEGICS, *WEAK_LIMBS]
    for number, name in enumerate(measured):
        first = 30 + number % 9 * 5
        gain = (10, 15, 5, 0, 20, 10)[number % 6]
        for day, value in ((date(2025, 1, 20), first), (date(2025, 12, 8), first + gain)):
            yield {"日期": day, **named(name), "量表": "Barthel 指数", "分值": value} | BY
    for number, name in enumerate(PARAPLEGICS):
        later = 3 + number % 2 if number != 4 else 2
        for day, value in ((date(2025, 1, 20), 2), (date(2025, 12, 8), later)):
            yield {"日期": day, **named(name), "量表": "自信心自评", "分值": value} | BY
