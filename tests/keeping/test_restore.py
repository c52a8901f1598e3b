"""Row 13: a restored database is the same in every row, policy, trigger, constraint and photo, or it is refused."""

import io
import re

import pytest
from django.core.management import call_command

from portal.backup import Failed, restoring, status
from portal.backup.comparing import compare
from portal.backup.facts import read_facts, snapshot
from tests.database import connection_beside, owner_connection


@pytest.fixture
def target(login, elsewhere, settings, tmp_path):
    return restoring.Target(
        login("OWNER", elsewhere), settings.DATABASE_BACKUP_URL, tmp_path / "media-restored"
    )


def names(prefix):
    with owner_connection("postgres") as owner:
        rows = owner.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s) ORDER BY 1", [prefix]
        )
        return [name for (name,) in rows.fetchall()]


def failing(lines):
    return [str(line) for line in lines if not line.passed]


def test_everything_comes_back_and_the_wall_stands(
    backup, identity, target, elsewhere, tmp_path, settings
):
    made = backup()
    lines = restoring.restore(made.path, identity, target)
    assert failing(lines) == []
    assert len(lines) > 12
    originals = {path.name: path.read_bytes() for path in (tmp_path / "media").glob("??/*")}
    assert originals
    assert originals == {
        path.name: path.read_bytes() for path in (tmp_path / "media-restored").glob("??/*")
    }
    with connection_beside(
        "default", elsewhere
    ) as web:  # the web role sees nothing without a scope
        assert web.execute("SELECT count(*) FROM residents_visit").fetchone() == (0,)

    before = names(elsewhere)
    with pytest.raises(Failed, match="不是空的"):
        restoring.restore(made.path, identity, target)
    assert names(elsewhere) == before

    target.replace = True
    assert failing(restoring.restore(made.path, identity, target)) == []
    kept = [name for name in names(elsewhere) if name != elsewhere]
    assert len(kept) == 1
    assert re.fullmatch(rf"{elsewhere}_until_\d{{14}}", kept[0])


def test_a_used_database_is_not_replaced(backup, identity, target, elsewhere):
    with owner_connection("postgres") as owner:
        owner.execute(f'CREATE DATABASE "{elsewhere}"')
    with owner_connection(elsewhere), pytest.raises(Failed, match="先停服务"):
        restoring.restore(backup().path, identity, target)


def test_a_damaged_file_leaves_no_database(backup, identity, target, elsewhere):
    path = backup().path
    whole = path.read_bytes()
    middle = len(whole) // 2
    path.write_bytes(whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :])
    with pytest.raises(Failed, match="损坏"):
        restoring.restore(path, identity, target)
    assert names(elsewhere) == []


def test_each_difference_is_a_fail(backup, identity, target, elsewhere, login, settings):
    """A row changed, a policy gone, FORCE gone, a trigger off: each is seen by the comparison."""
    restoring.restore(backup().path, identity, target)
    with snapshot(settings.DATABASE_BACKUP_URL) as (connection, _):
        before = read_facts(connection)

    def found(statement):
        with owner_connection(elsewhere) as owner:
            owner.execute("SET app.actor = 'command:test'")
            owner.execute(statement)
        with snapshot(login("BACKUP", elsewhere)) as (connection, _):
            return " ".join(failing(compare(before, read_facts(connection))))

    assert found("SELECT 1") == ""
    assert "triggers" in found("ALTER TABLE residents_visit DISABLE TRIGGER USER")
    assert "FORCE" in found("ALTER TABLE residents_visit NO FORCE ROW LEVEL SECURITY")
    changed = found("UPDATE residents_visit SET content = content || '。'")
    assert "public.residents_visit" in changed
    assert "rows" not in changed
    assert "rows" in found("DELETE FROM residents_visit")
    assert "policies" in found(
        "DO $$ BEGIN EXECUTE (SELECT format('DROP POLICY %I ON residents_visit', polname) FROM pg_policy"
        " WHERE polrelid = 'residents_visit'::regclass LIMIT 1); END $$"
    )


def test_keys_that_do_not_fit_are_told(backup, identity, target, elsewhere, settings):
    path = backup().path
    settings.HASH_KEY = b"x" * 32
    assert any("HASH_KEY" in line for line in failing(restoring.restore(path, identity, target)))
    assert names(elsewhere) == []


def test_the_drill_is_noted(backup, identity, target, kept, tmp_path):
    backup()
    out = io.StringIO()
    call_command(
        "restore",
        str(kept),
        f"--identity={tmp_path / 'identity'}",
        f"--into={target.into}",
        "--drill",
        stdout=out,
    )
    assert "FAIL" not in out.getvalue()
    assert "PASS" in out.getvalue()
    assert status.last_drill().ok
    with pytest.raises(SystemExit):
        call_command(
            "restore",
            str(kept),
            f"--identity={tmp_path / 'identity'}",
            f"--into={target.into}",
            "--drill",
            stderr=io.StringIO(),
        )
    assert not status.last_drill().ok
