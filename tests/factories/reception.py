"""Receptions, reception days, offices on the spot, mediations, questions of the echo wall."""

from datetime import date

from residents.models import Visit
from servicecenter.enums.reception import DisputeKind, EchoState, MediationResult, ReceptionTopic
from servicecenter.models import (
    ChecklistItem,
    Echo,
    Mediation,
    OnsiteOffice,
    Reception,
    ReceptionDay,
)
from servicecenter.services.visits import save_visit
from tests.factories import shared
from tests.factories.services import job_info, job_push

DAY = date(2025, 3, 10)
OURS = ["servicecenter"]


def reception(unit, occurred_on=DAY, **fields) -> Reception:
    usual = {
        "topics": [ReceptionTopic.RELIEF],
        "content": "问低保怎样申请。",
        "first_asked": "李梅",
    }
    return Reception.objects.create(unit=unit, occurred_on=occurred_on, **usual | fields)


def answered(unit, occurred_on=DAY, **fields) -> Reception:
    usual = {"answered_on": occurred_on, "answer": "告知条件和材料。", "answered_by": "李梅"}
    return reception(unit, occurred_on, **usual | fields)


def reception_day(unit, occurred_on=DAY, **fields) -> ReceptionDay:
    usual = {"cadre": "何建平", "position": "社区书记", "visitors": 12, "raised": 5, "solved": 4}
    return ReceptionDay.objects.create(unit=unit, occurred_on=occurred_on, **usual | fields)


def onsite_office(unit, occurred_on=DAY, **fields) -> OnsiteOffice:
    usual = {"place": "中心广场", "participants": "民政站、残联", "reached": 30}
    counts = {"raised": 6, "solved": 5}
    return OnsiteOffice.objects.create(
        unit=unit, occurred_on=occurred_on, **usual | counts | fields
    )


def mediation(unit, occurred_on=DAY, **fields) -> Mediation:
    usual = {
        "kind": DisputeKind.NEIGHBOURS,
        "parties": "黄文发与韦英堃",
        "cause": "楼上漏水。",
        "mediators": "何建平",
    }
    return Mediation.objects.create(unit=unit, occurred_on=occurred_on, **usual | fields)


def succeeded(unit, occurred_on=DAY, **fields) -> Mediation:
    usual = {
        "result": MediationResult.SUCCEEDED,
        "ended_on": occurred_on,
        "agreement": "一周内修好防水。",
        "signed_on": occurred_on,
    }
    return mediation(unit, occurred_on, **usual | fields)


def echo(unit, occurred_on=DAY, **fields) -> Echo:
    usual = {"topic": ReceptionTopic.ESTATE, "question": "小广场的灯什么时候修？"}
    return Echo.objects.create(unit=unit, occurred_on=occurred_on, **usual | fields)


def public_echo(unit, occurred_on=DAY, **fields) -> Echo:
    usual = {
        "reply": "已更换 6 盏灯。",
        "replied_on": occurred_on,
        "replied_by": "李梅",
        "may_publish": True,
        "state": EchoState.PASSED,
        "moderated_by": "何建平",
        "published_on": occurred_on,
    }
    return echo(unit, occurred_on, **usual | fields)


def checklist_item(unit, ordinal=1, **fields) -> ChecklistItem:
    usual = {"group": "known", "text": f"第{ordinal}项", "starts_on": date(2020, 1, 1)}
    return ChecklistItem.objects.create(unit=unit, ordinal=ordinal, **usual | fields)


def folk_visit(person, occurred_on=DAY, known=(), need="", **fields):
    """A visit of the agency by the checklist then in force, with these items found out."""
    usual = {"domains": OURS, "purposes": ["folk"], "mode": "home", "visitor": "李梅"}
    visit = Visit(unit=person.unit, resident=person, occurred_on=occurred_on, **usual | fields)
    return save_visit(visit, known={item.pk for item in known}, need=need, by=None)


def one_of_each(person) -> None:
    """A row or two in every ledger of reception and the wider services."""
    unit = person.unit
    answered(unit, resident=person)
    reception(unit, visitor="陈先生", people=3, topics=["estate", "advice"])
    reception_day(unit)
    onsite_office(unit)
    mediation(unit, occurred_on=date(2025, 3, 11))
    succeeded(
        unit, resident=person, kept="kept", followed_up_on=date(2025, 4, 10), follow_up="已修好。"
    )
    echo(unit, resident=person)
    public_echo(unit, occurred_on=date(2025, 3, 12), wording="广场灯何时修？")
    item = checklist_item(unit)
    checklist_item(unit, 1, group="clear", text="人口底数清")
    folk_visit(person, date(2025, 3, 13), known=[item], need="想申请高龄津贴。")
    for kind in ("meeting", "technique", "publicity"):
        shared.activity(unit, title=f"代办{kind}", kind=kind, domains=OURS, participants=9)
    job_push(job_info(unit, post="包装工", domains=OURS), person)
