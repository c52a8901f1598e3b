"""What an inspection finds: the only writer of findings, by phone, form and file alike.

Each write holds the lock on the inspection, so that none slips in while it is handed in.
"""

from datetime import timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.attachments.refusing import Refused
from portal.attachments.services import attach, checked
from portal.attachments.traces import plausible, traces_of
from portal.errors import is_taken
from portal.ledgers import services as rows
from portal.models import Attachment
from portal.scope import access_of
from sanitation.models import Finding, InspectedItem, Inspection
from sanitation.services.past import check_may_add, mark_past
from sanitation.services.quarters import refuse_frozen

EDIT = "sanitation.edit"
MOST = 999
HANDED_IN = "这次检查已经提交，不能再登记或修改发现的问题。"
TAKEN = "这条记录的编号已被另一次检查用过，没有保存；请重新登记。"
AHEAD = timedelta(minutes=5)  # a phone's clock may be a little fast


@transaction.atomic
def add(
    inspection: Inspection, finding: Finding, *, by, photos=(), located=False, past=False
) -> Finding:
    """Store a new finding of the inspection with its photos (contents as they were sent).

    One whose ``key`` is stored already is answered with the stored row, whatever became of it or of
    the inspection since: sent twice, stored once. What the fault says (points, problem, serious) is
    taken from it; a problem outside the rubric has no fault and costs no points. When and, with
    ``located``, where it was found is read from the photos if not told. With ``past`` it may be of an
    inspection that was handed in before it was typed, which is then marked again.

    Raises Denied, ValidationError at the field (at ``photos`` for a file), OSError when the disk is full.
    """
    access_of(by).check(EDIT, inspection.unit_id)
    inspection = _locked(inspection)
    if (stored := Finding.objects.filter(key=finding.key).first()) is not None:
        if stored.inspection_id != inspection.pk:
            raise ValidationError(TAKEN)
        return stored
    _refuse_handed_in(inspection, past)
    finding.inspection, finding.unit_id = inspection, inspection.unit_id
    finding.recorded_by = by
    files = _prepared(finding, photos, located)
    _derive(finding)
    _check(finding)
    refuse_frozen(finding.unit_id, finding.occurred_on, inspection.occurred_on)
    try:
        with transaction.atomic():
            finding.save()
    except IntegrityError as error:
        if not is_taken(error):
            raise
        raise ValidationError(TAKEN) from error
    _attach(finding, files, by)
    _mark(inspection)
    return finding


@transaction.atomic
def change(finding: Finding, *, by, photos=(), located=False, past=False) -> Finding:
    """Store a finding that was loaded and changed, and further photos; refused once it is handed in, but
    for a ``past`` inspection.

    Raises Denied, ValidationError at the field, StaleRecord.
    """
    access_of(by).check(EDIT, finding.unit_id)
    finding.inspection = _locked(finding.inspection)
    _refuse_handed_in(finding.inspection, past)
    before = Finding.objects.select_related("fault").get(pk=finding.pk)
    if finding.inspection_id != before.inspection_id:
        raise ValidationError({"inspection": "已登记的问题不能改到另一次检查。"})
    files = _prepared(finding, photos, located)
    _derive(finding, before)
    _check(finding)
    days = finding.occurred_on, before.occurred_on, finding.inspection.occurred_on
    refuse_frozen(finding.unit_id, *days)
    finding.save()
    _attach(finding, files, by)
    _mark(finding.inspection)
    return finding


@transaction.atomic
def drop(finding: Finding, *, by, past=False) -> None:
    """Into the bin, at the version loaded. Raises Denied, ValidationError, StaleRecord."""
    access_of(by).check(EDIT, finding.unit_id)
    inspection = _locked(finding.inspection)
    _refuse_handed_in(inspection, past)
    refuse_frozen(finding.unit_id, finding.occurred_on, inspection.occurred_on)
    rows.refuse_if_referred(finding)
    rows.recycle(finding, version=finding.version, by=by)
    _mark(inspection)


@transaction.atomic
def restore(finding: Finding, *, by) -> None:
    """Out of the bin, as long as its inspection takes findings, which is then marked again. Raises Denied,
    ValidationError."""
    access_of(by).check(EDIT, finding.unit_id)
    inspection = _locked(finding.inspection)
    _refuse_handed_in(inspection, past=True)
    refuse_frozen(finding.unit_id, finding.occurred_on, inspection.occurred_on)
    finding.validate_constraints()
    rows.restore(finding, by=by)
    _mark(inspection)


@transaction.atomic
def same_as(finding: Finding, earlier: Finding | None, *, by) -> Finding:
    """Say that the finding is the same problem as one of another inspection, or, with None, that it is
    not; allowed after handing in. Those that were the same as the finding follow it.

    Raises Denied, ValidationError at ``same_as``, StaleRecord.
    """
    access_of(by).check(EDIT, finding.unit_id)
    refuse_frozen(finding.unit_id, finding.occurred_on, field="same_as")
    finding.same_as = earlier
    _join(finding)
    finding.save(update_fields=["same_as"])
    return finding


def believable(moment, inspection) -> bool:
    """Whether something can have been found then: since the day of the inspection, and not ahead."""
    if moment is None or moment > timezone.now() + AHEAD:
        return False
    return timezone.localdate(moment) >= inspection.occurred_on


