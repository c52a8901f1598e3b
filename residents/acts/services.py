"""Acts on households: each in one transaction, through the journal, told in sentences.

``on`` is the first day of the new state; the day before is the last of the old one. Rows that end
stay as history. ``chosen`` are relations by key of the old membership; those left out follow from
the old relations. What a person can mend raises ValidationError at the form's field, missing
permission raises Denied.
"""

from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from residents.acts.journal import Journal
from residents.acts.members import head_of, locked, present, relations, successor
from residents.acts.relations import through
from residents.enums import ActKind, Bond, HouseholdKind, Relation, Residency
from residents.events import record_event
from residents.life_events import LifeEventKind
from residents.models import (
    Dwelling,
    Household,
    HouseholdAct,
    LifeEvent,
    Membership,
    Resident,
)


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


# --- parts of acts --------------------------------------------------------------------------------
def _recast(journal: Journal, home: Household, rows, head: Membership, chosen: dict) -> None:
    """Give everybody of ``rows`` their relation to the head from the day of the act on."""
    told = relations(rows, head, chosen)
    differing = [row for row in rows if row.relation != told[row.pk]]
    for row in differing:
        journal.close(row)
    for row in differing:
        journal.open(home, row.resident, told[row.pk], row.bond)


def _settle_stay(journal: Journal, home: Household, staying, choices: Choices) -> None:
    """Those who stay get a head; a household that nobody is left in ends by itself."""
    head = successor(staying, choices.stay_head, "stay_head")
    if head is None:
        journal.tell(f"户“{home.number}”不再有成员。")
    elif head.relation != Relation.HEAD:
        _recast(journal, home, staying, head, choices.relations)


def _found(journal: Journal, like: Household, new: NewHome) -> Household:
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


def _resettle(journal: Journal, resident: Resident, home: Household) -> None:
    """The person's present address and grid follow the household in which they live."""
    resident.refresh_from_db()
    if resident.unit_id == home.unit_id:
        journal.change(resident, address=home.address, grid_id=home.grid_id)


def _chosen_rows(rows, members, field="members") -> tuple[list, list]:
    """(going, staying); raises ValidationError where a chosen one is no longer a member."""
    wanted = {member.pk for member in members}
    going = [row for row in rows if row.pk in wanted]
    if not going or len(going) != len(wanted):
        raise ValidationError({field: "请选择这一户现在的成员。"})
    return going, [row for row in rows if row.pk not in wanted]


# --- the acts -------------------------------------------------------------------------------------
@transaction.atomic
def split(
    home: Household, members, *, on: date, by, choices: Choices, new: NewHome, note=""
) -> HouseholdAct:
    """分户: the chosen members leave to a household of their own, by default at the same place."""
    home = locked(home, by=by)
    going, staying = _chosen_rows(present(home, on), members)
    if not staying:
        raise ValidationError({"members": "分户要有人留下；全部离开的请用“迁居”。"})
    if new.dwelling is None and not new.address:
        new.dwelling = home.dwelling
        new.number = new.number or free_number(home.unit_id, home.number)
    journal = Journal(ActKind.SPLIT, home, on=on, by=by, note=note)
    target = _found(journal, home, new)
    _move(journal, going, target, _told_in_new(going, choices))
    _settle_stay(journal, home, staying, choices)
    return journal.store(other=target)


def _move(journal, going, target, told, without_registration=False) -> list[Membership]:
    """End the rows and open them in the target; those whose 户籍 stays are given back."""
    left = []
    for row in going:
        journal.close(row)
    for row in going:
        bond = row.bond
        if without_registration and bond == Bond.BOTH:
            bond = Bond.LIVING
            left.append(journal.open(row.household, row.resident, row.relation, Bond.REGISTERED))
        journal.open(target, row.resident, told[row.pk], bond)
        if bond != Bond.REGISTERED and target.address != row.household.address:
            _event(journal, LifeEventKind.RELOCATED, row.resident, target, grid=target.grid)
            _resettle(journal, row.resident, target)
    return left


