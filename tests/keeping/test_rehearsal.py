"""Row 34: the rehearsal sees each row and each column that an upgrade changed, and only those."""

from io import StringIO

import pytest
from django.core.management import call_command

from portal.backup import restoring
from portal.backup.facts import snapshot
from portal.backup.rehearsing import contents, differences
from tests.database import owner_connection


@pytest.fixture
def copy(backup, identity, login, elsewhere, settings):
    """``copy(statement)``: run it in a restored copy; the differences to before that are FAIL."""
    target = restoring.Target(login("OWNER", elsewhere), settings.DATABASE_BACKUP_URL)
    restoring.restore(backup().path, identity, target)

    def look(before=None):
        with snapshot(login("BACKUP", elsewhere)) as (connection, _):
            return contents(connection, before)

    before = look()
    assert before["audit.log"].rows, "the log lies in months, and is one table all the same"

    def changed(statement, *expected):
        with owner_connection(elsewhere) as owner:
            owner.execute("ALTER TABLE residents_visit NO FORCE ROW LEVEL SECURITY")
            owner.execute("ALTER TABLE residents_visit DISABLE TRIGGER USER")
            owner.execute(statement)
        lines = differences(before, look(before), frozenset(expected))
        return [line.title for line in lines if not line.passed][1:]

    return changed


def test_what_an_upgrade_changed_is_named(copy):
    assert copy("ALTER TABLE residents_visit ADD COLUMN mood text NOT NULL DEFAULT ''") == []
    assert copy("UPDATE residents_visit SET content = content || '!'") == [
        "列 public.residents_visit.content"
    ]
    assert (
        copy(
            "UPDATE residents_visit SET content = content || '!'", "public.residents_visit.content"
        )
        == []
    )
    assert "列 public.residents_visit.visitor" in copy(
        "ALTER TABLE residents_visit DROP COLUMN visitor"
    )
    assert "行数 public.residents_visit" in copy("DELETE FROM residents_visit")


def test_an_upgrade_that_ends_with_an_error_does_not_pass_for_one_that_changed_nothing(
    backup, identity, login, elsewhere, settings, tmp_path, monkeypatch
):
    monkeypatch.setenv(
        "DJANGO_SETTINGS_MODULE", "portal.no_such_settings"
    )  # of the migration's process
    told = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command(
            "rehearse",
            backup().path,
            identity=tmp_path / "identity",
            into=login("OWNER", elsewhere),
            kills=0,
            stderr=told,
        )
    assert ended.value.code == 1
    assert "升级没有完成" in told.getvalue()
