"""What is due in hours: forgotten check-outs, records to confirm or approve, postings that ended,
corrections, stars reached."""

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from portal.models import Unit
from portal.scope import access_of
from portal.worklists import Act, Group, Worklist, register, stepping
from volunteers.enums.hours import CorrectionState, HoursState
from volunteers.models import HoursCorrection, ServiceRecord, VolunteerActivity
from volunteers.selectors.hours import over_limit, told_hours, told_moment
from volunteers.selectors.postings import ended
from volunteers.selectors.stars import with_promotions
from volunteers.workflow import APPROVE, EDIT

SLUG = "service-records"


def _records(units, *states):
    rows = ServiceRecord.objects.kept().filter(unit__in=units, state__in=states)
    return rows.select_related("volunteer__resident", "activity", "unit__parent__parent")


def open_of_former_days(units):
    """Checked in on a former day and never out."""
    rows = _records(units, HoursState.OPEN)
    return rows.filter(occurred_on__lt=timezone.localdate()).order_by("came_at", "pk")


def to_confirm(units):
    """Activities with records that wait for the leader, the oldest first: they are confirmed together."""
    waiting = ServiceRecord.objects.kept().filter(
        activity=OuterRef("pk"), state=HoursState.RECORDED
    )
    rows = VolunteerActivity.objects.kept().filter(Exists(waiting), unit__in=units)
    return rows.order_by("starts_on", "pk")


def over_the_day(units):
    """Recorded, over the day's limit and not approved."""
    rows = _records(units, HoursState.RECORDED).filter(approved_by__isnull=True)
    # The limit is dated and inherited: no column tells it.
    over = over_limit(rows.filter(minutes__isnull=False))
    return rows.filter(pk__in=over).order_by("occurred_on", "pk")


def ended_postings(units):
    return ended(units, timezone.localdate())


def open_corrections(units):
    rows = HoursCorrection.objects.kept().filter(unit__in=units, state=CorrectionState.OPEN)
    related = rows.select_related("service__volunteer__resident", "service__activity")
    return related.order_by("occurred_on", "pk")


def answered_by(rows, user):
    """What counts already is changed by whoever approves: it stands on their list too."""
    access = access_of(user)
    counted = Q(service__state=HoursState.COUNTED)
    may = Q(unit__in=access.units(APPROVE)) & counted | Q(unit__in=access.units(EDIT))
    return rows.filter(may)


def units_with_promotions(units):
    found = with_promotions(units, timezone.localdate())
    return Unit.objects.filter(pk__in=found).order_by("code")


def hours_page(activity) -> str:
    return reverse("activity-hours", args=[activity.pk])


def promotions_page(unit) -> str:
    return f"{reverse('star-promotions')}?unit={unit.pk}"


register(
    Worklist(
        "volunteers.open_check_ins",
        "前些天签到还没有签退",
        EDIT,
        open_of_former_days,
        SLUG,
        text=str,
        due=lambda record: f"{told_moment(record.came_at)} 签到",
        group=Group.MEND,
        act=stepping("签退", "service-step", "check_out"),
    ),
    Worklist(
        "volunteers.to_confirm",
        "志愿服务时长待确认",
        EDIT,
        to_confirm,
        "volunteer-activities",
        text=lambda activity: activity.title,
        due=lambda activity: f"{activity.starts_on} 举办",
        address=hours_page,
        group=Group.DECIDE,
        act=Act("确认", hours_page),
    ),
    Worklist(
        "volunteers.over_limit",
        "志愿服务时长超过每日上限待批准",
        APPROVE,
        over_the_day,
        SLUG,
        text=str,
        due=lambda record: f"{told_hours(record.minutes)} 小时",
        group=Group.DECIDE,
        act=stepping("批准", "service-step", "approve"),
    ),
    Worklist(
        "volunteers.postings_ended",
        "时长公示期满待计入",
        EDIT,
        ended_postings,
        "hours-postings",
        text=str,
        due=lambda posting: f"{posting.ends_on} 期满",
        group=Group.MEND,
        act=stepping("计入", "hours-posting-count"),
    ),
    Worklist(
        "volunteers.corrections",
        "时长更正申请待处理",
        "volunteers.view",
        open_corrections,
        "hours-corrections",
        text=str,
        due=lambda correction: f"{correction.occurred_on} 提出",
        for_user=answered_by,
        group=Group.DECIDE,
        act=stepping("受理", "correction-step", "accept"),
    ),
    Worklist(
        "volunteers.promotions",
        "有志愿者达到更高星级",
        EDIT,
        units_with_promotions,
        "star-awards",
        text=lambda unit: f"{unit}晋升名单",
        address=promotions_page,
        group=Group.MEND,
        place="pk",
        act=Act("办理晋升", promotions_page),
    ),
)
