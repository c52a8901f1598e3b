"""Writes of more than one row in the register."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.bulk import load, prepared
from residents.enums import Bond
from residents.models import (
    Diary,
    DiaryContact,
    Household,
    JobPush,
    Membership,
    ResidencySpell,
    Resident,
)
from residents.selectors import street_above

ONE_NUMBER = ("resident_id_once", "resident_number_one_person")


@transaction.atomic
def register_resident(
    resident: Resident, *, since: date, by, household=None, relation="", bond=Bond.BOTH
) -> Resident:
    """Store a new person, their residency in the unit from ``since``, and their household.

    Raises ValidationError when the ID is registered already, be it where the user cannot look.
    """
    newcomer = Newcomer(resident, since, household, relation, bond)
    resident.recorded_by = by
    save_person(resident)
    _spell(newcomer, by).save()
    if household is not None:
        member = _member(newcomer, by)
        member.full_clean(exclude={"recorded_by"})
        member.save()
    return resident


@dataclass(frozen=True)
class Newcomer:
    """A new person with what register_resident() stores along."""

    resident: Resident
    since: date
    household: Household | None = None
    relation: str = ""
    bond: Bond = Bond.BOTH


@transaction.atomic
def register_residents(newcomers: Sequence[Newcomer], *, by=None) -> list[Resident]:
    """Store many new persons at once, each as register_resident() would.

    What a form checks must be checked already; raises what the database refuses, and stores none.
    """
    people = [prepared(each.resident) for each in newcomers]
    for person in people:
        person.recorded_by = by
    load(Resident, people)
    load(ResidencySpell, (_spell(each, by) for each in newcomers))
    load(Membership, (_member(each, by) for each in newcomers if each.household is not None))
    return people


def _spell(newcomer: Newcomer, by) -> ResidencySpell:
    person = newcomer.resident
    return ResidencySpell(
        unit=person.unit, resident=person, starts_on=newcomer.since, recorded_by=by
    )


def _member(newcomer: Newcomer, by) -> Membership:
    person = newcomer.resident
    return Membership(
        unit=person.unit,
        household=newcomer.household,
        resident=person,
        relation=newcomer.relation,
        starts_on=newcomer.since,
        recorded_by=by,
        **newcomer.bond.columns,
    )


@transaction.atomic
def let_addresses_follow(dwellings) -> None:
    """Write the address and grid of these dwellings into the households that are there."""
    homes = Household.objects.kept().filter(dwelling__in=dwellings)
    for home in homes.select_related("dwelling__building"):
        grid = home.dwelling.building.grid_id or home.grid_id
        if (home.address, home.grid_id) != (home.dwelling.address, grid):
            home.address, home.grid_id = home.dwelling.address, grid
            home.save(update_fields=["address", "grid"])


ELSEWHERE = "elsewhere"  # code of the refusal of a number that somebody out of sight has


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
            f"这个证件号码已在册，可能登记在其他单位；请联系{street}核对后办理迁入。",
            code=ELSEWHERE,
        ) from error


@transaction.atomic
def push_job(info, people, *, occurred_on, mode, pusher, by) -> tuple[int, int]:
    """Note that each of the people was told of the post that day: (noted now, noted before)."""
    known = set(
        info.pushes.kept()
        .filter(occurred_on=occurred_on, resident__in=people)
        .values_list("resident", flat=True)
    )
    fresh = [person for person in people if person.pk not in known]
    for person in fresh:
        JobPush.objects.create(
            unit=info.unit,
            info=info,
            resident=person,
            occurred_on=occurred_on,
            mode=mode,
            pusher=pusher,
            recorded_by=by,
        )
    return len(fresh), len(people) - len(fresh)


@transaction.atomic
def save_diary(diary: Diary, people, *, by) -> Diary:
    """Store a diary and exactly these people as whom its author met; those left out go to the bin."""
    diary.save()
    kept = {contact.resident_id: contact for contact in diary.contacts.kept()}
    for person in people:
        contact = kept.pop(person.pk, None) or DiaryContact(
            unit=diary.unit, diary=diary, resident=person, recorded_by=by
        )
        if contact.occurred_on != diary.occurred_on:
            contact.occurred_on = diary.occurred_on
            contact.save()
    for contact in kept.values():
        contact.deleted_at, contact.deleted_by = timezone.now(), by
        contact.save(update_fields=["deleted_at", "deleted_by"])
    return diary
