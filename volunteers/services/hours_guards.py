"""What is refused before a record of service is stored, each with its reason at the field."""

from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.errors import is_taken
from volunteers.enums.activities import ActivityState
from volunteers.enums.hours import HoursState, RecordManner
from volunteers.models import ServiceRecord, Shift, Volunteer
from volunteers.models.hours import A_DAY
from volunteers.models.volunteers import YOUNGEST
from volunteers.selectors.hours import (
    crossing,
    day_minutes,
    may_bring_register,
    told_hours,
    told_moment,
    told_span,
    what_of,
)
from volunteers.selectors.shifts import insured_on

EARLY = timedelta(minutes=30)  # before the shift
GRACE = timedelta(minutes=60)  # after it: whoever forgot to check out then needs the leader
OVERLAPS = "这位志愿者在这段时间已有服务记录，时间不能重叠。"
STORED = {"recorded_by", "deleted_by"}
REGISTER_CLOSED = (
    "本单位已在系统中记录时长，已计入的时长须由兼有登记和审批权限的账号导入；"
    "不填计入日期的，确认和公示后计入。"
)


def check_person(volunteer: Volunteer, day: date) -> None:
    """Of age and a volunteer on the day. Raises ValidationError."""
    age = volunteer.age_on(day)
    if age is not None and age < YOUNGEST:
        text = f"{volunteer}当天{age}岁，不满{YOUNGEST}周岁，不能参加志愿服务。"
    elif day < volunteer.joined_on:
        text = f"{volunteer}{volunteer.joined_on}才加入，这一天还不是志愿者。"
    elif volunteer.left_on and day >= volunteer.left_on:
        text = f"{volunteer}已于{volunteer.left_on}退出，这一天不是志愿者。"
    else:
        return
    raise ValidationError({"volunteer": text})


def check_activity(activity, day: date) -> None:
    """Not cancelled, and within its days. Raises ValidationError."""
    if activity is None:
        return
    if activity.deleted_at or activity.state == ActivityState.CANCELLED:
        raise ValidationError({"activity": f"“{activity.title}”已取消，不能登记服务。"})
    last = activity.ends_on or activity.starts_on
    if not activity.starts_on <= day <= last:
        days = (
            str(activity.starts_on)
            if last == activity.starts_on
            else (f"{activity.starts_on}至{last}")
        )
        raise ValidationError({"occurred_on": f"服务日期不在活动的日期（{days}）之内。"})


def check_window(shift: Shift, at: datetime) -> None:
    """From half an hour before the shift to its end, and not ahead. Raises ValidationError."""
    if shift.deleted_at:
        raise ValidationError({"shift": "这个班次已取消。"})
    if at > timezone.now():
        raise ValidationError({"came_at": "签到时间不能晚于现在。"})
    if at < shift.starts_at - EARLY:
        begins = told_moment(shift.starts_at - EARLY)
        raise ValidationError({"came_at": f"还没有到签到时间，{begins}起可以签到。"})
    if at > shift.ends_at:
        ended = told_moment(shift.ends_at)
        text = f"班次已于{ended}结束，不能再签到；确实参加了的，请负责人事后补记。"
        raise ValidationError({"came_at": text})


def check_guardian(volunteer: Volunteer, day: date) -> None:
    """Whoever comes under age has the guardian's consent. Raises ValidationError."""
    if volunteer.lacks_guardian_on(day):
        text = f"{volunteer}未满 18 周岁，监护人还没有同意，不能签到；请先登记监护人的同意。"
        raise ValidationError({"volunteer": text})


def check_insured(shift: Shift, volunteer: Volunteer, day: date) -> None:
    """Whoever takes a risk is insured on the day, signed up or not. Raises ValidationError."""
    kind = shift.activity.type
    if kind.is_risky and not insured_on(volunteer, day):
        text = f"“{kind}”有风险，{volunteer}{day}没有有效的保险，不能签到；请先登记保险。"
        raise ValidationError({"volunteer": text})


def check_times(record: ServiceRecord) -> None:
    """Coming before leaving, nothing ahead, a break shorter than the stay, no more than a day.
    Raises ValidationError."""
    came, left = record.came_at, record.left_at
    if left and came is None:
        raise ValidationError({"came_at": "有签退时间的，也要填签到时间。"})
    if came and came > timezone.now():
        raise ValidationError({"came_at": "签到时间不能晚于现在。"})
    if left is None:
        return
    if left <= came:
        raise ValidationError({"left_at": f"签退时间应晚于签到时间（{told_moment(came)}）。"})
    if left > timezone.now():
        raise ValidationError({"left_at": "签退时间不能晚于现在。"})
    whole = int((left - came).total_seconds() // 60)
    if whole > A_DAY:
        raise ValidationError({"left_at": "一次服务不能超过 24 小时，请核对签到和签退时间。"})
    if whole < 1:
        raise ValidationError({"left_at": "签到和签退不到 1 分钟，不能算服务。"})
    if record.pause_minutes >= whole:
        raise ValidationError({"pause_minutes": "休息时间应短于服务时间。"})


def check_register(record: ServiceRecord, by) -> None:
    """A record that a file says is counted comes from who may say so. Raises ValidationError."""
    if record.state == HoursState.COUNTED and not may_bring_register(record.unit_id, by):
        raise ValidationError({"counted": REGISTER_CLOSED})


def check_reason(record: ServiceRecord, told: str = "事后补记的，请写明原因。") -> None:
    """Whatever rests on somebody's word says why. Raises ValidationError."""
    if record.manner == RecordManner.LATER and not record.reason.strip():
        raise ValidationError({"reason": told})


def check_free(record: ServiceRecord) -> None:
    """No second check-in while one is open, no overlap. Raises ValidationError that names the other."""
    other = crossing(record)
    if other is None:
        return
    if other.state == HoursState.OPEN and record.state == HoursState.OPEN:
        text = (
            f"{record.volunteer}已在“{what_of(other)}”签到（{told_span(other)}），请先签退再签到。"
        )
    else:
        text = (
            f"{record.volunteer}在这段时间已有服务记录："
            f"“{what_of(other)}”{told_span(other)}，时间不能重叠。"
        )
    raise ValidationError({"came_at": text})


def check_day(record: ServiceRecord) -> None:
    """No day of more than 24 hours. Raises ValidationError."""
    if not record.minutes:
        return
    others = day_minutes(record.volunteer, record.occurred_on, but=record.pk)
    if others + record.minutes > A_DAY:
        text = (
            f"{record.volunteer}{record.occurred_on}已有{told_hours(others)}小时，"
            f"加上这次{told_hours(record.minutes)}小时，一天超过 24 小时，请核对。"
        )
        raise ValidationError({"left_at" if record.left_at else "minutes": text})


def check(record: ServiceRecord) -> None:
    """All that holds whenever a record is stored, once its day and minutes are derived."""
    if record.occurred_on > timezone.localdate():
        raise ValidationError({"occurred_on": "服务日期不能晚于今天。"})
    check_person(record.volunteer, record.occurred_on)
    check_activity(record.activity, record.occurred_on)
    check_free(record)
    check_day(record)


def store(record: ServiceRecord) -> None:
    """Save the checked record; what another request stored meanwhile is told like what was there."""
    record.full_clean(exclude=STORED, validate_constraints=False)
    try:
        with transaction.atomic():
            record.save()
    except IntegrityError as error:
        if not is_taken(error):
            raise
        raise ValidationError({"came_at": OVERLAPS}) from error
