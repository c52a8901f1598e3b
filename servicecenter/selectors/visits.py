"""Which checklist a unit goes by, and which household was reached."""

from portal.scope import above
from residents.models import Membership
from servicecenter.models import ChecklistItem


def checklist_on(unit, day) -> list[ChecklistItem]:
    """The items in force at the unit on the day, in order: its own; else those of the unit above."""
    rows = ChecklistItem.objects.kept().filter(starts_on__lte=day).exclude(ends_on__lt=day)
    rows = rows.order_by("group", "ordinal", "pk")
    own = list(rows.filter(unit=unit))
    found = own or list(rows.filter(unit__in=above([getattr(unit, "pk", unit)])))
    order = [value for value, _ in ChecklistItem._meta.get_field("group").choices]
    return sorted(found, key=lambda item: (order.index(item.group), item.ordinal))


def household_on(resident, unit, day):
    """The household in which the resident lived in the unit on the day; the registered one where they
    live in none; None where there is neither."""
    rows = Membership.objects.in_force(day).filter(resident=resident, unit=unit)
    found = sorted(rows.select_related("household"), key=lambda row: (not row.living, row.pk))
    return found[0].household if found else None
