"""Long registers, laid out by the worker: asked for, printed under the asker's own scope, kept a day."""

import base64
import logging
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django import app

from portal.crypto import decrypt, encrypt
from portal.errors import Unreadable
from portal.exports.checking import RowsDisagree, check_count
from portal.exports.paper import rows_of
from portal.exports.papers import paper_of
from portal.exports.register import printed
from portal.exports.selection import Selection, thawed
from portal.ledgers.choosing import columns_named
from portal.ledgers.registry import ledgers
from portal.models import RegisterPrint, User
from portal.pdf.cut_off import PrintCutOff, patient
from portal.scope import Denied, Scope, access_of, scope

log = logging.getLogger("portal.exports")

TIMES = 6  # as long as a paper for which somebody waits
CONTEXT = b"register print"
KEPT = timedelta(days=1)
WHY_REFUSED = {
    Denied: "权限已变动。",
    RowsDisagree: "列表与指标的条数不一致。",
    Unreadable: "所选的范围读不出来。",
}
PATIENCE = timedelta(minutes=15)  # no print takes that long: the worker was stopped meanwhile
State = RegisterPrint.State


def ask_for_print(selection: Selection, columns, *, by) -> RegisterPrint:
    """Queue the register; the job runs once this transaction is stored."""
    job = RegisterPrint.objects.create(
        unit=access_of(by).home,
        user=by,
        unit_ids=sorted(selection.units),
        ledger=selection.ledger.slug,
        selection=selection.frozen(),
        columns=[column.label for column in columns],
        rows=selection.records().count(),
    )
    print_register.defer(print_id=job.pk, user_id=by.pk)
    return job


def own_prints(user):
    """The user's prints, as long as the user may still export from all of their units."""
    units = access_of(user).units("records.export")
    return RegisterPrint.objects.filter(
        user=user, unit__in=units, unit_ids__contained_by=list(units)
    )


def file_of(job: RegisterPrint) -> bytes:
    return base64.b64decode(decrypt(bytes(job.content).decode(), CONTEXT))


def is_stuck(job: RegisterPrint) -> bool:
    waiting = job.state in {State.QUEUED, State.RUNNING}
    return waiting and job.asked_at < timezone.now() - PATIENCE


@app.task(name="print_register", pass_context=False)
def print_register(print_id: int, user_id: int) -> None:
    """Read the rows, lay them out without holding a transaction, store the file."""
    user = User.objects.get(pk=user_id)
    access = access_of(user).scope()
    place = Scope(access.units, access.above, f"job:print_register:{user_id}")
    with scope(place):
        job = RegisterPrint.objects.filter(pk=print_id, state=State.QUEUED).first()
        if job is None:
            return
        job.state = State.RUNNING
        job.save()
        try:
            paper, rows, left_out = _read(job, user)
        except (Denied, RowsDisagree, Unreadable) as refusal:
            log.error("register print %s refused: %s", job.pk, refusal)
            told = WHY_REFUSED[type(refusal)]
            return _finish(job, State.FAILED, message=f"{told}请联系系统管理员。")
    try:
        with patient(TIMES):
            content = printed(paper, rows, left_out=left_out)
    except PrintCutOff as cut:
        with scope(place):
            return _finish(job, State.FAILED, message=str(cut))
    except Exception:
        log.exception("register print %s failed", print_id)
        with scope(place):
            _finish(job, State.FAILED, message="排版没有成功，请稍后再试，或改为导出 Excel。")
        raise
    with scope(place):
        sealed = encrypt(base64.b64encode(content).decode(), CONTEXT).encode()
        _finish(job, State.DONE, content=sealed, rows=len(rows))


def _read(job, user):
    """The paper, its rows up to the cap, and how many are left out."""
    ledger = ledgers[job.ledger]
    access = access_of(user)
    access.check("records.export")
    access.check(ledger.view_permission)
    selection = thawed(ledger, user, job.selection, units=job.unit_ids)
    columns = columns_named(ledger, job.columns)
    most = settings.PRINT_ROWS_MOST
    rows = list(rows_of(columns, selection.records()[:most]))
    every = len(rows) if len(rows) < most else selection.records().count()
    check_count(selection, every)
    paper = paper_of(selection, columns, by=user, at=job.asked_at)
    return paper, rows, every - len(rows)


def _finish(job, state, **values) -> None:
    job.state, job.finished_at = state, timezone.now()
    for name, value in values.items():
        setattr(job, name, value)
    job.save()


def drop_old_prints(now) -> int:
    """The files that were kept a day; called by the nightly housekeeping."""
    dropped, _ = RegisterPrint.objects.filter(asked_at__lt=now - KEPT).delete()
    return dropped
