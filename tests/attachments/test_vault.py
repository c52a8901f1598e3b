"""On disk: sealed, whole or not at all, and brought together with the rows at night."""

import os
import shutil
import time
from contextlib import suppress

import pytest
from PIL import Image, UnidentifiedImageError

from portal.attachments import services, vault
from portal.attachments.services import DAY, attach, checked, files_of, sweep
from portal.crypto import CannotOpen, decrypt_bytes, encrypt_bytes
from portal.models import Unit
from portal.scope import scope
from portal.tasks import job_scope, sweep_attachments
from tests import factories
from tests.attachments import files


def on_disk(media):
    return sorted(path.name for path in media.glob("*/*"))


def age(path, seconds=DAY + 60):
    then = time.time() - seconds
    os.utime(path, (then, then))


@pytest.fixture
def all_units(db):
    def enter():
        return scope(job_scope("test", Unit.objects.values_list("pk", flat=True)))

    return enter


def attached(record, size=(40, 40), purpose="photo"):
    [row] = attach(
        record, [checked(files.noise(size), purpose)], purpose=purpose, caption="", by=None
    )
    return row


@pytest.fixture
def committed(transactional_db, media, acting, community):
    """A visit with a photo, committed."""
    with acting(community):
        visit = factories.visit(factories.resident(community))
        return visit, attached(visit)


def test_what_is_kept_on_disk_is_no_picture(committed, media):
    _, row = committed
    assert on_disk(media) == sorted([row.name, row.name + vault.THUMBNAIL])
    for path in media.glob("*/*"):
        content = path.read_bytes()
        assert b"JFIF" not in content
        assert path.stat().st_mode & 0o077 == 0
        with pytest.raises(UnidentifiedImageError):
            Image.open(path)
    assert vault.get(row.name).startswith(b"\xff\xd8")


def test_a_file_given_anothers_name_does_not_open(committed, media, acting, community):
    visit, row = committed
    with acting(community):
        other = attached(visit, (50, 50))
    shutil.copy(vault.path_of(row.name), vault.path_of(other.name))
    with pytest.raises(CannotOpen):
        vault.get(other.name)


def test_an_altered_file_does_not_open(committed):
    _, row = committed
    path = vault.path_of(row.name)
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    with pytest.raises(CannotOpen):
        vault.get(row.name)


def test_bytes_sealed_with_an_older_key_still_open(settings):
    sealed = encrypt_bytes(b"a:b", b"file:x")
    settings.FIELD_KEYS = settings.FIELD_KEYS | {99: b"k" * 32}
    assert decrypt_bytes(sealed, b"file:x") == b"a:b"
    assert encrypt_bytes(b"a:b", b"file:x").startswith(b"99:")
    for wrong in (b"", b"7:abc", b"x:abc", b"no colon", b"1:"):
        with pytest.raises(CannotOpen):
            decrypt_bytes(wrong, b"file:x")


@pytest.mark.django_db(transaction=True)
def test_after_a_rollback_no_file_has_its_name_and_the_part_is_swept(
    media, acting, community, all_units
):
    with suppress(RuntimeError), acting(community):
        attached(factories.visit(factories.resident(community)))
        raise RuntimeError
    assert len(on_disk(media)) == 2
    assert all(name.endswith(vault.PART) for name in on_disk(media))
    with all_units():
        assert sweep() == {"finished": 0, "swept": 0, "missing": 0}  # perhaps still being written
    for path in media.glob("*/*"):
        age(path)
    with all_units():
        assert sweep() == {"finished": 0, "swept": 2, "missing": 0}
    assert on_disk(media) == []


@pytest.mark.django_db(transaction=True)
def test_a_crash_between_commit_and_naming_loses_nothing(
    media, acting, community, all_units, monkeypatch
):
    with monkeypatch.context() as patch:
        patch.setattr(vault, "finish", lambda name: None)  # the process died here
        with acting(community):
            row = attached(factories.visit(factories.resident(community)))
    assert all(name.endswith(vault.PART) for name in on_disk(media))
    assert vault.get(row.name).startswith(b"\xff\xd8")
    with all_units():
        assert sweep()["finished"] == 2
    assert on_disk(media) == sorted([row.name, row.name + vault.THUMBNAIL])


@pytest.mark.django_db(transaction=True)
def test_a_full_disk_keeps_neither_row_nor_file(
    media, acting, community, staff, client_of, upload, monkeypatch
):
    with acting(community):
        visit = factories.visit(factories.resident(community), domains=["residents"])

    def full(descriptor):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(vault.os, "fsync", full)
        answer = upload(client_of(staff), f"/ledger/visits/{visit.pk}/files/", files.picture())
    assert answer.status_code == 507
    assert services.NO_ROOM in answer.content.decode()
    with acting(community):
        assert not files_of(visit).exists()
    assert on_disk(media) == []


def test_the_sweep_finds_orphans_and_losses_both_ways(committed, media, all_units, caplog):
    _, row = committed
    stray = vault.path_of("ab" * 16)
    stray.parent.mkdir(exist_ok=True)
    stray.write_bytes(b"nobody's")
    note = media / "ab" / "README"
    note.write_text("put here by the administrator")
    for path in media.glob("*/*"):
        age(path)
    with all_units():
        assert sweep() == {"finished": 0, "swept": 1, "missing": 0}
    assert not stray.exists()
    assert note.exists()
    vault.path_of(row.name).unlink()
    vault.path_of(row.name + vault.THUMBNAIL).unlink()
    with all_units():
        assert sweep()["missing"] == 1
    assert row.name in caplog.text


def test_the_nightly_task_sees_the_rows_of_every_unit(committed, media):
    for path in media.glob("*/*"):
        age(path)
    assert sweep_attachments(timestamp=0) == {"finished": 0, "swept": 0, "missing": 0}
    assert len(on_disk(media)) == 2


def test_a_deleted_file_stays_on_disk_for_its_return(
    committed, media, acting, community, all_units
):
    _, row = committed
    with acting(community):
        services.recycle(row, version=row.version, by=None)
    for path in media.glob("*/*"):
        age(path)
    with all_units():
        assert sweep()["swept"] == 0
    assert len(on_disk(media)) == 2
