"""Many summaries in one run: each is an item of its own, taken by whichever worker is free.

A worker holds the item's row while it works. So an item that nobody holds and that is not done has lost
its worker, and is queued again; two workers never make the same one.
"""

import logging
from collections.abc import Sequence
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from portal.crypto import encrypt_bytes
from portal.errors import OutOfScope, StaleRecord
from portal.isolation import one_moment
from portal.models import Unit
from portal.models.units import UnitKind
from portal.pdf import PrintCutOff
from portal.periods import Period
from portal.scope import Access, Denied, access_of, scope
from portal.summaries import Outline
from reports import jobs
from reports.drafts import drafted_of
from reports.models import BulkItem, BulkRun
from reports.output.pdf import pdf_of_document
from reports.permissions import check_draft
from reports.services.bulk_files import context_of
from reports.services.drafting import draft, open_draft, redraft

log = logging.getLogger("reports.bulk")

State = BulkItem.State
MOST = 1000
TRIES = 3  # how often an item may lose its worker
PATIENCE = timedelta(minutes=2)  # how long a queued item may wait before it is looked after
BROKEN = "程序出错，没有起草；请联系系统管理员查看日志，之后可以重试。"
NO_LONGER = "发起人已不能起草这个单位的总结。"
GIVEN_UP = f"起草中断了 {TRIES} 次，没有起草；请联系系统管理员查看日志，之后可以重试。"
REUSED = "已有人修改的草稿，未改动。"
CHANGING = "有人正在修改这份草稿，请稍后重试。"
UNDER_WAY = "已经送审，未改动。"


def targets(unit: Unit, period: Period) -> list[Unit]:
    """The unit and those below it down to communities that were there in the period, by code."""
    within = Unit.objects.within([unit.pk]).exclude(kind=UnitKind.GRID).order_by("code")
    return [
        each
        for each in within
        if (each.valid_from is None or each.valid_from <= period.end)
        and (each.valid_to is None or each.valid_to >= period.start)
    ]


@transaction.atomic
def start(
    *, unit: Unit, outlines: Sequence[Outline], units: Sequence[Unit], period: Period, by
) -> BulkRun:
    """A run with an item for each outline and unit that suit each other, queued with this transaction.

    Raises Denied, ValidationError for none or too many.
    """
    if not outlines or not units:
        raise ValidationError("至少选一种总结和一个单位。")
    wanted = [(each, outline) for each in units for outline in outlines if outline.suits(each)]
    if not wanted:
        raise ValidationError("所选的总结汇总几个社区的工作，范围请选“本级”。")
    if len(wanted) > MOST:
        raise ValidationError(f"一次最多 {MOST} 份，请分几次办理。")
    for each, outline in wanted:
        check_draft(by, each.pk, outline)
    run = BulkRun.objects.create(
        unit=unit,
        kinds=[outline.kind for outline in outlines],
        period_key=period.key,
        asked_by=by,
        asked_at=timezone.now(),
    )
    BulkItem.objects.bulk_create(
        BulkItem(
            run=run, kind=outline.kind, unit=each, period_key=period.key, changed_at=run.asked_at
        )
        for each, outline in wanted
    )
    jobs.queue(run.items.values_list("pk", flat=True))
    return run


def work(pk: int, everywhere) -> None:
    """Make one item, as the user who asked for it; what went wrong is kept with it."""
    try:
        _work(pk, everywhere)
    except (Denied, OutOfScope) as refusal:
        _settle(pk, everywhere, State.FAILED, str(refusal)[:300])
    except StaleRecord:
        _settle(pk, everywhere, State.FAILED, CHANGING)
    except PrintCutOff as cut:
        _settle(pk, everywhere, State.FAILED, str(cut)[:300])
    except Exception:
        log.exception("bulk item %s broke", pk)
        _settle(pk, everywhere, State.FAILED, BROKEN)


def _work(pk: int, everywhere) -> None:
    with scope(everywhere):
        item = BulkItem.objects.select_related("run__asked_by").filter(pk=pk).first()
    if item is None or item.state in {State.DONE, State.FAILED}:
        return
    if item.run.asked_by is None:
        raise Denied(NO_LONGER)
    actor = Access(item.run.asked_by).scope()
    if item.unit_id not in actor.units:
        raise Denied(NO_LONGER)
    _settle(pk, everywhere, State.RUNNING, "")
    with one_moment(), scope(actor):
        held = BulkItem.objects.select_for_update(skip_locked=True, of=("self",))
        item = held.select_related("unit", "run__asked_by").filter(pk=pk).first()
        if item is None or item.state == State.DONE:
            return
        _make(item)


def _make(item: BulkItem) -> None:
    by = item.run.asked_by
    check_draft(by, item.unit_id, item.outline)  # of a draft that is used again, too
    summary = open_draft(item.outline, item.unit, item.period)
    note = ""
    # As of the night: nobody's until a person saves, so that the next run and the next night renew it.
    if summary is None:
        summary = draft(outline=item.outline, unit=item.unit, period=item.period, by=None)
    elif summary.automatic:
        redraft(summary, version=summary.version, by=None)
    else:
        note = REUSED if summary.is_draft else UNDER_WAY
    pdf = pdf_of_document(drafted_of(summary).document(watermark=True))
    item.summary, item.state, item.message = summary, State.DONE, note
    item.pdf, item.changed_at = encrypt_bytes(pdf, context_of(item.pk)), timezone.now()
    item.save(update_fields=["summary", "state", "message", "pdf", "changed_at"])


def _settle(pk: int, everywhere, state, message: str) -> None:
    with scope(everywhere):
        held = BulkItem.objects.select_for_update(skip_locked=True, of=("self",))
        item = held.filter(pk=pk).exclude(state=State.DONE).first()
        if item is None:
            return
        item.state, item.message, item.changed_at = state, message, timezone.now()
        item.tries += state == State.RUNNING
        item.save(update_fields=["state", "message", "changed_at", "tries"])


@transaction.atomic
def retry(run: BulkRun, *, by) -> int:
    """Queue again what failed; how many. Raises Denied, also for others than who asked for the run:
    it is made with that account's rights."""
    if run.asked_by_id != by.pk:
        raise Denied("只有发起人可以重试这一批；您可以自己另外发起一批。")
    access_of(by).check("summaries.draft", run.unit_id)
    failed = list(run.items.select_for_update(of=("self",)).filter(state=State.FAILED))
    for item in failed:
        item.state, item.message, item.changed_at = State.WAITING, "", timezone.now()
        item.tries = 0
        item.save(update_fields=["state", "message", "changed_at", "tries"])
    jobs.queue(item.pk for item in failed)
    return len(failed)


def resume(everywhere) -> int:
    """Queue again what is under way in name only: its worker was stopped; how many. What lost its worker
    too often fails: it may be what stops them."""
    before = timezone.now() - PATIENCE
    with scope(everywhere):
        lost = BulkItem.objects.select_for_update(skip_locked=True, of=("self",)).filter(
            state__in=[State.WAITING, State.RUNNING], changed_at__lt=before
        )
        found = [item for item in lost.exclude(pk__in=jobs.waiting()) if not _given_up(item)]
        for item in found:
            item.changed_at = timezone.now()
            item.save(update_fields=["changed_at"])
        jobs.queue(item.pk for item in found)
    return len(found)


def _given_up(item: BulkItem) -> bool:
    if item.tries < TRIES:
        return False
    item.state, item.message, item.changed_at = State.FAILED, GIVEN_UP, timezone.now()
    item.save(update_fields=["state", "message", "changed_at"])
    return True
