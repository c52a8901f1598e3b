"""整改: orders are issued, reported on, rechecked and closed here; every act by whom it is for.

The keeper of the order issues, extends and rechecks (``sanitation.edit`` there); the community that it is
about reports (``sanitation.answer``). Refusals stand at the field that they concern.
"""

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from math import inf

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from portal.attachments.services import NO_ROOM, Checked, attach
from portal.errors import StaleRecord
from portal.models import Attachment, keep_serial, next_serial
from portal.scope import access_of
from sanitation.models import RectificationOrder, RectificationRound
from sanitation.selectors.rectification import (
    due_day,
    last_round,
    told_place,
    told_problem,
)
from sanitation.services.quarters import refuse_frozen
from sanitation.services.rectification_news import tell_issued, tell_rechecked, tell_reported
from sanitation.services.round_guards import check_other_eyes, check_writer
from sanitation.workflow import ANSWER, EDIT

SERIES = "rectification"
NUMBER = re.compile(r"整改〔(\d{4})〕(\d{1,6})号")
LONGEST = 250  # working days: a year
LOCK = 7_201_026  # any number of its own: the rounds of one order are stored one at a time
NOT_CHECKED = {"recorded_by", "deleted_by"}


def locked(row):
    """The row, locked and as it was loaded; raises StaleRecord where somebody changed it meanwhile."""
    loaded = row.version
    row = type(row).objects.select_for_update(of=("self",)).get(pk=row.pk)
    if row.version != loaded:
        raise StaleRecord(f"{row._meta.label} {row.pk} was changed")
    return row


# --- issuing --------------------------------------------------------------------------------------
@transaction.atomic
def issue(order: RectificationOrder, *, by, tell: bool = True) -> RectificationOrder:
    """Store a new order, with the deadline and the number that follow where they are not given; tell the
    community of it, unless the caller does."""
    access_of(by).check(EDIT, order.unit_id)
    refuse_frozen(order.unit_id, order.occurred_on)
    if order.finding_id:
        _check_finding(order)
    order.recorded_by = order.recorded_by or by
    order = store(order, by=by)
    if tell:
        tell_issued([order], by)
    return order


def _check_finding(order) -> None:
    finding = order.finding
    if not finding.is_open:
        raise ValidationError({"finding": "检查还没有提交或公布，不能下达整改单。"})
    if finding.same_as_id:
        raise ValidationError(
            {"finding": "这个问题与另一次检查发现的是同一问题，请在那一条上下达整改单。"}
        )
    if RectificationOrder.objects.filter(finding=finding).exclude(pk=order.pk).exists():
        raise ValidationError({"finding": "这个问题已有整改单；如已删除，请到整改单的回收站恢复。"})
    if RectificationOrder.objects.kept().filter(finding__same_as=finding).exists():
        raise ValidationError({"finding": "与它相同的问题已有整改单，不再重复下达。"})
    if order.occurred_on < finding.occurred_on:
        raise ValidationError({"occurred_on": f"下达日期不能早于发现日期 {finding.occurred_on}。"})
    order.unit_id, order.community_id = finding.unit_id, finding.community_id
    order.grid_id = order.grid_id or finding.grid_id


@transaction.atomic
def store(order: RectificationOrder, *, by) -> RectificationOrder:
    """Store an order, new or changed, with what follows from the rest. Call it last: a number is taken.
    Raises Denied, ValidationError, StaleRecord."""
    access_of(by).check(EDIT, order.unit_id)
    if order.due_on is None:
        if not order.working_days:
            raise ValidationError({"working_days": "请填写整改期限或限期日期。"})
        order.due_on = due_day(order.occurred_on, order.working_days)
    if found := NUMBER.fullmatch(order.number):
        keep_serial(order.unit, SERIES, int(found[2]), int(found[1]))
    elif not order.number:
        year = order.occurred_on.year
        order.number = f"整改〔{year}〕{next_serial(order.unit, SERIES, year)}号"
    order.full_clean(exclude=NOT_CHECKED)
    order.save()
    return order


@transaction.atomic
def issue_for(
    findings: Sequence,
    *,
    working_days: int,
    demand: str,
    by,
    responsible: str = "",
    day: date | None = None,
) -> list[RectificationOrder]:
    """One order for each finding, all or none; whoever answers for a point is asked unless one is named."""
    if not findings:
        raise ValidationError({"findings": "请选择要整改的问题。"})
    day = day or timezone.localdate()
    orders = [
        issue(
            RectificationOrder(
                unit=finding.unit,
                community=finding.community,
                grid=finding.grid,
                finding=finding,
                occurred_on=day,
                problem=told_problem(finding),
                place=told_place(finding),
                demand=demand,
                responsible=responsible or (finding.point.keeper if finding.point else "")[:50],
                working_days=working_days,
            ),
            by=by,
            tell=False,
        )
        for finding in findings
    ]
    tell_issued(orders, by)
    return orders


@transaction.atomic
def extend(order, *, due_on: date, reason: str, by) -> RectificationOrder:
    """A later deadline; the first one and the reason stay, the change log holds each step."""
    access_of(by).check(EDIT, order.unit_id)
    order = locked(order)
    if order.closed_on:
        raise ValidationError("整改单已经销号，不能延期。")
    if due_on <= order.due_on:
        raise ValidationError({"due_on": f"延期后的日期应晚于现在的限期 {order.due_on}。"})
    if not reason.strip():
        raise ValidationError({"extended_for": "请填写延期原因。"})
    order.first_due_on = order.first_due_on or order.due_on
    order.due_on, order.extended_for = due_on, reason
    return store(order, by=by)


