"""指标 of what disability work sets out to do: plans, campaigns, papers.

Where the office counts the same over all departments, the tags narrow it to disability work."""

from dataclasses import dataclass, field

from django.db.models import Q

from disability.figures.base import OURS, flow, of_ours, ratio, stock
from portal.figures import Category, register
from portal.office.enums import Rank
from portal.office.figures.plans import done_by_end, held_by_end, open_at_end, reached_by_end
from portal.office.models import (
    Campaign,
    CampaignIndicator,
    IncomingDocument,
    PolicyDocument,
    ScheduledEvent,
    WorkTask,
)


@dataclass(frozen=True)
class Owners(Category):
    """By who answers for a task, as the tasks of the units name them."""

    label: str = "责任人"
    path: str = "owner"
    choices: dict = field(default_factory=dict)

    def labels(self, units):
        rows = WorkTask.objects.filter(unit__in=units, deleted_at__isnull=True)
        return {owner: owner for owner in rows.values_list("owner", flat=True).distinct()}


BY_OWNER = {"owner": Owners()}


def answered_by_end(period) -> Q:
    return OURS & Q(done_on__lte=period.end)


def our_tasks_done(period) -> Q:
    return of_ours("plan__domains") & done_by_end(period)


def our_events_held(period) -> Q:
    return OURS & held_by_end(period)


def our_tasks_open(period) -> Q:
    return of_ours("plan__domains") & open_at_end(period)


STANDING = Q(campaign__deleted_at__isnull=True) & of_ours("campaign__domains")
UNDER_WAY = {"starts": "campaign__starts_on", "ends": "campaign__ends_on"}


def our_indicators_reached(period) -> Q:
    return STANDING & reached_by_end(period)


register(
    flow(
        "tasks_planned",
        "残疾人工作计划任务",
        "项",
        "完成期限在期内的残疾人工作计划任务项数，取消的不算。",
        ("计划任务",),
        model=WorkTask,
        date="due_on",
        where=of_ours("plan__domains") & Q(cancelled_on__isnull=True),
        categories=BY_OWNER,
    ),
    flow(
        "tasks_done",
        "残疾人工作完成任务",
        "项",
        "完成期限在期内的残疾人工作计划任务中，到期末已完成的项数。",
        ("完成任务", "完成"),
        model=WorkTask,
        date="due_on",
        where=our_tasks_done,
        categories=BY_OWNER,
    ),
    flow(
        "tasks_open",
        "残疾人工作未完成任务",
        "项",
        "完成期限在期内、没有取消、到期末还没有完成的残疾人工作计划任务项数。",
        model=WorkTask,
        date="due_on",
        where=our_tasks_open,
    ),
    ratio(
        "task_rate",
        "残疾人工作任务完成率",
        "残疾人工作完成任务 ÷ 残疾人工作计划任务，都按完成期限归入时段。",
        ("任务完成率",),
        of="tasks_done",
        among="tasks_planned",
    ),
    flow(
        "events_planned",
        "助残年度安排应开展",
        "次",
        "计划日期在期内、计入残疾人工作的年度安排次数。",
        model=ScheduledEvent,
        date="planned_on",
        where=OURS,
    ),
    flow(
        "events_held",
        "助残年度安排已开展",
        "次",
        "计划日期在期内、计入残疾人工作的年度安排中，到期末已开展的次数。",
        model=ScheduledEvent,
        date="planned_on",
        where=our_events_held,
    ),
    ratio(
        "event_rate",
        "助残年度安排落实率",
        "助残年度安排已开展 ÷ 应开展。",
        of="events_held",
        among="events_planned",
    ),
    stock(
        "campaigns",
        "正在开展的助残创建",
        "项",
        "期末那一天已启动、尚未结束、计入残疾人工作的创建活动项数。",
        model=Campaign,
        where=OURS,
        starts="starts_on",
        ends="ends_on",
        categories={"rank": Category("级别", "rank", dict(Rank.choices))},
    ),
    flow(
        "campaigns_granted",
        "助残创建获命名",
        "项",
        "命名日期在期内、计入残疾人工作的创建活动项数。",
        ("命名",),
        model=Campaign,
        date="granted_on",
        where=OURS,
    ),
    stock(
        "indicators",
        "助残创建指标数",
        "项",
        "期末那一天正在开展的助残创建的指标项数。",
        model=CampaignIndicator,
        where=STANDING,
        **UNDER_WAY,
    ),
    stock(
        "indicators_reached",
        "助残创建达标指标",
        "项",
        "期末正在开展的助残创建的指标中，到期末有一条进度达到目标值的项数。",
        model=CampaignIndicator,
        where=our_indicators_reached,
        **UNDER_WAY,
    ),
    ratio(
        "indicator_rate",
        "助残创建达标率",
        "助残创建达标指标 ÷ 助残创建指标数。",
        ("达标率",),
        of="indicators_reached",
        among="indicators",
    ),
    flow(
        "documents",
        "印发助残文件",
        "份",
        "印发日期在期内、计入残疾人工作、由本单位印发的文件份数。",
        ("文件", "方案"),
        model=PolicyDocument,
        where=OURS,
    ),
    flow(
        "incoming",
        "收到助残来文",
        "份",
        "收文日期在期内、计入残疾人工作的来文份数。",
        ("来文",),
        model=IncomingDocument,
        where=OURS,
    ),
    flow(
        "incoming_done",
        "办结助残来文",
        "份",
        "收文日期在期内、计入残疾人工作的来文中，到期末已办结的份数。",
        model=IncomingDocument,
        where=answered_by_end,
    ),
)
