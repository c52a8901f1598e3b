"""Acts by which members go from one household to another: 分户, 并户, 迁居."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from residents.acts.journal import Journal
from residents.acts.members import head_of, locked, present, relations
from residents.acts.parts import (
    Choices,
    NewHome,
    chosen_rows,
    found_household,
    free_number,
    record_in_act,
    resettle,
    settle_stay,
)
from residents.acts.relations import through
from residents.enums import ActKind, Bond, Relation
from residents.life_events import LifeEventKind
from residents.models import Household, HouseholdAct, Membership


@transaction.atomic
def split(
    home: Household, members, *, on: date, by, choices: Choices, new: NewHome, note=""
) -> HouseholdAct:
    """分户: the chosen members leave to a household of their own, by default at the same place."""
    home = locked(home, by=by)
    going, staying = chosen_rows(present(home, on), members)
    if not staying:
        raise ValidationError({"members": "分户要有人留下；全部离开的请用“迁居”。"})
    if new.dwelling is None and not new.address:
        new.dwelling = home.dwelling
        new.number = new.number or free_number(home.unit_id, home.number)
    journal = Journal(ActKind.SPLIT, home, on=on, by=by, note=note)
    target = found_household(journal, home, new)
    _move(journal, going, target, _told_in_new(going, choices))
    settle_stay(journal, home, staying, choices)
    return journal.store(other=target)


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
    going, staying = chosen_rows(present(home, on), members)
    only_registered = [str(r.resident) for r in going if r.bond == Bond.REGISTERED]
    if only_registered and not with_registration:
        raise ValidationError(
            {"members": f"{'、'.join(only_registered)}不住在这一户，户籍不动的就不用迁居。"}
        )
    journal = Journal(ActKind.MOVE, home, on=on, by=by, note=note, other=into)
    if into is None:
        target = found_household(journal, home, new)
        told = _told_in_new(going, choices)
    else:
        target = locked(into, by=by)
        if target.pk == home.pk or target.unit_id != home.unit_id:
            raise ValidationError({"into": "请选择本单位的另一户。"})
        _refuse_present(going, {r.resident_id for r in present(target, on)}, target)
        told = _relations_to(target, going, on, choices)
    left = _move(journal, going, target, told, not with_registration)
    settle_stay(journal, home, [*left, *staying], choices)
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
            record_in_act(journal, LifeEventKind.RELOCATED, row.resident, target, grid=target.grid)
            resettle(journal, row.resident, target)
    return left


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


def _told_in_new(going, choices: Choices) -> dict[int, Relation]:
    if head_of(going) is None and choices.head is None and len(going) > 1:
        raise ValidationError({"head": "请选择新户的户主。"})
    head = choices.head or head_of(going) or going[0]
    if head.pk not in {row.pk for row in going}:
        raise ValidationError({"head": "新户的户主要从离开的成员中选择。"})
    return relations(going, head, choices.relations)
