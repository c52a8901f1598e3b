from disability.models.certificates import Certificate
from disability.models.files import DisabilityFile
from disability.models.programme_care import FamilyContact, Incident, MedicationLog, Placement
from disability.models.programme_days import Attendance, ProgrammeSession, TimetableSlot
from disability.models.programme_groups import GroupMembership, InterestGroup
from disability.models.programmes import Enrolment, Programme, ProgrammeClosure

__all__ = [
    "Attendance",
    "Certificate",
    "DisabilityFile",
    "Enrolment",
    "FamilyContact",
    "GroupMembership",
    "Incident",
    "InterestGroup",
    "MedicationLog",
    "Placement",
    "Programme",
    "ProgrammeClosure",
    "ProgrammeSession",
    "TimetableSlot",
]
