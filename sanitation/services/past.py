"""Inspections of the past, brought in with the day on which they were handed in."""

from collections.abc import Mapping
from datetime import datetime, time

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from portal.ledgers import services as rows
from portal.scope import access_of
from sanitation.enums.inspections import InspectionKind
from sanitation.models import InspectedItem, Inspection
from sanitation.selectors.inspections import findings_of, lines_of, reply_of, samples_of
from sanitation.services.inspections import EDIT, mark_again, open_parts, take_groups
from sanitation.services.quarters import refuse_frozen
from sanitation.workflow import PUBLISH

GOES_ON_HERE = "这次检查已在系统中登记，请在检查的页面上提交。"
BEFORE_TODAY = "补录的检查，提交日期应在今天以前；今天的检查请在检查的页面上提交。"


@transaction.atomic
def record_past(inspection, sample: Mapping, handed_in, published, *, by, is_new) -> None:
    """What a register says besides: the groups by method, and that it was handed in, or published, on a
    day. Again it changes nothing. Photos are not asked for; a draw of that time is not known. Only a new
    row is handed in so: one that goes on here is handed in by its inspectors. Raises Denied where it
    publishes and ``by`` may not, ValidationError at ``handed_in``."""
    if refusal := why_not_past(inspection, handed_in, is_new):
        raise ValidationError({"handed_in": refusal})
    if published and inspection.published_at is None:
        access_of(by).check(PUBLISH, inspection.unit_id)
    if inspection.handed_in_on is None:
        there = {grid.pk for grids in samples_of(inspection).values() for grid in grids}
        for method, grids in sample.items():
            take_groups(inspection, [grid for grid in grids if grid.pk not in there], method, by)
    if handed_in and inspection.handed_in_on is None:
        inspection.handed_in_on = handed_in
        inspection.is_open = inspection.kind != InspectionKind.UNANNOUNCED
    if published and inspection.published_at is None:
        noon = datetime.combine(published, time(12), timezone.get_current_timezone())
        inspection.published_at, inspection.published_by = noon, by
        inspection.is_open = True
    if inspection.handed_in_on is not None:
        mark_past(inspection)


def why_not_past(inspection, handed_in, is_new: bool) -> str:
    """Why a file cannot say that the inspection was handed in on that day; "" where it can, or says
    nothing new."""
    if handed_in is None or inspection.handed_in_on is not None:
        return ""
    if not is_new:
        return GOES_ON_HERE
    return "" if handed_in < timezone.localdate() else BEFORE_TODAY


def mark_past(inspection) -> None:
    """Mark a past inspection by what is known of it now, and open what belongs to it."""
    findings = findings_of(inspection)
    mark_again(inspection, lines_of(inspection, findings))
    inspection.save()
    if inspection.is_open:
        open_parts(inspection, findings)


@transaction.atomic
def say_of_item(row: InspectedItem, *, by) -> InspectedItem:
    """Store what an inspection says of one item, of a past one too, which is then marked again. Raises
    Denied, StaleRecord, ValidationError."""
    access_of(by).check(EDIT, row.unit_id)
    inspection = Inspection.objects.select_for_update(of=("self",)).get(pk=row.inspection_id)
    check_may_add(inspection)
    refuse_frozen(row.unit_id, inspection.occurred_on)
    if row.pk and not InspectedItem.objects.filter(pk=row.pk, inspection=inspection).exists():
        raise ValidationError({"inspection": "已登记的，不能改到另一次检查。"})
    row.inspection, row.recorded_by = inspection, row.recorded_by or by
    row.follow()
    row.full_clean(exclude={"recorded_by", "deleted_by"})
    row.save()
    if inspection.handed_in_on is not None:
        mark_past(inspection)
    return row


@transaction.atomic
def drop_item(row: InspectedItem, *, by) -> None:
    """Into the bin, at the version loaded. Raises Denied, StaleRecord, ValidationError."""
    inspection = _to_move(row, by)
    rows.recycle(row, version=row.version, by=by)
    if inspection.handed_in_on is not None:
        mark_past(inspection)


@transaction.atomic
def restore_item(row: InspectedItem, *, by) -> None:
    """Out of the bin. Raises Denied, ValidationError."""
    inspection = _to_move(row, by)
    rows.restore(row, by=by)
    if inspection.handed_in_on is not None:
        mark_past(inspection)


def _to_move(row, by) -> Inspection:
    """The inspection, locked, where its row may go into the bin or come out."""
    access_of(by).check(EDIT, row.unit_id)
    inspection = Inspection.objects.select_for_update(of=("self",)).get(pk=row.inspection_id)
    check_may_add(inspection)
    refuse_frozen(row.unit_id, inspection.occurred_on)
    return inspection


def is_past(inspection) -> bool:
    """Whether it was handed in before it was typed: its findings may still be brought in."""
    if inspection.handed_in_on is None:
        return False
    return inspection.handed_in_on < timezone.localdate(inspection.recorded_at)


def check_may_add(inspection) -> None:
    """Raises ValidationError where a file may add nothing to it any more."""
    if inspection.handed_in_on is not None and not is_past(inspection):
        raise ValidationError("检查已经提交，不能再改。")
    if inspection.handed_in_on is not None and reply_of(inspection):
        raise ValidationError("社区（村）已签认或提出异议，不能再补录。")
