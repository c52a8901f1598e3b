from residents.models.activities import Activity, Handout, Participation
from residents.models.acts import HouseholdAct
from residents.models.care import CareKind, CareTag
from residents.models.consents import Consent
from residents.models.consultations import Consultation
from residents.models.diaries import Diary, DiaryContact
from residents.models.duplicates import DuplicatePair, Merge
from residents.models.dwellings import Building, Dwelling
from residents.models.events import LifeEvent
from residents.models.households import Household, Membership
from residents.models.jobs import JobInfo, JobPush
from residents.models.people import Resident
from residents.models.problems import Problem
from residents.models.requests import DataRequest
from residents.models.services import Application, Assistance
from residents.models.spells import ResidencySpell
from residents.models.takeovers import TakeOver
from residents.models.visits import Visit

__all__ = [
    "Activity",
    "Application",
    "Assistance",
    "Building",
    "CareKind",
    "CareTag",
    "Consent",
    "Consultation",
    "DataRequest",
    "Diary",
    "DiaryContact",
    "DuplicatePair",
    "Dwelling",
    "Handout",
    "Household",
    "HouseholdAct",
    "JobInfo",
    "JobPush",
    "LifeEvent",
    "Membership",
    "Merge",
    "Participation",
    "Problem",
    "ResidencySpell",
    "Resident",
    "TakeOver",
    "Visit",
]
