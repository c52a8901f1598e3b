"""Records of service: coming and leaving, noting down afterwards, and the steps that follow.

recorded → confirmed by the leader → posted → counted. Postings take the last two steps.
"""

from collections.abc import Iterable
from datetime import date, datetime, time

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from portal.errors import StaleRecord
from portal.scope import access_of
from volunteers.enums.activities import ActivityState
from volunteers.enums.hours import HoursState, RecordManner
from volunteers.models import ServiceRecord, Shift, Volunteer
from volunteers.selectors.hours import barred, told_moment
from volunteers.services.activities import hold
from volunteers.services.hours_guards import (
    GRACE,
    check,
    check_guardian,
    check_insured,
    check_person,
    check_reason,
    check_register,
    check_times,
    check_window,
    store,
)
from volunteers.workflow import EDIT, HOURS

BY_HAND = frozenset({"confirm", "approve", "refuse", "revoke"})
FORGOTTEN = "忘记签退的，请写明原因。"
SAID = ("volunteer_id", "occurred_on", "came_at", "left_at", "pause_minutes", "minutes")
KEPT = "这条记录已{state}，不能直接修改；时长有误的，请登记更正申请。"


def moment_on(day: date, at: time) -> datetime:
    """The local moment of a clock time on a day."""
    return timezone.make_aware(datetime.combine(day, at))


def _require(by, unit_id, permission: str = EDIT) -> None:
    """Volunteers act by their own link, staff by their role."""
    if by is not None:
        access_of(by).check(permission, unit_id)


def _hold(activity, by) -> None:
    """Somebody came, so the activity takes place: every department counts it from now on."""
    if activity is not None and activity.state != ActivityState.HELD:
        held = hold(activity, by=by)
        activity.state, activity.activity_id = held.state, held.activity_id
        activity.version = held.version


def _one_at_a_time(volunteer: Volunteer) -> None:
    """Whoever writes service of the same volunteer waits, so that a day's sum stays what was checked."""
    Volunteer.objects.select_for_update(of=("self",)).filter(pk=volunteer.pk).first()


def _locked(record: ServiceRecord) -> ServiceRecord:
    """The stored record at the version that was loaded. Raises StaleRecord."""
    rows = ServiceRecord.objects.kept().select_related("unit", "volunteer__resident", "activity")
    found = rows.select_for_update(of=("self",)).filter(pk=record.pk).first()
    if found is None or found.version != record.version:
        raise StaleRecord(f"service record {record.pk} was changed")
    return found


@transaction.atomic
def check_in(
    shift: Shift,
    volunteer: Volunteer,
    *,
    manner: str,
    by=None,
    at: datetime | None = None,
) -> ServiceRecord:
    """The volunteer comes to the shift, now or ``at``; with that the activity is held.

    Raises Denied, or ValidationError with the reason: outside the shift's time, too young, not
    insured against a risk, no volunteer on that day, checked in elsewhere.
    """
    _require(by, shift.unit_id)
    at = (at or timezone.now()).replace(second=0, microsecond=0)
    check_window(shift, at)
    _one_at_a_time(volunteer)
    record = ServiceRecord(
        unit=shift.unit,
        volunteer=volunteer,
        activity=shift.activity,
        shift=shift,
        came_at=at,
        manner=manner,
        recorder=by.name if by else "",
        state=HoursState.OPEN,
        recorded_by=by,
    )
    record.derive()
    check(record)
    check_guardian(volunteer, record.occurred_on)
    check_insured(shift, volunteer, record.occurred_on)
    _hold(record.activity, by)
    store(record)
    return record


@transaction.atomic
def check_out(
    record: ServiceRecord,
    *,
    by=None,
    at: datetime | None = None,
    pause: int = 0,
    reason: str = "",
) -> ServiceRecord:
    """The volunteer leaves, now or ``at``, after a break of ``pause`` minutes.

    An hour after the shift the check-out counts as forgotten: then only staff close it, with the true
    time and a reason. A time that staff typed makes it a record written down afterwards: it needs a reason,
    and somebody else confirms it. Raises Denied, StaleRecord, or ValidationError.
    """
    _require(by, record.unit_id)
    given, now = at, timezone.now()
    _one_at_a_time(record.volunteer)
    record = _locked(record)
    if record.state != HoursState.OPEN:
        left = told_moment(record.left_at)
        raise ValidationError(f"已经签退（{left}）。" if left else "这条记录不在服务中，不能签退。")
    if record.shift and now > record.shift.ends_at + GRACE:
        _check_forgotten(by, given, reason)
    record.left_at = (at or now).replace(second=0, microsecond=0)
    record.pause_minutes, record.state = pause, HoursState.RECORDED
    if reason:
        record.reason = reason
    check_times(record)
    if by is not None and given is not None:
        record.manner, record.recorded_by = RecordManner.LATER, by
        check_reason(record, FORGOTTEN)
    record.derive()
    check(record)
    store(record)
    return record


