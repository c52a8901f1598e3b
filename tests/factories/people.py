"""People and households."""

from datetime import date
from itertools import count

from residents.data_requests import save_request
from residents.enums import Relation, Sex
from residents.events import record_event
from residents.id_numbers import check_character
from residents.life_events import LifeEventKind
from residents.models import (
    Building,
    Consent,
    DataRequest,
    Dwelling,
    Household,
    LifeEvent,
    Membership,
    ResidencySpell,
    Resident,
)

_numbers = count(1)


def id_number(born_on=date(1970, 5, 17), sequence=None) -> str:
    """A valid citizen number of an invented person; even sequences are women's."""
    if sequence is None:
        place, sequence = divmod(next(_numbers), 1000)
        area = 440103 + place
    else:
        area = 440103
    first = f"{area}{born_on:%Y%m%d}{sequence:03d}"
    return first + check_character(first)


def resident(unit, name="黄文发", *, since=date(2020, 1, 1), **fields) -> Resident:
    """A resident with a spell in the unit since 2020."""
    born_on = fields.setdefault("born_on", date(1970, 5, 17))
    if "id_number" not in fields and "no_id_reason" not in fields:
        fields["id_number"] = id_number(born_on)
    fields.setdefault("sex", Sex.MALE)
    person = Resident.objects.create(unit=unit, name=name, **fields)
    ResidencySpell.objects.create(unit=unit, resident=person, starts_on=since)
    return person


def household(unit, number="1-101", **fields) -> Household:
    fields.setdefault("address", "春华路 8 号 1 栋 101")
    return Household.objects.create(unit=unit, number=number, **fields)


def building(unit, name="春华路 8 号 1 栋", **fields) -> Building:
    fields.setdefault("address", name)
    return Building.objects.create(unit=unit, name=name, **fields)


def dwelling(house, entrance="1", room="101", **fields) -> Dwelling:
    return Dwelling.objects.create(
        unit=house.unit, building=house, entrance=entrance, room=room, **fields
    )


def member(home, person, relation=Relation.HEAD, starts_on=date(2020, 1, 1), **fields):
    return Membership.objects.create(
        unit=home.unit,
        household=home,
        resident=person,
        relation=relation,
        starts_on=starts_on,
        **fields,
    )


def life_event(
    person, kind=LifeEventKind.MOVED_OUT, occurred_on=date(2025, 3, 10), **details
) -> LifeEvent:
    details = {"by": None, "unit": person.unit} | details
    return record_event(person, kind, on=occurred_on, **details)


def data_request(person, occurred_on=date(2025, 3, 10), **fields) -> DataRequest:
    fields = {"kind": "see", "content": "查看社区登记的本人信息"} | fields
    row = DataRequest(unit=person.unit, resident=person, occurred_on=occurred_on, **fields)
    return save_request(row, by=None)


def consent(person, occurred_on=date(2025, 3, 10), **fields) -> Consent:
    fields = {
        "purpose": "办理高龄津贴",
        "scope_of_data": "姓名、证件号码",
        "manner": "written",
    } | fields
    return Consent.objects.create(
        unit=person.unit, resident=person, occurred_on=occurred_on, **fields
    )
