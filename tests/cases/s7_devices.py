"""S7-8 … S7-10: canes, prostheses and hearing aids, and how people learned to use them."""

from collections.abc import Iterator
from datetime import date, timedelta

from tests.cases.s7_conditions import THERAPIST
from tests.cases.s7_people import named, with_components
from tests.cases.s7_services import BLIND

CANE, PROSTHESIS, HEARING_AID = "盲杖", "小腿假肢", "助听器"
WAITING = 2  # blind people whose cane is still to come
# Who gets what, how many lessons each has, and who teaches.
DEVICES = (
    (CANE, BLIND[:-WAITING], 2, THERAPIST, "握杖、点地、上下台阶"),
    (PROSTHESIS, with_components("肢体二级")[:3], 2, THERAPIST, "穿戴、步态、残肢护理"),
    (HEARING_AID, with_components("听力二级"), 1, "施婉清", "佩戴、音量、保养"),
)


def sheets() -> dict[str, list[dict]]:
    return {"辅具服务": list(_cases()), "辅具使用指导": list(_lessons())}


def _cases() -> Iterator[dict]:
    for device, people, _, teacher, _ in DEVICES:
        for number, name in enumerate(people):
            day = date(2025, 2, 17) + timedelta(days=number)
            yield {
                "需求登记日期": day,
                **named(name),
                "辅具": device,
                "进展": "已适配",
                "评估日期": day + timedelta(days=7),
                "评估人": teacher,
                "发放（借出）日期": day + timedelta(days=30),
            }
    for name in BLIND[-WAITING:]:
        yield {"需求登记日期": date(2025, 11, 24), **named(name), "辅具": CANE, "进展": "待评估"}


def _lessons() -> Iterator[dict]:
    for device, people, lessons, teacher, content in DEVICES:
        for turn in range(lessons):
            for number, name in enumerate(people):
                yield {
                    "日期": date(2025, 4 + 2 * turn, 1 + number),
                    **named(name),
                    "辅具": device,
                    "指导内容": content,
                    "指导人": teacher,
                    "已掌握": "是" if turn == lessons - 1 and number % 5 != 4 else "",
                }
