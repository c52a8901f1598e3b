"""Acts on who belongs to a household, and who heads it: 成员迁入, 成员迁出, 成员去世, 变更户主."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from residents.acts.journal import Journal
from residents.acts.members import locked, present
from residents.acts.parts import Choices, chosen_rows, recast, record_in_act, resettle, settle_stay
from residents.enums import ActKind, Bond, Relation
from residents.life_events import LifeEventKind
from residents.models import Household, HouseholdAct, Membership, Resident


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
        resettle(journal, resident, home)
    return journal.store()


@transaction.atomic
def leave(
    home: Household, members, *, on: date, by, choices: Choices, to_place="", note=""
) -> HouseholdAct:
    """成员迁出: the chosen members leave the unit altogether."""
    home = locked(home, by=by)
    going, staying = chosen_rows(present(home, on), members)
    journal = Journal(ActKind.LEAVE, home, on=on, by=by, note=note)
    for row in going:
        _leave_all(journal, row, staying)
        where = f"，迁往{to_place}" if to_place else ""
        journal.tell(f"{row.resident}{journal.since}迁出户“{home.number}”{where}，不再在册。")
    settle_stay(journal, home, staying, choices)
    for row in going:
        record_in_act(journal, LifeEventKind.MOVED_OUT, row.resident, home, to_place=to_place)
    return journal.store()


@transaction.atomic
def die(
    home: Household, member: Membership, *, on: date, by, choices: Choices, note=""
) -> HouseholdAct:
    """成员去世: the death is a life event; the person leaves every household, a head is succeeded."""
    home = locked(home, by=by)
    [going], staying = chosen_rows(present(home, on), [member], "member")
    journal = Journal(ActKind.DEATH, home, on=on, by=by, note=note)
    _leave_all(journal, going, staying)
    journal.tell(f"{going.resident}于{journal.since[1:-1]}去世，离开户“{home.number}”。")
    settle_stay(journal, home, staying, choices)
    record_in_act(journal, LifeEventKind.DIED, going.resident, home)
    return journal.store()


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
    recast(journal, home, rows, head, choices.relations)
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
