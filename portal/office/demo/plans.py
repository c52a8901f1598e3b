"""Plans with tasks, the yearly schedule, creation campaigns, totals of the year before."""

from datetime import date, timedelta

from portal.demo.world import YEAR
from portal.office.demo.stage import DISABILITY, LAST_DAY, OFFICE, Stage
from portal.office.enums import EventKind, Rank
from portal.office.models import (
    Campaign,
    CampaignIndicator,
    HistoricTotal,
    IndicatorProgress,
    ScheduledEvent,
    WorkPlan,
    WorkTask,
)

# What disability work holds every year, by month.
THEMES = {3: "爱耳日义诊咨询", 5: "助残日主题活动", 8: "残疾预防日宣传", 12: "国际残疾人日联欢"}
# Task, target, measure, figure, first and last month.
TASKS = {
    "年度工作计划": (
        OFFICE,
        (
            ("入户走访居民", 160, "人次", "visits.home", 1, 12),
            ("组织社区工作例会", 12, "次", "office.meetings_held", 1, 12),
            ("发放宣传资料", 1100, "份", "handouts.quantity", 1, 12),
            ("更新公开栏内容", 3, "期", "office.postings", 1, 12),
            ("完成办公设备更新", None, "", "", 3, 6),
            ("修订工作制度", None, "", "", 1, 3),
        ),
    ),
    "残疾人工作计划": (
        DISABILITY,
        (
            ("走访在册残疾人", 60, "人次", "disability.visits", 1, 12),
            ("开展助残日宣传", 1, "次", "", 5, 5),
            ("组织残疾人职业培训", 2, "次", "disability.trainings", 3, 11),
            ("完成残疾人医保资助申报", 10, "人", "disability.insurance", 1, 10),
        ),
    ),
}
SCALED = {"visits.home", "handouts.quantity", "disability.visits", "disability.insurance"}
CAMPAIGNS = (
    (
        "先进文化社区",
        Rank.CITY,
        "市文明办",
        OFFICE,
        (("文体活动", 12, "场"), ("文艺队伍", 3, "支")),
    ),
    (
        "残疾人社区康复示范社区",
        Rank.DISTRICT,
        "区残疾人联合会",
        DISABILITY,
        (("康复建档率", 95, "%"), ("康复协调员持证", 1, "人")),
    ),
)
TOTALS = (
    ("visits.home", 268),
    ("handouts.quantity", 1850),
    ("disability.visits", 121),
    ("activities.times", 15),
)


def add_plans(stage: Stage) -> None:
    plans, tasks, indicators = [], [], []
    for unit in stage.communities:
        for year in (YEAR, YEAR + 1):
            for name, (domains, listed) in TASKS.items():
                plan = _plan(stage, unit, year, name, domains)
                plans.append(plan)
                tasks += [_task(stage, plan, year, *task) for task in listed]
    stage.store(WorkPlan, plans)
    stage.store(WorkTask, tasks)
    stage.store(ScheduledEvent, [r for u in stage.units for r in _schedule(stage, u)])
    campaigns = [(row, wanted) for u in stage.communities for row, wanted in _campaigns(stage, u)]
    stage.store(Campaign, [row for row, _ in campaigns])
    for campaign, wanted in campaigns:
        indicators += _indicators(stage, campaign, wanted)
    stage.store(CampaignIndicator, indicators)
    stage.store(IndicatorProgress, [r for row in indicators for r in _progress(stage, row)])
    stage.store(HistoricTotal, [r for u in stage.communities for r in _totals(stage, u)])


def _plan(stage, unit, year, name, domains):
    return stage.row(
        WorkPlan,
        unit,
        date(year, 1, 5),
        title=f"{year}年{name}",
        starts_on=date(year, 1, 1),
        ends_on=date(year, 12, 31),
        document="街道年度工作要点",
        domains=domains,
    )


def _task(stage, plan, year, title, target, measure, figure, first, last):
    due = date(year, last, 28)
    done = due - timedelta(days=stage.random.randrange(1, 20))
    finished = done <= LAST_DAY and stage.random.random() < 0.85
    return stage.row(
        WorkTask,
        plan.unit,
        plan.starts_on,
        plan=plan,
        title=title,
        # What is counted from records has as many of them as the demo is large.
        target=stage.world.many(target) if figure in SCALED else target,
        measure=measure,
        figure=figure,
        owner=stage.people(plan.unit)[first % 4],
        starts_on=date(year, first, 1),
        due_on=due,
        done_on=done if finished else None,
        result="已按计划完成。" if finished else "",
    )


def _schedule(stage, unit):
    for year in (YEAR, YEAR + 1):
        for month in range(1, 13):
            planned = date(year, month, 10)
            held = planned + timedelta(days=stage.random.choice((0, 0, 1, 2)))
            skipped = held > LAST_DAY or (stage.units.index(unit) + month) % 11 == 0
            kind = EventKind.STUDY if month % 4 == 0 else EventKind.MEETING
            if kind == EventKind.STUDY:
                yield _scheduled(stage, unit, planned, kind, held=None if skipped else held)
            yield _scheduled(stage, unit, planned, EventKind.MEETING, None if skipped else held)
        for month, title in THEMES.items():
            held = date(year, month, 16)
            event = _scheduled(
                stage, unit, held, EventKind.THEME, held if held <= LAST_DAY else None
            )
            event.title, event.place, event.domains = title, f"{unit.name}中心广场", DISABILITY
            yield event


def _scheduled(stage, unit, planned, kind, held):
    title = "文件学习会" if kind == EventKind.STUDY else f"{planned.month}月工作例会"
    return stage.row(
        ScheduledEvent,
        unit,
        date(planned.year, 1, 5),
        title=title,
        kind=kind,
        planned_on=planned,
        place=f"{unit.name}会议室",
        owner=stage.people(unit)[0],
        held_on=held,
        domains=OFFICE,
    )


def _campaigns(stage, unit):
    for number, (name, rank, grantor, domains, wanted) in enumerate(CAMPAIGNS):
        granted = date(YEAR, 11, 20) if (stage.units.index(unit) + number) % 4 == 0 else None
        row = stage.row(
            Campaign,
            unit,
            date(YEAR, 1, 15),
            name=name,
            rank=rank,
            grantor=grantor,
            starts_on=date(YEAR, 1, 15),
            target_on=date(YEAR + 1, 11, 30),
            granted_on=granted,
            ends_on=granted,
            result="通过验收并命名。" if granted else "",
            domains=domains,
        )
        yield row, wanted


def _indicators(stage, campaign, wanted):
    return [
        stage.row(
            CampaignIndicator,
            campaign.unit,
            campaign.starts_on,
            campaign=campaign,
            title=title,
            target=target,
            measure=measure,
        )
        for title, target, measure in wanted
    ]


def _progress(stage, indicator):
    for month, share in ((6, 0.5), (12, stage.random.choice((0.8, 1)))):
        day = date(YEAR, month, 15)
        value = round(float(indicator.target) * share, 2)
        yield stage.row(IndicatorProgress, indicator.unit, day, indicator=indicator, value=value)


def _totals(stage, unit):
    for figure, value in TOTALS:
        yield stage.row(
            HistoricTotal,
            unit,
            date(YEAR, 1, 8),
            figure=figure,
            period=str(YEAR - 2),
            value=value + stage.units.index(unit) * 7,
            source=f"{YEAR - 2}年社区工作总结",
        )
