"""The way of an inspection: begun, its groups drawn, handed in, an unannounced one published.

What the community says to it is written by ``services.replies``.
"""

import secrets
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from portal.attachments.services import reread
from portal.errors import StaleRecord
from portal.models import Unit
from portal.models.units import UnitKind
from portal.scope import Denied, access_of
from sanitation.drawing import draw
from sanitation.enums.inspections import BY_STREET, InspectionKind, SampleMethod
from sanitation.models import GroupDraw, InspectedItem, Inspection, SampledGroup
from sanitation.selectors.inspections import (
    findings_of,
    inspectors_of,
    is_marked,
    lines_of,
    marking_of,
    without_photo,
)
from sanitation.services.quarters import refuse_frozen
from sanitation.workflow import PUBLISH

EDIT = "sanitation.edit"
UNANNOUNCED = InspectionKind.UNANNOUNCED


def locked(inspection) -> Inspection:
    """The row as it is now, for who may write it. Raises StaleRecord where it changed since it was loaded."""
    row = Inspection.objects.kept().select_for_update(of=("self",)).get(pk=inspection.pk)
    if row.version != inspection.version:
        raise StaleRecord(f"inspection {row.pk} was changed")
    return row


def check_unbound(inspection) -> None:
    """Raises Denied where it may not be deleted any more: its result counts, whoever it is about."""
    if inspection.handed_in_on is not None:
        raise Denied(
            "检查已经提交，不能删除；只有检查中的可以删除。未公布的暗访可先退回修改，结果有误的由异议更正。"
        )


def check_begun(inspection) -> None:
    if inspection.handed_in_on is not None:
        raise ValidationError("检查已经提交，不能再改。")


@transaction.atomic
def begin(inspection, *, groups: Iterable[Unit] = (), wanted: int = 0, by) -> Inspection:
    """Store a new inspection with its sample: the groups that the village recommended (of an unannounced
    one: that the inspectors named), and ``wanted`` more drawn among the others.

    Raises Denied, and ValidationError for what the model or ``check_keeper`` refuses.
    """
    access_of(by).check(EDIT, inspection.unit_id)
    check_keeper(inspection)
    refuse_frozen(inspection.unit_id, inspection.occurred_on)
    if inspection._state.adding:
        inspection.recorded_by = by
    inspection.full_clean(exclude={"recorded_by", "deleted_by"})
    inspection.save()
    method = SampleMethod.NAMED if inspection.kind == UNANNOUNCED else SampleMethod.RECOMMENDED
    take_groups(inspection, groups, method, by)
    if wanted:
        draw_groups(inspection, wanted, by=by)
    return inspection


@transaction.atomic
def change(inspection, *, by) -> Inspection:
    """Store an edited inspection. While it is not handed in, its rubric cannot be changed below what was
    found by it. Raises Denied, StaleRecord, ValidationError."""
    access_of(by).check(EDIT, inspection.unit_id)
    check_keeper(inspection)
    before = Inspection.objects.get(pk=inspection.pk)
    refuse_frozen(inspection.unit_id, inspection.occurred_on, before.occurred_on)
    used = before.findings.kept().filter(fault__isnull=False)
    if inspection.rubric_id != before.rubric_id and used.exists():
        raise ValidationError({"rubric": "已按原来的评分表记了问题，不能换评分表。"})
    if inspection.community_id != before.community_id and (
        before.findings.kept().exists() or before.samples.kept().exists()
    ):
        raise ValidationError({"community": "已有问题或抽查小组，不能换社区（村）。"})
    inspection.save()
    return inspection


def check_keeper(inspection) -> None:
    """A community inspects itself by patrols and special checks alone."""
    if inspection.unit.kind != UnitKind.COMMUNITY:
        return
    if inspection.kind in BY_STREET:
        told = inspection.get_kind_display()
        raise ValidationError({"kind": f"{told}由街道（镇）登记，社区（村）自己不能登记。"})
    if inspection.unit_id != inspection.community_id:
        raise ValidationError({"community": "社区只登记本社区的检查。"})


def _to_sample(inspection, by) -> Inspection:
    """The row, locked until the transaction ends, so that it is not handed in meanwhile."""
    access_of(by).check(EDIT, inspection.unit_id)
    rows = Inspection.objects.kept().select_for_update(of=("self",))
    row = rows.get(pk=inspection.pk)
    check_begun(row)
    refuse_frozen(row.unit_id, row.occurred_on)
    return row


@transaction.atomic
def add_groups(inspection, groups: Iterable[Unit], method: str, *, by) -> None:
    """Raises Denied, ValidationError for a group of another community or one that is there already."""
    inspection = _to_sample(inspection, by)
    take_groups(inspection, groups, method, by)


def take_groups(inspection, groups, method, by) -> None:
    for grid in groups:
        if grid.kind != UnitKind.GRID or grid.parent_id != inspection.community_id:
            raise ValidationError({"groups": f"{grid}不是{inspection.community}的网格（小组）。"})
        row = SampledGroup(
            unit=inspection.unit, inspection=inspection, grid=grid, method=method, recorded_by=by
        )
        row.follow()
        row.validate_constraints()
        row.save()


def frame_of(inspection) -> list[Unit]:
    """The groups that may be drawn: those of the community on that day which are not in the sample."""
    grids = Unit.objects.filter(kind=UnitKind.GRID, parent=inspection.community_id)
    taken = inspection.samples.kept().values("grid")
    return list(grids.valid_on(inspection.occurred_on).exclude(pk__in=taken).order_by("code"))


