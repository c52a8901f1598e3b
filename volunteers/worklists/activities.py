"""What is due in activities: people still to be found, what took place to be entered, hours to be recorded."""

from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from portal.worklists import Group, Worklist, register, stepping
from volunteers.enums.activities import ActivityState
from volunteers.models import ServiceRecord, Shift, VolunteerActivity
from volunteers.models.hours import VOID
from volunteers.selectors.shifts import told_time, with_numbers

SOON = timedelta(days=7)
REMEMBERED = timedelta(days=180)  # for how long hours are asked for
AHEAD = (ActivityState.PLANNED, ActivityState.RECRUITING)


def too_few(units):
    """Shifts of the next seven days with places left, the next one first."""
    now = timezone.now()
    rows = Shift.objects.kept().filter(
        unit__in=units,
        starts_at__gt=now,
        starts_at__lte=now + SOON,
        activity__deleted_at__isnull=True,
        activity__state__in=[*AHEAD, ActivityState.HELD],
    )
    rows = with_numbers(rows).filter(signed__lt=F("capacity"))
    return rows.select_related("activity").order_by("starts_at", "pk")


def overdue(units):
    """Announced, and the last day has passed: it took place or it was called off."""
    today = timezone.localdate()
    over = Q(ends_on__lt=today) | Q(ends_on__isnull=True, starts_on__lt=today)
    rows = VolunteerActivity.objects.kept().filter(over, unit__in=units, state__in=AHEAD)
    rows = rows.annotate(last_day=Coalesce("ends_on", "starts_on"))
    return rows.order_by("starts_on", "pk")


def without_hours(units):
    """Held within the last half year, and nobody's service is recorded."""
    records = ServiceRecord.objects.kept().exclude(state__in=VOID)
    rows = VolunteerActivity.objects.kept().filter(
        ~Exists(records.filter(activity=OuterRef("pk"))),
        unit__in=units,
        state=ActivityState.HELD,
        starts_on__lt=timezone.localdate(),
        starts_on__gte=timezone.localdate() - REMEMBERED,
    )
    return rows.order_by("starts_on", "pk")


def listed(code, title, rows, ledger, text, due, **more):
    return Worklist(f"volunteers.{code}", title, "volunteers.edit", rows, ledger, text, due, **more)


register(
    listed(
        "shifts_too_few",
        "7 天内开始、人数不够的班次",
        too_few,
        "shifts",
        lambda shift: f"{shift}：还缺 {shift.capacity - shift.signed} 人",
        told_time,
        day="starts_at__date",
        act=stepping("补报名", "volunteer-shift-sign-up"),
    ),
    listed(
        "activities_overdue",
        "日期已过、还没有登记是否举办的志愿活动",
        overdue,
        "volunteer-activities",
        lambda activity: activity.title,
        lambda activity: f"{activity.starts_on}，{activity.get_state_display()}",
        day="last_day",
        act=stepping("登记已举办", "volunteer-activity-step", "hold"),
    ),
    listed(
        "activities_without_hours",
        "已举办、没有服务记录的志愿活动",
        without_hours,
        "volunteer-activities",
        lambda activity: activity.title,
        lambda activity: f"{activity.starts_on} 举办",
        group=Group.MEND,
        act=stepping("登记时长", "activity-hours"),
    ),
)
