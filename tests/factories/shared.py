"""Visits, activities, help and applications."""

from datetime import date

from residents.enums import (
    ActivityKind,
    ApplicationKind,
    AssistanceKind,
    VisitMode,
)
from residents.models import (
    Activity,
    Application,
    Assistance,
    Handout,
    Participation,
    Visit,
)

DAY = date(2025, 3, 10)
DISABILITY = ["disability"]


def visit(person, occurred_on=DAY, **fields) -> Visit:
    fields = {"mode": VisitMode.HOME, "visitor": "李梅", "domains": DISABILITY} | fields
    unit = fields.pop("unit", person.unit)
    return Visit.objects.create(unit=unit, resident=person, occurred_on=occurred_on, **fields)


def activity(unit, occurred_on=DAY, **fields) -> Activity:
    fields = {"title": "创业培训", "kind": ActivityKind.TRAINING, "domains": DISABILITY} | fields
    return Activity.objects.create(unit=unit, occurred_on=occurred_on, **fields)


def participation(event, person, **fields) -> Participation:
    fields = {"occurred_on": event.occurred_on, "unit": event.unit} | fields
    return Participation.objects.create(activity=event, resident=person, **fields)


def handout(unit, quantity=100, occurred_on=DAY, **fields) -> Handout:
    fields = {"material": "助残政策宣传单", "domains": DISABILITY} | fields
    return Handout.objects.create(unit=unit, quantity=quantity, occurred_on=occurred_on, **fields)


def assistance(person, occurred_on=DAY, **fields) -> Assistance:
    fields = {
        "kind": AssistanceKind.CONDOLENCE,
        "giver": "市残联",
        "amount": 500,
        "domains": DISABILITY,
    } | fields
    return Assistance.objects.create(
        unit=person.unit, resident=person, occurred_on=occurred_on, **fields
    )


def application(person, occurred_on=DAY, **fields) -> Application:
    fields = {"kind": ApplicationKind.MEDICAL_INSURANCE, "domains": DISABILITY} | fields
    return Application.objects.create(
        unit=person.unit, resident=person, occurred_on=occurred_on, **fields
    )
