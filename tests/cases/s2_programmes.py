"""S2-15 … S2-22: 阳光之家 with its 68 learners and six groups, and 温馨护理站 with its medicines."""

from collections.abc import Iterator
from datetime import date

from tests.cases.s2_network import NURSING, SUNSHINE
from tests.cases.s2_people import LEARNERS, OF_MIND, REGISTER, named

OPENED = date(2024, 3, 1)
GROUPS = (
    ("腰鼓队", "腰鼓打击乐", "乐建华"),
    ("舞蹈队", "舞蹈", "谈慧珍"),
    ("图画小组", "书画", "费小云"),
    ("编织小组", "编织手工", "单丽君"),
    ("英语小组", "语言学习", "费小云"),
    ("兴趣小组", "综合和其他", "谈慧珍"),
)
# Roll was called on one day of each second month; the records of the other days stay on paper.
ROLL_CALLS = tuple(date(2025, month, day) for month, day in ((2, 12), (4, 9), (6, 11), (8, 13)))
ROLL_CALLS += (date(2025, 10, 15), date(2025, 12, 10))
LEFT = 4  # learners who left during 2025, besides the 68
PATIENTS = OF_MIND[:20]
DOSE_DAYS = tuple(
    next(day for n in range(13, 20) if (day := date(2025, month, n)).weekday() == 2)
    for month in range(1, 13)
)


def _begun(number: int) -> date:
    """Sixty since the opening, eight in 2025."""
    return OPENED if number < 60 else date(2025, 3 + (number - 60), 10)


def sheets() -> dict[str, list[dict]]:
    return {
        "活动项目": _programmes(),
        "入托登记": [*_learners(), *_patients()],
        "兴趣小组": _groups(),
        "小组组员": _members(),
        "课程表": _timetable(),
        "出勤": list(_attendance()),
        "项目活动": list(_sessions()),
        "服药记录": list(_doses()),
        "家属联系": list(_contacts()),
    }


def _programmes() -> list[dict]:
    return [
        {
            "项目名称": SUNSHINE,
            "类型": "阳光之家",
            "所在场所": SUNSHINE,
            "开办日期": OPENED,
            "最小年龄": 16,
            "最大年龄": 35,
            "接收的残疾类别": "智力",
            "每周开放日": "周一、周二、周三、周四、周五",
            "容纳人数": 80,
            "开放时间": "8:30—11:30、13:30—16:00",
            "负责人": "谈慧珍",
            "服务内容": "生活技能、文体和手工训练。",
        },
        {
            "项目名称": NURSING,
            "类型": "温馨护理站",
            "所在场所": NURSING,
            "开办日期": OPENED,
            "接收的残疾类别": "精神",
            "每周开放日": "周一、周二、周三、周四、周五、周六",
            "容纳人数": 24,
            "开放时间": "8:30—16:00",
            "负责人": "岑桂芳",
            "服务内容": "定时服药、精神护理、与家长联系。",
        },
    ]


def _learners() -> Iterator[dict]:
    for number, name in enumerate(LEARNERS):
        yield {"活动项目": SUNSHINE, **named(name), "入托日期": _begun(number)}


def _patients() -> Iterator[dict]:
    for name in PATIENTS:
        row = {"活动项目": NURSING, **named(name), "入托日期": OPENED}
        yield row | {"在项目中服药": "中"}


def _groups() -> list[dict]:
    return [
        {"活动项目": SUNSHINE, "小组名称": name, "小组类型": kind, "负责人": leader}
        | {"成立日期": OPENED}
        for name, kind, leader in GROUPS
    ]


def _members() -> list[dict]:
    return [
        {
            "兴趣小组": f"{SUNSHINE} {GROUPS[number % 6][0]}",
            "活动项目": SUNSHINE,
            **named(name),
            "入组日期": _begun(number),
        }
        for number, name in enumerate(LEARNERS)
    ]


def _timetable() -> list[dict]:
    lessons = (
        ("周一", "9:00", "10:30", "生活技能训练", "生活技能"),
        ("周二", "9:00", "10:30", "学习角读写", "学习"),
        ("周三", "13:30", "15:00", "卡拉OK", "文体娱乐"),
        ("周四", "9:00", "10:30", "手工编织", "手工劳动"),
        ("周五", "13:30", "15:00", "户外体育", "户外运动"),
    )
    return [
        {"活动项目": programme, "星期": day, "开始时间": begins, "结束时间": ends}
        | {"内容": topic, "活动类型": kind, "执行日期": OPENED}
        for programme in (SUNSHINE, NURSING)
        for day, begins, ends, topic, kind in lessons[(programme == NURSING) * 1 :]
    ]


def _attendance() -> Iterator[dict]:
    """Every seventeenth is on leave and one in forty absent."""
    for turn, day in enumerate(ROLL_CALLS):
        for number, name in enumerate(LEARNERS):
            if _begun(number) > day:
                continue
            place = number + turn * 5
            mark = "缺勤" if place % 40 == 7 else "请假" if place % 17 == 3 else "出勤"
            yield {"日期": day, "活动项目": SUNSHINE, **named(name), "出勤情况": mark}


def _sessions() -> Iterator[dict]:
    """A week of each month is told session by session."""
    plan = (
        (SUNSHINE, 0, "生活技能训练", "生活技能", 58),
        (SUNSHINE, 1, "学习角读写", "学习", 55),
        (SUNSHINE, 2, "卡拉OK", "文体娱乐", 61),
        (SUNSHINE, 3, "手工编织", "手工劳动", 52),
        (SUNSHINE, 4, "户外体育", "户外运动", 60),
        (NURSING, 2, "精神康复训练", "康复训练", 18),
        (NURSING, 4, "户外散步", "户外运动", 17),
    )
    for month in range(1, 13):
        monday = next(
            date(2025, month, d) for d in range(8, 15) if date(2025, month, d).weekday() == 0
        )
        for programme, weekday, title, kind, people in plan:
            yield {
                "日期": monday.replace(day=monday.day + weekday),
                "活动项目": programme,
                "活动内容": title,
                "活动类型": kind,
                "参加人数": people - month % 3,
                "时长（分钟）": 90,
            }


def _doses() -> Iterator[dict]:
    """One day of each month for all who take medicine there: 240 doses due, 235 taken."""
    for turn, day in enumerate(DOSE_DAYS):
        for number, name in enumerate(PATIENTS):
            missed = (turn * len(PATIENTS) + number) % 48 == 31
            yield {
                "日期": day,
                "活动项目": NURSING,
                **named(name),
                "服药时段": "中",
                "服药情况": "漏服" if missed else "已服",
                "发药人": "岑桂芳",
            }


def _contacts() -> Iterator[dict]:
    for quarter in range(4):
        for number, name in enumerate(PATIENTS):
            person = REGISTER.by_name[name]
            yield {
                "日期": date(2025, 3 * quarter + 2, 1 + number),
                "活动项目": NURSING,
                **named(name),
                "方式": "电话" if number % 4 else "当面",
                "联系的家属": person.guardian[1],
                "联系人": "郎秀英",
                "内容": "沟通服药和情绪情况。",
            }
