"""Shifts, and who signed up for them: places are never overbooked, the waiting list moves up by itself.

All that changes who has a place holds the lock on the shift, and signing up holds the volunteer's too,
always in this order.
"""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from portal.ledgers import services as rows
from portal.scope import access_of
from volunteers.enums.activities import ActivityState, SignUpState
from volunteers.models import Shift, SignUp, Volunteer, VolunteerActivity
from volunteers.models.volunteers import YOUNGEST
from volunteers.selectors.shifts import (
    SEEKING,
    SIGNED,
    WAITING,
    insured_on,
    lacking_skill,
    overlapping,
    standing,
    told_time,
)
from volunteers.workflow import EDIT


@transaction.atomic
def store_shift(shift: Shift, *, by) -> Shift:
    """Store a new or changed shift; places that were added go to those who wait.

    Raises ValidationError where it lies outside the days of its activity, has fewer places than people
    signed up, or would overlap another shift of somebody who did.
    """
    new = shift._state.adding
    if new:
        shift.recorded_by = by
    else:
        _locked(shift.pk)
    _refuse_days(shift)
    if not new:
        signed = standing().filter(SIGNED, shift=shift).count()
        if shift.capacity < signed:
            raise ValidationError(
                {"capacity": f"已有 {signed} 人报名，需要人数不能少于 {signed}。"}
            )
        for each in standing().filter(shift=shift).select_related("volunteer__resident"):
            _refuse_overlap(shift, each.volunteer)
    shift.save()
    _move_up(shift)
    return shift


@transaction.atomic
def store_shifts(shifts: Iterable[Shift], *, by) -> list[Shift]:
    """New shifts of one activity, all or none; raises ValidationError where a name is taken."""
    shifts = list(shifts)
    for activity in {shift.activity for shift in shifts}:
        access_of(by).check(EDIT, activity.unit_id)
        if activity.state == ActivityState.CANCELLED:
            raise ValidationError("这次活动已取消，不能再安排班次。")
        taken = set(Shift.objects.kept().filter(activity=activity).values_list("name", flat=True))
        if same := sorted(taken & {shift.name for shift in shifts}):
            raise ValidationError(f"这次活动已有同名的班次：{'、'.join(same[:10])}。")
    return [store_shift(shift, by=by) for shift in shifts]


@transaction.atomic
def sign_up(shift: Shift, volunteer: Volunteer, *, by=None, by_self=False) -> SignUp:
    """Sign the volunteer up: with a place while there is one, else waiting. ``told`` of the answer holds
    what the leader should know: a skill that is asked for and missing.

    Raises Denied, or ValidationError at ``volunteer`` or ``shift`` with the reason.
    """
    if by is not None:
        access_of(by).check(EDIT, shift.unit_id)
    shift = _locked(shift.pk)
    volunteer = _locked_volunteer(volunteer.pk)
    _refuse_shift(shift, by_self)
    _refuse_volunteer(shift, volunteer)
    return _enter(
        shift, SignUp(unit=shift.unit, shift=shift, volunteer=volunteer, by_self=by_self), by
    )


@transaction.atomic
def sign_up_many(shift: Shift, people: Iterable[Volunteer], *, by) -> list[SignUp]:
    """All of them in the order given, or nobody: ValidationError at ``people`` names everyone refused."""
    people = list(people)
    shift = _locked(shift.pk)
    for pk in sorted(person.pk for person in people):
        _locked_volunteer(pk)
    made, refused = [], []
    for person in people:
        try:
            made.append(sign_up(shift, person, by=by))
        except ValidationError as error:
            refused += [f"{person}：{message}" for message in error.messages]
    if refused:
        raise ValidationError({"people": refused[:20]})
    return made


@transaction.atomic
def withdraw(sign_up: SignUp, *, by=None) -> SignUp:
    """Take the sign-up back; the first who waits gets the place. Again is no error."""
    if by is not None:
        access_of(by).check(EDIT, sign_up.unit_id)
    shift = _locked(sign_up.shift_id)
    row = SignUp.objects.select_for_update(of=("self",)).get(pk=sign_up.pk)
    if row.state == SignUpState.CANCELLED:
        return row
    if row.deleted_at is not None:
        raise ValidationError("这条报名已在回收站里。")
    row.state = SignUpState.CANCELLED
    row.save()
    _move_up(shift)
    return row


def hold_ahead(volunteer: Volunteer) -> None:
    """Lock the shifts ahead in which the person has a place or waits, then the person: for whoever is
    about to withdraw them from all."""
    ahead = standing().filter(volunteer=volunteer, shift__starts_at__gt=timezone.now())
    for pk in sorted(ahead.values_list("shift", flat=True)):
        _locked(pk)
    _locked_volunteer(volunteer.pk)


