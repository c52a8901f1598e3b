"""Rows 12 and 13: chain, heads and anchor of the change log come back with a backup, proven by the head outside."""

from contextlib import contextmanager

import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from portal.audit.chain import seal
from portal.backup import restoring
from portal.roles import Role
from tests import factories, old_log
from tests.database import owner_connection


@pytest.fixture(autouse=True)
def heads(settings, tmp_path):
    settings.AUDIT_HEAD_FILE = tmp_path / "outside" / "heads.jsonl"
    return settings.AUDIT_HEAD_FILE


@contextmanager
def at(database):
    """The web role works in that database."""
    mine = connections["default"]
    mine.close()
    former, mine.settings_dict["NAME"] = mine.settings_dict["NAME"], database
    try:
        yield
    finally:
        mine.close()
        mine.settings_dict["NAME"] = former
        connections["owner"].settings_dict["NAME"] = former


@contextmanager
def owner_of_log(database):
    with owner_connection(database) as owner:
        owner.execute("SET ROLE portal_audit")
        yield owner.execute


@pytest.fixture
def restored(backup, identity, login, elsewhere, settings):
    """``restored()``: the newest state, backed up and brought back under another name."""

    def restore():
        target = restoring.Target(login("OWNER", elsewhere), settings.DATABASE_BACKUP_URL)
        lines = restoring.restore(backup().path, identity, target)
        assert [str(line) for line in lines if not line.passed] == []
        return elsewhere

    return restore


@pytest.fixture
def write(visit, acting, community):
    def one_more():
        with acting(community):
            factories.resident(community)
        seal()

    return one_more


def verify():
    call_command("audit", "verify")


def counts(ask):
    return [
        ask(f"SELECT count(*) FROM audit.{t}").fetchone()[0] for t in ("chain", "head", "anchor")
    ]


@pytest.fixture
def old_months(write, make_user, community, tmp_path):
    """``old_months()``: all that is not sealed is of five years ago, something of today follows, and the old goes."""
    top = community.parent.parent or community.parent
    names = {
        "user": make_user(Role.AUDIT_ADMINISTRATOR, top, "auditor").username,
        "approved_by": make_user(Role.SECURITY_ADMINISTRATOR, top, "security").username,
    }
    with owner_of_log(connections["default"].settings_dict["NAME"]) as ask:
        old_log.age(ask, 5)
    write()

    def drop(name="older"):
        call_command("audit", "drop-older", out=tmp_path / name, **names)
        seal()

    return drop


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_the_restored_log_holds_against_the_head_outside_and_goes_on(
    write, old_months, restored, heads
):
    old_months()
    with owner_of_log(connections["default"].settings_dict["NAME"]) as ask:
        before = counts(ask)
    verify()
    copy = restored()
    with owner_of_log(copy) as ask:
        assert counts(ask) == before
        assert min(before) > 0
    with at(copy):
        verify()
        written = heads.read_text()
        write()
        assert len(heads.read_text()) > len(written)
        verify()
    for statement in (
        "UPDATE audit.anchor SET link = sha256('x')",
        "DELETE FROM audit.chain WHERE position = (SELECT max(position) FROM audit.chain)",
    ):
        with owner_of_log(copy) as ask:
            ask(statement)
        with at(copy), pytest.raises(CommandError, match="发现"):
            verify()


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_backup_from_before_the_drop_brings_the_months_back_which_go_once_more(
    old_months, restored, capsys
):
    copy = restored()
    old_months()
    connections["owner"].close()
    with at(copy):
        call_command("audit", "restored")
        verify()
        connections["owner"].settings_dict["NAME"] = copy
        old_months("again")
        connections["owner"].close()
        assert capsys.readouterr().out.count("已清除 1 个月") == 2


def test_what_was_sealed_after_the_backup_is_told_once_and_its_heads_are_set_aside(
    write, restored, heads, capsys
):
    write()
    copy = restored()
    write()
    before = heads.read_text()
    with at(copy):
        with pytest.raises(CommandError, match="发现"):
            verify()
        call_command("audit", "restored")
        assert "已随恢复失去" in capsys.readouterr().out
        [aside] = heads.parent.glob("heads-until-*.jsonl")
        assert aside.read_text() == before
        assert before.startswith(heads.read_text())
        seal()
        verify()
        call_command("audit", "restored")
        assert "没有要另存的" in capsys.readouterr().out


def test_a_restore_explains_no_tampering(write, restored, heads):
    write()
    copy = restored()
    write()
    before = heads.read_text()
    with owner_of_log(copy) as ask:
        ask("ALTER TABLE audit.log DISABLE TRIGGER USER")
        ask("UPDATE audit.log SET actor = 'somebody' WHERE id = (SELECT min(id) FROM audit.chain)")
    with at(copy), pytest.raises(CommandError, match="什么也没有改"):
        call_command("audit", "restored")
    assert heads.read_text() == before
    assert list(heads.parent.iterdir()) == [heads]