@transaction.atomic
def merge(
    home: Household, into: Household, *, on: date, by, choices: Choices, note=""
) -> HouseholdAct:
    """并户: everybody moves to the other household, whose head stays its head."""
    if home.pk == into.pk:
        raise ValidationError({"into": "不能并入自己。"})
    for each in sorted((home, into), key=lambda h: h.pk):
        locked(each, by=by)
    if home.unit_id != into.unit_id:
        raise ValidationError({"into": f"户“{into.number}”属于{into.unit}，请用“迁居”。"})
    going = present(home, on)
    if not going:
        raise ValidationError(f"户“{home.number}”现在没有成员。")
    journal = Journal(ActKind.MERGE, home, on=on, by=by, note=note, other=into)
    told = _relations_to(into, going, on, choices)
    already = {row.resident_id for row in present(into, on)}
    _refuse_present(going, already, into)
    _move(journal, going, into, told)
    journal.tell(f"户“{home.number}”不再有成员。")
    return journal.store()


def _refuse_present(going, already, into) -> None:
    both = [str(row.resident) for row in going if row.resident_id in already]
    if both:
        raise ValidationError(
            f"{'、'.join(both)}已是户“{into.number}”的成员（人户分离），请先把其人户关系改为一致。"
        )


def _relations_to(into: Household, going, on: date, choices: Choices) -> dict[int, str]:
    """What each is to the head of a household that is there already."""
    head = head_of(present(into, on))
    if head is None:
        raise ValidationError({"into": f"户“{into.number}”现在没有成员，请用“迁居”新立一户。"})
    former = head_of(going)
    found, missing = {}, {}
    for row in going:
        told = choices.relations.get(row.pk)
        if not told and former is not None and (lead := choices.relations.get(former.pk)):
            told = through(lead, row.relation)
        if not told or told == Relation.HEAD:
            missing[f"relation{row.pk}"] = f"请选择{row.resident}与户主{head.resident}的关系。"
        else:
            found[row.pk] = Relation(told)
    if missing:
        raise ValidationError(missing)
    return found


@transaction.atomic
def move(
    home: Household,
    members,
    *,
    on: date,
    by,
    choices: Choices,
    new: NewHome | None = None,
    into: Household | None = None,
    with_registration=True,
    note="",
) -> HouseholdAct:
    """迁居: the chosen members go to live elsewhere in the unit, in a new household or ``into`` one.

    Without their 户籍 they stay registered where they were (人户分离).
    """
    home = locked(home, by=by)
    going, staying = _chosen_rows(present(home, on), members)
    only_registered = [str(r.resident) for r in going if r.bond == Bond.REGISTERED]
    if only_registered and not with_registration:
        raise ValidationError(
            {"members": f"{'、'.join(only_registered)}不住在这一户，户籍不动的就不用迁居。"}
        )
    journal = Journal(ActKind.MOVE, home, on=on, by=by, note=note, other=into)
    if into is None:
        target = _found(journal, home, new)
        told = _told_in_new(going, choices)
    else:
        target = locked(into, by=by)
        if target.pk == home.pk or target.unit_id != home.unit_id:
            raise ValidationError({"into": "请选择本单位的另一户。"})
        _refuse_present(going, {r.resident_id for r in present(target, on)}, target)
        told = _relations_to(target, going, on, choices)
    left = _move(journal, going, target, told, not with_registration)
    _settle_stay(journal, home, [*left, *staying], choices)
    return journal.store(other=target)


def _told_in_new(going, choices: Choices) -> dict[int, Relation]:
    if head_of(going) is None and choices.head is None and len(going) > 1:
        raise ValidationError({"head": "请选择新户的户主。"})
    head = choices.head or head_of(going) or going[0]
    if head.pk not in {row.pk for row in going}:
        raise ValidationError({"head": "新户的户主要从离开的成员中选择。"})
    return relations(going, head, choices.relations)