# --- rounds ---------------------------------------------------------------------------------------
def check_turn(round_: RectificationRound, order: RectificationOrder) -> None:
    """Raise ValidationError where the round cannot stand among the others of its order: each but the last
    was rechecked and did not pass, and a closed order takes none but its past."""
    closed = order.closed_on
    if round_.occurred_on < order.occurred_on:
        raise ValidationError(
            {"occurred_on": f"整改日期不能早于整改单的下达日期 {order.occurred_on}。"}
        )
    if closed and (round_.passed is None or round_.occurred_on > closed):
        raise ValidationError({"order": f"整改单已于 {closed} 销号，不再报告整改。"})
    if closed and round_.passed and closed != round_.rechecked_on:
        raise ValidationError({"rechecked_on": f"整改单的销号日期是 {closed}，与复查日期不一致。"})
    others = order.rounds.kept().exclude(pk=round_.pk)
    rows = sorted([*others, round_], key=lambda row: (row.occurred_on, row.pk or inf))
    for earlier, later in pairwise(rows):
        if earlier.passed:
            raise ValidationError({"order": "这张整改单已有一次复查通过，之后不再报告整改。"})
        if earlier.passed is None:
            raise ValidationError({"order": "上一次整改情况还没有复查，请等复查以后再报。"})
        if earlier.rechecked_on > later.occurred_on:
            raise ValidationError(
                {"occurred_on": f"整改日期不能早于上一次复查的日期 {earlier.rechecked_on}。"}
            )


def _one_at_a_time(order_id: int) -> None:
    """Until the transaction ends: the community cannot lock the row of an order that the street keeps."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, order_id])


@transaction.atomic
def store_round(
    round_: RectificationRound, *, photos: Sequence[Checked] = (), by, on: date | None = None
):
    """Store a round, new or changed; where it passed, its order is closed.

    Raises Denied; ValidationError at the field where it cannot stand, is told too late by who does not
    keep the order, or is rechecked by who reported it.
    """
    _one_at_a_time(round_.order_id)
    order = round_.order = RectificationOrder.objects.get(pk=round_.order_id)
    round_.follow()
    before = RectificationRound.objects.filter(pk=round_.pk).first()
    check_turn(round_, order)
    check_writer(round_, order, before, by, on or timezone.localdate())
    round_.recorded_by = round_.recorded_by or by
    check_other_eyes(round_, before, by)
    round_.full_clean(exclude=NOT_CHECKED)
    round_.save()
    _keep_photos(round_, photos, "整改后", by)
    if round_.passed and order.closed_on is None:
        order.closed_on = round_.rechecked_on
        order.full_clean(exclude=NOT_CHECKED)
        order.save()
    return round_


def _keep_photos(round_, photos, caption, by) -> None:
    if not photos:
        return
    try:
        attach(round_, list(photos), purpose=Attachment.Purpose.PHOTO, caption=caption, by=by)
    except OSError as error:
        raise ValidationError({"photos": NO_ROOM}) from error


@transaction.atomic
def report(
    order,
    *,
    content: str,
    reporter: str,
    day: date,
    by,
    photos: Sequence[Checked] = (),
    on: date | None = None,
) -> RectificationRound:
    """The community tells what it did, with photos; today (``on``), or one working day ago."""
    access_of(by).check(ANSWER, order.community_id)
    round_ = RectificationRound(
        unit_id=order.community_id,
        order=order,
        occurred_on=day,
        content=content,
        reporter=reporter,
    )
    round_ = store_round(round_, photos=photos, by=by, on=on)
    tell_reported(round_, by)
    return round_


@transaction.atomic
def recheck(
    round_: RectificationRound,
    *,
    passed: bool,
    opinion: str,
    rechecker: str,
    day: date,
    by,
    photos: Sequence[Checked] = (),
    result: str = "",
    score=None,
) -> RectificationRound:
    """The keeper of the order looks again: passed, and the order is closed; not, and the community begins
    anew. Nobody rechecks what they reported themselves; a paper report may be registered by whoever
    rechecks it."""
    access_of(by).check(EDIT, round_.order.unit_id)
    round_ = locked(round_)
    if round_.passed is not None:
        raise ValidationError("这次整改情况已经复查过。")
    if not passed and not opinion.strip():
        raise ValidationError({"opinion": "复查未通过的，请写明还要怎样整改。"})
    round_.passed, round_.opinion = passed, opinion
    round_.rechecker, round_.rechecked_on = rechecker, day
    round_ = store_round(round_, by=by)
    _keep_photos(round_, photos, "复查", by)
    tell_rechecked(round_, by)
    order = round_.order
    if passed and (result or score is not None):
        order.result, order.recheck_score = result, score
        order.full_clean(exclude=NOT_CHECKED)
        order.save()
    return round_


@transaction.atomic
def reopen(order, *, reason: str, by) -> RectificationOrder:
    """A recheck that passed by mistake is taken back: the order waits for its recheck again."""
    access_of(by).check(EDIT, order.unit_id)
    order, last = locked(order), last_round(order)
    if order.closed_on is None or last is None or not last.passed:
        raise ValidationError("这张整改单不是复查销号的，不能撤回；请在“修改”中更正。")
    if not reason.strip():
        raise ValidationError({"reason": "请填写撤回的原因。"})
    last.passed = last.rechecked_on = None
    last.rechecker, last.opinion = "", f"撤回销号：{reason}"[:200]
    order.closed_on, order.result, order.recheck_score = None, "", None
    order.save()
    last.save()
    return order
