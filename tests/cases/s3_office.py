"""The hall of 新河社区 and its people, regimes, meetings, promises and what was made public (S3-7 … S3-26)."""

from datetime import date

from tests.cases.office import plan
from tests.cases.s3_cases import AGENTS, HANDLERS, WORKDAYS
from tests.cases.s3_items import COMPLAINTS, PHONE, STATIONS

OURS = {"计入工作": "为民服务"}
HALL, SINCE = "新河社区为民服务大厅", date(2024, 1, 2)
CENTRE = "案例街道为民服务中心"
GROUP = "为民服务全程代办工作领导小组"
HOURS = "工作日 8:30—17:30"
GRIDS = ("第一网格", "第二网格", "第三网格", "第四网格")
WINDOWS = ("综合受理窗口", "民政残联窗口", "人社医保窗口")
REGIMES = (
    ("例会制度", "每月召开一次联席例会，通报情况、总结成绩、查找不足、分析症结、解决问题。"),
    ("公开制度", "公开办事指南、收费标准、办理结果和监督电话。"),
    ("承诺制度", "就办结时限、收费标准、服务态度等方面向群众公开承诺。"),
    ("首问负责制度", "首位接待人负责登记、引导，跟踪到有人办理。"),
    ("限时办结制度", "各类办件在承诺期限内办结并回复。"),
    ("责任追究制度", "无故超期、态度生硬的，按规定追究责任。"),
)
ASPECTS = (
    ("办结时限", "承诺件在承诺的工作日内办结，超期的主动说明原因。"),
    ("收费标准", "办事不收费，代办不收费。"),
    ("服务态度", "热情接待，一次说清，不推诿。"),
    ("服务质量", "材料一次收齐，群众最多跑一次。"),
    ("承办内容", "办事指南所列事项全部可以代办。"),
    ("公开监督", "公开监督电话，群众反映当天受理。"),
    ("责任追究", "有责超期和差评，三日内整改并回访。"),
)


def sheets() -> dict[str, list[dict]]:
    return {
        "站所室": _stations(),
        "领导小组": [
            {
                "名称": GROUP,
                "成立文件": "新河社区〔2024〕1号",
                "职责": "党政主导、部门联动、共同参与，统筹全程代办工作。",
                "成立日期": SINCE,
                **OURS,
            }
        ],
        "小组成员": _members(),
        "服务大厅": [
            {
                "大厅名称": HALL,
                "机构代字": "新河代办",
                "地址": "新河路1号",
                "办公时间": HOURS,
                "咨询电话": PHONE,
                "监督电话": COMPLAINTS,
            }
        ],
        "设施": _facility(),
        "共建单位": [{"单位名称": CENTRE, "性质": "机关", "联系人": "值班室", **OURS}],
        "共建协议": [
            {
                "协议名称": "大厅联网协议",
                "共建单位": CENTRE,
                "约定内容": "大厅与街道为民服务中心联网，上报件网上流转，结果当天回传。",
                "签订人": "翁建国",
                "签订日期": date(2024, 2, 1),
            }
        ],
        "购置": _purchases(),
        "公示栏": _boards(),
        "标语": _slogans(),
        "代办员": _agents(),
        "代办员网格": _grids(),
        "服务窗口": _windows(),
        "活动": [*_studies(), *_trainings()],
        "服务制度": _regimes(),
        "服务制度落实": _kept(),
        "工作例会": _meetings(),
        "例会议题": _issues(),
        "公开事项": _disclosures(),
        "服务承诺": [
            {"承诺方面": aspect, "承诺内容": text, "公布日期": SINCE} for aspect, text in ASPECTS
        ],
        "承诺检查": _checks(),
        **_plans(),
    }


def _stations() -> list[dict]:
    return [
        {
            "名称": name,
            "类型": "站所" if name.endswith("站") else "科室",
            "负责人": HANDLERS[name],
            "职责": "承办大厅派办的事项，在承诺期限内办结。",
            "地点": "新河社区办公楼",
            "联系电话": f"0731-855503{20 + number}",
            "开放时间": HOURS,
            "设立日期": SINCE,
            **OURS,
        }
        for number, name in enumerate(STATIONS)
    ]


def _members() -> list[dict]:
    people = [("翁建国", "组长", "社区党委书记"), ("辛丽君", "副组长", "社区居委会主任")]
    people += [(HANDLERS[name], "成员", f"{name}负责人") for name in STATIONS]
    return [
        {"领导小组": GROUP, "姓名": name, "组内职务": role, "单位和职务": post, "任职日期": SINCE}
        for name, role, post in people
    ]


