"""What happens to accounts leaves one entry each, with the request's id and address; never what was typed."""

import json
import logging

import pytest
from django.db import connection
from django.urls import reverse

from portal.accounts.locking import unlock
from portal.accounts.services import reset_password
from portal.audit.notes import note
from portal.logs import Formatter
from portal.models import SecurityEvent
from portal.policies import policy
from portal.request_ids import new_id
from tests.conftest import PASSWORD, as_command

pytestmark = pytest.mark.django_db
Kind = SecurityEvent.Kind


@pytest.fixture
def staff(make_user, community):
    return make_user("community_staff", community)


def sign_in(client, username, password):
    return client.post(reverse("login"), {"username": username, "password": password})


def events():
    return list(SecurityEvent.objects.order_by("pk").values_list("kind", "user_id", "address"))


def logged(scope_units, table):
    with as_command(scope_units), connection.cursor() as cursor:
        cursor.execute(
            "SELECT actor, request, address, after::text FROM audit.log WHERE table_name = %s"
            " ORDER BY id",
            [table],
        )
        return cursor.fetchall()


def test_signing_in_failing_and_out_leave_one_entry_each(client, staff, community):
    sign_in(client, staff.username, "wrong " + PASSWORD)
    answer = sign_in(client, staff.username, PASSWORD)
    assert answer.status_code == 302
    client.post(reverse("logout"))
    assert events() == [
        (Kind.SIGN_IN_FAILED, staff.pk, "127.0.0.1"),
        (Kind.SIGNED_IN, staff.pk, "127.0.0.1"),
        (Kind.SIGNED_OUT, staff.pk, "127.0.0.1"),
    ]
    assert {event.unit_id for event in SecurityEvent.objects.all()} == {community.pk}
    rows = logged([community.pk], "portal_securityevent")
    assert len(rows) == 3
    assert rows[1][1:3] == (answer["X-Request-ID"], "127.0.0.1")


def test_a_failed_sign_in_keeps_neither_the_password_nor_an_unknown_name(client, community):
    sign_in(client, "MyPassword!2026", "another secret")
    [event] = SecurityEvent.objects.all()
    assert (event.kind, event.user, event.detail) == (Kind.SIGN_IN_FAILED, None, "没有这个账号")
    text = json.dumps(logged([community.pk], "portal_securityevent"))
    assert "MyPassword" not in text
    assert "secret" not in text


def test_a_changed_and_a_reset_password_leave_an_entry(client_of, staff):
    new = "correct horse battery 9"
    client_of(staff).post(
        reverse("password_change"),
        {
            "old_password": PASSWORD,
            "new_password1": new,
            "new_password2": new,
            "_key": "0" * 31 + "1",
        },
    )
    staff.refresh_from_db()
    with as_command():
        reset_password(staff, by=None)
    assert [kind for kind, *_ in events()] == [Kind.PASSWORD_CHANGED, Kind.PASSWORD_RESET]


def test_a_note_outside_any_scope_is_not_written(staff):
    assert note(Kind.SIGNED_IN, user=staff) is None


def test_each_request_has_an_id_of_ours(client):
    first, second = (client.get(reverse("login"), headers={"X-Request-ID": "theirs"}) for _ in "ab")
    assert len(first["X-Request-ID"]) == 32
    assert len({first["X-Request-ID"], second["X-Request-ID"], "theirs"}) == 3


def test_a_line_of_the_log_names_its_request():
    record = logging.LogRecord("x", logging.INFO, "", 0, "told", (), None)
    assert Formatter("%(message)s").format(record) == "told"
    with new_id() as request:
        assert Formatter("%(message)s").format(record) == f"told [{request}]"


def test_a_lock_and_its_end_leave_an_entry(client, staff, make_user, community):
    for _ in range(policy("failures_per_account")):
        sign_in(client, staff.username, "wrong " + PASSWORD)
    assert [kind for kind, *_ in events()][-1] == Kind.SIGN_IN_FAILED
    assert SecurityEvent.objects.get(kind=Kind.LOCKED).user == staff
    manager = make_user("system_administrator", community)
    with as_command():
        unlock(staff, by=manager)
    event = SecurityEvent.objects.get(kind=Kind.UNLOCKED)
    assert (event.user, event.by) == (staff, manager)
