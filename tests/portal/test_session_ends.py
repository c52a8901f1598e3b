"""What the log tells of the ends of sessions: each once, with its reason and device."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone

from portal.accounts import sessions
from portal.accounts.session_store import stored_key
from portal.models import SecurityEvent, UserSession
from portal.roles import Role
from tests.conftest import PASSWORD, as_command
from tests.portal.session_clients import EDGE, MINUTE, NEW, PAGE, post, sent_back, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community, "chensufen")


@pytest.fixture
def system(make_user, street):
    return make_user(Role.SYSTEM_ADMINISTRATOR, street, "system")


def ends():
    found = SecurityEvent.objects.filter(kind=SecurityEvent.Kind.SESSION_ENDED).order_by("pk")
    return [(event.user.username, event.by, event.detail, event.address) for event in found]


@pytest.mark.parametrize(
    ("stamp", "seconds", "told"),
    [
        (sessions.SEEN, 31 * MINUTE, "长时间没有操作，自动退出"),
        (sessions.BEGAN, 12 * 3600, "登录满时限，自动退出"),
    ],
)
def test_an_end_by_time_is_noted_once(worker, stamp, seconds, told):
    client = sign_in(HTTP_USER_AGENT=EDGE)
    sent_back(seconds, client, stamp)
    client.get(PAGE)
    client.get(PAGE)
    assert ends() == [("chensufen", None, f"{told}：Windows 电脑 · Edge", "127.0.0.1")]


def test_ends_from_elsewhere_are_noted_each_with_its_reason(worker, system, acting):
    here, there, third = (sign_in() for _ in range(3))
    fourth = sign_in()
    with sessions.scope_of(worker):
        pk = UserSession.objects.get(key=stored_key(there.cookies["session"].value)).pk
    post(fourth, "session-end", pk)
    post(fourth, "session-end-others")
    for client in (here, there, third):
        client.get(PAGE)  # no second note of what was noted
    worker.refresh_from_db()
    with acting(system):
        sessions.end_all(worker, by=system)
    told = [(by, detail.partition("：")[0]) for _, by, detail, _ in ends()]
    assert told == [
        (None, sessions.TOLD[sessions.TOO_MANY]),
        (None, sessions.TOLD[sessions.OWN]),
        (None, sessions.TOLD[sessions.OWN]),
        (system, sessions.TOLD[sessions.BY_ADMINISTRATOR]),
    ]


def test_a_new_password_notes_the_ends_and_signing_out_is_no_other_end(worker):
    here, _ = sign_in(), sign_in()
    data = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    post(here, "password_change", **data)
    here.post(reverse("logout"))
    [(_, _, detail, _)] = ends()
    assert detail.startswith(sessions.TOLD[sessions.NEW_PASSWORD])


def test_what_nobody_came_back_to_is_noted_at_night(worker):
    sign_in()
    Session.objects.all().delete()
    with as_command():
        assert sessions.drop_ended(timezone.now()) == 1
        assert sessions.drop_ended(timezone.now()) == 0
    [(user, _, detail, address)] = ends()
    assert (user, address) == ("chensufen", "")
    assert detail.startswith(sessions.TOLD[sessions.LEFT])
