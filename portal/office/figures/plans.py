"""Plans and tasks, the yearly schedule, creation campaigns."""

from django.db.models import Exists, OuterRef, Q

from portal.figures import register
from portal.office.enums import EventKind, Rank
from portal.office.figures.base import flow, of, ratio, stock, tags
from portal.office.models import (
    Campaign,
    CampaignIndicator,
    IndicatorProgress,
    ScheduledEvent,
    WorkPlan,
    WorkTask,
)
from portal.tiles import tiles

STANDING = Q(cancelled_on__isnull=True)


def done_by_end(period) -> Q:
    return STANDING & Q(done_on__lte=period.end)


def open_at_end(period) -> Q:
    """Neither done by then nor cancelled."""
    return STANDING & (Q(done_on__isnull=True) | Q(done_on__gt=period.end))


def held_by_end(period) -> Q:
    return Q(held_on__lte=period.end)


def reached_by_end(period) -> Q:
    """A progress record on or before the period's end told the target or more."""
    enough = IndicatorProgress.objects.kept().filter(
        indicator=OuterRef("pk"),
        occurred_on__lte=period.end,
        value__gte=OuterRef("target"),
    )
    return Q(Exists(enough))


UNDER_WAY = {"starts": "campaign__starts_on", "ends": "campaign__ends_on"}
EVENT_KIND = {"kind": of(EventKind), **tags()}
CAMPAIGN_RANK = {"rank": of(Rank, "级别", "rank"), **tags()}

register(
    stock(
        "plans",
        "工作计划",
        "项",
        "期末那一天在计划时间内的工作计划项数。",
        model=WorkPlan,
        categories=tags(),
    ),
    flow(
        "tasks",
        "计划任务",
        "项",
        "完成期限在期内的计划任务项数，取消的不算。",
        keywords=("计划任务", "任务"),
        model=WorkTask,
        date="due_on",
        where=STANDING,
        categories=tags("plan__domains"),
    ),
    flow(
        "tasks_done",
        "完成任务",
        "项",
        "完成期限在期内的计划任务中，到期末已完成的项数。",
        keywords=("完成任务",),
        model=WorkTask,
        date="due_on",
        where=done_by_end,
        categories=tags("plan__domains"),
    ),
    ratio(
        "tasks_done_rate",
        "任务完成率",
        "完成任务除以计划任务，都按完成期限归入时段。",
        "tasks_done",
        "tasks",
    ),
    flow(
        "events_planned",
        "年度安排应开展",
        "次",
        "计划日期在期内的年度安排次数。",
        model=ScheduledEvent,
        date="planned_on",
        categories=EVENT_KIND,
    ),
    flow(
        "events_held",
        "年度安排已开展",
        "次",
        "计划日期在期内的年度安排中，到期末已开展的次数。",
        model=ScheduledEvent,
        date="planned_on",
        where=held_by_end,
        categories=EVENT_KIND,
    ),
    ratio(
        "events_held_rate",
        "年度安排落实率",
        "已开展的年度安排除以应开展的。",
        "events_held",
        "events_planned",
    ),
    flow(
        "meetings_planned",
        "应开例会",
        "次",
        "计划日期在期内的工作例会次数。",
        keywords=("应开例会",),
        model=ScheduledEvent,
        date="planned_on",
        where=Q(kind=EventKind.MEETING),
        categories=tags(),
    ),
    flow(
        "meetings_held",
        "实开例会",
        "次",
        "计划日期在期内的工作例会中，到期末已召开的次数。",
        keywords=("例会",),
        model=ScheduledEvent,
        date="planned_on",
        where=lambda period: Q(kind=EventKind.MEETING) & held_by_end(period),
        categories=tags(),
    ),
    ratio(
        "meetings_held_rate",
        "例会召开率",
        "实开例会除以应开例会。",
        "meetings_held",
        "meetings_planned",
    ),
    stock(
        "campaigns",
        "正在创建",
        "项",
        "期末那一天已启动、尚未结束的创建活动项数。",
        model=Campaign,
        ends_inclusive=False,
        categories=CAMPAIGN_RANK,
    ),
    flow(
        "campaigns_granted",
        "创建获命名",
        "项",
        "命名日期在期内的创建活动项数。",
        model=Campaign,
        date="granted_on",
        categories=CAMPAIGN_RANK,
    ),
    stock(
        "indicators",
        "创建指标",
        "项",
        "期末那一天正在创建的活动的指标项数。",
        model=CampaignIndicator,
        where=Q(campaign__deleted_at__isnull=True),
        ends_inclusive=False,
        **UNDER_WAY,
        categories=tags("campaign__domains"),
    ),
    stock(
        "indicators_reached",
        "达标指标",
        "项",
        "期末正在创建的活动的指标中，到期末有一条进度达到目标值的项数。",
        model=CampaignIndicator,
        where=lambda period: Q(campaign__deleted_at__isnull=True) & reached_by_end(period),
        ends_inclusive=False,
        **UNDER_WAY,
        categories=tags("campaign__domains"),
    ),
    ratio(
        "indicators_reached_rate",
        "创建指标达标率",
        "达标指标除以创建指标。",
        "indicators_reached",
        "indicators",
    ),
    flow(
        "indicator_records",
        "创建进度记录",
        "条",
        "日期在期内的创建进度记录条数。",
        model=IndicatorProgress,
        categories=tags("indicator__campaign__domains"),
    ),
)
tiles.add("office.tasks_done_rate")
