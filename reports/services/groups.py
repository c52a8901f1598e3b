"""Groups of communities: made, changed, taken out of use."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from portal.models import Unit, UnitGroup
from portal.models.units import UnitKind
from portal.scope import below
from reports.models import Summary
from reports.permissions import check_group
from reports.workflow import OPEN, UNDER_REVIEW


@transaction.atomic
def save_group(
    group: UnitGroup, *, unit: Unit, name: str, members: Iterable[Unit], by
) -> UnitGroup:
    """Store a new or a changed group of communities below ``unit``. Raises Denied (also where the group was
    another unit's that is not the user's), StaleRecord, and ValidationError at ``name`` or ``members``, or
    while a summary about it is under review."""
    check_group(by, unit.pk)
    stored = _held(group)
    if stored is not None:
        check_group(by, stored.unit_id)
    members = sorted({member.pk for member in members})
    known = Unit.objects.filter(pk__in=below([unit]), kind=UnitKind.COMMUNITY)
    if not members or known.filter(pk__in=members).count() < len(members):
        raise ValidationError({"members": f"请选择{unit}下面的社区，至少一个。"})
    twins = UnitGroup.objects.kept().filter(unit=unit, name=name).exclude(pk=group.pk)
    if twins.exists():
        raise ValidationError({"name": f"{unit}已有名为“{name}”的社区组。"})
    if stored is not None and _about(stored) != (unit.pk, name, members):
        _refuse_under_review(stored)
    group.unit, group.name, group.members = unit, name, members
    if group.pk is None:
        group.recorded_by = by
    group.full_clean()
    group.save()
    return group


def _held(group: UnitGroup) -> UnitGroup | None:
    """The group as it is stored, nobody else's to change until the end; None for a new one."""
    if group.pk is None:
        return None
    return UnitGroup.objects.select_for_update(of=("self",)).get(pk=group.pk)


def _about(group: UnitGroup) -> tuple:
    return group.unit_id, group.name, sorted(group.members)


def _refuse_under_review(group: UnitGroup) -> None:
    """Who is told of stays the same from 送审 until 签发: the reviewers have read those numbers."""
    summaries = Summary.objects.kept().select_for_update(of=("self",))
    for found in summaries.filter(group=group, state__in=OPEN):
        if found.state in UNDER_REVIEW:
            state = found.get_state_display()
            raise ValidationError(
                f"这个社区组的总结《{found.title}》现在{state}，审签期间不能修改社区组；请先退回或签发。"
            )


@transaction.atomic
def remove_group(group: UnitGroup, *, by) -> None:
    """Take a group out of use; what was issued about it stays. Raises Denied, StaleRecord, and
    ValidationError while a summary about it is on its way."""
    check_group(by, group.unit_id)
    if Summary.objects.kept().filter(group=group, state__in=OPEN).exists():
        raise ValidationError("还有这个社区组的总结没有签发，请先签发或删去草稿。")
    group.deleted_at, group.deleted_by = timezone.now(), by
    group.save(update_fields=["deleted_at", "deleted_by"])
