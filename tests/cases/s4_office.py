"""The tree of 明德社区's volunteers, its rules, partners and projects; training, stars, awards, plans."""

from datetime import date

from tests.cases.office import plan
from tests.cases.s4_activities import (
    ARTS,
    CLEAN,
    HEAD,
    LAW,
    LAWYER,
    MEDICAL,
    PATROL,
    SAFE,
    STATION,
    WATCH,
)
from tests.cases.s4_people import LEFT, VOLUNTEERS, volunteer

OURS = {"计入工作": "志愿服务"}
SINCE = date(2019, 3, 5)
TEAMS = (CLEAN, PATROL, MEDICAL, LAW, ARTS)
GROUPS = (
    (CLEAN, "清洁家园小组"),
    (CLEAN, "助老助残小组"),
    (PATROL, "东片巡逻小组"),
    (PATROL, "西片巡逻小组"),
    (PATROL, "消防宣传小组"),
    (MEDICAL, "义诊护理小组"),
    (LAW, "法制宣传小组"),
    (ARTS, "文艺小组"),
)
RULES = (
    ("志愿者招募管理办法", "公开招募，如实告知内容和风险；本人申请，站长审核。"),
    ("志愿者注册登记制度", "一人一号，技能、意向、时间如实登记，未满14周岁不登记。"),
    ("志愿服务时长记录和公示办法", "队长确认，公示七天无异议后计入，证明无偿出具。"),
    ("星级志愿者评定激励办法", "按累计时长评定星级，只升不降，弄虚作假的撤销。"),
)
PARTNERS = (
    (
        "案例街道社区卫生服务中心",
        "医疗机构",
        "义诊和上门医疗",
        "每季度派医护人员参加义诊和上门医疗服务",
    ),
    ("明德律师事务所", "企业", "法律服务", "每季度派律师到社区值班，提供免费法律咨询"),
    ("案例街道消防救援站", "机关", "消防宣传", "派员参加消防知识宣传，提供演练器材"),
    ("新星学校", "学校", "助学和文艺", "组织教师和学生参加课后辅导、文艺演出"),
)
# place of the volunteer, level, day: given for the hours of the years before and of this one.
STARS = (
    *((place, "一星级", date(2024, 12, 5)) for place in (0, 1, 3, 4, 6, 8)),
    (0, "二星级", date(2025, 12, 5)),
    *((place, "一星级", date(2025, 12, 5)) for place in (9, 10, 12, 13)),
)
MODELS = (
    (0, "社区志愿服务先进典型", "五年来带队清洁家园，风雨无阻", "是"),
    (1, "社区志愿服务先进典型", "坚持每月上门照看两位孤寡老人", "是"),
    (3, "社区志愿服务先进典型", "为困难家庭义务维修水电", "否"),
)


def sheets() -> dict[str, list[dict]]:
    return {
        "志愿服务组织": _orgs(),
        "组织成员": _members(),
        "志愿服务制度": [
            {
                "名称": title,
                "类型": "工作制度",
                "序号": n,
                "内容": text,
                "实施日期": date(2024, 1, 1),
            }
            | OURS
            for n, (title, text) in enumerate(RULES, start=1)
        ],
        "志愿服务共建单位": [
            {"单位名称": name, "性质": kind, "联系人": "值班室", "可提供的资源": offer} | OURS
            for name, kind, offer, _ in PARTNERS
        ],
        "共建协议": [
            {
                "协议名称": f"{offer}共建协议",
                "共建单位": name,
                "约定内容": content,
                "签订日期": date(2025, 1, 10 + n),
                "有效期至": date(2026, 12, 31),
            }
            for n, (name, _, offer, content) in enumerate(PARTNERS)
        ],
        "志愿服务项目": [
            _project(WATCH, CLEAN, "为孤寡老人、残疾人、特困户打扫卫生、代办小事", "是"),
            _project(SAFE, PATROL, "夜间巡逻，排查消防隐患", "是"),
            _project(LAWYER, LAW, "律师值班和法制宣传", ""),
        ],
        "志愿者培训": list(_trainings()),
        "星级认定": [
            {"授予日期": day, **volunteer(place), "星级": level} for place, level, day in STARS
        ],
        "志愿者表彰": _awards(),
        **plan_rows(),
    }


