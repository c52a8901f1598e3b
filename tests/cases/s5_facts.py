"""What 和顺社区 did for its disabled residents in the first half of 2025 (domain §7 S5)."""

from collections.abc import Iterator
from datetime import date, timedelta

from tests.cases.needs import ask, met, surveys
from tests.cases.office import OURS, plan, plan_sheets
from tests.cases.s5_people import DISABLED, REGISTER, RENEWERS, named, with_components
from tests.cases.visiting import visits

WORKER = "庞小玲"
STAFF = (f"{WORKER}（残疾人专职委员）", f"{WORKER}、江立文")
HOME = (12, 14, 13, 15, 16, 14)  # 84 visits at home and 41 by phone, January to June
PHONE = (6, 7, 7, 6, 8, 7)
AT_HOME = (
    "上门了解康复需求和生活近况，登记一项辅具需求。",
    "讲解换证要带的材料，帮助填写申请表。",
    "补贴按月到账，家人照料妥当。",
    "想参加社区文体活动，已记下联系方式。",
)
BY_PHONE = (
    "电话询问近况，没有新的困难。",
    "电话通知换证时间和所需材料。",
    "电话回访上次登记的需求。",
)

PARTY, PARTY_DAY = "庆“三八”联欢会", date(2025, 3, 7)
STARTUP, STARTUP_DAY = "一人学、众人会暨创办自己的小店培训班", date(2025, 3, 10)
BOOTH, BOOTH_DAY = "社区门口助残日宣传咨询", date(2025, 5, 15)
BLOG = "和顺社区助残博客"
POSTS = (
    (date(2025, 1, 14), "两项补贴怎样申请", 186),
    (date(2025, 2, 18), "第二代残疾人证换领须知", 342),
    (date(2025, 3, 12), "三八联欢会上的歌声", 128),
    (date(2025, 4, 9), "轮椅日常保养五步", 97),
    (date(2025, 5, 16), "助残日活动现场", 215),
    (date(2025, 6, 10), "一位残疾店主的经验", 164),
)
JOBS = (
    (date(2025, 2, 20), "江边包装厂", "质检员", 3, "市残联就业服务所"),
    (date(2025, 3, 11), "顺风客服中心", "话务员", 5, "市残联就业服务所"),
    (date(2025, 4, 15), "好邻居超市", "理货员", 2, "街道劳动保障所"),
    (date(2025, 5, 20), "明朗眼镜店", "装配工", 1, "街道劳动保障所"),
)
BY_NAME = REGISTER.by_name
NAMES = [person.name for person in DISABLED]
PARTY_GUESTS = [person.name for person in DISABLED if person.sex == "女"][:6]
JOBLESS = with_components("肢体三级")[:12]
TRAINEES = with_components("肢体四级")[:4]
CATARACTS = with_components("视力二级")[:3]
READER = with_components("视力三级")[0]
HIRED = {(1, 1): date(2025, 4, 1), (3, 2): date(2025, 6, 3)}

# Sixty were asked in the first half of the year, twelve of whom need nothing.
ASKED = ask(
    DISABLED[:60],
    {
        "视力": "手术、辅助器具",
        "听力": "辅助器具",
        "言语": "训练指导",
        "肢体": "康复医疗、训练指导",
        "智力": "支持性服务",
        "精神": "药物",
    },
    first=date(2025, 3, 3),
    a_day=2,
    content=lambda number: number % 5 == 2,
)


def sheets() -> dict[str, list[dict]]:
    return {
        "残疾人走访": _visits(),
        "需求调查": list(surveys(ASKED, named, [WORKER])),
        "康复需求": list(met(ASKED, named, open_still=lambda number: number >= 30)),
        "助残活动": _activities(),
        "参加活动": _party_guests(),
        "残疾人培训": _trainees(),
        "宣传品发放": _handouts(),
        "标语": _banners(),
        "残疾人慰问": _donations(),
        "办证申请": list(_applications()),
        "康复转介": _referrals(),
        "招聘信息": _jobs(),
        "岗位推送": _pushes(),
        "收文": _documents(),
        "宣传渠道": _channels(),
        "发布内容": _posts(),
        **_campaign(),
        **_plans(),
    }


def _visits() -> list[dict]:
    home = visits(
        named,
        NAMES,
        HOME,
        mode="入户",
        staff=STAFF,
        words=AT_HOME,
        purposes=("残疾人需求", "关爱帮扶", "健康康复"),
    )
    phone = visits(named, NAMES[::-1], PHONE, mode="电话", staff=STAFF[:1], words=BY_PHONE)
    return sorted([*home, *phone], key=lambda row: (row["日期"], row["方式"]))


