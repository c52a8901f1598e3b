"""``doctor``, ``/running/``, ``/ready/``, ``/health/``, ``/metrics/``: they see what is wrong and say the remedy."""

import io
import json
import logging
import shutil
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.template import Context, Template
from django.utils import timezone

from portal.models import RoleAssignment, User
from portal.roles import ADMINISTRATORS, Role
from portal.running import database, examining, machine
from portal.running.declare import Level, checks
from portal.running.json_lines import JsonFormatter
from tests.conftest import as_command
from tests.database import owner_connection


def finding(name):
    [(_, found)] = list(examining.examine([checks[name]]))
    return found


def doctor(*arguments):
    out, code = io.StringIO(), 0
    try:
        call_command("doctor", *arguments, stdout=out)
    except SystemExit as end:
        code = end.code
    return out.getvalue(), code


@pytest.mark.django_db
def test_all_checks_are_asked_and_each_fault_has_a_remedy():
    out, _ = doctor("--json")
    told = json.loads(out)
    assert [each["name"] for each in told] == [check.name for check in checks]
    assert all(bool(each["remedy"]) == (each["level"] != "good") for each in told)


@pytest.mark.django_db
def test_a_sound_database_is_told_sound():
    for name in (
        "database",
        "wall",
        "migrations",
        "version",
        "database-line",
        "clock",
        "statements",
        "age",
    ):
        assert finding(name).level is Level.GOOD, (name, finding(name))


@pytest.mark.parametrize(
    ("address", "is_encrypted", "is_checked", "level", "word"),
    [
        (None, False, False, Level.GOOD, "本机"),
        ("127.0.0.1", False, False, Level.GOOD, "本机"),
        ("::1", True, True, Level.GOOD, "本机"),
        ("10.0.0.7", False, True, Level.WARN, "没有加密"),
        ("10.0.0.7", True, False, Level.WARN, "没有核对"),
        ("10.0.0.7", True, True, Level.GOOD, "核对证书"),
    ],
)
def test_an_open_line_to_the_database_is_told(address, is_encrypted, is_checked, level, word):
    found = database.line(address, is_encrypted=is_encrypted, is_checked=is_checked)
    assert (found.level, word in found.told) == (level, True)
    assert bool(found.remedy) == (level is not Level.GOOD)


@pytest.mark.django_db
def test_missing_administrators_are_named(district, make_user):
    assert finding("administrators").level is Level.BAD
    for role in ADMINISTRATORS:
        make_user(role, district, username=f"a-{role}")
    assert finding("administrators").level is Level.GOOD
    with as_command():
        RoleAssignment.objects.filter(role=Role.AUDIT_ADMINISTRATOR).update(
            valid_to=timezone.localdate() - timedelta(days=1)
        )
    assert finding("administrators").told == "没有审计管理员。"


@pytest.mark.django_db
def test_demo_accounts_outside_the_demo_are_bad(settings):
    with as_command():
        User.objects.create_user("demo-worker", "陈素芬", "x" * 20)
    assert "demo --clear" in finding("demo").remedy
    settings.DEMO = True
    assert finding("demo").is_good


@pytest.mark.django_db(transaction=True)
def test_a_silent_worker_is_bad_and_a_living_one_good():
    assert finding("worker").level is Level.BAD
    with owner_connection(connection.settings_dict["NAME"]) as owner:
        owner.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")
        try:
            assert finding("worker").is_good
            owner.execute(
                "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '90 s'"
            )
            assert "没有响应" in finding("worker").told
        finally:
            owner.execute("DELETE FROM procrastinate_workers")


@pytest.mark.django_db(transaction=True)
def test_a_wall_that_was_changed_is_bad_and_ready_says_no(client):
    assert client.get("/ready/").json()["ready"] is True
    with owner_connection(connection.settings_dict["NAME"]) as owner:
        owner.execute("ALTER TABLE residents_resident NO FORCE ROW LEVEL SECURITY")
        try:
            answer = client.get("/ready/")
            assert finding("wall").level is Level.BAD
            assert "migrate" in finding("wall").remedy
        finally:
            owner.execute("ALTER TABLE residents_resident FORCE ROW LEVEL SECURITY")
    assert answer.status_code == 503
    assert answer.json()["checks"]["wall"] == "bad"
    assert "residents" not in answer.content.decode()


