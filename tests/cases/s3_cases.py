"""The cases of 新河社区 in 2025: 570 accepted, 468 of them decided by the year's end, 454 of those on time."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from chinese_calendar import is_workday

from tests.cases.s3_items import ITEMS, JOINT, ON_SPOT, SENT_UP, Item
from tests.cases.s3_people import ADULTS, FIRMS, named

WORD = "新河代办"
AGENTS = ("庄慧兰", "申志远", "古丽萍", "裴建明")
HANDLERS = {
    "民政救助站": "祝红梅",
    "残疾人工作站": "桂小波",
    "劳动保障站": "岳文静",
    "医保社保站": "甘雨晴",
    "卫生健康站": "柏秀云",
    "退役军人服务站": "雷振华",
    "综合办公室": "符建平",
    "矛盾调解室": "游国强",
}
YEAR = [date(2025, 1, 1) + timedelta(n) for n in range(365)]
WORKDAYS = [day for day in YEAR if is_workday(day)]
LAST = len(WORKDAYS) - 1
CHANNELS = (
    "窗口",
    "窗口",
    "电话",
    "窗口",
    "上门",
    "窗口",
    "网上",
    "窗口",
    "民情走访",
    "12345 热线",
)
MODES = ("电话", "当面", "短信或微信", "电话", "上门", "书面送达")
# The last decided case of each of these has not been replied to.
UNREPLIED = ("YB-02", "JY-02", "MZ-01", "CL-02")
REFUSED = (
    ("MZ-01", 14, "未满八十周岁，不符合高龄津贴申请条件"),
    ("YB-02", 33, "已在外地参保，不能重复参保"),
    ("ZF-01", 52, "名下有住房，不符合申请条件"),
    ("MZ-02", 71, "共同生活家庭成员不配合经济状况核对"),
    ("JY-02", 96, "尚在领取养老待遇，不属于就业困难人员"),
    ("CL-02", 120, "残疾等级不在补贴范围"),
    ("ZM-01", 151, "不在村（社区）证明事项清单内"),
    ("LB-01", 180, "经营场所不在本辖区"),
    ("MZ-03", 214, "同一事由本年度已救助"),
)


@dataclass
class Going:
    """A case in places of the working days of the year; None where it did not come so far."""

    item: Item
    number: int  # the how-manieth of its item
    accepted: int
    decided: int | None = None
    late: bool = False
    sent_up: int | None = None
    received: int | None = None
    replied: int | None = None
    told: int | None = None  # asked once for what was missing
    assigned: bool = True
    serial: int = field(default=0)

    @property
    def written(self) -> str:
        return f"{WORD}〔2025〕{self.serial}号"


def _decided(item: Item) -> Iterator[Going]:
    room = LAST - item.days - 4
    for n in range(item.decided):
        accepted = 1 + n * (room - 1) // item.decided
        late = (
            item.late > 0
            and n % (item.decided // item.late) == 1
            and n // (item.decided // item.late) < item.late
        )
        used = item.days + 1 + n % 3 if late else min(item.days, 1 + n * 3 % max(item.days, 1))
        going = Going(item, n, accepted, accepted + used, late)
        if item.kind == SENT_UP:
            going.sent_up = accepted + max(1, used // 4)
            going.received = min(going.sent_up + 1, going.decided)
            going.decided = max(going.decided, going.sent_up)
        if not (n == item.decided - 1 and item.code in UNREPLIED):
            going.replied = going.decided + (n % 2 if item.days else 0)
        if item.days and n % 17 == 5:
            going.told = accepted - 1
        yield going


def _open(item: Item) -> Iterator[Going]:
    """Those that came in the last days, within their time; the overdue ones came some days earlier."""
    for n in range(item.open_):
        accepted = LAST - item.days - 4 - n if n < item.overdue else LAST - n * 3 % item.days
        going = Going(item, item.decided + n, accepted)
        passed = LAST - accepted
        going.assigned = item.kind == SENT_UP or passed > 1 or item.kind == JOINT
        if item.kind == SENT_UP and n % 3 and passed >= 2:
            going.sent_up = accepted + 1
            going.received = accepted + 2 if n % 3 == 2 else None
        yield going


def _all() -> list[Going]:
    found = [going for item in ITEMS for going in (*_decided(item), *_open(item))]
    found.sort(key=lambda going: (going.accepted, going.item.code, going.number))
    for serial, going in enumerate(found, 1):
        going.serial = serial
    return found


GOING = _all()
DECIDED = [going for going in GOING if going.decided is not None]
OPEN = [going for going in GOING if going.decided is None]


def day(place: int | None) -> date | str:
    return "" if place is None else WORKDAYS[place]


def applicant(going: Going) -> dict:
    """A firm for every joint case and every second one of an item that firms come with."""
    if going.item.bodies and (going.item.kind == JOINT or going.number % 2):
        return {"辖区外申请人": FIRMS[(going.number * 3 + len(going.item.code)) % len(FIRMS)][0]}
    place = (going.serial * 29 + going.number) % len(ADULTS)
    return named(ADULTS[place])


def cases() -> list[dict]:
    return [*map(_row, GOING), *_refused()]


def _row(going: Going) -> dict:
    item, n = going.item, going.serial
    asked = {}
    if going.told is not None:
        asked = {"告知日期": day(going.told), "需要补正的内容": "身份证复印件不清晰，请补交。"}
    done = {}
    if going.decided is not None:
        done = {
            "办结日期": day(going.decided),
            "办理结果": "不予（未批准）" if n % 41 == 3 and item.days else "准予（办成）",
            "办理意见": "",
        }
    told = {}
    if going.replied is not None:
        told = {
            "回复日期": day(going.replied),
            "回复方式": MODES[n % len(MODES)] if item.days else "当面",
            "回复内容": "已告知办理结果。",
            "归档日期": day(going.replied + 5) if going.replied + 5 <= LAST else "",
        }
    return {
        "办件编号": going.written,
        "申请日期": day(going.accepted if going.told is None else going.told),
        "事项": item.name,
        "姓名": "",
        "证件号码": "",
        "辖区外申请人": "",
        **applicant(going),
        "申请渠道": CHANNELS[n % len(CHANNELS)] if item.kind != ON_SPOT else "窗口",
        "代办员": AGENTS[n % len(AGENTS)],
        "承办站所": item.station if going.assigned else "",
        "承办人": HANDLERS[item.station] if going.assigned else "",
        "受理日期": day(going.accepted),
        "承办单出具日期": day(going.accepted),
        **asked,
        "上报日期": day(going.sent_up),
        "街道收件日期": day(going.received),
        **done,
        **told,
    }


def _refused() -> Iterator[dict]:
    by_code = {item.code: item for item in ITEMS}
    for number, (code, place, reason) in enumerate(REFUSED):
        yield {
            "申请日期": day(place),
            "事项": by_code[code].name,
            **(
                {"辖区外申请人": FIRMS[9][0]} if code == "LB-01" else named(ADULTS[number * 11 + 3])
            ),
            "申请渠道": "窗口",
            "代办员": AGENTS[number % len(AGENTS)],
            "不予受理日期": day(place),
            "不予受理理由": reason,
        }