def _activities() -> list[dict]:
    return [
        {
            "日期": PARTY_DAY,
            "活动名称": PARTY,
            "类型": "文体联欢",
            "主题日": "妇女节",
            "地点": "市残疾人活动中心",
            "主办和协办单位": "市残联",
            "举办方式": "参加其他单位活动",
            "参加人次": len(PARTY_GUESTS),
            "其中残疾人": len(PARTY_GUESTS),
            "内容": "社区残疾姐妹表演合唱《茉莉花》，参加游园猜谜。",
            "写入总结": "是",
        },
        {
            "日期": STARTUP_DAY,
            "活动名称": STARTUP,
            "类型": "培训",
            "地点": "市残疾人就业服务中心",
            "主办和协办单位": "市残联、市就业局",
            "举办方式": "参加其他单位活动",
            "培训内容": "就业创业",
            "学时": 8,
            "内容": "讲开店选址、进货记账和小额贷款办法。",
            "写入总结": "是",
        },
        {
            "日期": BOOTH_DAY,
            "活动名称": BOOTH,
            "类型": "宣传",
            "主题日": "全国助残日",
            "地点": "社区门口",
            "主办和协办单位": "社区残协",
            "参加人次": 160,
            "其中残疾人": 52,
            "咨询人次": 74,
            "口号": "依法维护权益，科学康复生活",
            "内容": "悬挂横幅，讲残疾人保障法和康复知识，解答提问。",
            "写入总结": "是",
        },
    ]


def _party_guests() -> list[dict]:
    event = {"日期": PARTY_DAY, "活动名称": PARTY}
    return [event | named(name) | {"参加者": "本人"} for name in PARTY_GUESTS]


def _trainees() -> list[dict]:
    event = {"日期": STARTUP_DAY, "活动名称": STARTUP}
    return [event | named(name) | {"参加者": "本人", "结果": "结业"} for name in TRAINEES]


def _handouts() -> list[dict]:
    common = {"日期": BOOTH_DAY, "计量单位": "份", "活动名称": BOOTH, "发放方式": "现场发放"}
    return [
        common | {"宣传品": material, "数量": quantity, "发放对象": "过往居民"} | OURS
        for material, quantity in (("残疾人保障法解读", 110), ("家庭康复知识问答", 96))
    ]


def _banners() -> list[dict]:
    return [
        {
            "悬挂日期": BOOTH_DAY,
            "标语内容": "依法维护权益，科学康复生活",
            "形式": "横幅",
            "地点": "社区门口",
            "数量（条）": 2,
            **OURS,
        }
    ]


def _donations() -> list[dict]:
    return [
        {
            "日期": date(2025, 4, 23),
            **named(READER),
            "类别": "捐赠",
            "慰问（捐助）单位": "社区残协",
            "金额（元）": 0,
            "物品": "大字版图书",
            "物品类别": "图书",
            "物品数量": 12,
            "物品单位": "册",
            "写入总结": "是",
        }
    ]


