"""What the rules of the subsidy check ask alike, in pieces of a query."""

from django.db.models import (
    CharField,
    ExpressionWrapper,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import MD5, Cast, Coalesce, Concat

from disability.enums import CertificateStatus
from disability.models import SubsidyKind
from residents.models import CareTag, ResidencySpell


def listed(expression, of):
    """The expression as an array to be contained in the array field ``of``."""
    return Func(expression, template="ARRAY[%(expressions)s]::varchar[]", output_field=of)


LEVELS, ALSO = (SubsidyKind._meta.get_field(name) for name in ("levels", "also"))
TAGS = SubsidyKind._meta.get_field("needs_tags")


def key_of(*parts):
    """One key of some values; an empty one stands for itself."""
    cast = [Coalesce(Cast(part, CharField()), Value("-")) for part in parts]
    joined = [piece for part in cast for piece in (part, Value("|"))]
    return MD5(Concat(*joined, output_field=CharField()))


def lasting(day, starts="starts_on", ends="ends_on") -> Q:
    """In force on the day; the last day counts."""
    return Q(**{f"{starts}__lte": day}) & (
        Q(**{f"{ends}__isnull": True}) | Q(**{f"{ends}__gte": day})
    )


def tags_on(day, resident) -> QuerySet:
    return CareTag.objects.kept().filter(lasting(day), resident=resident)


def named(tags: QuerySet, column: str) -> QuerySet:
    """Those of a kind that the outer row names in an array of codes."""
    codes = ExpressionWrapper(OuterRef(column), output_field=TAGS)
    return tags.alias(codes=codes).filter(codes__contains=listed(F("kind__code"), TAGS))


def valid_on(day) -> Q:
    """Certificates that entitle on the day: not ended, not frozen or lost, not run out."""
    return (
        Q(occurred_on__lte=day, status=CertificateStatus.VALID)
        & (Q(ended_on__isnull=True) | Q(ended_on__gt=day))
        & (Q(expires_on__isnull=True) | Q(expires_on__gte=day))
    )


def spells_of_unit() -> QuerySet:
    """When the row's person belonged to the row's unit, or to one directly below it."""
    here = Q(unit=OuterRef("unit")) | Q(unit__parent=OuterRef("unit"))
    return ResidencySpell.objects.kept().filter(here, resident=OuterRef("resident"))
