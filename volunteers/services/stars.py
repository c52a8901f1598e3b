"""Stars are given for counted minutes and stay; only fraud takes one away."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from portal.scope import access_of
from volunteers.models import StarAward
from volunteers.selectors.hours import (
    counted_minutes,
    may_bring_register,
    rule_on,
    thresholds,
    told_hours,
)
from volunteers.selectors.stars import promotions
from volunteers.workflow import APPROVE, EDIT

SAID = ("volunteer_id", "level", "occurred_on")
REGISTER_CLOSED = "本单位已在系统中记录时长，以前授予的星级须由兼有登记和审批权限的账号导入。"


@transaction.atomic
def grant(unit, volunteers: Iterable[int], day: date, *, by) -> list[StarAward]:
    """Give those of the unit's promotion list of the day, by key, the star that they reached. Raises
    Denied; ValidationError for a day to come and for who is not on the list (any more)."""
    access_of(by).check(EDIT, unit.pk)
    if day > timezone.localdate():
        raise ValidationError({"day": "授予日期不能晚于今天。"})
    due = {each.volunteer.pk: each for each in promotions(unit, day)}
    chosen = sorted(set(volunteers))
    if not chosen:
        raise ValidationError("请勾选要晋升的志愿者。")
    if any(pk not in due for pk in chosen):
        raise ValidationError("名单已有变化，请核对后重新勾选。")
    given = []
    for pk in chosen:
        award = StarAward(
            unit=unit,
            volunteer=due[pk].volunteer,
            level=due[pk].level,
            minutes=due[pk].minutes,
            occurred_on=day,
            recorded_by=by,
        )
        award.full_clean(exclude={"recorded_by", "deleted_by"})
        award.save()
        given.append(award)
    return given


@transaction.atomic
def record_award(award: StarAward, *, by, from_file: bool = False) -> StarAward:
    """Store a star written down by hand, with the minutes counted until its day. Those too few are refused,
    whenever person, level or day is new; but in a register of former times, whose hours were never entered
    one by one, brought by who may (``may_bring_register``). Raises Denied, ValidationError."""
    access_of(by).check(EDIT, award.unit_id)
    award.minutes = counted_minutes(award.volunteer, award.occurred_on)
    stored = None if award._state.adding else StarAward.objects.filter(pk=award.pk).first()
    if award._state.adding:
        award.recorded_by = by
    same = stored and all(getattr(stored, name) == getattr(award, name) for name in SAID)
    if not same and not (from_file and may_bring_register(award.unit_id, by)):
        _check_enough(award, from_file)
    award.save()
    return award


def _check_enough(award: StarAward, from_file: bool) -> None:
    needed = thresholds(rule_on(award.unit, award.occurred_on))[award.level]
    if award.minutes >= needed:
        return
    text = (
        f"{award.volunteer}截至{award.occurred_on}计入{told_hours(award.minutes)}小时，"
        f"{award.get_level_display()}要{told_hours(needed)}小时。"
    )
    raise ValidationError({"level": text + (REGISTER_CLOSED if from_file else "")})


@transaction.atomic
def revoke(award: StarAward, reason: str, *, by, day: date | None = None) -> None:
    """Take a star away for fraud, from the day on. Raises Denied, StaleRecord, ValidationError."""
    access_of(by).check(APPROVE, award.unit_id)
    if not reason.strip():
        raise ValidationError({"revoked_for": "撤销星级请写明原因。"})
    if award.revoked_on:
        raise ValidationError(f"这个星级已于{award.revoked_on}撤销。")
    award.revoked_on, award.revoked_for = day or timezone.localdate(), reason.strip()[:100]
    award.full_clean(exclude={"recorded_by", "deleted_by"})
    award.save()
