"""Acts on whether somebody lives where they are registered: 人户分离, 人户合一."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from residents.acts.journal import Journal
from residents.acts.members import locked, present
from residents.acts.parts import chosen_rows, record_in_act, resettle
from residents.enums import ActKind, Bond, Relation, Residency
from residents.life_events import LifeEventKind
from residents.models import Household, HouseholdAct, Membership


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
    [row], _ = chosen_rows(present(home, on), [member], "member")
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


@transaction.atomic
def reunite(home: Household, member: Membership, *, on: date, by, note="") -> HouseholdAct:
    """人户合一: whoever was registered here and lived elsewhere, or the reverse, is wholly here."""
    home = locked(home, by=by)
    [row], _ = chosen_rows(present(home, on), [member], "member")
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
    resettle(journal, row.resident, home)
    row.resident.refresh_from_db()
    journal.change(row.resident, registered_address=home.address)
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
    record_in_act(journal, LifeEventKind.RESIDENCY_CHANGED, resident, home, residency=residency)
