"""Writes of more than one row in the register."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from residents.enums import Bond
from residents.models import Household, Membership, ResidencySpell, Resident
from residents.selectors import street_above

ONE_NUMBER = ("resident_id_once", "resident_number_one_person")


@transaction.atomic
def register_resident(
    resident: Resident, *, since: date, by, household=None, relation="", bond=Bond.BOTH
) -> Resident:
    """Store a new person, their residency in the unit from ``since``, and their household.

    Raises ValidationError when the ID is registered already, be it where the user cannot look.
    """
    resident.recorded_by = by
    save_person(resident)
    ResidencySpell.objects.create(
        unit=resident.unit, resident=resident, starts_on=since, recorded_by=by
    )
    if household is not None:
        member = Membership(
            unit=resident.unit,
            household=household,
            resident=resident,
            relation=relation,
            starts_on=since,
            recorded_by=by,
            **bond.columns,
        )
        member.full_clean(exclude={"recorded_by"})
        member.save()
    return resident


@transaction.atomic
def let_addresses_follow(dwellings) -> None:
    """Write the address and grid of these dwellings into the households that are there."""
    homes = Household.objects.kept().filter(dwelling__in=dwellings)
    for home in homes.select_related("dwelling__building"):
        grid = home.dwelling.building.grid_id or home.grid_id
        if (home.address, home.grid_id) != (home.dwelling.address, grid):
            home.address, home.grid_id = home.dwelling.address, grid
            home.save(update_fields=["address", "grid"])


def save_person(resident: Resident) -> None:
    """Save, turning a repeated ID into a message that tells nothing of another unit's records."""
    try:
        with transaction.atomic():
            resident.save()
    except IntegrityError as error:
        if not any(rule in str(error) for rule in ONE_NUMBER):
            raise
        street = street_above(resident.unit)
        raise ValidationError(
            f"这个证件号码已在册，可能登记在其他单位；请联系{street}核对后办理迁入。"
        ) from error
