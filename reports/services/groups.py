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
from reports.workflow import OPEN


@transaction.atomic
def save_group(
    group: UnitGroup, *, unit: Unit, name: str, members: Iterable[Unit], by
) -> UnitGroup:
    """Store a new or a changed group of communities below ``unit``. Raises Denied, StaleRecord, and
    ValidationError at ``name`` or ``members``."""
    check_group(by, unit.pk)
    members = sorted({member.pk for member in members})
    known = Unit.objects.filter(pk__in=below([unit]), kind=UnitKind.COMMUNITY)
    if not members or known.filter(pk__in=members).count() < len(members):
        raise ValidationError({"members": f"请选择{unit}下面的社区，至少一个。"})
    twins = UnitGroup.objects.kept().filter(unit=unit, name=name).exclude(pk=group.pk)
    if twins.exists():
        raise ValidationError({"name": f"{unit}已有名为“{name}”的社区组。"})
    group.unit, group.name, group.members = unit, name, members
    if group.pk is None:
        group.recorded_by = by
    group.full_clean()
    group.save()
    return group


@transaction.atomic
def remove_group(group: UnitGroup, *, by) -> None:
    """Take a group out of use; what was issued about it stays. Raises Denied, StaleRecord, and
    ValidationError while a summary about it is on its way."""
    check_group(by, group.unit_id)
    if Summary.objects.kept().filter(group=group, state__in=OPEN).exists():
        raise ValidationError("还有这个社区组的总结没有签发，请先签发或删去草稿。")
    group.deleted_at, group.deleted_by = timezone.now(), by
    group.save(update_fields=["deleted_at", "deleted_by"])
