"""Row 13: a backup holds every row, opens only with its key, and a flipped byte is found."""

import base64
import errno
import io
import json
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyrage
import pytest
from django.core.management import call_command

from portal.backup import Failed, keys, making, media, package, programs, pruning, status, verifying
from portal.running import keeping
from portal.running.declare import Level
from tests.keeping.conftest import PHOTO


def members(path, identity):
    with package.opened(path, identity) as found:
        return dict(found)


def run(*arguments):
    out, err, code = io.StringIO(), io.StringIO(), 0
    try:
        call_command("backup", *map(str, arguments), stdout=out, stderr=err)
    except SystemExit as end:
        code = end.code
    return code, out.getvalue() + err.getvalue()


def test_it_holds_all_rows_and_photos_and_no_keys(backup, identity, settings, kept):
    made = backup()
    inside = members(made.path, identity)
    facts = json.loads(inside[package.MANIFEST])["facts"]
    assert facts["tables"]["public.residents_visit"]["rows"] == 1
    log = [fact["rows"] for name, fact in facts["tables"].items() if name.startswith("audit.log")]
    assert sum(log) > 0  # it is kept in months
    assert facts["schema"]["forced"]["count"] > 100
    assert made.rows == sum(each["rows"] for each in facts["tables"].values()) > 0
    assert made.media == made.copied == 1
    [entry] = media.parse(inside[package.MEDIA])
    assert (Path(settings.MEDIA_ROOT) / entry.path).read_bytes() == media.place(
        kept, entry.sha256
    ).read_bytes()
    everything = b"".join(inside.values()) + b"".join(
        path.read_bytes() for path in kept.rglob("*") if path.is_file()
    )
    assert PHOTO not in everything
    assert settings.HASH_KEY not in everything
    assert not any(key in everything for key in settings.FIELD_KEYS.values())
    assert {stat.S_IMODE(path.stat().st_mode) for path in kept.glob("2*")} == {0o600}
    assert not list(kept.rglob("*.part"))


def test_what_is_written_meanwhile_is_not_in_it_but_agrees(
    backup, acting, visit, monkeypatch, identity
):
    """Facts and dump are of one moment, though another row is committed between the two."""
    from tests import factories

    dump_into = making.dump_into

    def later(*arguments):
        with acting(visit.unit):
            factories.visit(visit.resident, domains=["residents"])
        return dump_into(*arguments)

    monkeypatch.setattr(making, "dump_into", later)
    facts = json.loads(members(backup().path, identity)[package.MANIFEST])["facts"]
    assert facts["tables"]["public.residents_visit"]["rows"] == 1


def test_a_second_backup_copies_no_photo_again(backup):
    backup()
    again = backup()
    assert (again.media, again.copied) == (1, 0)


def test_a_role_under_the_policies_is_refused(backup, login, kept):
    with pytest.raises(Failed, match="BYPASSRLS"):
        backup(login("OWNER"))
    assert not list(kept.glob("*.backup"))


def test_a_dump_that_lacks_rows_is_no_backup(backup, kept, tmp_path, monkeypatch):
    """What DESIGN calls the silent empty table: pg_dump ends well and has left rows out."""
    real = programs.program("pg_dump", 150000)
    fake = tmp_path / "pg_dump"
    fake.write_text(f'#!/bin/sh\nexec {real} --exclude-table-data=public.residents_visit "$@"\n')
    fake.chmod(0o755)
    program = making.program
    monkeypatch.setattr(
        making,
        "program",
        lambda name, version: str(fake) if name == "pg_dump" else program(name, version),
    )
    with pytest.raises(Failed, match=r"public\.residents_visit: 1 → 0"):
        backup()
    assert not list(kept.glob("*.backup")) + list(kept.glob(".*.part"))


def test_a_photo_that_is_lost_is_told(backup, settings, kept):
    [photo] = Path(settings.MEDIA_ROOT).glob("??/*")
    photo.unlink()
    with pytest.raises(Failed, match="1 个附件"):
        backup()


