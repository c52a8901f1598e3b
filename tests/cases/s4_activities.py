"""What the volunteers of 明德社区 did in 2025: 83 activities, who served in them, how they were sought."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tests.cases.s4_people import number_of, on, volunteer

HEAD, STATION = "明德社区志愿服务总站", "明德社区志愿服务站"
CLEAN, PATROL, MEDICAL, LAW, ARTS = (
    f"明德社区{name}服务队" for name in ("环境卫生", "平安巡逻", "医疗义诊", "法律援助", "文体助学")
)
WATCH, SAFE, LAWYER = "邻里守望", "平安明德", "律师进社区"
COUNTED_UNTIL = date(2025, 12, 18)  # what was served later waits for its posting
IDLE = {40, 41, 42, 43, 44, 45}  # registered, and took part in nothing this year


@dataclass(frozen=True)
class Kind:
    """``days`` of each month named; ``came`` and ``left`` by the clock, ``crowd`` all who took part."""

    type: str
    title: str
    org: str
    months: tuple[int, ...]
    days: tuple[int, ...]
    volunteers: int
    came: str
    left: str
    place: str
    project: str = ""
    crowd: int = 0


EVERY = tuple(range(1, 13))
KINDS = (
    Kind("卫生大扫除", "{m}月卫生大扫除", CLEAN, EVERY, (8,), 10, "9:00", "11:30", "明德路沿线", "", 26),
    Kind("义务巡逻", "{m}月{part}义务巡逻", PATROL, EVERY, (5, 20), 4, "19:00", "21:00", "社区各楼栋", SAFE),
    Kind(
        "义诊", "{m}月社区义诊", MEDICAL, (1, 3, 4, 5, 7, 9, 10, 11), (12,), 6, "9:00", "12:00",
        "社区广场", "", 48,
    ),
    Kind(
        "消防知识宣传", "{m}月消防知识宣传", PATROL, (1, 4, 6, 9, 11, 12), (16,), 6, "9:30", "11:00",
        "社区广场", "", 60,
    ),
    Kind(
        "法制宣传", "{m}月法制宣传", LAW, (3, 4, 6, 8, 10, 12), (18,), 5, "14:00", "16:00",
        "社区活动室", LAWYER, 45,
    ),
    Kind("法律服务", "{m}月律师值班", LAW, (3, 6, 9, 11), (22,), 2, "14:00", "16:00", "社区服务大厅", LAWYER),
    Kind("医疗服务", "{m}月上门医疗服务", MEDICAL, (2, 5, 8, 11), (23,), 3, "9:00", "11:00", "居民家中"),
    Kind("入户清洁", "{m}月入户清洁", CLEAN, EVERY, (24,), 6, "9:00", "11:00", "居民家中", WATCH),
    Kind("文体活动", "{m}月文艺演出", ARTS, (2, 5, 9, 12), (27,), 8, "14:00", "17:00", "社区广场", "", 120),
    Kind("关爱儿童", "{m}月课后辅导", ARTS, (4, 7, 10), (28,), 5, "14:00", "16:00", "社区活动室", "", 20),
)  # fmt: skip


@dataclass(frozen=True)
class Held:
    kind: Kind
    title: str
    day: date


def held() -> list[Held]:
    """In the order of days."""
    found = []
    for kind in KINDS:
        for month in kind.months:
            for place, number in enumerate(kind.days):
                part = ("上半月", "下半月")[place] if len(kind.days) > 1 else ""
                title = kind.title.format(m=month, part=part)
                found.append(Held(kind, title, date(2025, month, number)))
    return sorted(found, key=lambda each: (each.day, each.title))


HELD = held()
OF_TYPE = {kind.type: [each for each in HELD if each.kind is kind] for kind in KINDS}


def activities() -> list[dict]:
    rows = []
    for each in HELD:
        kind = each.kind
        rows.append(
            {
                "活动名称": each.title,
                "类型": kind.type,
                "活动日期": each.day,
                "地点": kind.place,
                "活动负责人": "刘桂英" if kind.org == CLEAN else "队长",
                "组织者": kind.org,
                "计划招募（人）": kind.volunteers,
                "参加人次": kind.crowd or kind.volunteers,
                "所属项目": kind.project,
                "服务内容": f"{kind.type}，由{kind.org}组织。",
                "风险告知": "夜间巡逻注意交通安全，结伴而行。" if kind.type == "义务巡逻" else "",
                "保险安排": "巡逻志愿者统一投保人身意外险" if kind.type == "义务巡逻" else "",
                "写入总结": "是" if each.title in ("3月卫生大扫除", "10月社区义诊") else "",
            }
        )
    off = {
        "活动名称": "暴雨后河道清洁",
        "类型": "卫生大扫除",
        "活动日期": date(2025, 7, 19),
        "地点": "明德河沿岸",
        "组织者": CLEAN,
        "计划招募（人）": 12,
        "取消原因": "暴雨红色预警",
    }
    return [*rows, off]


def _who(each: Held, turn: int) -> list[int]:
    """Volunteers of the day, taken in turn so that all but the idle serve."""
    there = [place for place in on(each.day) if place not in IDLE]
    start = turn * 5 % len(there)
    return [there[(start + step) % len(there)] for step in range(each.kind.volunteers)]


SERVING = {each.title: _who(each, turn) for turn, each in enumerate(HELD)}


def services() -> Iterator[dict]:
    """Who came and left when; by the leader's list, and counted three weeks later."""
    for each in HELD:
        counted = each.day + timedelta(days=13)
        for place in SERVING[each.title]:
            yield {
                "服务日期": each.day,
                **volunteer(place),
                "活动名称": each.title,
                "签到时间": each.kind.came,
                "签退时间": each.kind.left,
                "记录方式": "现场名单",
                "服务内容": each.kind.type,
                "记录人": "何静",
                "计入日期": counted if each.day <= COUNTED_UNTIL else "",
            }


