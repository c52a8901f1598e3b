"""The acts of one click on the rows of a worklist, and taking them back."""

from django.db import transaction

from portal.errors import StaleRecord
from portal.scope import Denied, access_of
from portal.worklists import Worklist


def _values(pairs) -> dict:
    return {name: value() if callable(value) else value for name, value in pairs}


def _set(worklist: Worklist, record, values: dict, version: int, by):
    place = record
    for step in filter(None, worklist.place.split("__")):
        place = getattr(place, step)
    if not access_of(by).may(worklist.doing, getattr(place, "pk", None)):
        raise Denied("您的角色没有这项权限；如确需办理，请联系安全管理员。")
    # Only the row is locked: what it is joined with is others' to change.
    current = type(record)._default_manager.select_for_update(of=("self",)).get(pk=record.pk)
    if current.version != version:
        raise StaleRecord(f"{record._meta.label} {record.pk} was changed")
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
    return _set(worklist, record, _values(worklist.act.sets), version, by)


@transaction.atomic
def take_back(worklist: Worklist, record, *, version: int, by):
    """Undo ``take``, as long as nobody changed the record since: ``version`` is the one that it gave."""
    return _set(worklist, record, _values(worklist.act.before), version, by)