def _applications() -> Iterator[dict]:
    """The 108 forms for a renewed card: 104 were taken in, 90 approved, 72 cards handed out."""
    for number, name in enumerate(RENEWERS):
        person, day = BY_NAME[name], date(2025, 3, 10) + timedelta(days=number // 4)
        by_guardian = person.guardian and person.category in ("智力", "精神")
        steps = (
            ("受理日期", 104, 3),
            ("审批日期", 90, 20),
            ("制证日期", 90, 30),
            ("发放（办结）日期", 72, 45),
        )
        yield {
            "申请日期": day,
            **named(name),
            "业务类型": "换领",
            "申请人": "监护人" if by_guardian else "本人",
            "监护人姓名": person.guardian[0] if by_guardian else "",
            "经办人": WORKER,
        } | {
            label: day + timedelta(days=after)
            for label, so_many, after in steps
            if number < so_many
        }


def _referrals() -> list[dict]:
    """Three people told of the operation; two were referred, one was operated on before July."""
    common = {"转介事由": "白内障", "告知人": WORKER}
    steps = (
        {"进展": "已治疗", "转介日期": date(2025, 4, 8), "手术（治疗）日期": date(2025, 5, 20)}
        | {"治疗方式": "手术", "结果": "术后视力好转"},
        {"进展": "已转介", "转介日期": date(2025, 6, 5)},
        {"进展": "已告知"},
    )
    return [
        {"告知日期": date(2025, 3, 20 + number), **named(name)}
        | common
        | step
        | ({"转介去向": "市第一医院眼科"} if "转介日期" in step else {})
        for number, (name, step) in enumerate(zip(CATARACTS, steps, strict=True))
    ]


def _jobs() -> list[dict]:
    return [
        {"日期": day, "用人单位": employer, "岗位": post, "招聘人数": wanted, "信息来源": source}
        | {"适合残疾人": "是", "计入工作": "残疾人工作"}
        for day, employer, post, wanted, source in JOBS
    ]


def _pushes() -> list[dict]:
    """Each post to some who look for work; one of the last round was taken on."""
    rows = []
    for number, (day, employer, post, *_) in enumerate(JOBS):
        for place in range(5):
            name = JOBLESS[(number * 5 + place) % len(JOBLESS)]
            row = {"日期": day, "用人单位": employer, "岗位": post, **named(name)}
            row |= {"推送方式": ("电话", "微信")[place % 2], "推送人": WORKER}
            row |= {"结果": ("无意向", "已面试", "待回复", "未联系上", "无意向")[place]}
            if (number, place) in HIRED:
                row |= {"结果": "已入职", "入职日期": HIRED[number, place]}
            rows.append(row)
    return rows


def _documents() -> list[dict]:
    return [
        {
            "收文日期": day,
            "来文文号": number,
            "标题": title,
            "来文单位": "市残联",
            "文种": "通知",
            "来文级别": "市级",
            "承办人": WORKER,
            "办结日期": done,
            "办理结果": "已列入年度计划并落实。",
            **OURS,
        }
        for day, done, number, title in (
            (
                date(2025, 1, 15),
                date(2025, 1, 22),
                "〔2025〕3号",
                "关于印发2025年残疾人工作安排的通知",
            ),
            (
                date(2025, 2, 12),
                date(2025, 6, 24),
                "〔2025〕9号",
                "关于开展残疾人证换领工作的通知",
            ),
        )
    ]


def _channels() -> list[dict]:
    blog = {"名称": BLOG, "类型": "博客", "负责人": WORKER, "开办日期": date(2025, 1, 10)}
    return [blog | OURS]


def _posts() -> list[dict]:
    return [
        {"发布日期": day, "标题": title, "宣传渠道": BLOG, "阅读量": views}
        for day, title, views in POSTS
    ]


def _campaign() -> dict[str, list[dict]]:
    name = "先进文化社区"
    indicators = (
        ("残疾人文体活动", 3, "场", 2),
        ("残疾人康复建档率", 95, "%", 96),
        ("助残志愿服务队", 2, "支", 2),
    )
    head = {"创建名称": name, "级别": "市级", "命名单位": "市文明办"}
    head |= {"启动日期": date(2024, 9, 1), "计划达标日期": date(2025, 12, 31)}
    return {
        "创建活动": [head | OURS],
        "创建指标": [
            {"创建活动": name, "指标": title, "目标值": target, "计量": measure}
            for title, target, measure, _ in indicators
        ],
        "创建进度": [
            {"日期": date(2025, 6, 20), "创建指标": title, "完成值": value}
            for title, _, _, value in indicators
        ],
    }


def _plans() -> dict[str, list[dict]]:
    tasks = (
        ("走访在册残疾人一遍", date(2025, 6, 30), date(2025, 6, 27), "上半年已走访一遍。"),
        ("组织残疾人证换领", date(2025, 6, 30), date(2025, 6, 24), "一百零八人已填表申请。"),
        ("开展助残日宣传", date(2025, 5, 20), date(2025, 5, 15), "在社区门口设点宣传。"),
        ("开办助残博客", date(2025, 2, 28), date(2025, 1, 10), "已发文六篇。"),
        ("组织参加创业培训", date(2025, 3, 31), date(2025, 3, 10), "四名残疾人结业。"),
        ("建立残疾人文艺队", date(2025, 6, 30), None, ""),
        ("跟进白内障患者手术", date(2025, 9, 30), None, ""),
        ("发放换领的残疾人证", date(2025, 9, 30), None, ""),
        ("开展爱耳爱眼和残疾预防宣传", date(2025, 10, 31), None, ""),
        ("完成先进文化社区申报", date(2025, 11, 30), None, ""),
    )
    return plan_sheets(
        plan("2025年残疾人工作计划", 2025, WORKER, "市残联2025年残疾人工作安排", tasks)
    )