def _facility() -> list[dict]:
    return [
        {
            "名称": HALL,
            "类型": "服务大厅",
            "面积（㎡）": 180,
            "地址": "新河路1号",
            "建成日期": date(2023, 12, 20),
            "启用日期": SINCE,
            **OURS,
        }
    ]


def _purchases() -> list[dict]:
    return [
        {
            "购置日期": date(2025, 3, 12),
            "物品": "视频监控设备",
            "数量": 6,
            "数量单位": "套",
            "金额（元）": 10680,
            "资金来源": "社区办公经费",
            "用途": "大厅窗口和等候区视频监控",
            **OURS,
        }
    ]


def _boards() -> list[dict]:
    places = (HALL, *(f"{grid}活动点" for grid in GRIDS))
    return [
        {
            "名称": "为民服务公开栏",
            "类型": "公开栏",
            "位置": place,
            "设置日期": date(2024, 3, 1),
            **OURS,
        }
        for place in places
    ]


def _slogans() -> list[dict]:
    texts = ("小事不出社区，代办就在身边", "您的事，我来办", "一窗受理，全程代办")
    return [
        {
            "悬挂日期": date(2025, 3, 3),
            "标语内容": text,
            "形式": "横幅",
            "地点": HALL if number == 0 else GRIDS[number],
            "数量（条）": 2,
            **OURS,
        }
        for number, text in enumerate(texts)
    ]


def _agents() -> list[dict]:
    agents = [
        {
            "姓名": name,
            "职责": "代办员",
            "公开电话": f"0731-855503{40 + number}",
            "服务时间": HOURS,
            "聘任日期": SINCE,
        }
        for number, name in enumerate(AGENTS)
    ]
    handlers = [
        {"姓名": name, "职责": "承办人", "所在站所": station, "聘任日期": SINCE}
        for station, name in HANDLERS.items()
    ]
    return agents + handlers


def _grids() -> list[dict]:
    return [
        {"代办员": agent, "网格": grid, "起始日期": SINCE}
        for agent, grid in zip(AGENTS, GRIDS, strict=True)
    ]


def _windows() -> list[dict]:
    return [
        {
            "服务大厅": HALL,
            "窗口": name,
            "受理业务": "受理、代办、回复",
            "窗口人员": AGENTS[number],
            "B 岗": AGENTS[(number + 1) % len(AGENTS)],
            "启用日期": SINCE,
        }
        for number, name in enumerate(WINDOWS)
    ]


def _studies() -> list[dict]:
    topics = (
        "学习市级便民服务体系建设文件",
        "学习街道全程代办实施方案",
        "学习领导关于为民服务的讲话",
        "学习行政许可法和优化营商环境条例",
        "窗口干部学习医保参保政策",
        "学习街道督办工作通报",
    )
    return [
        {
            "日期": WORKDAYS[18 + number * 40],
            "活动名称": title,
            "类型": "会议学习",
            "地点": "社区会议室",
            "主办和协办单位": "社区党委",
            "参加人次": 14 + number % 3,
            "举办方式": "本单位举办",
            "内容": "逐段学习，结合窗口工作讨论。",
            **OURS,
        }
        for number, title in enumerate(topics)
    ]


def _trainings() -> list[dict]:
    rows = (
        (40, "全程代办业务培训", 16, "政策法规", 6),
        (133, "办件系统和一次性告知培训", 12, "政策法规", 4),
        (205, "窗口礼仪和沟通培训", 13, "其他", 3),
    )
    return [
        {
            "日期": WORKDAYS[place],
            "活动名称": title,
            "类型": "培训",
            "地点": HALL,
            "主办和协办单位": "街道为民服务中心",
            "参加人次": people,
            "举办方式": "本单位举办",
            "培训内容": topic,
            "学时": hours,
            **OURS,
        }
        for place, title, people, topic, hours in rows
    ]


def _regimes() -> list[dict]:
    return [
        {"名称": title, "序号": ordinal, "内容": text, "实施日期": SINCE}
        for ordinal, (title, text) in enumerate(REGIMES, 1)
    ]