@transaction.atomic
def change_head(
    home: Household, head: Membership, *, on: date, by, choices: Choices, note=""
) -> HouseholdAct:
    """变更户主: from that day on another member is the head, and all relations are to them."""
    home = locked(home, by=by)
    rows = present(home, on)
    if head.pk not in {row.pk for row in rows}:
        raise ValidationError({"head": "请从这一户现在的成员中选择新户主。"})
    if head.relation == Relation.HEAD:
        raise ValidationError({"head": f"{head.resident}已经是户主。"})
    journal = Journal(ActKind.NEW_HEAD, home, on=on, by=by, note=note)
    _recast(journal, home, rows, head, choices.relations)
    return journal.store()


@transaction.atomic
def die(
    home: Household, member: Membership, *, on: date, by, choices: Choices, note=""
) -> HouseholdAct:
    """成员去世: the death is a life event; the person leaves every household, a head is succeeded."""
    home = locked(home, by=by)
    [going], staying = _chosen_rows(present(home, on), [member], "member")
    journal = Journal(ActKind.DEATH, home, on=on, by=by, note=note)
    _leave_all(journal, going, staying)
    journal.tell(f"{going.resident}于{journal.since[1:-1]}去世，离开户“{home.number}”。")
    _settle_stay(journal, home, staying, choices)
    _event(journal, LifeEventKind.DIED, going.resident, home)
    return journal.store()


@transaction.atomic
def leave(
    home: Household, members, *, on: date, by, choices: Choices, to_place="", note=""
) -> HouseholdAct:
    """成员迁出: the chosen members leave the unit altogether."""
    home = locked(home, by=by)
    going, staying = _chosen_rows(present(home, on), members)
    journal = Journal(ActKind.LEAVE, home, on=on, by=by, note=note)
    for row in going:
        _leave_all(journal, row, staying)
        where = f"，迁往{to_place}" if to_place else ""
        journal.tell(f"{row.resident}{journal.since}迁出户“{home.number}”{where}，不再在册。")
    _settle_stay(journal, home, staying, choices)
    for row in going:
        _event(journal, LifeEventKind.MOVED_OUT, row.resident, home, to_place=to_place)
    return journal.store()


def _leave_all(journal: Journal, row: Membership, staying) -> None:
    """End the person's rows here and, of whom lives and is registered apart, in the other one."""
    others = Membership.objects.kept().filter(resident=row.resident_id, ends_on__isnull=True)
    for other in others.exclude(pk=row.pk).select_related("household", "resident"):
        rest = [r for r in present(other.household, journal.on) if r.pk != other.pk]
        if other.relation == Relation.HEAD and rest:
            raise ValidationError(
                f"{row.resident}还是户“{other.household.number}”的户主，请先为那一户变更户主。"
            )
        journal.close(other)
    journal.close(row)


def _event(journal: Journal, kind, resident: Resident, home: Household, **details) -> None:
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


@transaction.atomic
def join(
    home: Household, resident: Resident, relation: str, *, on: date, by, bond=Bond.BOTH, note=""
) -> HouseholdAct:
    """成员迁入: a registered person becomes a member; the first one is the head."""
    home = locked(home, by=by)
    rows = present(home, on)
    if not rows and relation != Relation.HEAD:
        raise ValidationError({"relation": "这一户现在没有成员，第一位应是户主。"})
    if rows and relation == Relation.HEAD:
        raise ValidationError({"relation": "这一户已有户主；要换户主的，迁入后请用“变更户主”。"})
    if resident.unit_id != home.unit_id:
        raise ValidationError({"resident": f"{resident}由{resident.unit}管理，请先接收到本单位。"})
    journal = Journal(ActKind.JOIN, home, on=on, by=by, note=note)
    journal.open(home, resident, relation, bond)
    if bond != Bond.REGISTERED:
        _resettle(journal, resident, home)
    return journal.store()


