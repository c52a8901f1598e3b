"""``kill -9`` of the worker in mid-import leaves nothing; started again it stores the batch once."""

import random
import signal
import time

import pytest
from django.conf import settings
from django.db import connection

from portal.imports import batches
from portal.ledgers import ledgers
from portal.models import ImportBatch, ImportedRow, ImportState, ImportStep
from portal.roles import Role
from residents.models import ResidencySpell, Resident
from tests.imports.conftest import PEOPLE, citizen, xlsx
from tests.worker import start_worker

ROWS = 600  # a second or two of work
KILLS = 3
PATIENCE = 120


def until(what, worker) -> None:
    deadline = time.monotonic() + PATIENCE
    while not what():
        assert worker.poll() is None, "the worker ended by itself"
        assert time.monotonic() < deadline, "the worker does not get there"
        time.sleep(0.05)


def is_worked_on(batch) -> bool:
    """Whether somebody holds the lock of the work on the batch."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND objid = %s"
            " AND classid = 5402019 AND granted)",
            [batch.pk],
        )
        return cursor.fetchone()[0]


@pytest.fixture
def storing(transactional_db, make_user, community, acting):
    """A checked and confirmed batch, left to the worker."""
    clerk = make_user(Role.COMMUNITY_STAFF, community, "clerk")
    rows = [[f"黄文{chr(0x4E00 + n)}", citizen(n), "", ""] for n in range(1, ROWS + 1)]
    content = xlsx(居民=[PEOPLE, *rows])
    with acting(clerk):
        batch = batches.upload(
            content, "名册.xlsx", ledger=ledgers["residents"], unit=community, by=clerk
        )
        batch.total = 1  # checked at once
        batch.save()
        batches.check(batch, by=clerk)
        batch.total = ROWS
        batch.save()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(settings, "IMPORT_APPROVAL_ROWS", ROWS)
            batches.confirm(batch, by=clerk)
    assert batch.state == ImportState.STORING
    return batch


def test_killed_in_mid_import_the_batch_is_stored_once_or_not_at_all(storing, acting):
    def stands():
        with acting(storing.uploaded_by):
            return ImportBatch.objects.get(pk=storing.pk).state

    def kept():
        with acting(storing.uploaded_by):
            return Resident.objects.count(), ResidencySpell.objects.count()

    chance = random.Random(19)
    worker = start_worker()
    try:
        for _ in range(KILLS):
            until(lambda: is_worked_on(storing) or stands() == ImportState.STORED, worker)
            time.sleep(chance.uniform(0, 1.2))
            worker.send_signal(signal.SIGKILL)
            worker.wait()
            assert kept() in {(0, 0), (ROWS, ROWS)}
            worker = start_worker()
        until(lambda: stands() == ImportState.STORED, worker)
    finally:
        worker.kill()
        worker.wait()
    assert kept() == (ROWS, ROWS)
    with acting(storing.uploaded_by):
        assert ImportedRow.objects.count() == ROWS
        assert ImportStep.objects.filter(action="stored").count() == 1
