"""Surveys, plans, services and agreements."""

from datetime import date

from disability.models import (
    Need,
    NeedsSurvey,
    PlanReview,
    PlanTemplate,
    RehabAgreement,
    RehabPlan,
    RehabService,
    RehabSession,
)
from disability.services.needs import save_survey
from portal.office.models import Partner
from residents.models import Resident

DAY, START = date(2025, 3, 10), date(2025, 1, 1)


def about(model, person, usual, fields):
    return model(**{"unit": person.unit, "resident": person} | usual | fields)


def stored(record):
    record.save()
    return record


def needs_survey(person: Resident, needs=("training",), occurred_on=DAY, **fields) -> NeedsSurvey:
    usual = {"year": occurred_on.year, "surveyor": "李梅", "needs": list(needs)}
    survey = about(NeedsSurvey, person, usual | {"occurred_on": occurred_on}, fields)
    return save_survey(survey, by=None)


def need(person: Resident, kind="device", occurred_on=DAY, **fields) -> Need:
    return stored(about(Need, person, {"kind": kind, "occurred_on": occurred_on}, fields))


def plan_template(unit, name="居家训练", group="physical", **fields) -> PlanTemplate:
    usual = {"goals": "能站立十分钟", "measures": "每日训练两次\n每周随访一次", "review_months": 2}
    return PlanTemplate.objects.create(unit=unit, name=name, group=group, **usual | fields)


def rehab_plan(person: Resident, group="physical", starts_on=START, **fields) -> RehabPlan:
    usual = {
        "group": group,
        "made_on": starts_on,
        "made_by": "李梅",
        "goals": "能站立十分钟",
        "measures": "每日训练两次",
        "starts_on": starts_on,
    }
    return stored(about(RehabPlan, person, usual, fields))


def plan_review(plan: RehabPlan, occurred_on=DAY, **fields) -> PlanReview:
    usual = {"progress": "better", "reviewer": "李梅", "unit": plan.unit}
    return PlanReview.objects.create(plan=plan, occurred_on=occurred_on, **usual | fields)


def rehab_agreement(
    person: Resident, provider: Partner, starts_on=START, **fields
) -> RehabAgreement:
    usual = {
        "provider": provider,
        "signed_on": starts_on,
        "starts_on": starts_on,
        "ends_on": date(starts_on.year, 12, 31),
        "kinds": ["function", "nursing"],
    }
    return stored(about(RehabAgreement, person, usual, fields))


def rehab_service(person: Resident, kind="function", occurred_on=DAY, **fields) -> RehabService:
    usual = {"kind": kind, "occurred_on": occurred_on, "mode": "home", "staff": "周医生"}
    return stored(about(RehabService, person, usual, fields))


def rehab_session(unit, occurred_on=DAY, **fields) -> RehabSession:
    usual = {"title": "康复知识讲座", "kind": "knowledge", "staff": "周医生"}
    return RehabSession.objects.create(unit=unit, occurred_on=occurred_on, **usual | fields)


def rehabilitation_of(person: Resident, provider: Partner) -> dict:
    """A row of every ledger of these by its slug; the first plan and agreement are over."""
    unit, year = person.unit, {"starts_on": date(2024, 1, 1), "ends_on": date(2024, 12, 31)}
    template = plan_template(unit)
    old = rehab_plan(person, state="finished", result="能独立行走", **year)
    plan_review(old, date(2024, 6, 3), findings="能站立五分钟", adjusted="加练\n扶行")
    consent = {"consented_on": START, "consented_by": "self"}
    plan = rehab_plan(person, template=template, assessment="左下肢无力", **consent)
    rehab_plan(person, group="vision")
    rehab_agreement(person, provider, state="ended", end_reason="搬迁", **year)
    agreement = rehab_agreement(person, provider, times=2)
    session = rehab_session(unit, minutes=60, place="活动室")
    rehab_service(person, kind=session.kind, mode="group", session=session, minutes=60)
    met = {"state": "met", "met_on": DAY, "arranged": "已送轮椅"}
    need(person, item="轮椅", **met)
    survey = needs_survey(person, ("training", "care"), detail="上下楼不便")
    needs_survey(person, ("none",), date(2024, 3, 11))
    signed = {"provider": provider, "agreement": agreement, "plan": plan}
    return {
        "plan-templates": template,
        "rehab-plans": plan,
        "plan-reviews": plan_review(plan),
        "rehab-agreements": agreement,
        "rehab-sessions": session,
        "rehab-services": rehab_service(person, items="步态训练", minutes=40, **signed),
        "needs-surveys": survey,
        "rehab-needs": survey.raised.first(),
    }
