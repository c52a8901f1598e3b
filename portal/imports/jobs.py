"""Imports in the background: one job for a batch, which may be killed at any moment.

A job does its work in one transaction that holds an advisory lock of the batch. So a batch that is
running in name, but whose lock is free, has lost its job, and gets another one; two jobs of one batch
cannot both work, and the second finds nothing to do.
"""

import logging
import threading

from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from portal.imports import work
from portal.imports.stepping import move
from portal.imports.workflow import RUNNING
from portal.models import ImportBatch, ImportState, Unit
from portal.scope import NOBODY, Access, Scope, scope

log = logging.getLogger("portal.imports")
LOCK = 5_402_019  # any number; with a batch's key it stands for the work on that batch
BEAT_SECONDS = 1.0
BROKEN = "程序出错，没有改动任何记录；请联系系统管理员查看日志，之后可以重新检查。"
NO_LONGER = "上传的人已不能为这个单位导入记录，没有改动任何记录。"


@app.task(name="import", pass_context=False)
def run_import(batch: int) -> None:
    """Do what the batch's state asks for, as the user who uploaded it."""
    found = _batch(batch)
    if found is None or found.state not in RUNNING:
        return
    actor = Access(found.uploaded_by).scope()
    if found.unit_id not in actor.units:
        _fail(found, NO_LONGER)
        return
    try:
        with Beat(found, actor) as beat, scope(actor):
            if not _locked(found):
                return
            present = ImportBatch.objects.select_related("unit", "uploaded_by").get(pk=batch)
            if present.state in RUNNING:
                work.do(present, progress=beat, patient=True)
    except Exception:
        log.exception("import batch %s broke", batch)
        _fail(found, BROKEN)


def defer(batch: ImportBatch) -> None:
    """Queue the work of the batch; its job appears with the transaction that asks for it."""
    try:
        with transaction.atomic():
            run_import.configure(queueing_lock=f"import-{batch.pk}").defer(batch=batch.pk)
    except AlreadyEnqueued:
        pass


def resume() -> int:
    """Queue every batch that is running in name only; how many."""
    lost = 0
    with scope(_everywhere()):
        for batch in ImportBatch.objects.filter(state__in=RUNNING).only("pk"):
            with transaction.atomic():
                if _locked(batch):
                    defer(batch)
                    lost += 1
    return lost


def _everywhere() -> Scope:
    units = Unit.objects.values_list("pk", flat=True)
    return Scope(frozenset(units), NOBODY.above, "job:import")


def _batch(pk: int) -> ImportBatch | None:
    with scope(_everywhere()):
        found = ImportBatch.objects.defer("content", "findings").filter(pk=pk)
        return found.select_related("unit", "uploaded_by").first()


def _locked(batch: ImportBatch) -> bool:
    """Whether this transaction now holds the lock of the work on the batch."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [LOCK, batch.pk])
        return cursor.fetchone()[0]


def _fail(batch: ImportBatch, note: str) -> None:
    step = "keep" if batch.state == ImportState.UNDOING else "fail"
    with scope(_everywhere()):
        move(batch, step, by=batch.uploaded_by, note=note)


class Beat:
    """Writes how far a job is through a connection of its own: the job's transaction is still open.

    Called with (phase, done, total); the newest is written once a second.
    """

    def __init__(self, batch: ImportBatch, actor: Scope):
        self.batch, self.actor = batch, actor
        self.news = None
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._work, daemon=True)

    def __call__(self, phase: str, done: int, total: int) -> None:
        self.news = (phase, done, total)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self) -> None:
        """Let go of the batch's row; the job is about to write it."""
        self._over.set()
        self._thread.join()

    def _work(self):
        try:
            while not self._over.wait(BEAT_SECONDS):
                if news := self.news:
                    self.news = None
                    self._write(*news)
        except Exception:
            log.exception("the progress of import batch %s is lost", self.batch.pk)
        finally:
            connection.close()

    def _write(self, phase, done, total):
        with scope(self.actor):
            ImportBatch.objects.filter(pk=self.batch.pk).update(phase=phase, done=done, total=total)
