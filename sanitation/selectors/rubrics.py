"""Which edition of a rubric is in force, whether it was used, and its items with their faults."""

from datetime import date
from decimal import Decimal

from django.db.models import Prefetch, Q, QuerySet

from portal.scope import above
from sanitation.models import Inspection, Rubric, RubricFault, RubricItem


def in_force(unit, day: date) -> QuerySet[Rubric]:
    """Editions of the unit, or of the one above it, that are in force on the day."""
    kept = Rubric.objects.kept().filter(unit__in={unit.pk, *above([unit.pk])})
    return kept.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)


def uses(rubric) -> int:
    """How many kept inspections used the edition, as far as the scope sees."""
    return Inspection.objects.kept().filter(rubric=rubric).count()


def items_of(rubric) -> list[RubricItem]:
    """In their order, each with ``faults.all()`` read along."""
    faults = Prefetch("faults", RubricFault.objects.kept().order_by("ordinal"))
    return list(rubric.items.kept().order_by("ordinal").prefetch_related(faults))


def full_of(items) -> Decimal:
    return sum((item.maximum for item in items), Decimal(0))
