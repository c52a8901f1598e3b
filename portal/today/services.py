"""The acts of one click on the rows of a worklist, and taking them back."""

from django.db import transaction

from portal.errors import StaleRecord
from portal.ledgers.registry import ledgers
from portal.scope import Denied, access_of
from portal.worklists import Worklist

ELSEWHERE = "这条记录由其他单位登记，只能查看。"


def check_may(worklist: Worklist, record, by) -> None:
    """Raise Denied unless the user does the list's work there and may change the record in its ledger."""
    ledger, access = ledgers[worklist.ledger], access_of(by)
    if kept_by := ledger.kept_by(record):
        raise Denied(kept_by)
    place = record
    for step in filter(None, worklist.place.split("__")):
        place = getattr(place, step)
    access.check(worklist.doing, getattr(place, "pk", None))
    if not access.may(ledger.edit_permission, record.unit_id):
        raise Denied(ELSEWHERE)


def _values(pairs) -> dict:
    return {name: value() if callable(value) else value for name, value in pairs}


def _locked(worklist: Worklist, record, version: int, by):
    check_may(worklist, record, by)
    # Only the row is locked: what it is joined with is others' to change.
    current = type(record)._default_manager.select_for_update(of=("self",)).get(pk=record.pk)
    if current.version != version:
        raise StaleRecord(f"{record._meta.label} {record.pk} was changed")
    return current


def _stored(current, values: dict):
    for name, value in values.items():
        setattr(current, name, value)
    current.full_clean(exclude={"recorded_by", "deleted_by"})
    current.save()
    return current


@transaction.atomic
def take(worklist: Worklist, record, *, version: int, by):
    """Do the list's act with one of its rows; gives the record as it is now.

    Raises Denied, StaleRecord where somebody changed it since ``version``, ValidationError where a rule of
    the record is broken.
    """
    if not worklist.act.sets:
        raise Denied("这件事要在表单里办理。")
    return _stored(_locked(worklist, record, version, by), _values(worklist.act.sets))


@transaction.atomic
def take_back(worklist: Worklist, record, *, version: int, by):
    """Undo ``take``, as long as nobody changed the record since: ``version`` is the one that it gave. That
    it was this user who took it, the caller knows (portal/ledgers/undoing.py).

    Raises Denied, StaleRecord (also where nothing of the act stands), ValidationError.
    """
    before = _values(worklist.act.before)
    current = _locked(worklist, record, version, by)
    if all(getattr(current, name) == value for name, value in before.items()):
        raise StaleRecord(f"{record._meta.label} {record.pk}: nothing is done that could be undone")
    return _stored(current, before)
