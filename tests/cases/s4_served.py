"""Whom the volunteers of 明德社区 served, what was said of it, and what was published."""

from collections.abc import Iterator
from datetime import date
from itertools import cycle, islice

from tests.cases.s4_activities import OF_TYPE, SERVING
from tests.cases.s4_people import DISABLED, LONELY, OTHERS, POOR, named, number_of

VISITED = [*LONELY, *POOR, *DISABLED, *OTHERS]
SAID = ("打扫得干净，态度好。", "来得准时。", "讲得清楚，心里有数了。", "")
ASKED = (
    (LONELY[0], date(2025, 1, 13), "打扫卫生", "腿脚不便，想请人擦窗户、拆洗窗帘。"),
    (LONELY[3], date(2025, 4, 2), "打扫卫生", "阳台杂物多，一个人搬不动。"),
    (POOR[1], date(2025, 6, 3), "打扫卫生", "厨房油污重，想请人帮忙清洗。"),
    (DISABLED[2], date(2025, 9, 1), "打扫卫生", "行动不便，想请人打扫卫生间。"),
    (POOR[5], date(2025, 12, 28), "法律服务", "想问工伤赔偿怎样申请。"),
    (OTHERS[0], date(2025, 12, 29), "维修", "水龙头漏水，子女在外地。"),
)
PUBLISHED = (
    ("报纸", "清河日报", "区县级", "对外宣传", "一户一策，把温暖送到孤寡老人家", date(2025, 3, 20), "邻里守望"),
    ("报纸", "清河日报", "区县级", "对外宣传", "小巡逻守护大平安", date(2025, 9, 18), "平安明德"),
    ("报纸", "江城晚报", "市级", "对外宣传", "律师进社区，法律服务到家门", date(2025, 6, 26), "律师进社区"),
    ("电视", "江城电视台", "市级", "对外宣传", "社区志愿者的十二个清洁日", date(2025, 12, 3), ""),
    *(
        ("微信公众号", "明德社区", "本级和其他", "对外宣传", f"{month}月志愿服务日记", date(2025, month, 28), "")
        for month in (2, 4, 6, 8, 10)
    ),
    ("网站", "清河区志愿服务网", "区县级", "对外宣传", "明德社区开展义诊活动", date(2025, 5, 14), ""),
    ("网站", "清河区志愿服务网", "区县级", "对外宣传", "消防知识进万家", date(2025, 11, 18), ""),
    ("简报", "明德志愿简报第1期", "本级和其他", "对内宣传", "上半年志愿服务情况", date(2025, 7, 5), ""),
    ("简报", "明德志愿简报第2期", "本级和其他", "对内宣传", "先进典型事迹", date(2025, 12, 8), ""),
    ("宣传栏", "社区宣传栏", "本级和其他", "对内宣传", "志愿者光荣榜", date(2025, 12, 10), ""),
)  # fmt: skip
HEARD = (
    ("感谢信", "明德路3栋居民", "感谢志愿者半年来上门打扫卫生。", date(2025, 6, 30), "6月入户清洁"),
    ("感谢信", "独居老人家属", "感谢医疗小组定期上门量血压。", date(2025, 8, 29), ""),
    ("感谢信", "新星学校", "感谢志愿者暑期课后辅导。", date(2025, 9, 2), ""),
    ("感谢信", "明德路1栋居民", "感谢律师帮助要回工钱。", date(2025, 9, 30), ""),
    ("感谢信", "外来务工人员", "感谢法律援助队耐心解答。", date(2025, 11, 24), ""),
    ("锦旗", "明德路全体楼长", "守护平安，一心为民", date(2025, 10, 9), ""),
    ("锦旗", "孤寡老人代表", "不是亲人胜似亲人", date(2025, 10, 29), ""),
    ("锦旗", "社区居民代表", "义诊惠民，妙手仁心", date(2025, 12, 1), ""),
    ("口头表扬", "案例街道办事处", "表扬汛期值守的巡逻志愿者。", date(2025, 7, 25), ""),
    ("媒体表扬", "清河日报社", "点名表扬明德社区志愿服务队。", date(2025, 9, 19), ""),
)


def sheets() -> dict[str, list[dict]]:
    return {
        "服务需求": [
            {**named(p.name), "提出日期": day, "需要的服务": service, "具体需求": words}
            for p, day, service, words in ASKED
        ],
        "服务对象": list(served()),
        "社会反响": [
            {
                "日期": day,
                "形式": kind,
                "赠送（表扬）者": giver,
                "内容": content,
                "活动名称": activity,
                "受表扬的组织": "" if activity else "明德社区志愿服务站",
                "写入总结": "是" if kind == "媒体表扬" else "",
            }
            for kind, giver, content, day, activity in HEARD
        ],
        "志愿服务宣传": [
            {
                "发布日期": day,
                "标题": title,
                "媒体": medium,
                "刊播单位": outlet,
                "级别": rank,
                "对内对外": reach,
                "项目": project,
                "写入总结": "是" if medium == "电视" else "",
            }
            for medium, outlet, rank, reach, title, day, project in PUBLISHED
        ],
    }


def _row(activity, person, service, number, people=1) -> dict:
    """Found good by nearly all; four were not asked, one was not content."""
    level = ("非常满意", "满意", "非常满意", "基本满意")[number % 4]
    level = "" if number % 22 == 7 else "不满意" if number == 41 else level
    return {
        "日期": activity.day,
        "活动名称": activity.title,
        **named(person.name),
        "残疾人": "是" if person in DISABLED else "否",
        "服务内容": service,
        "服务人数": people,
        "志愿者编号": number_of(SERVING[activity.title][number % 2]),
        "用时（分钟）": 60 if service == "打扫卫生" else 30,
        "满意度": level,
        "服务对象评价": SAID[number % len(SAID)] if level else "",
    }


def served() -> Iterator[dict]:
    """60 times of cleaning, 16 of medical, 12 of legal service."""
    number, people = 0, cycle(VISITED)
    for activity in OF_TYPE["入户清洁"]:
        for person in islice(people, 5):
            at_home = 2 if person in POOR else 1
            yield _row(activity, person, "打扫卫生", number, at_home)
            number += 1
    for service, kind, each, whom in (
        ("医疗服务", "医疗服务", 4, cycle([*LONELY, *DISABLED])),
        ("法律服务", "法律服务", 3, cycle([*POOR, *OTHERS])),
    ):
        for activity in OF_TYPE[kind]:
            for person in islice(whom, each):
                yield _row(activity, person, service, number)
                number += 1
