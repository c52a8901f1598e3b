"""Demo halls, agents with their grids, regimes, meetings, promises and what is made public."""

from datetime import date, timedelta
from random import Random

from portal.bulk import load, prepared
from portal.demo.world import SEED, YEAR, World, typed_at
from portal.models import User
from portal.office.enums import BoardKind, RuleKind
from portal.office.models import NoticeBoard, Purchase, Rule, RuleEvidence, Station
from servicecenter.enums.agents import AgentKind
from servicecenter.enums.regimes import (
    CheckResult,
    CheckWay,
    CommitmentAspect,
    DisclosureKind,
    DisclosurePlace,
)
from servicecenter.models import (
    Agent,
    AgentGrid,
    Commitment,
    CommitmentCheck,
    Disclosure,
    Hall,
    HallWindow,
    JointMeeting,
    MeetingIssue,
)

SINCE = date(YEAR - 1, 3, 4)
LAST_DAY = date(YEAR + 1, 6, 30)
OURS = ["servicecenter"]
HOURS = "周一至周五 8:30—12:00，14:30—17:30"
NAMES = (
    "林秋月", "方志宏", "江雪琴", "段永平", "侯玉洁", "龙建辉", "万小玲", "钱立群", "顾明霞", "施国华",
    "康丽萍", "毛新宇", "邱雅文", "秦素梅", "尹大伟", "黎春燕", "邵文静", "常宏伟", "武桂兰", "乔志勇",
)  # fmt: skip
REGIMES = (
    ("例会制度", "每月召开一次站所联席例会，通报情况、总结成绩、查找不足、分析症结、解决问题。"),
    ("公开制度", "事项、材料、时限、收费、人员和监督电话一律公开，变更后三个工作日内更新。"),
    ("承诺制度", "对办结时限、收费标准、服务态度、服务质量、承办内容作出公开承诺，接受监督。"),
    ("首问负责制度", "第一位接待群众的工作人员负责登记、引导，跟踪到办结。"),
    ("督办制度", "临期未办、超期和差评的办件逐级督办，限期回复。"),
    ("责任追究制度", "推诿拖延、违规收费、泄露群众信息的，按规定追究责任。"),
)
PROMISES = (
    (CommitmentAspect.TIME, "承诺件在承诺时限内办结，即办件当场办结。"),
    (CommitmentAspect.FEE, "代办服务不收取任何费用。"),
    (CommitmentAspect.MANNER, "来有迎声、问有答声、走有送声，使用文明用语。"),
    (CommitmentAspect.QUALITY, "一次性告知全部材料，不让群众为同一事项跑第二趟。"),
    (CommitmentAspect.CONTENT, "目录内的事项件件受理，目录外的事项说明去处。"),
    (CommitmentAspect.OPENNESS, "办理进度随时可查，监督电话有人接听。"),
    (CommitmentAspect.LIABILITY, "因工作失误造成延误的，当面道歉并限期补办。"),
)
POSTED = (
    (DisclosureKind.GUIDE, "办事事项目录和办事指南"),
    (DisclosureKind.FEE, "代办服务收费标准（不收费）"),
    (DisclosureKind.REGIME, "全程代办六项制度"),
    (DisclosureKind.PROMISE, "服务承诺书"),
    (DisclosureKind.PEOPLE, "代办员姓名、网格和服务时间"),
    (DisclosureKind.PHONE, "咨询和监督电话"),
)
TROUBLES = (
    ("老年人不会网上申请", "综合办公室", "每周二、四安排代办员上门帮办"),
    (
        "残疾评定排期长，群众反复询问",
        "助残服务工作站",
        "与评定医院约定每月两次集中评定，提前电话告知",
    ),
    ("午间窗口无人值守", "综合办公室", "窗口实行 AB 岗，午间轮值"),
    ("材料样本看不清", "综合办公室", "重新印制大字样本，放在填表台"),
)


