"""What the hall of 新河社区 did beyond cases: 836 who came to ask, 730 papers handed out, ratings, mediations."""

from collections.abc import Iterator

from tests.cases.s3_cases import AGENTS, DECIDED, GOING, HANDLERS, LAST, WORKDAYS, day
from tests.cases.s3_items import STATIONS
from tests.cases.s3_office import GRIDS, HALL, OURS
from tests.cases.s3_people import ADULTS, named

PEOPLE = 836
ASKED = (
    ("医保社保", "问城乡居民医保怎样参保、什么时候扣费。", "讲明参保时间、标准和扣费方式。"),
    ("社会救助", "问低保和临时救助的条件、要带什么材料。", "讲明条件，给了一次性告知清单。"),
    ("就业创业", "问哪里有招工、培训怎样报名。", "登记求职意向，告知报名时间。"),
    ("残疾人事务", "问残疾人证怎样办理、多久能拿到。", "讲明评定和办证步骤。"),
    ("户籍证明", "问居住证明开在哪里、要不要钱。", "当场说明，不收费。"),
    ("养老服务", "问高龄津贴从几岁起、按月发多少。", "讲明标准和发放时间。"),
    ("物业环境", "反映楼道堆物，问由谁清理。", "已联系物业，约定三日内清理。"),
)
HANDOUTS = (
    ("为民服务卡", 310, 3),
    ("办事告知单", 260, 4),
    ("全程代办宣传册", 100, 2),
    ("医保参保须知", 60, 1),
)
# Of 250 valid ratings 246 are 基本满意 or better.
LEVELS = (("非常满意", 161), ("满意", 70), ("基本满意", 15), ("不满意", 3), ("非常不满意", 1))
CHANNELS = ("窗口评价", "电话回访", "纸质评价表")


def sheets() -> dict[str, list[dict]]:
    return {
        "来访咨询": list(_receptions()),
        "干部接待日": _reception_days(),
        "现场办公": _onsite(),
        "宣传品发放": _handouts(),
        "矛盾调解": _mediations(),
        "社区回音壁": _echoes(),
        "好差评": list(_ratings()),
        "督办": _supervisions(),
    }


