"""What is wrong with records of service, and what waits too long."""

from datetime import timedelta

from django.db.models import F, Q
from django.utils import timezone

from portal.quality import Severity, register
from portal.quality.family import kept
from volunteers.enums.hours import CorrectionState, HoursState
from volunteers.models import HoursCorrection, HoursPosting, ServiceRecord
from volunteers.models.hours import VALID
from volunteers.quality.base import rule
from volunteers.selectors.hours import over_limit

WAITS = timedelta(days=30)


def valid(units):
    return kept(ServiceRecord, units).filter(state__in=VALID)


def no_volunteer_then(units):
    """Served before they joined, or after they left: days that somebody changed later."""
    wrong = Q(occurred_on__lt=F("volunteer__joined_on")) | Q(
        occurred_on__gte=F("volunteer__left_on")
    )
    return valid(units).filter(wrong)


def outside_the_activity(units):
    """On a day that is not one of the activity's, as it stands now."""
    one_day = Q(activity__ends_on__isnull=True) & ~Q(occurred_on=F("activity__starts_on"))
    several = Q(activity__ends_on__isnull=False) & (
        Q(occurred_on__lt=F("activity__starts_on")) | Q(occurred_on__gt=F("activity__ends_on"))
    )
    return valid(units).filter(one_day | several, activity__isnull=False)


def never_left(units):
    return kept(ServiceRecord, units).filter(
        state=HoursState.OPEN, occurred_on__lt=timezone.localdate()
    )


def waits_for_confirmation(units):
    return kept(ServiceRecord, units).filter(
        state=HoursState.RECORDED, occurred_on__lt=timezone.localdate() - WAITS
    )


def over_without_approval(units):
    """Confirmed or posted though the day holds more than the limit and nobody approved: a record of the
    same day came later."""
    rows = kept(ServiceRecord, units).filter(
        state__in=[HoursState.CONFIRMED, HoursState.POSTED], approved_by__isnull=True
    )
    return rows.filter(pk__in=over_limit(rows.select_related("unit__parent__parent")))


def unanswered(units):
    return kept(HoursCorrection, units).filter(
        state=CorrectionState.OPEN, occurred_on__lt=timezone.localdate() - WAITS
    )


def not_counted(units):
    """Postings whose last day was more than a month ago and that still hold hours."""
    return kept(HoursPosting, units).filter(
        closed_on__isnull=True, ends_on__lt=timezone.localdate() - WAITS
    )


HIGH, LOW = Severity.HIGH, Severity.LOW
SERVICES = "service-records"

register(
    rule(
        "service_no_volunteer", "服务日期不在志愿者加入期间", "时长会计给还不是（或不再是）志愿者的人。",
        SERVICES, no_volunteer_then, HIGH,
    ),
    rule(
        "service_outside_activity", "服务日期不在活动日期之内", "活动改期后，服务记录没有一起改。",
        SERVICES, outside_the_activity, HIGH,
    ),
    rule(
        "service_never_left", "签到后没有签退", "没有签退的不计时长。",
        SERVICES, never_left, HIGH,
    ),
    rule(
        "service_waits", "服务记录超过30天没有确认", "志愿者的时长迟迟不能计入。",
        SERVICES, waits_for_confirmation, LOW,
    ),
    rule(
        "service_over_limit", "当天超过每日上限，没有批准就确认了", "超过上限的须负责人批准。",
        SERVICES, over_without_approval, HIGH,
    ),
    rule(
        "correction_waits", "时长更正申请超过30天没有答复", "志愿者的异议要及时答复。",
        "hours-corrections", unanswered, HIGH,
    ),
    rule(
        "posting_waits", "时长公示期满超过30天没有计入", "公示期满的时长应当计入。",
        "hours-postings", not_counted, LOW,
    ),
)  # fmt: skip
