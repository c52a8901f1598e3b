"""What must be so before a case is registered."""

from django.core.exceptions import ValidationError

from servicecenter.enums.cases import OutsiderKind
from servicecenter.enums.catalogue import AppliesTo
from servicecenter.models import Case, CaseMaterial
from servicecenter.workflow import FINISHED


def check(case: Case) -> None:
    """Raise ValidationError at the field that cannot be."""
    _check_version(case)
    _check_applicant(case)
    if case.parent_id:
        _check_parent(case)


def _check_version(case: Case) -> None:
    version, day = case.item, case.occurred_on
    if day and (day < version.starts_on or (version.ends_on and day > version.ends_on)):
        raise ValidationError({"item": f"这个事项的办事指南在{day}没有施行，请核对申请日期。"})


def _check_applicant(case: Case) -> None:
    applies_to = case.item.applies_to
    body = case.outsider_id and case.outsider.kind != OutsiderKind.PERSON
    if body and applies_to == AppliesTo.PERSONS:
        raise ValidationError({"item": "这个事项只有个人可以申请。"})
    if not body and applies_to == AppliesTo.BODIES:
        raise ValidationError({"item": "这个事项只有企业和组织可以申请。"})
    person = case.resident
    if person is None:
        return
    if person.died_on and case.occurred_on and case.occurred_on > person.died_on:
        raise ValidationError({"resident": f"这位居民已于{person.died_on}去世，请由家属申请。"})
    for name in ("visit", "application"):
        origin = getattr(case, name)
        if origin is not None and origin.resident_id != person.pk:
            label = Case._meta.get_field(name).verbose_name
            raise ValidationError({name: f"这次{label}是另一位居民的。"})


def _check_parent(case: Case) -> None:
    parent = case.parent
    if parent.parent_id:
        raise ValidationError({"parent": "所选的办件本身是别的办件的一项，请选它的主办件。"})
    if parent.unit_id != case.unit_id:
        raise ValidationError({"parent": "主办件是其他单位的。"})
    if (parent.resident_id, parent.outsider_id) != (case.resident_id, case.outsider_id):
        raise ValidationError({"parent": "同一次申请的各项须是同一位申请人。"})
    if parent.state in FINISHED:
        raise ValidationError({"parent": "主办件已经办结，请另行登记。"})


def check_material(row: CaseMaterial) -> None:
    """容缺 is for materials of which the guide says so, and ends on a day not before the application."""
    if row.due_on is None:
        return
    if row.given_on is None and row.material_id and not row.material.may_follow:
        raise ValidationError({"materials": f"“{row.name}”不能容缺，须先交齐再受理。"})
    if row.due_on < row.case.occurred_on:
        raise ValidationError({"materials": f"“{row.name}”的容缺补交期限不能早于申请日期。"})
