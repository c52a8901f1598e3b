from residents.models.activities import Activity, Handout, Participation
from residents.models.care import CareKind, CareTag
from residents.models.dwellings import Building, Dwelling
from residents.models.households import Household, Membership
from residents.models.people import ResidencySpell, Resident
from residents.models.services import Application, Assistance
from residents.models.visits import Visit

__all__ = [
    "Activity",
    "Application",
    "Assistance",
    "Building",
    "CareKind",
    "CareTag",
    "Dwelling",
    "Handout",
    "Household",
    "Membership",
    "Participation",
    "ResidencySpell",
    "Resident",
    "Visit",
]
