"""Enrolling people in a programme, one or many at once, and letting them leave."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from disability.models import Enrolment, GroupMembership, Programme
from portal.errors import is_taken
from residents.models import Resident


@transaction.atomic
def store_enrolment(enrolment: Enrolment, *, by) -> Enrolment:
    """Store it; who leaves the programme leaves its interest groups on the same day."""
    if enrolment._state.adding:
        enrolment.recorded_by = by
    enrolment.save()
    if enrolment.ends_on:
        for membership in GroupMembership.objects.kept().filter(
            enrolment=enrolment, starts_on__lte=enrolment.ends_on
        ):
            if membership.ends_on is None or membership.ends_on > enrolment.ends_on:
                membership.ends_on = enrolment.ends_on
                membership.save()
    return enrolment


def refusals(programme: Programme, people: Sequence[Resident], day: date) -> list[str]:
    """Why some of the people cannot begin on the day, a sentence each."""
    found = []
    for person in people:
        if person.died_on and day > person.died_on:
            found.append(f"{person.name}已于{person.died_on}去世。")
        elif person.born_on and day < person.born_on:
            found.append(f"{person.name}在{day}还没有出生，请核对日期。")
        elif refusal := programme.refusal_of_age(person, day):
            found.append(refusal)
    within = Enrolment.objects.kept().filter(programme=programme, resident__in=people)
    for enrolment in within.exclude(ends_on__lt=day).select_related("resident"):
        begun = f"{enrolment.starts_on}起"
        found.append(f"{enrolment.resident.name}{begun}已在{programme.name}，不能重叠。")
    return found


@transaction.atomic
def enrol_many(
    programme: Programme, people: Sequence[Resident], *, starts_on: date, by
) -> list[Enrolment]:
    """Enrol all of them from one day, or nobody: ValidationError names everyone who cannot be."""
    if problems := refusals(programme, people, starts_on):
        raise ValidationError({"people": problems[:20]})
    try:
        with transaction.atomic():
            return [
                Enrolment.objects.create(
                    unit=programme.unit,
                    programme=programme,
                    resident=person,
                    starts_on=starts_on,
                    recorded_by=by,
                )
                for person in people
            ]
    except IntegrityError as error:
        if not is_taken(error):
            raise
        raise ValidationError({"people": "其中有人刚被登记到这个项目，请刷新后核对。"}) from error
