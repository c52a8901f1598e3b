"""S2-3 … S2-15: the three networks of 江枫街道 — who manages, which places and bodies serve, who guides
and was trained."""

from datetime import date

from tests.cases.office import OURS, plan, plan_sheets
from tests.cases.s2_people import COORDINATORS, DOCTORS

CENTRE, HOSPITAL = "江枫街道社区卫生服务中心", "仁和医院"
CAMPAIGN = "市残疾人社区康复工作示范街道"
GROUP, GUIDES = "社区康复工作领导小组", "康复服务指导站"
HOME, SUNSHINE, NURSING = "江枫街道残疾人之家", "阳光之家", "温馨护理站"
SINCE = date(2024, 3, 1)

ALL_ROUND = "社区医生和社区康复协调员业务培训班"
TRAININGS = (
    (
        ALL_ROUND,
        date(2025, 3, 18),
        24,
        "康复服务、功能评定、训练计划、心理沟通、言语训练、上门调查",
        "区残疾人康复服务指导中心",
        [*DOCTORS, *COORDINATORS],
    ),
    ("康复需求调查专项培训", date(2025, 4, 10), 4, "需求调查", "街道残联", COORDINATORS),
    (
        "养护调查数据库管理专项培训",
        date(2025, 5, 22),
        4,
        "养护数据库管理",
        "街道残联",
        COORDINATORS[:12],
    ),
    (
        "盲人定向行走个别化方案专项培训",
        date(2025, 6, 17),
        6,
        "盲人定向行走",
        "区残疾人康复服务指导中心",
        [*DOCTORS, *COORDINATORS[:10]],
    ),
)


def sheets() -> dict[str, list[dict]]:
    return {
        **_campaign(),
        "印发文件": _documents(),
        "领导小组": _groups(),
        "小组成员": _members(),
        **_plans(),
        "岗位": _posts(),
        "在岗人员": _holders(),
        "年度安排": _schedule(),
        "设施": _facilities(),
        "功能区": _zones(),
        "康复机构": _bodies(),
        "机构服务内容": _services(),
        "康复合作协议": _cooperation(),
        "康复人员": _workers(),
        "助残活动": _trainings(),
        "康复人员参训": _attendances(),
    }


def _campaign() -> dict[str, list[dict]]:
    indicators = (
        ("康复需求调查率", 95, "%", 99),
        ("社区康复协调员培训率", 100, "%", 100),
        ("残疾人之家面积", 500, "㎡", 1100),
        ("残疾人满意率", 90, "%", 97),
    )
    head = {
        "创建名称": CAMPAIGN,
        "级别": "市级",
        "命名单位": "市残疾人联合会",
        "启动日期": SINCE,
        "计划达标日期": date(2025, 12, 31),
        "命名日期": date(2025, 11, 18),
        "结束日期": date(2025, 11, 18),
        "创建结果": "经市级验收合格，全区第一家命名。",
    }
    return {
        "创建活动": [head | OURS],
        "创建指标": [
            {"创建活动": CAMPAIGN, "指标": title, "目标值": target, "计量": measure}
            for title, target, measure, _ in indicators
        ],
        "创建进度": [
            {"日期": date(2025, 10, 20), "创建指标": title, "完成值": value}
            for title, _, _, value in indicators
        ],
        "荣誉": [
            {
                "获奖日期": date(2025, 11, 18),
                "荣誉名称": CAMPAIGN,
                "获奖者": "江枫街道",
                "级别": "市级",
                "授予单位": "市残疾人联合会",
                "凭据": "市残联〔2025〕61号",
                **OURS,
            },
            {
                "获奖日期": date(2025, 10, 9),
                "荣誉名称": "康复者文艺汇演朗诵比赛",
                "获奖者": "温馨护理站朗诵队",
                "作品或事迹": "诗朗诵《今天的窗口》",
                "评比活动": "市精神卫生中心康复者文艺汇演",
                "奖次": "一等奖",
                "级别": "市级",
                "授予单位": "市精神病防治中心",
                "写入总结": "是",
                **OURS,
            },
        ],
    }


def _documents() -> list[dict]:
    return [
        {
            "印发日期": day,
            "文号": number,
            "标题": title,
            "文种": kind,
            "执行起始日期": day,
            **OURS,
        }
        for day, number, title, kind in (
            (SINCE, "江枫街办〔2024〕8号", "创建市残疾人社区康复工作示范街道实施方案", "方案"),
            (date(2025, 1, 16), "江枫街办〔2025〕5号", "2025年残疾人社区康复工作计划", "通知"),
            (date(2025, 2, 20), "江枫街办〔2025〕9号", "残疾人社区康复工作任务分解表", "通知"),
        )
    ]


