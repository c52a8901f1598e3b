"""Regimes, meetings, promises, disclosures, windows of the one-stop service agency: one valid row each."""

from datetime import date

from portal.models import Unit
from portal.models.units import UnitKind
from portal.office.enums import RuleKind
from portal.office.models import Rule, RuleEvidence
from servicecenter.enums.regimes import CheckResult, CommitmentAspect, DisclosureKind
from servicecenter.models import (
    AgentGrid,
    Commitment,
    CommitmentCheck,
    Disclosure,
    HallWindow,
    JointMeeting,
    MeetingIssue,
)
from tests.factories import cases

SINCE = date(2025, 1, 6)
WORDS = {
    "report": "通报受理和办结情况。",
    "achievements": "承诺件按时办结。",
    "gaps": "回复不及时。",
    "causes": "交接不及时。",
    "solutions": "两个工作日内回复。",
}


def regime(unit, title="例会制度", ordinal=1, **fields):
    return Rule.objects.create(
        unit=unit,
        title=title,
        kind=RuleKind.REGIME,
        ordinal=ordinal,
        **{"text": "每月一次。", "starts_on": SINCE, "domains": ["servicecenter"]} | fields,
    )


def proof(rule, day=date(2025, 3, 10), **fields):
    return RuleEvidence.objects.create(
        unit=rule.unit, rule=rule, occurred_on=day, content="按制度执行。", **fields
    )


def meeting(unit, month=date(2025, 3, 1), **fields):
    """A meeting that was held on the fifth of its month, unless told otherwise."""
    fields = {"held_on": month.replace(day=5), "attendees": 12} | WORDS | fields
    return JointMeeting.objects.create(unit=unit, month=month, **fields)


def issue(of, **fields):
    fields = {"issue": "午间窗口无人值守", "owner": "综合办公室"} | fields
    return MeetingIssue.objects.create(
        unit=of.unit, meeting=of, occurred_on=of.held_on or of.month, **fields
    )


def commitment(unit, aspect=CommitmentAspect.TIME, text="承诺件按时办结。", **fields):
    return Commitment.objects.create(
        unit=unit, aspect=aspect, text=text, **{"starts_on": SINCE} | fields
    )


def check(of, result=CheckResult.KEPT, **fields):
    fields = {"occurred_on": date(2025, 3, 20), "finding": "抽查一件。"} | fields
    if result == CheckResult.BROKEN:
        fields = {"remedy": "限期改正。"} | fields
    return CommitmentCheck.objects.create(unit=of.unit, commitment=of, result=result, **fields)


def disclosure(unit, **fields):
    fields = {
        "occurred_on": SINCE,
        "kind": DisclosureKind.FEE,
        "title": "收费标准（不收费）",
        "places": ["board"],
    } | fields
    return Disclosure.objects.create(unit=unit, **fields)


def window(unit, **fields):
    fields = {"name": "1 号窗口", "starts_on": SINCE} | fields
    return HallWindow.objects.create(unit=unit, hall=cases.hall(unit), **fields)


def served_grid(agent, grid, **fields):
    return AgentGrid.objects.create(
        unit=agent.unit, agent=agent, grid=grid, **{"starts_on": SINCE} | fields
    )


def one_of_each(unit):
    """A row in each of these ledgers, one of a grid among them."""
    proof(regime(unit))
    of = meeting(unit)
    issue(of)
    check(commitment(unit))
    disclosure(unit)
    window(unit)
    grid = Unit.objects.create(
        kind=UnitKind.GRID, code=f"{unit.code}901", name="第九网格", parent=unit
    )
    served_grid(cases.agent(unit), grid)
