"""Complications, treatments, advice, carers, appointments, values on scales, referrals."""

from datetime import date

from disability.enums.conditions import ComplicationKind, TherapyKind
from disability.enums.outcomes import Scale
from disability.enums.referrals import ReferralCondition
from disability.models import (
    CarerTraining,
    Complication,
    NursingAdvice,
    OutcomeMeasure,
    Referral,
    TherapyAppointment,
    Treatment,
)

DAY = date(2025, 3, 10)


def _of(model, **usual):
    """A maker of the model's rows about a person, at the person's unit."""

    def make(person, *, unit=None, **fields):
        return model.objects.create(unit=unit or person.unit, resident=person, **usual | fields)

    return make


complication = _of(Complication, kind=ComplicationKind.PRESSURE_SORE, found_on=DAY)
treatment = _of(Treatment, occurred_on=DAY, method="清创换药")
nursing_advice = _of(
    NursingAdvice, occurred_on=DAY, items=["diet", "turning"], advised=["family"], adviser="陈护士"
)
carer_training = _of(
    CarerTraining, occurred_on=DAY, carer="黄秀英", topics=["turning"], trainer="陈护士"
)
appointment = _of(TherapyAppointment, planned_on=DAY, kind=TherapyKind.PHYSICAL)
outcome = _of(OutcomeMeasure, occurred_on=DAY, scale=Scale.BARTHEL, value=40)
referral = _of(Referral, occurred_on=DAY, condition=ReferralCondition.CATARACT)


def one_of_each(person) -> dict:
    """A row of every ledger of these by its slug, and some more beside them."""
    sore = complication(person)
    complication(person, kind="other", name="静脉血栓")
    outcome(person, scale="vas", value="6.5")
    referral(
        person, condition="limb", state="treated", referred_on=DAY, treated_on=DAY, way="surgery"
    )
    return {
        "complications": sore,
        "treatments": treatment(person, complication=sore, result="创面缩小"),
        "nursing-advice": nursing_advice(person),
        "carer-trainings": carer_training(person),
        "therapy-appointments": appointment(
            person, planned_at="09:30", state="missed", note="下雨"
        ),
        "outcomes": outcome(person),
        "referrals": referral(person),
    }
