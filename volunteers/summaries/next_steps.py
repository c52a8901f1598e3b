"""What outline D tells of gaps, by the figures that tell of them, and of what comes next: open tasks of the
plans of volunteer work, and activities that are announced."""

from portal.figures import engine
from portal.office.summaries import MOST, following, planned_next
from portal.punctuation import joined
from portal.summaries import Narrative, Telling, register
from portal.telling import listed, month_day, quoted
from volunteers.enums.activities import ActivityState
from volunteers.models import VolunteerActivity
from volunteers.summaries.outlines import VOLUNTEERS, told
from volunteers.summaries.telling import counted

AHEAD = (ActivityState.PLANNED, ActivityState.RECRUITING)


def idle(telling: Telling):
    """Who is registered and did not serve."""
    active, registered = counted(telling, "active_registered"), counted(telling, "registered")
    if registered > active:
        yield (
            "志愿者参与还不够充分，在册志愿者{volunteers.registered}，期内参与服务的"
            "{volunteers.active_registered}。"
        )


def quiet_months(telling: Telling):
    """Months without any activity, in a period that had some."""
    months = engine.by_month("volunteers.activities", telling.units, telling.period)
    empty = [month for month, reading in months if not reading.value]
    if empty and len(empty) < len(months):
        yield f"{joined(f'{month.start.month}月' for month in empty)}没有开展志愿活动，安排不够均衡。"


def unfilled(telling: Telling):
    places, signed = counted(telling, "shift_places"), counted(telling, "signed_up")
    if signed < places:
        yield (
            "部分班次报名不足，各班次需要{volunteers.shift_places}，报名{volunteers.signed_up}。"
        )


def plans(telling: Telling):
    return planned_next(telling, "volunteers")


def announced(telling: Telling):
    """By day and title, of the time as long as the period that follows it."""
    after = following(telling.period)
    rows = VolunteerActivity.objects.filter(
        deleted_at__isnull=True,
        unit__in=telling.units,
        state__in=AHEAD,
        starts_on__range=(after.start, after.end),
    )
    found = [
        f"{month_day(row.starts_on)}的{quoted(row.title)}"
        for row in rows.order_by("starts_on", "pk")
    ]
    if found:
        yield f"已安排的志愿活动有{listed(found, MOST)}。"


def remaining(telling: Telling):
    if counted(telling, "help_open"):
        yield "对尚未安排的居民服务需求{volunteers.help_open}逐件联系，尽快安排班次。"


register(
    Narrative(VOLUNTEERS, "gaps", 10, idle),
    Narrative(VOLUNTEERS, "gaps", 12, quiet_months),
    Narrative(VOLUNTEERS, "gaps", 14, unfilled),
    told(
        "gaps",
        20,
        "还有{volunteers.hours_waiting}的服务时长没有完成确认和公示，不能计入。",
        "hours_waiting",
    ),
    told(
        "gaps",
        22,
        "有{volunteers.corrections_waiting}时长更正申请还没有答复。",
        "corrections_waiting",
    ),
    told("gaps", 24, "居民服务需求还有{volunteers.help_open}没有办结。", "help_open"),
    told("gaps", 26, "帮扶服务中有{volunteers.served_unrated}没有回访满意度。", "served_unrated"),
    told(
        "gaps",
        28,
        "有{volunteers.served_without_home}服务对象没有登记所在的户，户数不全。",
        "served_without_home",
    ),
    told("gaps", 30, "期内有{volunteers.complaints}对志愿者的投诉。", "complaints"),
    told(
        "gaps", 32, "因故取消志愿活动{volunteers.activities_called_off}。", "activities_called_off"
    ),
    Narrative(VOLUNTEERS, "next", 10, plans),
    Narrative(VOLUNTEERS, "next", 20, announced),
    Narrative(VOLUNTEERS, "next", 30, remaining),
)
