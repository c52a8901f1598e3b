"""Which ratings ask for something to be done."""

from django.db.models import Exists, OuterRef, QuerySet

from servicecenter.enums.ratings import WORST_GOOD
from servicecenter.models import Rating, Redress


def bad_without_redress(units) -> QuerySet:
    """Counted bad ratings of these units that set nothing going yet."""
    there = Redress.objects.kept().filter(rating=OuterRef("pk"))
    bad = Rating.objects.kept().filter(unit__in=units, level__lt=WORST_GOOD)
    return bad.filter(~Exists(there), voided_on__isnull=True)
