"""Whom volunteers serve: the household of the day, the care tags of the day, and what a leader may know.

Who goes to a household must know whom to ask for, where, and what for. So the leader of an activity,
without ``served.view``, reads by ``of_activity`` the requests arranged in it and those served in it;
``Whom`` tells of each the name, the address, the masked phone and the errand, and nothing else: no ID, no
care tag, no disability.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import F
from django.urls import reverse

from residents.models import CareKind, CareTag, Household, Membership, Resident
from volunteers.enums.activities import ActivityState
from volunteers.enums.help import HelpState
from volunteers.models import HelpRequest, Served, VolunteerActivity


def household_on(resident: Resident, day: date) -> Household | None:
    """Where the person lived on the day; without such a home, where they were registered."""
    rows = Membership.objects.in_force(day).filter(resident=resident).select_related("household")
    found = rows.order_by(F("living").desc(), "-starts_on", "pk").first()
    return found.household if found else None


def care_kinds_on(resident: Resident, day: date) -> list[CareKind]:
    """The care tags in force on the day, in the order of the table: the first is offered first."""
    tags = CareTag.objects.in_force(day).filter(resident=resident)
    return list(CareKind.objects.filter(pk__in=tags.values("kind")))


def last_day(activity: VolunteerActivity) -> date:
    return activity.ends_on or activity.starts_on


def open_to_serve(activity: VolunteerActivity) -> bool:
    """Whether people may be served in it: one that was cancelled served nobody."""
    return activity.state != ActivityState.CANCELLED


@dataclass(frozen=True)
class Whom:
    """One household of an activity, as its leader is told of it."""

    resident: Resident
    address: str
    errand: str
    needs: str
    request: HelpRequest | None
    served: Served | None

    @property
    def phone(self) -> str:
        return self.resident.masked_phone


def of_activity(activity: VolunteerActivity) -> list[Whom]:
    """First those whose request waits for the errand, then those served, in the order of days."""
    asked = HelpRequest.objects.kept().filter(
        unit=activity.unit_id, shift__activity=activity, state=HelpState.ARRANGED
    )
    served = Served.objects.kept().filter(unit=activity.unit_id, activity=activity)
    related = ("resident", "unit")
    return [
        *(
            Whom(
                row.resident, row.resident.address, row.get_service_display(), row.needs, row, None
            )
            for row in asked.select_related(*related).order_by("shift__starts_at", "pk")
        ),
        *(
            Whom(row.resident, row.resident.address, row.get_service_display(), "", None, row)
            for row in served.select_related(*related, "household").order_by("occurred_on", "pk")
        ),
    ]


def whom_url(activity: VolunteerActivity) -> str:
    return reverse("activity-whom", args=[activity.pk])


def step_url(name: str, asked: HelpRequest) -> str:
    return reverse(f"help-{name}", args=[asked.pk])