def test_every_flipped_byte_is_found(backup, identity):
    made = backup()
    assert len(verifying.verify(made.path, identity)) == 3
    whole = made.path.read_bytes()
    for place in (0, 100, len(whole) // 2, len(whole) - 1):
        made.path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(Failed, match="损坏"):
            verifying.verify(made.path)
    for spoiled in (whole[: len(whole) // 2] + b"\0" + whole[len(whole) // 2 + 1 :], whole[:-5000]):
        made.path.write_bytes(spoiled)
        with pytest.raises(Failed, match="损坏"):
            members(made.path, identity)
    made.path.write_bytes(whole)
    [copy] = (made.path.parent / "media").glob("??/*")
    copy.write_bytes(copy.read_bytes()[:-1] + b"x")
    with pytest.raises(Failed, match="附件"):
        verifying.verify(made.path)


def test_another_key_opens_nothing(backup):
    with pytest.raises(Failed, match="打不开"):
        members(backup().path, pyrage.x25519.Identity.generate())


def test_the_command_tells_the_page(kept, visit, settings):
    assert keeping.backed_up().level is Level.WARN
    code, said = run()
    assert code == 0, said
    assert status.last_backup().ok
    assert status.last_backup().rows > 0
    assert keeping.backed_up().level is not Level.BAD
    settings.DATABASE_BACKUP_URL = "postgres://nobody:x@127.0.0.1:1/none"
    code, said = run()
    assert code == 1
    assert "→" in said
    assert keeping.backed_up().level is Level.BAD
    assert not status.last_backup().ok


def test_an_old_backup_and_an_old_drill_are_red(kept):
    for hours, level in ((25, Level.GOOD), (49, Level.BAD)):
        at = (datetime.now().astimezone() - timedelta(hours=hours)).isoformat()
        for kind in (status.BACKUP, status.DRILL):
            status.write(kind, status.Outcome(True, at, "好"))
        assert {keeping.backed_up().level, keeping.drilled().level} == {level}


def test_without_a_public_key_the_remedy_is_said(kept, visit, settings):
    settings.BACKUP_RECIPIENT = ""
    code, said = run()
    assert code == 1
    assert "--new-identity" in said


def test_a_full_disk_leaves_the_old_backups(backup, kept, monkeypatch):
    first = backup()
    monkeypatch.setattr(making, "ROOM", 1e18)
    with pytest.raises(Failed, match="磁盘"):
        backup()
    assert first.path.exists()


def test_a_disk_that_fills_up_meanwhile_is_told_and_leaves_nothing_half(kept, visit, monkeypatch):
    first = run()[0]
    before = sorted(kept.glob("*"))

    def full(self, content):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(package.Hashing, "write", full)
    code, said = run()
    assert (first, code) == (0, 1)
    assert "磁盘" in said
    assert sorted(kept.glob("*")) == before
    assert not status.last_backup().ok


def test_days_weeks_and_months_stay():
    nights = [datetime(2026, 11, 27, 2, tzinfo=UTC) - timedelta(days=days) for days in range(500)]
    stay = sorted(pruning.staying(nights), reverse=True)
    assert stay[:14] == nights[:14]
    assert len({at.isocalendar()[:2] for at in stay}) >= 8
    assert {(at.year, at.month) for at in stay} >= {(2026, month) for month in range(1, 12)}
    assert len(stay) == 14 + 6 + 10
    assert pruning.staying(nights[-1:]) == set(nights[-1:])


def test_pruning_deletes_photos_that_only_the_gone_backup_had(tmp_path):
    def put(stamp, sha256):
        (tmp_path / f"{stamp}.backup").write_bytes(b"")
        (tmp_path / f"{stamp}.sha256").write_bytes(b"")
        (tmp_path / f"{stamp}.media").write_text(f"{sha256} 1 aa/{sha256}\n{'c' * 64} 1 cc/c\n")

    for name in ("a" * 64, "b" * 64, "c" * 64):
        media.place(tmp_path, name).parent.mkdir(parents=True, exist_ok=True)
        media.place(tmp_path, name).write_bytes(b"x")
    put("20261127T010000Z", "a" * 64)
    put("20261127T020000Z", "b" * 64)
    assert [path.name for path in pruning.prune(tmp_path)] == ["20261127T010000Z.backup"]
    assert {path.name[0] for path in tmp_path.glob("media/??/*")} == {"b", "c"}


def test_keys_go_elsewhere_and_sealed(kept, tmp_path, settings):
    phrase = "correct horse battery staple"
    with pytest.raises(Failed, match="太短"):
        keys.store_copy(tmp_path / "stick", kept, "short")
    with pytest.raises(Failed, match="放在一起"):
        keys.store_copy(kept / "keys", kept, phrase)
    path = keys.store_copy(tmp_path / "stick", kept, phrase)
    assert settings.HASH_KEY not in path.read_bytes()
    hash_key = base64.b64encode(settings.HASH_KEY).decode()
    number, field_key = next(iter(settings.FIELD_KEYS.items()))
    opened = keys.opened(path, phrase)
    assert f"\nHASH_KEY={hash_key}\n" in opened
    assert f"\nFIELD_KEYS={number}:{base64.b64encode(field_key).decode()}" in opened
    with pytest.raises(Failed):
        keys.opened(path, phrase + "!")


def test_a_new_pair_is_never_written_over_an_old_one(tmp_path):
    public = keys.new_identity(tmp_path / "key")
    assert public.startswith("age1")
    assert str(package.identity_in(tmp_path / "key").to_public()) == public
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600
    with pytest.raises(Failed, match="不会被覆盖"):
        keys.new_identity(tmp_path / "key")
