"""Stars are given for counted minutes and stay; only fraud takes one away."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from portal.scope import access_of
from volunteers.models import StarAward
from volunteers.selectors.hours import counted_minutes, rule_on, thresholds, told_hours
from volunteers.selectors.stars import promotions
from volunteers.workflow import APPROVE, EDIT


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
    """Store a star written down by hand, with the minutes counted until its day. Those too few are
    refused, but in a register of former times, whose hours were never entered one by one."""
    access_of(by).check(EDIT, award.unit_id)
    award.minutes = counted_minutes(award.volunteer, award.occurred_on)
    if award._state.adding:
        award.recorded_by = by
        needed = thresholds(rule_on(award.unit, award.occurred_on))[award.level]
        if award.minutes < needed and not from_file:
            text = (
                f"{award.volunteer}截至{award.occurred_on}计入{told_hours(award.minutes)}小时，"
                f"{award.get_level_display()}要{told_hours(needed)}小时。"
            )
            raise ValidationError({"level": text})
    award.save()
    return award


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
