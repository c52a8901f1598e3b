"""Which items a unit may take on a day, and in which version."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from portal.scope import above
from servicecenter.models import Case, ItemVersion, ServiceItem


def version_on(item: ServiceItem, day: date) -> ItemVersion | None:
    """The item's version in force on that day; None before the first, after the last, and once closed."""
    if item.closed_on and item.closed_on < day:
        return None
    version = in_force(ItemVersion.objects.kept().filter(item=item), day).first()
    if version is not None:
        version.item = item  # whoever names the version asks for it
    return version


def in_force(versions: QuerySet, day: date) -> QuerySet:
    """Those of the versions that hold on that day; first and last day both count."""
    return versions.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=day),
        Q(item__closed_on__isnull=True) | Q(item__closed_on__gte=day),
        starts_on__lte=day,
        item__deleted_at__isnull=True,
    )


def items_for(unit, day: date) -> QuerySet:
    """The items that the unit takes on that day: its own and those of the units above it, not closed
    and with a version in force. Where both keep the same code, the unit's own counts."""
    own = ServiceItem.objects.kept().filter(unit=unit, code=OuterRef("code"))
    versions = in_force(ItemVersion.objects.kept().filter(item=OuterRef("pk")), day)
    items = ServiceItem.objects.kept().filter(
        Q(unit=unit) | (Q(unit__in=above([unit.pk])) & ~Exists(own)), Exists(versions)
    )
    return items.select_related("unit")


def versions_for(unit, day: date) -> QuerySet:
    """The versions in force of those items."""
    versions = ItemVersion.objects.kept().filter(item__in=items_for(unit, day))
    return in_force(versions, day).select_related("item__unit")


def is_used(version: ItemVersion) -> bool:
    """Whether any case began with the version, be it in the recycle bin."""
    return version.pk is not None and Case.objects.filter(item=version).exists()


def last_case_day(version: ItemVersion) -> date | None:
    """The last day on which a kept case was accepted, or else applied for, with the version."""
    days = Case.objects.kept().filter(item=version).values_list("accepted_on", "occurred_on")
    return max((accepted or applied for accepted, applied in days), default=None)
