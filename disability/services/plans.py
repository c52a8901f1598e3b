"""The library's patterns as templates of a unit."""

from django.db import transaction

from disability.models import PlanTemplate
from disability.plan_library import LIBRARY
from portal.scope import above


def missing_templates(unit, *, by) -> list[PlanTemplate]:
    """The unit's own templates, not yet stored, of those patterns that neither it nor a unit above
    has, by name; somebody who changed or retired one does not get it again."""
    known = PlanTemplate.objects.kept().filter(unit__in=[unit.pk, *above([unit.pk])])
    names = set(known.values_list("name", flat=True))
    return [
        PlanTemplate(
            unit=unit,
            name=pattern.name,
            group=pattern.group,
            goals="\n".join(pattern.goals),
            measures="\n".join(pattern.measures),
            review_months=pattern.review_months,
            recorded_by=by,
        )
        for pattern in LIBRARY
        if pattern.name not in names
    ]


@transaction.atomic
def take_library(unit, *, by) -> list[PlanTemplate]:
    """Store the templates that are missing."""
    taken = missing_templates(unit, by=by)
    for template in taken:
        template.save()
    return taken