def _join(finding: Finding) -> None:
    """No chains: the finding is the same as what the other one is the same as, and so are its repeats."""
    if finding.same_as_id is None:
        return
    # All are locked in one order, so that two clerks cannot close a circle.
    pks = {finding.pk, finding.same_as_id, finding.same_as.same_as_id} - {None}
    kept = Finding.objects.kept().filter(pk__in=pks).order_by("pk")
    found = {row.pk: row for row in kept.select_for_update(of=("self",))}
    other = found.get(finding.same_as_id)
    if other is None:
        raise ValidationError({"same_as": "找不到对应的问题，可能已被删除。"})
    finding.same_as = found.get(other.same_as_id, other)
    _refuse_other(finding, finding.same_as)
    for repeat in Finding.objects.kept().filter(same_as=finding.pk).select_for_update():
        refuse_frozen(repeat.unit_id, repeat.occurred_on, field="same_as")
        _refuse_other(repeat, finding.same_as)
        repeat.same_as = finding.same_as
        repeat.save(update_fields=["same_as"])


def _refuse_other(finding, other) -> None:
    if finding.pk is not None and other.pk == finding.pk:
        raise ValidationError({"same_as": "不能与自己是同一问题。"})
    if other.inspection_id == finding.inspection_id:
        raise ValidationError({"same_as": "同一次检查的两条记录不能是同一问题。"})
    if other.community_id != finding.community_id:
        raise ValidationError({"same_as": "只能与同一社区（村）的问题对应。"})
    if not (other.is_open and finding.is_open):
        raise ValidationError({"same_as": "检查还没有提交或公布的问题，不能对应。"})


def _locked(inspection: Inspection) -> Inspection:
    found = Inspection.objects.select_for_update(of=("self",)).get(pk=inspection.pk)
    if found.deleted_at is not None:
        raise ValidationError("这次检查已在回收站里。")
    return found


def _refuse_handed_in(inspection, past: bool) -> None:
    if past:
        check_may_add(inspection)
    elif inspection.handed_in_on is not None:
        raise ValidationError(HANDED_IN)


def _mark(inspection) -> None:
    """A past inspection follows what is known of it; any other is marked when it is handed in."""
    if inspection.handed_in_on is not None:
        mark_past(inspection)


def _derive(finding: Finding, before: Finding | None = None) -> None:
    """What follows from fault, point and inspection."""
    inspection, fault = finding.inspection, finding.fault
    finding.follow()
    finding.occurred_on = finding.occurred_on or _day_of(finding, inspection)
    if fault is None:
        finding.points = Decimal(0)
    else:
        if not finding.problem or _follows_fault(finding, before):
            finding.problem = fault.problem
        if before is None or before.fault_id != finding.fault_id:
            finding.is_serious = finding.is_serious or fault.is_serious
        finding.points = fault.points * max(finding.occurrences or 0, 0)
    if finding.point is not None and finding.grid_id is None:
        finding.grid = finding.point.grid


def _follows_fault(finding, before) -> bool:
    """Whether another fault was chosen and the problem left as the former one had said."""
    if before is None or before.fault is None or before.fault_id == finding.fault_id:
        return False
    return finding.problem == before.problem == before.fault.problem


def _day_of(finding, inspection):
    if finding.found_at is None:
        return inspection.occurred_on
    return max(timezone.localdate(finding.found_at), inspection.occurred_on)


def _check(finding: Finding) -> None:
    for field, message in _mistakes(finding):
        raise ValidationError({field: message})
    finding.full_clean(exclude={"recorded_by", "deleted_by", "unit", "community"})
    _join(finding)


def _mistakes(finding: Finding):
    inspection, fault = finding.inspection, finding.fault
    if not 1 <= (finding.occurrences or 0) <= MOST:
        yield "occurrences", f"处数须在 1 到 {MOST} 之间，请核对。"
    if inspection.rubric_id is None and fault is not None:
        yield "fault", "这次检查没有用评分表，不填扣分情形。"
    if fault is not None and fault.item.rubric_id != inspection.rubric_id:
        yield "fault", "这个扣分情形不在本次检查的评分表里。"
    if fault is not None and _is_na(inspection, fault.item_id):
        yield "fault", f"“{fault.item}”已标为不适用；确有问题的，请先取消不适用。"
    if finding.occurred_on < inspection.occurred_on:
        yield "occurred_on", "日期不能早于检查日期。"
    if finding.point is not None and finding.point.community_id != inspection.community_id:
        yield "point", "这个点位不在被检查的社区（村）。"
    if finding.grid is not None and finding.grid.parent_id != inspection.community_id:
        yield "grid", "这个网格（小组）不在被检查的社区（村）。"
    if finding.found_at is not None and finding.found_at > timezone.now() + AHEAD:
        yield "found_at", "发现时间不能晚于现在。"
    where = finding.latitude, finding.longitude
    if where != (None, None) and plausible(*where) != where:
        yield "latitude", "位置须同时有经度和纬度，在国内，最多五位小数。"


def _is_na(inspection, item) -> bool:
    marked = InspectedItem.objects.kept().filter(inspection=inspection, item=item, is_na=True)
    return marked.exists()


def _prepared(finding, photos, located) -> list:
    """The photos as they will be kept; the finding learns from them when and where it was made."""
    files = []
    for content in photos:
        told = traces_of(content)
        if finding.found_at is None and believable(told.taken_at, finding.inspection):
            finding.found_at = told.taken_at
        if located and told.position and finding.latitude is None and finding.longitude is None:
            finding.latitude, finding.longitude = told.position
        try:
            files.append(checked(content, Attachment.Purpose.PHOTO))
        except Refused as refusal:
            raise ValidationError({"photos": f"照片没有保存：{refusal}"}) from refusal
    return files


def _attach(finding, files, by) -> None:
    if files:
        try:
            attach(finding, files, purpose=Attachment.Purpose.PHOTO, caption="", by=by)
        except ValidationError as error:
            raise ValidationError({"photos": error.messages}) from error