@transaction.atomic
def recycle_sign_up(row: SignUp, *, version: int, by) -> None:
    """Move a sign-up to the bin; its place goes to the first who waits."""
    shift = _locked(row.shift_id)
    rows.recycle(row, version=version, by=by)
    _move_up(shift)


@transaction.atomic
def restore_sign_up(row: SignUp, *, by) -> None:
    """Take a sign-up back; where the shift is full meanwhile it waits, as the last."""
    shift = _locked(row.shift_id)
    if row.state != SignUpState.CANCELLED:
        volunteer = _locked_volunteer(row.volunteer_id)
        _refuse_volunteer(shift, volunteer)
        if row.state == SignUpState.SIGNED and not _has_place(shift):
            row.state, row.signed_at = SignUpState.WAITING, timezone.now()
    rows.restore(row, by=by)
    row.save()
    _move_up(shift)


def _locked(pk) -> Shift:
    related = Shift.objects.select_related("activity__type", "unit")
    return related.select_for_update(of=("self",), no_key=True).get(pk=pk)


def _locked_volunteer(pk) -> Volunteer:
    related = Volunteer.objects.select_related("resident")
    return related.select_for_update(of=("self",), no_key=True).get(pk=pk)


def _has_place(shift) -> bool:
    return standing().filter(SIGNED, shift=shift).count() < shift.capacity


def _enter(shift, row, by) -> SignUp:
    row.state = SignUpState.SIGNED if _has_place(shift) else SignUpState.WAITING
    row.signed_at, row.recorded_by = timezone.now(), by
    row.save()
    skill = lacking_skill(shift, row.volunteer)
    row.told = f"这个班次需要“{skill}”，这位志愿者没有登记这项技能。" if skill else ""
    return row


def _move_up(shift) -> None:
    """Give free places to those who wait, the first to come first."""
    if shift.deleted_at is not None:
        return
    free = shift.capacity - standing().filter(SIGNED, shift=shift).count()
    if free <= 0:
        return
    for row in standing().filter(WAITING, shift=shift).order_by("signed_at", "pk")[:free]:
        row.state = SignUpState.SIGNED
        row.save()


def _refuse_days(shift):
    activity: VolunteerActivity = shift.activity
    last = activity.ends_on or activity.starts_on
    day = timezone.localdate(shift.starts_at)
    if not activity.starts_on <= day <= last:
        days = (
            f"{activity.starts_on}"
            if last == activity.starts_on
            else f"{activity.starts_on}至{last}"
        )
        raise ValidationError({"starts_at": f"班次应在活动日期（{days}）内开始。"})


def _refuse_shift(shift, by_self):
    activity = shift.activity
    if shift.deleted_at is not None or activity.deleted_at is not None:
        raise ValidationError({"shift": "这个班次已删除，不能报名。"})
    if activity.state == ActivityState.CANCELLED:
        raise ValidationError({"shift": "这次活动已取消，不能报名。"})
    if not by_self:
        return
    if not activity.is_public or activity.state not in SEEKING:
        raise ValidationError({"shift": "这次活动不在网上招募，请联系活动负责人。"})
    if shift.starts_at <= timezone.now():
        raise ValidationError({"shift": "这个班次已经开始，不能再报名。"})


def _refuse_volunteer(shift, volunteer):
    day = timezone.localdate(shift.starts_at)
    if volunteer.deleted_at is not None:
        raise ValidationError({"volunteer": "这位志愿者的登记已删除。"})
    if day < volunteer.joined_on or (volunteer.left_on and day >= volunteer.left_on):
        raise ValidationError({"volunteer": f"{day}这位不是在册的志愿者，请核对加入和退出日期。"})
    age = volunteer.age_on(day)
    if age is not None and age < YOUNGEST:
        raise ValidationError(
            {"volunteer": f"活动当天 {age} 岁，未满 {YOUNGEST} 周岁，不能参加志愿服务。"}
        )
    if volunteer.lacks_guardian_on(day):
        raise ValidationError({"volunteer": "未满 18 周岁，监护人还没有同意，不能报名。"})
    if shift.activity.type.is_risky and not insured_on(volunteer, day):
        kind = shift.activity.type
        raise ValidationError({"volunteer": f"“{kind}”有风险，{day}没有有效的保险，不能报名。"})
    if standing().filter(shift=shift, volunteer=volunteer).exists():
        raise ValidationError({"volunteer": "这位志愿者已报名这个班次。"})
    _refuse_overlap(shift, volunteer)


def _refuse_overlap(shift, volunteer):
    other = overlapping(shift, volunteer).first()
    if other is not None:
        told = f"{volunteer}已报名“{other.shift}”（{told_time(other.shift)}），时间重叠。"
        raise ValidationError({"volunteer": told})
