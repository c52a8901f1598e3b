"""书香社区 in 2025: four students of a summer, what they did day by day, the reading room, lectures."""

from datetime import date, timedelta

from tests.cases.office import plan, plan_sheets

OURS, OFFICE = {"计入工作": "志愿服务"}, {"计入工作": "综合事务"}
SPAN = (date(2025, 7, 7), date(2025, 8, 15))
MENTORS = "赵主任、金主任"
ROOM = "书香社区阅览室"
SCHOOL = "江城大学"
STUDENTS = (
    ("沈若兰", "女", "社会工作", "综合服务岗", "优秀"),
    ("韩宇轩", "男", "法学", "法律宣传岗", "优秀"),
    ("卢思齐", "女", "档案学", "资料归档岗", "良好"),
    ("邓子恒", "男", "公共事业管理", "综合服务岗", "良好"),
)
TASKS = (
    ("接听电话", 120, "接听居民来电，记录后转给网格员"),
    ("资料归档", 180, "整理低保、残疾人档案，按年度装盒"),
    ("搬运布置", 90, "布置活动场地，搬运桌椅和展板"),
    ("法律宣传", 150, "入户和在广场发放法律宣传资料，解答居民提问"),
)
WORDS = {
    "沈若兰": (
        "接电话让我学会了先听完再回答。和同学们分工合作，遇到难处一起商量，六周很短，收获很多。",
        "团结同学，有耐心，接待居民始终面带微笑。",
    ),
    "韩宇轩": (
        "把课堂上的法律条文讲成居民听得懂的话，是这个暑假最大的功课。",
        "法律宣传准备充分，讲解耐心，居民评价好。",
    ),
    "卢思齐": (
        "归档看似简单，错一个编号就要返工，我学会了细心。",
        "工作细致，归档规范，团结协作。",
    ),
    "邓子恒": (
        "搬桌椅、布置会场、值守阅览室，老人家一句谢谢就让人不觉得累。",
        "能吃苦，服务热情，微笑待人。",
    ),
}
HELD = (("图书", 1860), ("期刊", 42), ("报纸", 15), ("大字和盲文读物", 30))
LECTURES = (
    (date(2025, 4, 18), "民法典与家庭生活", "江律师（区司法局）", "社区居民", 46),
    (date(2025, 7, 18), "老年人防诈骗法律知识", "方警官（派出所）", "中老年居民", 58),
    (date(2025, 9, 12), "劳动法与就业", "江律师（区司法局）", "就业人员", 35),
)
PUBLICITY = (
    (date(2025, 7, 16), "法律宣传进楼院", 85),
    (date(2025, 8, 6), "反诈宣传日", 120),
)


def sheets() -> dict[str, list[dict]]:
    return {
        "实践实习人员": _people(),
        "实践实习日志": _logs(),
        "荣誉": _honours(),
        "设施": _room(),
        "藏书报刊": _holdings(),
        "阅览室开放": _open_days(),
        "讲座": _lectures(),
        "活动": _publicity(),
        **plan_sheets(*_plans()),
    }


def working_days() -> list[date]:
    first, last = SPAN
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in days if day.weekday() < 5]


def _people() -> list[dict]:
    return [
        {
            "姓名": name,
            "性别": sex,
            "类别": "社会实践",
            "学校（单位）": SCHOOL,
            "专业": major,
            "年级": "大二",
            "岗位": post,
            "指导老师": MENTORS,
            "开始日期": SPAN[0],
            "结束日期": SPAN[1],
            "自我小结": WORDS[name][0],
            "指导老师评语": WORDS[name][1],
            "单位鉴定意见": "同意指导老师意见。",
            "鉴定等次": grade,
            "鉴定日期": date(2025, 8, 18),
        }
        for name, sex, major, post, grade in STUDENTS
    ]


def _logs() -> list[dict]:
    """Each of the four works two days of three, a task a day; on Mondays one also keeps the reading room."""
    rows = []
    for number, day in enumerate(working_days()):
        for place, (name, *_) in enumerate(STUDENTS):
            if (number + place) % 3 == 2:
                continue
            rows.append(_log(name, day, *TASKS[(number + place) % 4]))
            if day.weekday() == 0 and (number + place) % 3 == 0:
                rows.append(_log(name, day, "阅览室值守", 60, "整理书架，登记借阅"))
    return rows


def _log(name, day, task, minutes, what) -> dict:
    return {
        "日期": day,
        "姓名": name,
        "工作类型": task,
        "时长（分钟）": minutes,
        "工作内容": what,
        "确认日期": day + timedelta(days=1),
        "确认人": "赵主任" if day.day % 2 else "金主任",
    }


def _honours() -> list[dict]:
    return [
        {
            "获奖日期": date(2025, 1, 10),
            "荣誉名称": "优秀居委会",
            "获奖者": "书香社区居委会",
            "级别": "区县级",
            "授予单位": "案例区民政局",
            **OFFICE,
        }
    ]


def _room() -> list[dict]:
    return [
        {
            "名称": ROOM,
            "类型": "阅览室",
            "面积（㎡）": 96,
            "地址": "书香路 6 号",
            "启用日期": date(2023, 5, 4),
            **OFFICE,
        }
    ]


def _holdings() -> list[dict]:
    """Books were counted anew at the middle of the year: 1800 before."""
    since, anew = date(2024, 1, 2), date(2025, 7, 1)
    rows = [
        {"阅览室": ROOM, "类型": kind, "数量（册、份）": n, "清点日期": anew} for kind, n in HELD
    ]
    old = {"阅览室": ROOM, "类型": "图书", "数量（册、份）": 1800, "清点日期": since}
    return [old | {"更新日期": anew}, *rows]


def _open_days() -> list[dict]:
    days = (date(2025, 1, 1) + timedelta(days=n) for n in range(365))
    chosen = [day for day in days if day.weekday() in (1, 3)]
    return [
        {
            "开放日期": day,
            "阅览室": ROOM,
            "到访人次": 12 + number % 7,
            "其中中老年人": 12 + number % 7 - number % 4,
            "借出（册）": number % 5,
            "值守人": "金主任",
        }
        for number, day in enumerate(chosen)
    ]


def _lectures() -> list[dict]:
    return [
        {
            "日期": day,
            "讲座题目": title,
            "主讲人": speaker,
            "听众": audience,
            "参加人次": people,
            "地点": ROOM,
            "写入总结": "是",
        }
        for day, title, speaker, audience, people in LECTURES
    ]


def _publicity() -> list[dict]:
    return [
        {
            "日期": day,
            "活动名称": title,
            "类型": "宣传",
            "地点": "书香社区中心广场",
            "参加人次": people,
            **OURS,
        }
        for day, title, people in PUBLICITY
    ]


def _plans() -> list[dict]:
    done = (
        ("接收暑期实践大学生并完成鉴定", date(2025, 8, 31), date(2025, 8, 18), "四人全部鉴定。"),
    )
    ahead = (
        ("增订老年人喜爱的报刊", date(2026, 3, 31), None, ""),
        ("每季度举办一场法制讲座", date(2026, 6, 30), None, ""),
    )
    made = [
        plan(f"{year}年社会实践工作计划", year, "赵主任", "街道大学生实践方案", tasks)
        for year, tasks in ((2025, done), (2026, ahead))
    ]
    return [each | {"plan": each["plan"] | OURS} for each in made]
