from disability.models.agreements import RehabAgreement
from disability.models.applications import ApplicationStep, CertificateApplication
from disability.models.certificates import Certificate, CertificateFreeze
from disability.models.conditions import Complication, NursingAdvice, Treatment
from disability.models.conditions_care import CarerTraining, TherapyAppointment
from disability.models.devices import (
    DeviceCase,
    DeviceClass,
    DeviceEntry,
    DeviceKind,
    DeviceStock,
    DeviceTraining,
)
from disability.models.files import DisabilityFile
from disability.models.findings import SubsidyFinding
from disability.models.needs import Need, NeedsSurvey
from disability.models.network import ProviderService, RehabWorker, WorkerAttendance
from disability.models.outcomes import OutcomeMeasure
from disability.models.payments import Payment, PaymentRun
from disability.models.plans import PlanReview, PlanTemplate, RehabPlan
from disability.models.programme_care import FamilyContact, Incident, MedicationLog, Placement
from disability.models.programme_days import Attendance, ProgrammeSession, TimetableSlot
from disability.models.programme_groups import GroupMembership, InterestGroup
from disability.models.programmes import Enrolment, Programme, ProgrammeClosure
from disability.models.referrals import Referral
from disability.models.services import RehabService, RehabSession
from disability.models.stories import CaseStory
from disability.models.subsidies import Subsidy, SubsidyKind, SubsidyStandard

__all__ = [
    "ApplicationStep",
    "Attendance",
    "CarerTraining",
    "CaseStory",
    "Certificate",
    "CertificateApplication",
    "CertificateFreeze",
    "Complication",
    "DeviceCase",
    "DeviceClass",
    "DeviceEntry",
    "DeviceKind",
    "DeviceStock",
    "DeviceTraining",
    "DisabilityFile",
    "Enrolment",
    "FamilyContact",
    "GroupMembership",
    "Incident",
    "InterestGroup",
    "MedicationLog",
    "Need",
    "NeedsSurvey",
    "NursingAdvice",
    "OutcomeMeasure",
    "Payment",
    "PaymentRun",
    "Placement",
    "PlanReview",
    "PlanTemplate",
    "Programme",
    "ProgrammeClosure",
    "ProgrammeSession",
    "ProviderService",
    "Referral",
    "RehabAgreement",
    "RehabPlan",
    "RehabService",
    "RehabSession",
    "RehabWorker",
    "Subsidy",
    "SubsidyFinding",
    "SubsidyKind",
    "SubsidyStandard",
    "TherapyAppointment",
    "TimetableSlot",
    "Treatment",
    "WorkerAttendance",
]