def _receptions() -> Iterator[dict]:
    """Nearly every working day somebody; the last ones of the year wait for an answer."""
    rows = 240
    for number in range(rows):
        topic, question, answer = ASKED[(number * 3 + number // 7) % len(ASKED)]
        people = PEOPLE * (number + 1) // rows - PEOPLE * number // rows
        place = number * LAST // rows
        waits = number >= rows - 3
        yield {
            "日期": WORKDAYS[place],
            **(named(ADULTS[number * 13 % len(ADULTS)]) if number % 4 == 0 else {}),
            "来访人": "" if number % 4 == 0 else ("居民", "经营户", "")[number % 3],
            "人次": people,
            "渠道": ("来访", "来访", "来电", "来访", "12345 热线")[number % 5],
            "咨询内容分类": topic,
            "咨询内容": question,
            "首问责任人": AGENTS[number % len(AGENTS)],
            "答复日期": "" if waits else WORKDAYS[place],
            "答复内容": "" if waits else answer,
            "答复人": "" if waits else AGENTS[number % len(AGENTS)],
        }


def _reception_days() -> list[dict]:
    cadres = (("翁建国", "社区党委书记"), ("辛丽君", "社区居委会主任"))
    rows = []
    for month in range(12):
        name, post = cadres[month % 2]
        raised = 3 + month % 4
        rows.append(
            {
                "接待日期": WORKDAYS[9 + month * 20],
                "接待干部": name,
                "职务": post,
                "地点": HALL,
                "接待人次": 8 + month % 5,
                "反映事项": raised,
                "已解决事项": raised - (month % 3 == 1),
                "主要事项和答复": "反映办证、环境和邻里问题，逐件答复。",
            }
        )
    return rows


def _onsite() -> list[dict]:
    return [
        {
            "日期": WORKDAYS[30 + number * 60],
            "地点": f"{GRIDS[number]}活动点",
            "参加单位和人员": "、".join(STATIONS[number : number + 3]),
            "服务群众人次": 24 + number * 3,
            "受理事项": 6 + number,
            "已解决事项": 5 + number,
            "主要事项和处理": "现场受理参保、认证和咨询。",
        }
        for number in range(4)
    ]


def _handouts() -> list[dict]:
    """730 papers: each kind in some rounds, in the hall and at people's doors."""
    rows = []
    for order, (paper, copies, rounds) in enumerate(HANDOUTS):
        for number in range(rounds):
            share = copies * (number + 1) // rounds - copies * number // rounds
            rows.append(
                {
                    "日期": WORKDAYS[25 + order * 12 + number * 55],
                    "宣传品": paper,
                    "数量": share,
                    "计量单位": "份",
                    "发放对象": "办事群众" if number % 2 == 0 else "辖区居民",
                    "发放方式": "现场发放" if number % 2 == 0 else "入户发放",
                    **OURS,
                }
            )
    return rows


def _mediations() -> list[dict]:
    kinds = ("邻里", "物业", "婚姻家庭", "房屋宅基地", "合同债务", "消费经营")
    rows = []
    for number in range(18):
        begun = 6 + number * 13
        result = "进行中" if number == 17 else "调解未成功" if number in (5, 12) else "调解成功"
        signed = result == "调解成功" and number % 3 == 0
        rows.append(
            {
                "受理日期": WORKDAYS[begun],
                "纠纷类型": kinds[number % len(kinds)],
                "当事人": f"{number % 6 + 1}栋住户与{(number + 2) % 6 + 1}栋住户",
                "事由": "因噪声、漏水、停车或费用发生争执。",
                "调解员": "游国强、裴建明",
                "调解地点": "矛盾调解室",
                "结果": result,
                "结束日期": "" if result == "进行中" else WORKDAYS[min(begun + 3, LAST)],
                "协议内容": "双方约定整改办法和期限。" if signed else "",
                "协议签订日期": WORKDAYS[begun + 3] if signed else "",
                "履行情况": "已履行" if signed else "",
                "回访日期": WORKDAYS[begun + 12] if signed else "",
                "回访情况": "双方均已履行。" if signed else "",
            }
        )
    return rows


def _echoes() -> list[dict]:
    asked = (
        ("医保社保", "医保参保能不能在社区办？", "可以，带身份证到大厅或找网格代办员。"),
        ("养老服务", "高龄津贴要不要每年认证？", "每年认证一次，行动不便的可上门认证。"),
        ("物业环境", "河边路灯什么时候修？", "已报修，三天内修好。"),
        ("就业创业", "创业培训还办不办？", "下半年还有一期，可先在大厅报名。"),
        ("户籍证明", "居住证明能代领吗？", "可以，代办员可送到家。"),
        ("残疾人事务", "残疾评定能上门吗？", "重度残疾人可以申请上门评定。"),
        ("住房房屋", "公租房名额怎么查？", "名额和轮候在公开栏公示。"),
        ("教育入学", "外地孩子怎样报名？", "已问清街道，带居住证明到学校报名。"),
        ("物业环境", "楼道灯不亮找谁？", ""),
    )
    rows = []
    for number, (topic, question, reply) in enumerate(asked):
        place = 20 + number * 26
        rows.append(
            {
                "提问日期": WORKDAYS[place],
                "类别": topic,
                "提问人": "居民",
                "问题": question,
                "提问人同意公开": "是",
                "回复": reply,
                "回复日期": WORKDAYS[place + 1] if reply else "",
                "回复人": AGENTS[number % len(AGENTS)] if reply else "",
                "审核": "可以公开" if reply else "待审核",
                "审核人": "辛丽君" if reply else "",
                "公开日期": WORKDAYS[place + 2] if reply else "",
            }
        )
    return rows


def _ratings() -> Iterator[dict]:
    """250 of those that were replied to, one each; who was not content says why."""
    levels = [level for level, count in LEVELS for _ in range(count)]
    replied = [going for going in DECIDED if going.replied is not None]
    chosen = [replied[number * len(replied) // 250] for number in range(250)]
    for number, going in enumerate(chosen):
        level = levels[number * 107 % 250]
        bad = level.endswith("不满意")
        channel = CHANNELS[number % len(CHANNELS)]
        yield {
            "评价日期": day(min(going.replied + number % 3, LAST)),
            "办件编号": going.written,
            "评价等级": level,
            "评价方式": channel,
            "评价意见": "等的时间长，没有人说明原因。" if bad else "",
            "回访人": AGENTS[number % len(AGENTS)] if channel == "电话回访" else "",
        }


def _supervisions() -> list[dict]:
    """The full-time agent urged the stations whose cases were late: 19 in all."""
    late = [going for going in GOING if going.late]
    overdue = [g for g in GOING if g.decided is None and g.accepted + g.item.days < LAST]
    rows = []
    for going in (*late, *overdue):
        sent = going.accepted + going.item.days + 1
        reply = min(sent + 1, LAST)
        rows.append(
            {
                "督办日期": day(min(sent, LAST)),
                "办件编号": going.written,
                "督办原因": "超期",
                "督办层级": "承办人",
                "督办对象": HANDLERS[going.item.station],
                "督办人": AGENTS[0],
                "督办要求": "请说明超期原因，尽快办结。",
                "要求答复日期": day(min(sent + 2, LAST)),
                "答复日期": day(reply),
                "答复人": "承办站所",
                "答复内容": "材料复核耽误，已抓紧办理。",
                "销号日期": day(going.decided) if going.decided is not None else "",
                "销号说明": "已办结。" if going.decided is not None else "",
            }
        )
    return rows