def _kept() -> list[dict]:
    """Each regime has a proof in each half of the year, the meetings their own ledger besides."""
    return [
        {
            "日期": WORKDAYS[60 + half * 120 + number],
            "制度": title,
            "落实情况": f"检查{title}执行情况，台账齐全。",
            "经办人": "辛丽君",
        }
        for half in range(2)
        for number, (title, _) in enumerate(REGIMES)
    ]


def _held(month: int) -> date:
    return next(day for day in WORKDAYS if (day.month, day.day >= 25) == (month, True))


def _meetings() -> list[dict]:
    return [
        {
            "会议月份": f"2025-{month:02d}",
            "召开日期": _held(month),
            "地点": "社区会议室",
            "主持人": "翁建国",
            "参加单位": "、".join(STATIONS),
            "参加人数": 11 + month % 3,
            "通报情况": "通报本月受理、办结、在办和回复情况。",
            "总结成绩": "多数办件按时办结，群众评价较好。",
            "查找不足": "个别上报件材料补正次数多。",
            "分析症结": "一次性告知不够细，站所之间衔接慢。",
            "解决问题": "细化告知清单，明确转办当天交接。",
        }
        for month in range(1, 13)
    ]


def _issues() -> list[dict]:
    rows = (
        (2, "上报件材料清单不统一", "民政救助站", "已统一清单并上墙"),
        (4, "残疾评定等候时间长", "残疾人工作站", "与街道约定每月集中评定"),
        (6, "高峰时段窗口排队", "综合办公室", "增开一个综合窗口"),
        (9, "参保登记高峰准备不足", "医保社保站", "提前两周入户登记"),
        (11, "个别办件超期未说明", "民政救助站", ""),
    )
    return [
        {
            "例会": f"2025-{month:02d}",
            "提出日期": _held(month),
            "议题": issue,
            "责任人（站所）": owner,
            "解决期限": _held(min(month + 1, 12)) if month < 12 else "",
            "解决日期": _held(month + 1) if result else "",
            "解决情况": result,
        }
        for month, issue, owner, result in rows
    ]


def _disclosures() -> list[dict]:
    rows = (
        ("办事指南", "全部代办事项的办事指南"),
        ("收费标准", "代办事项收费标准"),
        ("工作制度", "全程代办六项制度"),
        ("服务承诺", "七个方面服务承诺"),
        ("人员与职责", "代办员姓名、电话和负责网格"),
        ("咨询监督电话", "咨询电话和监督电话"),
        ("办理结果", "上半年办件情况"),
        ("办理结果", "第三季度办件情况"),
    )
    return [
        {
            "公开日期": WORKDAYS[5 + number * 26],
            "公开类别": kind,
            "公开事项": title,
            "公开位置": "公开栏、大厅",
        }
        for number, (kind, title) in enumerate(rows)
    ]


def _checks() -> list[dict]:
    """Each promise is looked at four times; the time limit was once not kept."""
    rows = []
    for quarter in range(4):
        for number, (aspect, text) in enumerate(ASPECTS):
            broken = (quarter, aspect) == (2, "办结时限")
            rows.append(
                {
                    "检查日期": WORKDAYS[55 + quarter * 60 + number // 4],
                    "服务承诺": text,
                    "检查方式": ("自查", "台账核对", "电话回访", "上级抽查")[quarter],
                    "检查结果": "未兑现" if broken else "已兑现",
                    "检查情况": f"{aspect}：抽查二十件{'，有超期未说明的' if broken else '，符合承诺'}。",
                    "整改措施": "逐件说明原因，登记延期。" if broken else "",
                }
            )
    return rows


def _plans() -> dict[str, list[dict]]:
    tasks = (
        ("完善办事指南并上墙", date(2025, 3, 31), date(2025, 3, 20), "全部事项已公开。"),
        ("培训窗口人员三次", date(2025, 11, 30), date(2025, 11, 6), "已办三次。"),
        ("开通网上申请", date(2025, 12, 31), None, ""),
    )
    ahead = (
        ("逐件回访超期和差评办件", date(2026, 1, 31), None, ""),
        ("修订上报件一次性告知清单", date(2026, 3, 31), None, ""),
        ("在偏远网格增设代办点", date(2026, 6, 30), None, ""),
    )
    made = [
        plan(f"{year}年为民服务全程代办工作计划", year, "辛丽君", "街道全程代办实施方案", of_year)
        for year, of_year in ((2025, tasks), (2026, ahead))
    ]
    return {
        "工作计划": [each["plan"] | OURS for each in made],
        "计划任务": [task for each in made for task in each["tasks"]],
    }