def build(world: World) -> None:
    random = Random(SEED + 70)  # noqa: S311  not a secret
    units = [world.street, *world.communities]
    for index, unit in enumerate(units):
        people = _agents(world, unit, index)
        _hall(world, unit, people)
        _regimes(unit, random)
        _public(unit)
        if unit != world.street:
            _meetings(unit, people, random)


def at(day: date) -> dict:
    return {"recorded_at": typed_at(min(day, LAST_DAY))}


def _agents(world, unit, index) -> list[Agent]:
    """One agent for each two grids, and two who handle what is given to their stations."""
    grids = world.grids.get(unit.pk, [])
    names = [NAMES[(index * 3 + step) % len(NAMES)] for step in range(5)]
    stations = {s.name: s for s in Station.objects.filter(unit=unit, deleted_at__isnull=True)}
    count = max(1, (len(grids) + 1) // 2)
    rows = [
        Agent(
            unit=unit,
            name=names[n],
            kind=AgentKind.AGENT,
            phone=f"0799-55{index:02d}{n + 1:02d}1",
            hours=HOURS,
            starts_on=SINCE,
            **at(SINCE),
        )
        for n in range(count)
    ]
    for n, station in enumerate(list(stations.values())[:2]):
        rows.append(
            Agent(
                unit=unit,
                name=names[-1 - n],
                kind=AgentKind.HANDLER,
                station=station,
                phone=f"0799-55{index:02d}{n + 1:02d}8",
                starts_on=SINCE,
                **at(SINCE),
            )
        )
    if index == 1:
        _with_accounts(rows, count)
    made = load(Agent, [prepared(row) for row in rows])
    served = [
        AgentGrid(unit=unit, agent=made[n // 2], grid=grid, starts_on=SINCE, **at(SINCE))
        for n, grid in enumerate(grids)
        if n != len(grids) - 1 or index % 4
    ]
    load(AgentGrid, [prepared(row) for row in served])
    world.shared.setdefault("agents", {})[unit.pk] = made
    return made


def _with_accounts(rows, count) -> None:
    """The demo accounts find the work of the first community: two carry it, one handles it."""
    for row, username in zip(
        [*rows[:2], *rows[count : count + 1]],
        ("demo-window", "demo-worker", "demo-handler"),
        strict=False,
    ):
        user = User.objects.filter(username=username).first()
        if user is not None:
            row.user, row.name = user, user.name


def _hall(world, unit, people) -> None:
    word = unit.name.removesuffix("社区").removesuffix("街道")
    hall = Hall.objects.create(
        unit=unit,
        name=f"{unit.name}为民服务大厅",
        code_word=f"{word}代办" if unit != world.street else f"{word}街代办",
        address=f"{unit.name}服务中心一楼",
        hours=HOURS,
        phone="0799-5550100",
        complaint_phone="0799-5550119",
        **at(SINCE),
    )
    for n, services in enumerate(("综合受理、咨询引导", "社会保障、医保、残疾人事项"), 1):
        HallWindow.objects.create(
            unit=unit,
            hall=hall,
            name=f"{n} 号窗口",
            services=services,
            agent=people[(n - 1) % len(people)],
            backup=people[n % len(people)] if len(people) > 1 else None,
            starts_on=SINCE,
            **at(SINCE),
        )


def _regimes(unit, random) -> None:
    rules = load(
        Rule,
        [
            prepared(
                Rule(
                    unit=unit,
                    title=title,
                    kind=RuleKind.REGIME,
                    ordinal=ordinal,
                    text=text,
                    starts_on=SINCE,
                    domains=OURS,
                    **at(SINCE),
                )
            )
            for ordinal, (title, text) in enumerate(REGIMES, 1)
        ],
    )
    days = [date(YEAR, month, 10 + random.randrange(8)) for month in (3, 6, 9, 12)]
    proofs = [
        RuleEvidence(
            unit=unit, rule=rule, occurred_on=day, content=f"检查{rule.title}执行情况，记录完整。",
            **at(day),
        )
        for rule in rules
        for day in days[: 1 + random.randrange(4)]
    ]  # fmt: skip
    load(RuleEvidence, [prepared(row) for row in proofs])
    promises = load(
        Commitment,
        [
            prepared(Commitment(unit=unit, aspect=aspect, text=text, starts_on=SINCE, **at(SINCE)))
            for aspect, text in PROMISES
        ],
    )
    checks = []
    for promise in promises:
        for month in (3, 6, 9, 12):
            kept = random.random() > 0.06
            day = date(YEAR, month, 20)
            checks.append(
                CommitmentCheck(
                    unit=unit,
                    commitment=promise,
                    occurred_on=day,
                    way=random.choice(CheckWay.values),
                    result=CheckResult.KEPT if kept else CheckResult.BROKEN,
                    finding="抽查办件和走访群众，兑现情况良好。"
                    if kept
                    else "抽查发现一件没有做到。",
                    remedy="" if kept else "当面说明情况，限期改正。",
                    **at(day),
                )
            )
    load(CommitmentCheck, [prepared(row) for row in checks])


def _public(unit) -> None:
    board = NoticeBoard.objects.create(
        unit=unit,
        name="为民服务公开栏",
        kind=BoardKind.DISCLOSURE,
        place=f"{unit.name}服务大厅门口",
        starts_on=SINCE,
        domains=OURS,
        **at(SINCE),
    )
    day = date(YEAR, 1, 15)
    rows = [
        Disclosure(
            unit=unit,
            occurred_on=day + timedelta(days=7 * n),
            kind=kind,
            title=title,
            content=f"{title}已在公开栏张贴，欢迎监督。",
            places=[DisclosurePlace.BOARD, DisclosurePlace.WEB],
            board=board,
            **at(day + timedelta(days=7 * n)),
        )
        for n, (kind, title) in enumerate(POSTED)
    ]
    load(Disclosure, [prepared(row) for row in rows])
    bought = date(YEAR, 4, 16)
    Purchase.objects.create(
        unit=unit,
        occurred_on=bought,
        item="窗口评价器和叫号机",
        quantity=1,
        measure="套",
        amount=6800,
        funding="社区服务经费",
        use="大厅窗口排队和评价",
        domains=OURS,
        **at(bought),
    )


def _meetings(unit, people, random) -> None:
    for year, months in ((YEAR, 12), (YEAR + 1, 6)):
        for month in range(1, 13):
            meeting = JointMeeting(
                unit=unit, month=date(year, month, 1), **at(date(year, month, 5))
            )
            if month <= months and random.random() > 0.05:
                meeting.held_on = date(year, month, 5)
                meeting.place, meeting.chair = "社区会议室", people[0].name
                meeting.bodies = "社会保障工作站、助残服务工作站、综合办公室"
                meeting.attendees = random.randrange(8, 16)
                meeting.report = "通报上月受理、办结和超期情况。"
                meeting.achievements = "承诺件大多提前办结，群众评价良好。"
                meeting.gaps = "个别办件办结后没有及时回复申请人。"
                meeting.causes = "承办人与代办员交接不及时。"
                meeting.solutions = "办结当天交回代办员，两个工作日内回复。"
            elif month <= months:
                meeting.not_held_for = "防汛值守，推迟到下月合并召开"
            meeting.save()
            if meeting.held_on and random.random() > 0.5:
                _issue(unit, meeting, random)


def _issue(unit, meeting, random) -> None:
    issue, owner, result = random.choice(TROUBLES)
    closed = meeting.held_on + timedelta(days=random.randrange(7, 40))
    done = closed <= LAST_DAY and random.random() > 0.15
    MeetingIssue.objects.create(
        unit=unit,
        meeting=meeting,
        occurred_on=meeting.held_on,
        issue=issue,
        owner=owner,
        due_on=meeting.held_on + timedelta(days=30),
        closed_on=closed if done else None,
        result=result if done else "",
        **at(meeting.held_on),
    )
