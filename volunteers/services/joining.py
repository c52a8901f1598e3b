"""An application becomes a volunteer."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from portal.intake.services import Answer, answer
from portal.scope import access_of
from residents.models import Resident
from residents.selectors import known_by_number
from volunteers.enums.volunteers import JoiningManner
from volunteers.models import Volunteer, VolunteerApplication
from volunteers.services.volunteers import enrol, twin_of

# Whoever approves looks the ID up in the register, so a team leader does not.
MAY = ("volunteers.edit", "residents.view")


@dataclass(frozen=True)
class Applicant:
    """Who applies: the resident with that very ID, if any; ``twin``, by which they are a volunteer
    of the unit already."""

    resident: Resident | None
    twin: Volunteer | None


def may_answer(user, unit_id: int) -> bool:
    access = access_of(user)
    return all(access.may(permission, unit_id) for permission in MAY)


def applicant_of(application: VolunteerApplication, user) -> Applicant:
    """Raises nothing: what stands against it is told before it is approved."""
    resident = known_by_number(user, application.id_hash)
    by_register = Volunteer(unit_id=application.unit_id, resident=resident)
    by_number = Volunteer(unit_id=application.unit_id, number=application.id_number)
    twin = (resident and twin_of(by_register)) or twin_of(by_number)
    return Applicant(resident, twin)


@transaction.atomic
def approve(application: VolunteerApplication, guardian_agreed_on=None, *, by) -> Volunteer:
    """Enrol the applicant from the day of the application, and tell them the number by their code.

    ``guardian_agreed_on`` is the day on which the guardian of somebody under age confirmed it.
    Raises ValidationError, Denied, StaleRecord; then nothing is changed.
    """
    access = access_of(by)
    for permission in MAY:
        access.check(permission, application.unit_id)
    found = applicant_of(application, by)
    if found.twin:
        raise ValidationError(f"{found.twin.called}已是志愿者，编号 {found.twin.serial_number}。")
    volunteer = Volunteer(
        unit=application.unit,
        resident=found.resident,
        joined_on=application.occurred_on,
        manner=JoiningManner.ONLINE,
        evidence=f"网上申请，{application.occurred_on} 收到",
        guardian_name=application.guardian_name,
        guardian_phone=application.guardian_phone,
        guardian_agreed_on=guardian_agreed_on,
        **{
            name: getattr(application, name)
            for name in ("area", "skills", "intentions", "free_times", "profession", "may_publish")
        },
    )
    if found.resident is None:
        volunteer.number = application.id_number
        for name in ("name", "id_kind", "sex", "born_on", "phone"):
            setattr(volunteer, name, getattr(application, name))
    enrol(volunteer, by=by)
    answer(application, Answer(became=volunteer))
    return volunteer