@pytest.mark.parametrize(
    ("taken", "level"), [(0.849, Level.GOOD), (0.85, Level.WARN), (0.95, Level.BAD)]
)
def test_disks_are_told_before_they_are_full(monkeypatch, taken, level):
    usage = shutil._ntuple_diskusage(1000, 0, round(1000 * (1 - taken)))
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda path: usage)
    assert machine.room_on_disks().level is level


def test_secret_files_that_others_may_read_are_named(monkeypatch, tmp_path):
    secret = tmp_path / "key"
    secret.write_text("x")
    monkeypatch.setenv("FIELD_KEYS_FILE", str(secret))
    secret.chmod(0o600)
    assert machine.secrets_are_private().is_good
    secret.chmod(0o644)
    assert str(secret) in machine.secrets_are_private().told


@pytest.mark.django_db
def test_a_check_that_breaks_is_a_finding(monkeypatch, caplog):
    def broken(*given):
        raise RuntimeError("oh")

    monkeypatch.setattr(machine, "fullness", broken)
    with caplog.at_level(logging.CRITICAL, "portal.running"):
        assert "RuntimeError" in finding("disk").told


@pytest.mark.django_db
def test_the_exit_code_tells_whether_something_is_bad(district, make_user, settings):
    out, code = doctor()
    assert (code, "须处理" in out, "→" in out) == (1, True, True)


def test_health_asks_nothing(client):
    assert client.get("/health/").content == b"ok\n"  # no database mark: a question would fail


@pytest.mark.django_db
def test_metrics_ask_for_the_token(client, settings):
    assert client.get("/metrics/").status_code == 404
    settings.METRICS_TOKEN = "a token for tests"
    assert client.get("/metrics/").status_code == 404
    wrong = client.get("/metrics/", headers={"Authorization": "Bearer a token for test"})
    assert wrong.status_code == 404
    client.get("/login/")
    for method in ("MADE-UP-1", "MADE-UP-2"):
        client.generic(method, "/login/")
    told = client.get("/metrics/", headers={"Authorization": "Bearer a token for tests"})
    text = told.content.decode()
    assert 'portal_requests_total{method="GET",page="login",status="200"}' in text
    assert 'method="other"' in text
    assert "MADE-UP" not in text  # or whoever sends methods fills the memory
    assert 'portal_check{name="wall"} 1.0' in text
    assert "portal_worker_silent_seconds +Inf" in text


@pytest.mark.django_db
def test_the_page_is_for_the_system_administrator(client_of, make_user, district, community):
    page = client_of(make_user(Role.SYSTEM_ADMINISTRATOR, district)).get("/running/")
    assert "没有安全管理员、审计管理员" in page.content.decode()
    assert "办法：" in page.content.decode()
    assert client_of(make_user(Role.COMMUNITY_HEAD, community)).get("/running/").status_code == 403


@pytest.mark.django_db
def test_each_group_of_checks_stands_once(district, make_user, client_of):
    system = make_user(Role.SYSTEM_ADMINISTRATOR, district)
    groups = [g["title"] for g in client_of(system).get("/running/").context["groups"]]
    assert len(groups) == len(set(groups)) > 4


@pytest.mark.django_db
def test_a_request_writes_one_line_without_its_address(client, caplog):
    with caplog.at_level(logging.INFO, "portal.requests"):
        client.get("/public/case/20250001/secretcode/")
    [line] = [each for each in caplog.records if each.name == "portal.requests"]
    told = json.loads(JsonFormatter().format(line))
    assert {"page", "method", "status", "ms", "request_id", "at", "level"} <= told.keys()
    assert "secretcode" not in json.dumps(told)


def test_json_lines_leave_out_what_the_database_says_of_values():
    record = logging.LogRecord(
        "a", logging.ERROR, "f", 1, "refused\nDETAIL:  Key (id_number)=(110) exists.", (), None
    )
    assert "110" not in JsonFormatter().format(record)


@pytest.mark.django_db(transaction=True)
def test_whoever_waits_is_told_that_no_worker_runs():
    note = Template("{% load running_tags %}{% worker_note %}")
    assert "后台程序没有运行" in note.render(Context())
    with owner_connection(connection.settings_dict["NAME"]) as owner:
        owner.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")
        try:
            assert note.render(Context()).strip() == ""
        finally:
            owner.execute("DELETE FROM procrastinate_workers")