def _groups() -> list[dict]:
    groups = (
        (GROUP, "统筹创建和全年康复工作，每季度研究一次。"),
        (GUIDES, "指导功能评定、训练计划和家庭康复，每月巡回一次。"),
    )
    return [
        {"名称": name, "成立文件": "江枫街办〔2024〕8号", "职责": duties, "成立日期": SINCE} | OURS
        for name, duties in groups
    ]


def _members() -> list[dict]:
    people = (
        (GROUP, "陆绍平", "组长", "街道办事处分管主任", ""),
        (GROUP, "秦玉芳", "副组长", "社区管理科科长", ""),
        (GROUP, "汤建新", "成员", "社区卫生服务中心主任", ""),
        (GROUP, "邵立群", "成员", "派出所教导员", ""),
        (GROUP, "殷佩文", "成员", "江枫第一小学校长", ""),
        (GROUP, "龚海燕", "联络员", "街道残联理事长", ""),
        (GUIDES, "汤建新", "组长", "社区卫生服务中心主任", "全科医学"),
        (GUIDES, "柏雪琴", "成员", "社区卫生服务中心康复科", "康复医学"),
        (GUIDES, "祁文华", "成员", "仁和医院康复科", "运动疗法"),
        (GUIDES, "施婉清", "成员", "区辅读学校", "特殊教育"),
        (GUIDES, "褚明轩", "成员", "区精神卫生中心", "心理康复"),
    )
    return [
        {
            "领导小组": group,
            "姓名": name,
            "组内职务": role,
            "单位和职务": position,
            "专业": specialty,
            "任职日期": SINCE,
        }
        for group, name, role, position, specialty in people
    ]


def _plans() -> dict[str, list[dict]]:
    tasks = (
        ("社区管理科", "建成残疾人之家", 9, 26, "主体和装修完工，待启用。"),
        ("社区管理科", "组织示范街道验收", 11, 18, "市级验收合格。"),
        ("社区卫生服务中心", "培训社区医生和协调员", 3, 20, "三十六人结业。"),
        ("社区卫生服务中心", "签约残疾人定期上门康复", 12, 19, "按约定书上门。"),
        ("社区卫生服务中心", "重点人群功能评定", 10, 24, "评定后调整训练计划。"),
        ("派出所", "精神残疾人联合走访", 11, 28, "与家属、医生每季度一次。"),
        ("江枫第一小学", "助残志愿和融合活动", 5, 16, "助残日师生走进阳光之家。"),
        ("街道残联", "重残无业人员养护", 12, 25, "补贴按月发放。"),
        ("街道残联", "三类对象满意度调查", 11, 14, "残疾人、家属、居民分别调查。"),
    )
    rows = [
        (task, date(2025, month, day), date(2025, month, day), result)
        for _, task, month, day, result in tasks
    ]
    rows.append(("编印社区康复经验汇编", date(2025, 12, 31), None, ""))
    ahead = (
        ("残疾人之家开放运营", date(2026, 3, 31), None, ""),
        ("扩大医院签约上门服务", date(2026, 6, 30), None, ""),
        ("新增一批社区康复协调员培训", date(2026, 9, 30), None, ""),
    )
    found = plan_sheets(
        plan("2025年残疾人社区康复工作计划", 2025, "", "江枫街办〔2025〕9号", rows),
        plan("2026年残疾人社区康复工作计划", 2026, "街道残联", "", ahead),
    )
    owners = [*(owner for owner, *_ in tasks), "街道残联"]
    for task, owner in zip(found["计划任务"], owners, strict=False):
        task["责任人"] = owner
    return found


POSTS = (
    ("康复服务指导员", 2, "每周二、四", ("柏雪琴", "祁文华")),
    ("阳光之家训练员", 4, "周一至周五", ("谈慧珍", "乐建华", "费小云", "单丽君")),
    ("温馨护理站护理员", 2, "周一至周六", ("岑桂芳", "郎秀英")),
    ("助残员", 6, "每月入户一轮", ("季春华", "包美芳", "左志强", "应月琴", "宗爱民", "路小妹")),
)


def _posts() -> list[dict]:
    return [
        {
            "岗位": title,
            "定员人数": planned,
            "定时安排": times,
            "岗位职责": "按年度康复计划做好本岗位的工作。",
            "设岗日期": SINCE,
            **OURS,
        }
        for title, planned, times, _ in POSTS
    ]


