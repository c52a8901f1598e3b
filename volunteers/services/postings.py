"""公示: confirmed hours are shown for the days of the rule; when the last day has passed, they count."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from portal.models import Unit
from portal.models.units import UnitKind
from portal.scope import Scope, above, access_of, scope
from volunteers.enums.hours import HoursState
from volunteers.models import HoursPosting, ServiceRecord
from volunteers.selectors.hours import rule_on
from volunteers.selectors.postings import ended, objected
from volunteers.services.hours import go
from volunteers.workflow import EDIT

NOTHING_TO_POST = "没有可以公示的记录：要已确认、没有未处理的更正申请。"


@transaction.atomic
def post(unit, records: Iterable[ServiceRecord], *, place: str, by) -> HoursPosting:
    """Show the confirmed records of the unit from today for the days of its rule; the first day is not
    counted. Records under an open correction are left out and stay confirmed.

    Raises Denied; ValidationError where no record may be posted, or one is not confirmed or not the
    unit's.
    """
    access_of(by).check(EDIT, unit.pk)
    keys = [record.pk for record in records]
    rows = ServiceRecord.objects.kept().filter(pk__in=keys).select_for_update(of=("self",))
    shown = list(rows.select_related("volunteer__resident").order_by("pk"))
    if any(record.unit_id != unit.pk for record in shown):
        raise ValidationError(f"只能公示{unit}的服务记录。")
    held = ServiceRecord.objects.filter(objected(), pk__in=keys).values_list("pk", flat=True)
    held = set(held)  # asked after the rows are locked: nobody objects to them meanwhile
    shown = [record for record in shown if record.pk not in held]
    if not shown:
        raise ValidationError(NOTHING_TO_POST)
    today = timezone.localdate()
    first = min(record.occurred_on for record in shown)
    last = max(record.occurred_on for record in shown)
    span = f"{first}" if first == last else f"{first}至{last}"
    posting = HoursPosting(
        unit=unit,
        title=f"志愿服务时长公示（{span}）",
        starts_on=today,
        ends_on=today + timedelta(days=rule_on(unit, today).posting_days),
        place=place,
        recorded_by=by,
    )
    posting.full_clean(exclude={"recorded_by", "deleted_by"})
    posting.save()
    for record in shown:
        go(record, "post", by=None, posting=posting)
    return posting


@transaction.atomic
def count(posting: HoursPosting, *, by=None, today: date | None = None) -> tuple[int, int]:
    """(counted, left): every record of the posting counts whose correction is not open, be it asked for while
    this waited for the record; what is left keeps the posting open. Raises Denied; ValidationError before
    its last day has passed."""
    if by is not None:
        access_of(by).check(EDIT, posting.unit_id)
    today = today or timezone.localdate()
    posting = HoursPosting.objects.kept().select_for_update(of=("self",)).get(pk=posting.pk)
    if posting.closed_on:
        raise ValidationError("这次公示的时长已经计入。")
    if posting.ends_on >= today:
        raise ValidationError(f"公示到{posting.ends_on}为止，期满后才能计入。")
    rows = posting.services.kept().filter(state=HoursState.POSTED)
    waiting = rows.select_related("volunteer__resident").order_by("pk")
    locked = list(waiting.select_for_update(of=("self",)))
    held = set(rows.filter(objected()).values_list("pk", flat=True))
    counted = 0
    for record in (each for each in locked if each.pk not in held):
        go(record, "count", by=None, counted_on=today)
        counted += 1
    left = rows.count()
    if not left:
        posting.closed_on = today
        posting.save()
    return counted, left


def count_ended(today: date | None = None, actor: str = "job:count_hours") -> int:
    """Count what is due in all units, each in a scope and a transaction of its own; how many records."""
    today, done = today or timezone.localdate(), 0
    for unit in Unit.objects.exclude(kind=UnitKind.GRID).order_by("pk"):
        with scope(Scope(frozenset({unit.pk}), above([unit.pk]), actor)):
            for posting in ended([unit.pk], today):
                done += count(posting, today=today)[0]
    return done