@transaction.atomic
def draw_groups(inspection, wanted: int, *, by, seed: str = "") -> GroupDraw:
    """Draw ``wanted`` more groups at random, and keep seed, frame and result.

    Raises Denied, ValidationError where so many are not left.
    """
    inspection = _to_sample(inspection, by)
    frame = {grid.code: grid for grid in frame_of(inspection)}
    if not 0 < wanted <= len(frame):
        raise ValidationError(
            {"wanted": f"还能抽取的网格（小组）有 {len(frame)} 个，请填 1 到 {len(frame)}。"}
            if frame
            else {"wanted": "没有还能抽取的网格（小组）。"}
        )
    seed = seed or secrets.token_hex(8)
    result = draw(frame, seed, wanted)
    row = GroupDraw(
        unit=inspection.unit,
        inspection=inspection,
        seed=seed,
        frame=sorted(frame),
        wanted=wanted,
        result=result,
        recorded_by=by,
    )
    row.save()
    take_groups(inspection, [frame[code] for code in result], SampleMethod.RANDOM, by)
    return row


@transaction.atomic
def say_of_items(inspection, told: dict, *, by) -> None:
    """``told`` is {item: (not applicable, rate or None, note)} for items of the inspection's rubric.

    Raises Denied; ValidationError for what the item does not allow.
    """
    inspection = _to_sample(inspection, by)
    for item, (is_na, rate, note) in told.items():
        if item.rubric_id != inspection.rubric_id:
            raise ValidationError(f"“{item}”不是这次检查的评分项目。")
        if is_na and not item.may_be_na:
            raise ValidationError(f"“{item}”不能填不适用。")
        if rate is not None and not item.by_rate:
            raise ValidationError(f"“{item}”不按比率计分。")
        row = inspection.items.kept().filter(item=item).first()
        row = row or InspectedItem(unit=inspection.unit, inspection=inspection, item=item)
        if row._state.adding and not is_na and rate is None and not note:
            continue
        row.is_na, row.rate, row.note = is_na, None if is_na else rate, note
        row.recorded_by = row.recorded_by or by
        row.follow()
        row.full_clean(exclude={"recorded_by", "deleted_by"})
        row.save()


@transaction.atomic
def hand_in(inspection, *, by) -> Inspection:
    """The inspection is over: it is marked, and opened to the community unless unannounced.

    Raises Denied, StaleRecord; ValidationError with everything that is missing.
    """
    access_of(by).check(EDIT, inspection.unit_id)
    row = locked(inspection)
    check_begun(row)
    refuse_frozen(row.unit_id, row.occurred_on)
    findings = findings_of(row)
    lines = lines_of(row, findings)
    missing = what_is_missing(row, lines, findings)
    if missing:
        raise ValidationError(missing)
    mark_again(row, lines)
    row.handed_in_on = timezone.localdate()
    row.is_open = row.kind != UNANNOUNCED
    row.save()
    if row.is_open:
        open_parts(row, findings)
    return row


def what_is_missing(inspection, lines, findings) -> list[str]:
    """Why it cannot be handed in yet, in words."""
    missing = []
    if len(inspectors_of(inspection)) < 2:
        missing.append("检查人应当两人以上，用顿号隔开。")
    if inspection.kind in {InspectionKind.QUARTER, UNANNOUNCED} and inspection.rubric_id is None:
        missing.append(f"{inspection.get_kind_display()}应当使用评分表，请先选择。")
    for each in without_photo(findings):
        missing.append(f"“{each.fault.item}”的“{each.fault}”还没有照片。")
    for each in lines:
        if each.line.is_na and each.findings:
            missing.append(f"“{each.item}”填了不适用，却有 {len(each.findings)} 个问题。")
        if each.line.is_waiting and is_marked(inspection):
            missing.append(f"“{each.item}”按比率计分，请填比率。")
    return missing


def mark_again(row, lines) -> None:
    """Set the score that follows from the lines; one of a superior without lines keeps what it came with."""
    if is_marked(row):
        marked = marking_of(lines)
        row.score, row.full = marked.score, marked.full
    elif row.kind != InspectionKind.SUPERIOR:
        row.score = row.full = None


@transaction.atomic
def publish(inspection, *, by) -> Inspection:
    """Open an unannounced inspection to the community. Raises Denied, StaleRecord, ValidationError."""
    access_of(by).check(PUBLISH, inspection.unit_id)
    row = locked(inspection)
    if row.handed_in_on is None:
        raise ValidationError("检查还没有提交，不能公布。")
    if row.is_open:
        raise ValidationError("检查结果已经公开。")
    row.is_open, row.published_at, row.published_by = True, timezone.now(), by
    row.save()
    open_parts(row, findings_of(row))
    return row


@transaction.atomic
def take_back(inspection, *, by) -> Inspection:
    """Back to the inspectors, as long as the community has not seen it. Raises Denied, StaleRecord,
    ValidationError."""
    access_of(by).check(EDIT, inspection.unit_id)
    row = locked(inspection)
    if row.handed_in_on is None or row.is_open:
        raise ValidationError("只有已提交、尚未公布的暗访可以退回修改。")
    refuse_frozen(row.unit_id, row.occurred_on)
    row.handed_in_on = None
    if is_marked(row):
        row.score = row.full = None
    row.save()
    return row


def open_parts(row, findings) -> None:
    """Everything of the inspection, those in the recycle bin too, and the photos."""
    for name in row.carries:
        getattr(row, name).filter(is_open=False).update(is_open=True)
    for each in findings:
        each.is_open = True
    reread([row, *findings])
