"""The set-up of sanitation work at the street: work asked for, papers, an office with its people, rules, plans."""

from datetime import date

from django.utils import timezone

from portal.bulk import load
from portal.demo.world import YEAR, World, typed_at
from portal.office.enums import DocumentKind, Rank, StationKind
from portal.office.models import (
    Campaign,
    IncomingDocument,
    PolicyDocument,
    Post,
    PostHolder,
    Rule,
    Station,
    WorkPlan,
    WorkTask,
)
from sanitation.selectors.shares import TAGS

RULES = (
    (
        "常规巡查计分制度",
        "常规巡查发现的严重问题，按季度检查标准扣分，计入当季季度检查。",
        (YEAR, 1, 1),
    ),
    ("受检小组产生办法", "受检小组由村推荐一部分、随机抽取一部分。", (YEAR, 1, 1)),
    ("四季度暗访制度", "四季度对每个村暗访一次，不通知时间和小组。", (YEAR, 9, 20)),
    ("干部入户排名办法", "按季度公布入户户数，末三名分别扣 10、5、3 分。", (YEAR + 1, 10, 1)),
)
# Title, who, first day, last day, done on: of the plan of the year.
TASKS = (
    ("继续落实三分一处和入户宣传", "各社区", (1, 1), (12, 20), (12, 12)),
    ("推行垃圾收费并纳入季度检查", "城管办", (3, 1), (12, 25), None),
    ("集镇违章广告清零", "城管办", (3, 1), (9, 30), (9, 18)),
    ("新建四分类投放点", "环卫所", (4, 1), (10, 31), (10, 20)),
    ("干部入户按季度排名", "治理办", (10, 1), (12, 28), None),
)


def add_regime(world: World) -> None:
    street, today = world.street, timezone.localdate()

    def row(model, day, **fields):
        return model(unit=street, recorded_at=typed_at(day), **fields)

    def spell(model, day, **fields):
        return row(model, day, starts_on=day, domains=TAGS, **fields)

    began = date(YEAR, 1, 1)
    load(
        Campaign,
        [
            spell(Campaign, began, name=name, rank=Rank.DISTRICT, grantor="区委、区政府和区生态办")
            for name in ("城乡环境卫生整洁行动", "城乡结合部整治")
        ],
    )
    issued = date(YEAR, 2, 20)
    load(
        PolicyDocument,
        [
            row(
                PolicyDocument,
                issued,
                occurred_on=issued,
                title="春华街道环境治理工作方案",
                number=f"春治发〔{YEAR}〕3号",
                kind=DocumentKind.PLAN,
                summary="两年内实现垃圾分类全覆盖、集镇秩序规范、主次干道常态保洁",
                starts_on=began,
                ends_on=date(YEAR + 1, 12, 31),
                domains=TAGS,
            )
        ],
    )
    asked = date(YEAR, 1, 15)
    load(
        IncomingDocument,
        [
            row(
                IncomingDocument,
                asked,
                occurred_on=asked,
                title="关于开展城乡环境卫生整洁行动的通知",
                number=f"清环发〔{YEAR}〕2号",
                kind=DocumentKind.NOTICE,
                sender="区生态办",
                rank=Rank.DISTRICT,
                handling="由城管办公室拟订实施方案",
                handler="吴永刚",
                due_on=date(YEAR, 2, 28),
                done_on=issued,
                result="已印发环境治理工作方案",
                domains=TAGS,
            )
        ],
    )
    [office] = load(
        Station,
        [
            spell(
                Station,
                date(YEAR, 3, 3),
                name="城管办公室",
                kind=StationKind.STATION,
                head="吴永刚",
                document=f"{YEAR}年小城镇管理工作要点",
                duties="统筹集镇、干道、景区“三点一线”的环境管理",
            )
        ],
    )
    [post] = load(
        Post,
        [
            spell(
                Post, office.starts_on, title="环境治理专干", station=office, planned=4,
                timetable="每日巡查，周一例会",
            )
        ],
    )  # fmt: skip
    load(
        PostHolder,
        [
            row(PostHolder, post.starts_on, post=post, person=person, starts_on=post.starts_on)
            for person in ("吴永刚", "谢晓东", "罗玉兰", "唐志远")
        ],
    )
    load(
        Rule,
        [
            spell(Rule, date(*since), title=title, text=text)
            for title, text, since in RULES
            if date(*since) <= today
        ],
    )
    for year in (YEAR, YEAR + 1):
        _plan(row, year, today)


def _plan(row, year, today) -> None:
    first = date(year, 1, 4)
    [plan] = load(
        WorkPlan,
        [
            row(
                WorkPlan,
                first,
                title=f"{year}年环境卫生工作计划",
                starts_on=date(year, 1, 1),
                ends_on=date(year, 12, 31),
                domains=TAGS,
            )
        ],
    )
    tasks = []
    for title, owner, starts, due, done in TASKS:
        finished = date(year, *done) if done else None
        tasks.append(
            row(
                WorkTask,
                first,
                plan=plan,
                title=title,
                owner=owner,
                starts_on=date(year, *starts),
                due_on=date(year, *due),
                done_on=finished if finished and finished < today else None,
            )
        )
    load(WorkTask, tasks)
