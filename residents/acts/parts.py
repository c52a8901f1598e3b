"""What the acts on households are made of: what a form chose, the new household, relations told anew."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError

from residents.acts.journal import Journal
from residents.acts.members import relations, successor
from residents.enums import HouseholdKind, Relation
from residents.events import record_event
from residents.models import Dwelling, Household, LifeEvent, Membership, Resident


@dataclass
class Choices:
    """What the form asked: who heads which part, and relations that differ from the derived."""

    head: Membership | None = None  # of those who go
    stay_head: Membership | None = None  # of those who stay
    relations: dict[int, str] = field(default_factory=dict)


@dataclass
class NewHome:
    """A household that an act founds; number and address follow from the dwelling."""

    number: str = ""
    dwelling: Dwelling | None = None
    address: str = ""
    grid: object = None


def recast(journal: Journal, home: Household, rows, head: Membership, chosen: dict) -> None:
    """Give everybody of ``rows`` their relation to the head from the day of the act on."""
    told = relations(rows, head, chosen)
    differing = [row for row in rows if row.relation != told[row.pk]]
    for row in differing:
        journal.close(row)
    for row in differing:
        journal.open(home, row.resident, told[row.pk], row.bond)


def settle_stay(journal: Journal, home: Household, staying, choices: Choices) -> None:
    """Those who stay get a head; a household that nobody is left in ends by itself."""
    head = successor(staying, choices.stay_head, "stay_head")
    if head is None:
        journal.tell(f"户“{home.number}”不再有成员。")
    elif head.relation != Relation.HEAD:
        recast(journal, home, staying, head, choices.relations)


def found_household(journal: Journal, like: Household, new: NewHome) -> Household:
    dwelling = new.dwelling
    wanted = new.number or (dwelling.short if dwelling else like.number)
    home = Household(
        unit_id=like.unit_id,
        number=new.number or free_number(like.unit_id, wanted),
        kind=like.kind if dwelling is None else HouseholdKind.FAMILY,
        dwelling=dwelling,
        address=(dwelling.address if dwelling else new.address) or like.address,
        grid=(dwelling.building.grid if dwelling else new.grid) or like.grid,
    )
    taken = Household.objects.kept().filter(unit_id=like.unit_id, number=home.number)
    if taken.exists():
        raise ValidationError({"number": f"本单位已有户编号“{home.number}”。"})
    journal.tell(f"新立户“{home.number}”，地址：{home.address}。")
    return journal.create(home)


def free_number(unit_id: int, wanted: str) -> str:
    """The wanted number, or the first of wanted-2, wanted-3 … that the unit does not have."""
    taken = set(
        Household.objects.kept()
        .filter(unit_id=unit_id, number__startswith=wanted)
        .values_list("number", flat=True)
    )
    numbers = (f"{wanted}-{place}" for place in range(2, len(taken) + 3))
    return wanted if wanted not in taken else next(n for n in numbers if n not in taken)


def resettle(journal: Journal, resident: Resident, home: Household) -> None:
    """The person's present address and grid follow the household in which they live."""
    resident.refresh_from_db()
    if resident.unit_id == home.unit_id:
        journal.change(resident, address=home.address, grid_id=home.grid_id)


def chosen_rows(rows, members, field="members") -> tuple[list, list]:
    """(going, staying); raises ValidationError where a chosen one is no longer a member."""
    wanted = {member.pk for member in members}
    going = [row for row in rows if row.pk in wanted]
    if not going or len(going) != len(wanted):
        raise ValidationError({field: "请选择这一户现在的成员。"})
    return going, [row for row in rows if row.pk not in wanted]


def record_in_act(journal: Journal, kind, resident: Resident, home: Household, **details) -> None:
    """Record the life event; its refusals come back at the day of the act. One that was told
    before belongs to who told it, and stays when the act is undone."""
    known = LifeEvent.objects.kept().filter(resident=resident, kind=kind, occurred_on=journal.on)
    if known.exists():
        return
    try:
        event = record_event(
            resident,
            kind,
            on=journal.on,
            by=journal.by,
            unit=home.unit,
            recorded_at=journal.act.recorded_at,
            **details,
        )
    except ValidationError as error:
        told = getattr(error, "error_dict", {})
        if "occurred_on" in told:
            raise ValidationError({"on": told["occurred_on"]}) from error
        raise
    journal.happened(event)