def _holders() -> list[dict]:
    return [
        {"岗位": title, "姓名": name, "上岗日期": SINCE}
        for title, _, _, names in POSTS
        for name in names
    ]


def _schedule() -> list[dict]:
    """Twelve themed activities; the one of December was put off."""
    themes = (
        (1, 16, "年度康复计划部署"),
        (2, 20, "任务分解会"),
        (3, 3, "爱耳日宣传"),
        (4, 17, "康复技能展示"),
        (5, 16, "助残日主题活动"),
        (6, 6, "爱眼日宣传"),
        (7, 17, "家庭护理课堂"),
        (8, 25, "残疾预防日宣传"),
        (9, 18, "康复成果交流"),
        (10, 10, "精神卫生日宣传"),
        (11, 13, "满意度恳谈"),
        (12, 26, "年度康复总结会"),
    )
    return [
        {
            "计划日期": date(2025, month, day),
            "安排事项": title,
            "类型": "主题活动",
            "责任人": "龚海燕",
            "实际开展日期": "" if month == 12 else date(2025, month, day),
            **OURS,
        }
        for month, day, title in themes
    ]


def _facilities() -> list[dict]:
    """The home was built in 2025 and opens in 2026: only 阳光之家 and the station are in use."""
    return [
        {
            "名称": HOME,
            "类型": "残疾人之家",
            "面积（㎡）": 1100,
            "地址": "江枫路268号",
            "立项日期": date(2024, 6, 3),
            "建成日期": date(2025, 9, 26),
            **OURS,
        },
        {
            "名称": SUNSHINE,
            "类型": "残疾人之家",
            "面积（㎡）": 100,
            "地址": "新市南路96号",
            "启用日期": date(2024, 3, 1),
            **OURS,
        },
        {
            "名称": NURSING,
            "类型": "日间照料中心",
            "面积（㎡）": 80,
            "地址": "江枫路112号",
            "启用日期": date(2024, 3, 1),
            **OURS,
        },
    ]


def _zones() -> list[dict]:
    return [
        {"设施": HOME, "功能区": name, "面积（㎡）": area, "用途": use}
        for name, area, use in (
            ("阳光之家训练区", 420, "智力残疾人日间训练"),
            ("活动室", 260, "文体活动"),
            ("治疗护理区", 320, "物理治疗、日间护理"),
        )
    ]


def _bodies() -> list[dict]:
    return [
        {"单位名称": CENTRE, "性质": "医疗机构", "可提供的资源": "医疗、康复、健康教育平台"} | OURS,
        {"单位名称": HOSPITAL, "性质": "医疗机构", "可提供的资源": "康复医生定期上门"} | OURS,
    ]


def _services() -> list[dict]:
    return [
        {
            "服务机构": CENTRE,
            "服务内容": "康复医疗、功能训练、健康教育",
            "服务时间": "每周一至周五",
            "开展日期": SINCE,
        },
        {
            "服务机构": HOSPITAL,
            "服务内容": "上门服务、康复医疗",
            "服务时间": "每周三、周五上门",
            "开展日期": SINCE,
        },
    ]


def _cooperation() -> list[dict]:
    return [
        {
            "协议名称": "残疾人社区康复服务约定书",
            "共建单位": HOSPITAL,
            "约定内容": "选派受过培训的医生，定期为签约残疾人上门服务。",
            "签订日期": SINCE,
            "有效期至": date(2026, 2, 28),
        }
    ]


def _workers() -> list[dict]:
    doctors = [
        {"姓名": name, "岗位角色": "社区医生", "服务机构": CENTRE, "上岗日期": SINCE}
        for name in DOCTORS
    ]
    coordinators = [
        {
            "姓名": name,
            "岗位角色": "社区康复协调员",
            "资格证书": "社区康复协调员上岗证",
            "上岗日期": SINCE,
        }
        for name in COORDINATORS
    ]
    return [*doctors, *coordinators]


def _trainings() -> list[dict]:
    return [
        {
            "日期": day,
            "活动名称": title,
            "类型": "培训",
            "地点": "街道社区卫生服务中心",
            "主办和协办单位": host,
            "参加人次": len(people),
            "培训内容": topics,
            "学时": hours,
            **OURS,
        }
        for title, day, hours, topics, host, people in TRAININGS
    ]


def _attendances() -> list[dict]:
    return [
        {"日期": day, "活动名称": title, "康复人员": name, "学时": hours, "结果": "考核合格"}
        for title, day, hours, _, _, people in TRAININGS
        for name in people
    ]