@transaction.atomic
def part(
    home: Household,
    member: Membership,
    *,
    on: date,
    by,
    stays: Bond,
    into: Household | None = None,
    relation="",
    address="",
    note="",
) -> HouseholdAct:
    """人户分离: the common row ends; what ``stays`` here goes on, the other is in ``into``.

    Without ``into`` the person lives outside the register at ``address``, or is registered there.
    """
    home = locked(home, by=by)
    [row], _ = _chosen_rows(present(home, on), [member], "member")
    if row.bond != Bond.BOTH:
        raise ValidationError({"member": f"{row.resident}在这一户已经是“{row.bond.label}”。"})
    goes = Bond.LIVING if stays == Bond.REGISTERED else Bond.REGISTERED
    journal = Journal(ActKind.APART, home, on=on, by=by, note=note, other=into)
    journal.close(row)
    journal.open(home, row.resident, row.relation, stays)
    if into is not None:
        _open_elsewhere(journal, home, row, into, relation, goes)
    _tell_residency(journal, row.resident, home, stays, into, address)
    return journal.store()


def _open_elsewhere(journal, home, row, into, relation, goes) -> None:
    into = locked(into, by=journal.by)
    if into.pk == home.pk:
        raise ValidationError({"into": "请选择另一户。"})
    others = present(into, journal.on)
    if not relation:
        raise ValidationError({"relation": f"请选择{row.resident}与户“{into.number}”户主的关系。"})
    if bool(others) == (relation == Relation.HEAD):
        text = "那一户已有户主。" if others else "那一户现在没有成员，第一位应是户主。"
        raise ValidationError({"relation": text})
    journal.open(into, row.resident, relation, goes)


def _tell_residency(journal, resident, home, stays: Bond, into, address) -> None:
    """户在人不在 for who lives elsewhere, 人在户不在 for who is registered elsewhere."""
    resident.refresh_from_db()
    residency = Residency.AWAY if stays == Bond.REGISTERED else Residency.LODGING
    if into is None or into.unit_id != resident.unit_id:
        _residency_event(journal, resident, home, residency)
    place = address or (into.address if into is not None else "")
    if place:
        resident.refresh_from_db()
        field = "address" if stays == Bond.REGISTERED else "registered_address"
        journal.change(resident, **{field: place})


def _residency_event(journal, resident, home, residency) -> None:
    if resident.residency == residency:
        return
    _event(journal, LifeEventKind.RESIDENCY_CHANGED, resident, home, residency=residency)


@transaction.atomic
def reunite(home: Household, member: Membership, *, on: date, by, note="") -> HouseholdAct:
    """人户合一: whoever was registered here and lived elsewhere, or the reverse, is wholly here."""
    home = locked(home, by=by)
    [row], _ = _chosen_rows(present(home, on), [member], "member")
    if row.bond == Bond.BOTH:
        raise ValidationError({"member": f"{row.resident}在这一户已经是人户一致。"})
    journal = Journal(ActKind.REUNITE, home, on=on, by=by, note=note)
    others = Membership.objects.kept().filter(resident=row.resident_id, ends_on__isnull=True)
    for other in others.exclude(pk=row.pk).select_related("household", "resident"):
        elsewhere = locked(other.household, by=by)
        rest = [r for r in present(elsewhere, on) if r.pk != other.pk]
        if other.relation == Relation.HEAD and rest:
            raise ValidationError(
                {"member": f"{row.resident}是户“{elsewhere.number}”的户主，请先变更那一户的户主。"}
            )
        journal.tell(f"{row.resident}{journal.since}不再是户“{elsewhere.number}”的成员。")
        journal.close(other)
    journal.close(row)
    journal.open(home, row.resident, row.relation, Bond.BOTH)
    row.resident.refresh_from_db()
    if row.resident.residency in (Residency.AWAY, Residency.LODGING):
        _residency_event(journal, row.resident, home, Residency.HERE)
    _resettle(journal, row.resident, home)
    row.resident.refresh_from_db()
    journal.change(row.resident, registered_address=home.address)
    return journal.store()