def shifts() -> list[dict]:
    return [
        {
            "活动名称": each.title,
            "班次": "上午班",
            "开始": each.kind.came,
            "结束": each.kind.left,
            "需要人数": 6,
        }
        for each in OF_TYPE["入户清洁"]
    ]


def sign_ups() -> list[dict]:
    """All who came, but for the summer months, when one place stayed empty."""
    rows = []
    for each in OF_TYPE["入户清洁"]:
        places = SERVING[each.title]
        for place in places[:5] if each.day.month in (7, 8) else places:
            rows.append({"志愿者编号": number_of(place), "活动名称": each.title, "班次": "上午班"})
    return rows


def notices() -> list[dict]:
    """By the four channels that the source names, each in its own measure."""
    rows = []
    for month in EVERY:
        each = f"{month}月卫生大扫除"
        rows.append(
            _notice("宣传栏", date(2025, month, 1), f"招募{each}志愿者", "社区宣传栏", 1, each)
        )
    for number, month in enumerate((1, 3, 5, 7, 9, 11)):
        row = f"{month}月入户清洁"
        rows.append(_notice("电话", date(2025, month, 18), f"电话通知{row}", "", 10 + number, row))
    for month in (3, 6, 9, 12):
        text = "加入志愿者，共建好家园"
        rows.append(_notice("横幅", date(2025, month, 2), text, "社区南门", 2, ""))
    for month, count in ((3, 120), (6, 86), (12, 150)):
        rows.append(_notice("传单", date(2025, month, 3), "志愿者招募传单", "各楼栋", count, ""))
    return rows


def _notice(channel, day, content, place, quantity, activity) -> dict:
    return {
        "发布日期": day,
        "渠道": channel,
        "内容": content,
        "活动名称": activity,
        "地点": place,
        "数量": quantity,
    }


def insurances() -> list[dict]:
    """The patrols of the year: who walked in one was insured from January on."""
    patrols = {place for each in OF_TYPE["义务巡逻"] for place in SERVING[each.title]}
    return [
        {
            **volunteer(place),
            "承保单位": "案例财产保险支公司",
            "保单号": f"ZY2025{place:04d}",
            "起保日期": date(2025, 1, 1),
            "到期日期": date(2025, 12, 31),
        }
        for place in sorted(patrols)
    ]