def _check_forgotten(by, at, reason) -> None:
    if by is None:
        raise ValidationError("班次结束已超过 1 小时，请联系活动负责人补登签退时间。")
    missing = {}
    if at is None:
        missing["left_at"] = "班次结束已超过 1 小时，请填写实际离开的时间。"
    if not reason.strip():
        missing["reason"] = FORGOTTEN
    if missing:
        raise ValidationError(missing)


@transaction.atomic
def record_later(record: ServiceRecord, *, by) -> ServiceRecord:
    """Store a record written down afterwards, or the correction of one that nobody confirmed yet.

    With times the day and the minutes follow from them; an old register may know the minutes alone, and
    that they count. All else is 事后补记: a new record, and one whose person, times or minutes are changed,
    which then counts as written down by ``by``. Raises Denied, StaleRecord, or ValidationError.
    """
    _require(by, record.unit_id)
    _one_at_a_time(record.volunteer)
    stored = None
    if record._state.adding:
        record.recorded_by = by
        record.recorder = record.recorder or by.name
        record.state = record.state or HoursState.RECORDED
        if record.state != HoursState.COUNTED or not record.manner:
            record.manner = RecordManner.LATER
        check_register(record, by)
    else:
        stored = _locked(record)
        if stored.state not in (HoursState.OPEN, HoursState.RECORDED):
            told = stored.get_state_display().removeprefix("已")
            raise ValidationError(KEPT.format(state=told))
        record.approved_by = None
    check_times(record)
    record.derive()
    if stored and any(getattr(stored, name) != getattr(record, name) for name in SAID):
        record.manner, record.recorded_by = RecordManner.LATER, by
    check_reason(record)
    if record.state != HoursState.OPEN and not record.minutes:
        raise ValidationError({"minutes": "请填写签到和签退时间，或服务时长。"})
    check(record)
    _hold(record.activity, by)
    store(record)
    return record


@transaction.atomic
def take(records: Iterable[ServiceRecord], step: str, *, by, note: str = "") -> list[ServiceRecord]:
    """One step of ``workflow.HOURS`` with all of the records, as they were loaded, or with none.

    ``note`` is the reason of a refusal or a revocation. Raises Denied, StaleRecord, or ValidationError
    naming the first record that the step is not for.
    """
    if step not in BY_HAND:
        raise ValidationError(f"“{HOURS.steps[step].label}”不在这里办理。")
    way = HOURS.steps[step]
    if way.needs and not note.strip():
        raise ValidationError({"void_reason": "请写明原因。"})
    taken = []
    for record in sorted(records, key=lambda each: each.pk):
        _require(by, record.unit_id, way.who or EDIT)
        record = _locked(record)
        go(record, step, by=by, note=note)
        taken.append(record)
    return taken


def go(record: ServiceRecord, step: str, *, by, note: str = "", **values) -> None:
    """The step itself with one locked record, without asking who may: for take(), postings, corrections."""
    way = HOURS.steps[step]
    reason = ""
    if record.state not in way.sources:
        reason = f"现在是“{record.get_state_display()}”，不能{way.label}。"
    elif by is not None:
        reason = barred(record, step, by)
    if reason:
        raise ValidationError(f"{record.volunteer}（{record.occurred_on}）：{reason}")
    if step == "confirm":
        values |= {"confirmed_by": by, "confirmed_on": timezone.localdate()}
    elif step == "approve":
        values["approved_by"] = by
    elif way.needs:
        values["void_reason"] = note.strip()[:100]
    for name, value in values.items():
        setattr(record, name, value)
    if way.target:
        record.state = way.target
    record.save()


def restored(record: ServiceRecord) -> None:
    """Whether a record may come back from the recycle bin as it is. Raises ValidationError."""
    check_person(record.volunteer, record.occurred_on)
    check(record)
