"""Marks noted in grids — attendance, doses: only what was changed is stored, all of it or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from disability.models import Attendance, Enrolment, MedicationLog, Programme
from portal.bulk import load
from portal.errors import is_taken
from portal.ledgers.services import recycle


@dataclass(frozen=True)
class Change:
    """A cell that somebody changed: ``before`` is what it showed, ``after`` what it shall hold; "" is
    nothing noted. ``time`` is the time of a dose, "" for attendance."""

    enrolment: Enrolment
    day: date
    before: str
    after: str
    time: str = ""

    @property
    def key(self) -> tuple:
        return self.enrolment.pk, self.day, self.time


class ChangedMeanwhile(ValidationError):
    """Cells that hold neither what was shown nor what is wanted: somebody else noted them."""

    def __init__(self, changes: Sequence[Change]):
        self.changes = changes
        cells = "、".join(
            f"{c.enrolment.resident.name}{c.day.month}月{c.day.day}日" for c in changes[:5]
        )
        more = f"等 {len(changes)} 格" if len(changes) > 5 else ""
        super().__init__(
            f"您打开页面之后，别人登记过：{cells}{more}。已显示现在的情况，您填的没有保存，请核对后再保存。"
        )


def store_attendance(programme: Programme, changes: Sequence[Change], *, by) -> int:
    """The number of cells stored. Raises ChangedMeanwhile, ValidationError; then none is."""

    def new(change):
        return Attendance(mark=change.after)

    return _store(programme, Attendance, "mark", changes, new, by=by)


def store_doses(programme: Programme, changes: Sequence[Change], *, by) -> int:
    """As store_attendance(); who saves gave the medicine."""

    def new(change):
        return MedicationLog(time=change.time, result=change.after, given_by=by.name)

    return _store(programme, MedicationLog, "result", changes, new, by=by)


@transaction.atomic
def _store(programme, model, field, changes, new, *, by) -> int:
    """One writer of a programme's marks at a time, so that what is read here stays so."""
    programme = Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    _check_days(programme, changes)
    stored = _rows(model, changes)
    held = {key: getattr(row, field) for key, row in stored.items()}
    foreign = [c for c in changes if held.get(c.key, "") not in (c.before, c.after)]
    if foreign:
        raise ChangedMeanwhile(foreign)
    added, count = [], 0
    for change in changes:
        row = stored.get(change.key)
        if held.get(change.key, "") == change.after:
            continue
        count += 1
        if row is None:
            row = new(change)
            row.unit, row.enrolment = programme.unit, change.enrolment
            row.occurred_on, row.recorded_by = change.day, by
            added.append(row)
        elif change.after == "":
            recycle(row, version=row.version, by=by)
        else:
            setattr(row, field, change.after)
            row.save()
    try:
        load(model, added)
    except IntegrityError as error:
        if not is_taken(error):
            raise
        raise ValidationError("您打开页面之后，别人登记过其中的格，请刷新后再填。") from error
    return count


def _check_days(programme, changes) -> None:
    for change in changes:
        if change.enrolment.programme_id != programme.pk or not change.enrolment.covers(change.day):
            name = change.enrolment.resident.name
            raise ValidationError(
                f"{name}在{change.day}不在{programme.name}的入托期间，请刷新后再填。"
            )


def _rows(model, changes) -> dict:
    rows = model.objects.kept().filter(
        enrolment__in={c.enrolment.pk for c in changes}, occurred_on__in={c.day for c in changes}
    )
    return {(row.enrolment_id, row.occurred_on, getattr(row, "time", "")): row for row in rows}