def plan_rows() -> dict[str, list[dict]]:
    year = plan(
        "2025年志愿服务工作计划",
        2025,
        "志愿服务站",
        "案例街道〔2025〕3号",
        (
            ("每月开展一次卫生大扫除", date(2025, 12, 20), date(2025, 12, 10), "开展12次"),
            ("建成志愿者积分兑换点", date(2025, 11, 30), None, ""),
        ),
    )
    after = plan(
        "2026年志愿服务工作计划",
        2026,
        "志愿服务站",
        "案例街道〔2026〕2号",
        (
            ("学雷锋纪念日集中开展义诊和便民服务", date(2026, 3, 5), None, ""),
            ("新组建应急救援服务队", date(2026, 6, 30), None, ""),
            ("为独居老人逐户建立服务档案", date(2026, 9, 30), None, ""),
        ),
    )
    for each in (year, after):
        each["plan"] |= OURS
    return {
        "工作计划": [year["plan"], after["plan"]],
        "计划任务": [*year["tasks"], *after["tasks"]],
    }


def _org(name, kind, above, head, post, founded=SINCE) -> dict:
    return {
        "名称": name,
        "层级": kind,
        "上级组织": above,
        "负责人": head,
        "负责人职务": post,
        "成立日期": founded,
    }


def _orgs() -> list[dict]:
    rows = [
        _org(HEAD, "志愿服务总站", "", "翁志远", "社区党委书记"),
        _org(STATION, "志愿服务站", HEAD, "翁志远", "社区党委书记", date(2019, 4, 1)),
    ]
    for number, name in enumerate(TEAMS):
        leader = VOLUNTEERS[number]["姓名"]
        rows.append(_org(name, "志愿服务队", STATION, leader, "队长", date(2020, 3, 5)))
    for number, (team, name) in enumerate(GROUPS):
        leader = VOLUNTEERS[8 + number]["姓名"]
        rows.append(_org(name, "志愿服务小组", team, leader, "组长", date(2021, 1, 5)))
    return rows


def _members() -> list[dict]:
    """Everybody in one group, but for the leaders of teams."""
    rows = []
    for place, row in enumerate(VOLUNTEERS):
        led = TEAMS[place] if place < len(TEAMS) else ""
        since = max(row["加入日期"], date(2021, 3, 5))
        gone = LEFT.get(place)
        rows.append(
            {
                "志愿服务组织": led or GROUPS[place % len(GROUPS)][1],
                **volunteer(place),
                "职务": "队长" if led else "队员",
                "加入日期": since,
                "退出日期": date.fromordinal(gone[0].toordinal() - 1) if gone else "",
            }
        )
    return rows


def _project(name, org, goal, key) -> dict:
    return {
        "项目名称": name,
        "承担组织": org,
        "目标和内容": goal,
        "开始日期": date(2024, 3, 5),
        "重点项目": key,
    }


def _trainings():
    """Two trainings of the year, of fifteen volunteers each."""
    taught = (
        (date(2025, 3, 15), "志愿服务条例和安全常识", 2, range(15)),
        (date(2025, 8, 9), "急救和心肺复苏", 3, range(10, 25)),
    )
    for day, title, hours, places in taught:
        for place in (place for place in places if place not in LEFT or day < LEFT[place][0]):
            yield {
                **volunteer(place),
                "日期": day,
                "培训内容": title,
                "组织者": STATION,
                "地点": "社区活动室",
                "学时": hours,
            }


def _awards() -> list[dict]:
    day = date(2025, 12, 5)
    rows = [
        {
            **volunteer(place),
            "日期": day,
            "类别": "先进典型",
            "名称": name,
            "级别": "本级和其他",
            "授予单位": "明德社区居委会",
            "事迹": deeds,
            "本人同意宣传": told,
        }
        for place, name, deeds, told in MODELS
    ]
    honours = (
        (4, "区优秀志愿者", "区县级"),
        (6, "街道优秀志愿者", "街道级"),
        (8, "街道优秀志愿者", "街道级"),
    )
    for place, name, rank in honours:
        rows.append(
            {
                **volunteer(place),
                "日期": day,
                "类别": "表彰",
                "名称": name,
                "级别": rank,
                "授予单位": "清河区志愿者协会" if rank == "区县级" else "案例街道办事处",
                "本人同意宣传": "是",
                "写入总结": "是" if rank == "区县级" else "",
            }
        )
    return rows
