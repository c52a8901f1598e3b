"""Cases of the one-stop service agency: each as it would stand after its steps, without the steps.

``case(unit, state=…)`` fills the days that the state asks for. Call inside ``acting``.
"""

from datetime import date, timedelta

from servicecenter.enums.cases import CaseState as S
from servicecenter.enums.cases import Outcome, ReplyMode
from servicecenter.enums.catalogue import CaseKind, Department
from servicecenter.models import Agent, Case, Hall, ItemMaterial, ItemVersion, Outsider, ServiceItem
from servicecenter.services.numbers import next_number
from servicecenter.workflow import FINISHED, UNACCEPTED
from tests.factories import office
from tests.factories.people import id_number, resident

APPLIED = date(2025, 3, 3)


def hall(unit, code_word="", **fields):
    known = Hall.objects.kept().filter(unit=unit).first()
    if known and not fields and not code_word:
        return known
    digits = "".join("零一二三四五六七八九"[int(d)] for d in str(unit.pk))
    return Hall.objects.create(
        unit=unit,
        name=f"{unit}为民服务大厅",
        code_word=code_word or f"代办{digits}",
        **{"phone": "0731-85550100", "complaint_phone": "0731-85550119"} | fields,
    )


def item(unit, code="MZ-01", name="城乡居民最低生活保障初审", **fields):
    fields = {"department": Department.CIVIL} | fields
    return ServiceItem.objects.create(unit=unit, code=code, name=name, **fields)


def _some_item(unit, number):
    """An item that no other has the name of: in a file the name alone tells them apart."""
    name = "城乡居民最低生活保障初审" + (f"（{number}）" if number > 1 else "")
    return item(unit, f"SX-{number:03d}", name)


def version(unit, item_of=None, materials=("身份证", "户口簿"), **fields):
    """A version in force since 2020: a 承诺件 of 5 working days unless told otherwise."""
    known = item_of or _some_item(unit, ServiceItem.objects.count() + 1)
    fields = {"kind": CaseKind.PROMISED, "promised_days": 5, "starts_on": date(2020, 1, 1)} | fields
    made = ItemVersion.objects.create(unit=unit, item=known, **fields)
    for ordinal, name in enumerate(materials, 1):
        ItemMaterial.objects.create(
            unit=unit, version_of_item=made, ordinal=ordinal, name=name, copies=1
        )
    return made


def agent(unit, name="林秋月", **fields):
    return Agent.objects.create(unit=unit, name=name, **{"starts_on": date(2020, 1, 1)} | fields)


def outsider(unit, name="周游", **fields):
    return Outsider.objects.create(unit=unit, name=name, **fields)


def station(unit, **fields):
    return office.station(unit, **fields)


def case(unit, state=S.REGISTERED, *, days=None, **fields):
    """A case in that state. ``days`` from application to each next step (default 1): applied, accepted,
    decided, replied, archived."""
    step = timedelta(days=1 if days is None else days)
    if not {"resident", "outsider"} & fields.keys():
        fields["resident"] = resident(unit)
    found = {"item": fields.pop("item", None) or version(unit), "occurred_on": APPLIED} | fields
    asked = found["item"]
    found.setdefault("kind", asked.kind)
    day = found["occurred_on"]
    if state in {S.REFUSED, S.CANCELLED}:
        found = {"turned_away_on": day, "turned_away_for": "不属于本级受理范围"} | found
    if state == S.SUPPLEMENT:
        found = {"told_on": day, "missing": "收入证明", "supply_by": day + 5 * step} | found
    if state not in UNACCEPTED:
        found = {"accepted_on": day + step, "promised_days": asked.promised_days} | found
        found.setdefault("clock_from", found["accepted_on"])
        found.setdefault("due_on", found["accepted_on"] + timedelta(days=7))
        hall(unit)
        number = next_number(unit, found["accepted_on"].year)
        found |= {
            "number": str(number),
            "number_year": number.year,
            "number_serial": number.serial,
        }
    if state in FINISHED:
        found = {"decided_on": found["accepted_on"] + step, "outcome": Outcome.GRANTED} | found
    if state in {S.REPLIED, S.ARCHIVED}:
        found = {
            "replied_on": found["decided_on"] + step,
            "reply_mode": ReplyMode.PHONE,
            "reply": "已办好，请带身份证来领取。",
        } | found
    if state == S.ARCHIVED:
        found = {"archived_on": found["replied_on"] + step} | found
    if state == S.PAUSED:
        found = {"paused_from": S.HANDLING} | found | {"due_on": None}
    return Case.objects.create(unit=unit, state=state, **found)


def one_of_each(person) -> dict:
    """One row for each of the agency's ledgers of cases, about the person or told by their name."""
    unit = person.unit
    foreign = outsider(
        unit, f"{person.name}的侄子", number=id_number(), phone="13912345678", id_kind="citizen"
    )
    asked = version(unit, item(unit, "ZM-01", f"{person.name}的居住证明"))
    place = station(unit, name="便民服务站")
    carrier = agent(unit, "陈桂香")
    handler = agent(unit, "周建国", kind="handler", station=place)
    case(
        unit,
        S.REPLIED,
        item=asked,
        resident=person,
        phone="13800138000",
        agent=carrier,
        station=place,
        handler=handler,
        request="第一行\n第二行",
    )
    return {"cases": case(unit, outsider=foreign, item=asked), "outsiders": foreign}
