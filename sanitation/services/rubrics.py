"""The only writers of a rubric as a whole: taken over from a template, or copied into a new edition."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from portal.scope import Denied, access_of
from sanitation.models import Rubric, RubricFault, RubricItem
from sanitation.rubric_templates import Template
from sanitation.selectors.rubrics import items_of, uses
from sanitation.workflow import MANAGE

ITEM = ("ordinal", "title", "place_kind", "maximum", "cap", "by_rate", "needs_photo", "may_be_na")
FAULT = ("ordinal", "title", "points", "measure", "problem", "is_serious")


def check_unused(rubric) -> None:
    """Raises Denied once an inspection uses the edition: old scores must stay what they are."""
    if count := uses(rubric):
        raise Denied(
            f"已有 {count} 次检查使用“{rubric}”，这一版不能再改，旧得分才不会变；请发布新版。"
        )


@transaction.atomic
def from_template(unit, template: Template, *, starts_on: date, by, name: str = "") -> Rubric:
    """Take a template over as the first edition of a rubric. Raises Denied; ValidationError where the
    unit has a rubric of that name."""
    access_of(by).check(MANAGE, unit.pk)
    name = name or template.name
    if Rubric.objects.kept().filter(unit=unit, name=name).exists():
        raise ValidationError({"name": f"已有“{name}”，请另起名称，或在它的页面上发布新版。"})
    rubric = Rubric(unit=unit, name=name, starts_on=starts_on, recorded_by=by)
    rubric.full_clean(exclude={"recorded_by", "deleted_by"})
    rubric.save()
    _fill(rubric, ((item, item.faults) for item in template.items), by)
    return rubric


@transaction.atomic
def new_edition(rubric, *, starts_on: date, by) -> Rubric:
    """Copy an edition into the next one, in force from the day; the one before ends the day before.

    Raises Denied; ValidationError where a later edition exists, or an inspection of that day or later
    already used this one.
    """
    access_of(by).check(MANAGE, rubric.unit_id)
    old = Rubric.objects.kept().select_for_update(of=("self",)).get(pk=rubric.pk)
    same = Rubric.objects.kept().filter(unit=old.unit, name=old.name)
    latest = same.aggregate(latest=Max("edition"))["latest"]
    if latest != old.edition:
        raise ValidationError(f"已有第{latest}版，请在最新的一版上发布新版。")
    if starts_on <= old.starts_on:
        raise ValidationError({"starts_on": f"新版应当晚于本版的启用日期 {old.starts_on}。"})
    if old.inspections.kept().filter(occurred_on__gte=starts_on).exists():
        raise ValidationError({"starts_on": "这一天及以后已有检查使用本版，请另选日期。"})
    old.ends_on = starts_on - timedelta(days=1)
    old.save()
    fresh = Rubric(
        unit=old.unit,
        name=old.name,
        edition=old.edition + 1,
        starts_on=starts_on,
        excellent_from=old.excellent_from,
        good_from=old.good_from,
        pass_from=old.pass_from,
        note=old.note,
        recorded_by=by,
    )
    fresh.save()
    _fill(fresh, ((item, item.faults.all()) for item in items_of(old)), by)
    return fresh


def _fill(rubric, parts, by) -> None:
    """Items and faults of the edition, from a template or from an edition."""
    for number, (part, faults) in enumerate(parts, start=1):
        said = {name: getattr(part, name) for name in ITEM[1:]}
        item = RubricItem.objects.create(
            unit=rubric.unit, rubric=rubric, ordinal=number, recorded_by=by, **said
        )
        for place, fault in enumerate(faults, start=1):
            said = {name: getattr(fault, name) for name in FAULT[1:]}
            RubricFault.objects.create(
                unit=rubric.unit, item=item, ordinal=place, recorded_by=by, **said
            )
