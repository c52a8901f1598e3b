"""Sessions (SECURITY rows 25, 9): when they end, what ends them, and who sees them."""

import time
import uuid
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import resolve, reverse
from django.utils import timezone

from portal.accounts import services, sessions
from portal.accounts.devices import device_words, shortened
from portal.accounts.session_store import stored_key
from portal.marks import is_polled
from portal.models import EntryDraft, RoleAssignment, Unit, User, UserSession
from portal.policies import reading
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


def rows_of(user):
    with sessions.scope_of(user):
        return list(sessions.own_sessions(user))


def set_policy(**values):
    reading.keep({name: int(value) for name, value in values.items()}, float("inf"))


def reason(answer):
    assert answer.status_code == 302
    return dict(part.split("=") for part in answer["Location"].partition("?")[2].split("&"))


# --- limits -------------------------------------------------------------------------------------
def test_a_session_ends_after_the_idle_time_and_leads_back(worker, client_of):
    client = client_of(worker)
    sent_back(29 * MINUTE, client, sessions.SEEN)
    assert client.get(PAGE).status_code == 200
    sent_back(30 * MINUTE, client, sessions.SEEN)
    key = client.session.session_key
    answer = client.get(PAGE + "?a=1")
    assert reason(answer) == {"next": "%2Froles%2Ftable%2F%3Fa%3D1", "ended": "idle"}
    page = client.get(answer["Location"])
    assert "已有 30 分钟没有操作" in page.content.decode()
    assert 'name="next" value="/roles/table/?a=1"' in page.content.decode()
    assert not Session.objects.filter(session_key=stored_key(key)).exists()


def test_the_idle_time_is_a_policy(worker, client_of):
    set_policy(idle_minutes=5)
    client = client_of(worker)
    sent_back(5 * MINUTE, client, sessions.SEEN)
    assert reason(client.get(PAGE))["ended"] == "idle"


def test_a_session_ends_after_twelve_hours_however_busy(worker, client_of):
    client = client_of(worker)
    sent_back(12 * 3600 - 5, client, sessions.BEGAN)
    assert client.get(PAGE).status_code == 200
    sent_back(5, client, sessions.BEGAN)
    answer = client.get(PAGE)
    assert reason(answer)["ended"] == "long"
    assert "已满 12 小时" in client.get(answer["Location"]).content.decode()


def test_a_read_only_page_keeps_the_session_alive_at_most_once_a_minute(worker):
    client = sign_in()
    sent_back(59, client, sessions.SEEN)
    before = client.session[sessions.SEEN]
    client.get(PAGE)
    assert client.session[sessions.SEEN] == before
    sent_back(2, client, sessions.SEEN)
    with sessions.scope_of(worker):
        UserSession.objects.update(seen_at=timezone.now() - timedelta(hours=1))
    client.get(PAGE)
    assert time.time() - client.session[sessions.SEEN] < 5
    [row] = rows_of(worker)
    assert timezone.now() - row.seen_at < timedelta(seconds=5)


def test_a_stamp_writes_nothing_back_that_another_request_changed(worker, client_of):
    client = client_of(worker)
    sent_back(100, client, sessions.SEEN)
    mine, theirs = client.session, client.session
    theirs["undo"] = "theirs"
    assert mine.get("undo") is None
    theirs.save()
    later = client.session
    assert sessions.stamp(later, worker)
    assert client.session["undo"] == "theirs"


@pytest.mark.parametrize(
    ("name", "extra"),
    [
        ("draft-session", {"HTTP_ACCEPT": "application/json"}),
        ("draft-session", {"HTTP_SEC_FETCH_MODE": "cors"}),
        ("draft-session", {"HTTP_HX_REQUEST": "true"}),
    ],
)
def test_what_a_page_asks_by_itself_is_no_sign_of_life(worker, client_of, name, extra):
    client = client_of(worker)
    sent_back(20 * MINUTE, client, sessions.SEEN)
    before = client.session[sessions.SEEN]
    assert client.get(reverse(name), **extra).status_code == 200
    assert client.session[sessions.SEEN] == before
    sent_back(10 * MINUTE, client, sessions.SEEN)
    ended = client.get(reverse(name), **extra)
    assert "ended=idle" in ended.get("HX-Redirect", ended.get("Location"))


def test_the_presence_of_editors_and_jobs_are_asked_by_pages_themselves():
    for name in ("summary-presence", "import-batch", "register-print", "bulk-run"):
        assert is_polled(resolve(reverse(name, args=[1])).func), name


def test_a_session_without_stamps_is_over(worker, client_of):
    client = client_of(worker)
    session = client.session
    del session[sessions.BEGAN]
    session.save()
    assert reason(client.get(PAGE))["ended"] == "over"


def test_part_of_a_page_leads_the_whole_page_to_sign_in(worker, client_of):
    client = client_of(worker)
    sent_back(31 * MINUTE, client, sessions.SEEN)
    answer = client.get(
        PAGE, HTTP_HX_REQUEST="true", HTTP_HX_CURRENT_URL="http://testserver/ledger/visits/?q=1"
    )
    assert "next=%2Fledger%2Fvisits%2F%3Fq%3D1" in answer["HX-Redirect"]


def test_part_of_a_page_without_a_right_address_leads_home(client):
    """Also for whoever holds no session, only the cookie of one."""
    client.cookies[settings.SESSION_COOKIE_NAME] = "x" * 32
    answer = client.get(PAGE, HTTP_HX_REQUEST="true", HTTP_HX_CURRENT_URL="http://[::1")
    assert "next=%2F&" in answer["HX-Redirect"]


@pytest.mark.parametrize(
    ("referer", "to"),
    [
        ("http://testserver/ledger/visits/add/", "/ledger/visits/add/"),
        ("http://evil.example/x/", "/notifications/read/"),
    ],
)
def test_a_form_that_came_too_late_leads_back_to_its_page(worker, client_of, referer, to):
    client = client_of(worker)
    sent_back(31 * MINUTE, client, sessions.SEEN)
    answer = client.post("/notifications/read/", HTTP_REFERER=referer)
    assert reason(answer)["next"].replace("%2F", "/") == to


def test_public_pages_stay_open_when_a_session_ended(worker, client_of):
    client = client_of(worker)
    sent_back(31 * MINUTE, client, sessions.SEEN)
    assert client.get(reverse("login")).status_code == 200
    assert get_user(client).is_anonymous


def test_what_was_typed_is_offered_after_an_idle_end(worker, client_of, community):
    client = client_of(worker)
    typed = {"content": "楼道堆物，已劝离", "_key": str(uuid.uuid4())}
    kept = client.post("/ledger/visits/draft/?page=add&record=0", typed)
    assert kept.json()["state"] == "kept"
    with as_command({community.pk}):
        assert EntryDraft.objects.count() == 1
        assert "楼道" not in str(bytes(EntryDraft.objects.get().content))
    sent_back(31 * MINUTE, client, sessions.SEEN)
    answer = client.get("/ledger/visits/add/")
    assert reason(answer)["ended"] == "idle"
    data = {
        "username": "chensufen",
        "password": PASSWORD,
        "next": "/ledger/visits/add/",
        "_key": str(uuid.uuid4()),
    }
    back = client.post(reverse("login"), data)
    assert back["Location"] == "/ledger/visits/add/"
    assert "draft=1" in client.get(back["Location"]).content.decode()
    assert "楼道堆物，已劝离" in client.get(back["Location"] + "?draft=1").content.decode()


# --- keys ---------------------------------------------------------------------------------------
def test_the_table_of_sessions_opens_no_session(worker):
    client = sign_in()
    key = client.cookies["session"].value
    [stored] = Session.objects.values_list("session_key", flat=True)
    assert stored != key
    stolen = Client()
    stolen.cookies["session"] = stored
    assert get_user(stolen).is_anonymous
    assert [row.key for row in rows_of(worker)] == [stored]


def test_the_key_is_new_at_sign_in(worker):
    client = Client()
    session = client.session
    session["planted"] = 1
    session.save()
    planted = session.session_key
    client.cookies["session"] = planted
    data = {"username": "chensufen", "password": PASSWORD, "_key": str(uuid.uuid4())}
    client.post(reverse("login"), data)
    assert client.cookies["session"].value != planted
    old = Client()
    old.cookies["session"] = planted
    assert get_user(old).is_anonymous


def test_the_old_key_is_dead_after_sign_out(worker):
    client = sign_in()
    key = client.cookies["session"].value
    client.post(reverse("logout"))
    assert rows_of(worker) == []
    replay = Client()
    replay.cookies["session"] = key
    answer = replay.get(PAGE)
    assert reason(answer)["ended"] == "over"
    assert get_user(replay).is_anonymous


def test_a_slow_request_does_not_bring_an_ended_session_back(worker, client_of):
    client = client_of(worker)
    slow = client.session
    slow.get(sessions.SEEN)
    Session.objects.all().delete()
    assert not sessions.stamp(slow, worker)
    assert Session.objects.count() == 0


# --- how many -----------------------------------------------------------------------------------
def test_a_fourth_sign_in_ends_the_first(worker):
    clients = [sign_in() for _ in range(4)]
    assert [client.get(PAGE).status_code for client in clients] == [302, 200, 200, 200]
    assert len(rows_of(worker)) == 3


def test_with_one_session_a_sign_in_ends_the_former(worker):
    set_policy(one_session=True)
    first, second = sign_in(), sign_in()
    assert [first.get(PAGE).status_code, second.get(PAGE).status_code] == [302, 200]


def test_changing_the_password_ends_all_others_and_keeps_this_one(worker):
    here, there = sign_in(), sign_in()
    before = here.cookies["session"].value
    data = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    post(here, "password_change", **data)
    assert here.get(PAGE).status_code == 200
    assert there.get(PAGE).status_code == 302
    assert here.cookies["session"].value != before
    [row] = rows_of(worker)
    assert row.key == stored_key(here.cookies["session"].value)
    assert Session.objects.count() == 1


# --- the page -----------------------------------------------------------------------------------
def test_one_sees_and_ends_ones_own(worker, make_user, community):
    make_user(Role.COMMUNITY_STAFF, community, "other")
    foreign = sign_in("other")
    here = sign_in(HTTP_USER_AGENT=EDGE, REMOTE_ADDR="10.12.3.44")
    there, third = sign_in(), sign_in()
    page = here.get(reverse("session-list"))
    rows = page.context["rows"]
    assert [row["here"] for row in rows] == [True, False, False]
    assert (rows[0]["device"], rows[0]["address"]) == ("Windows 电脑 · Edge", "10.12.3.*")
    assert "10.12.3.44" not in page.content.decode()

    with sessions.scope_of(worker):
        pk = UserSession.objects.get(key=stored_key(there.cookies["session"].value)).pk
    assert post(foreign, "session-end", pk).status_code == 404
    assert there.get(PAGE).status_code == 200
    post(here, "session-end", pk)
    assert there.get(PAGE).status_code == 302
    assert third.get(PAGE).status_code == 200
    post(here, "session-end", rows[0]["pk"])  # one's own is left by the menu
    assert here.get(PAGE).status_code == 200
    post(here, "session-end-others")
    assert third.get(PAGE).status_code == 302
    assert here.get(PAGE).status_code == 200
    assert foreign.get(PAGE).status_code == 200


def test_nobody_reads_the_sessions_of_another(worker, system, acting):
    sign_in()
    with acting(system):
        assert not UserSession.objects.exists()
    with acting(worker):
        assert UserSession.objects.count() == 1


def test_an_administrator_ends_all_of_an_account(worker, system, client_of):
    clients = [sign_in(), client_of(worker)]
    admin = client_of(system)
    url = reverse("account-sessions-end", args=[worker.pk])
    assert url in admin.get(reverse("account-detail", args=[worker.pk])).content.decode()
    answer = post(
        admin, "account-sessions-end", worker.pk, versions=f"{worker.pk}:{worker.version}"
    )
    assert answer.status_code == 302
    assert [client.get(PAGE).status_code for client in clients] == [302, 302]
    assert rows_of(worker) == []
    again = User.objects.get(pk=worker.pk)
    assert again.version == worker.version + 1  # so it is in the log of accounts
    assert sign_in().get(PAGE).status_code == 200


def test_no_administrator_ends_their_own_or_those_beyond_their_reach(
    system, client_of, make_user, other_street
):
    admin = client_of(system)
    assert post(admin, "account-sessions-end", system.pk).status_code == 403
    stranger = make_user(Role.STREET_SECTION, other_street, "stranger")
    assert post(admin, "account-sessions-end", stranger.pk).status_code == 404


# --- authority changes at once (row 9) ----------------------------------------------------------
def test_moved_to_another_community_the_next_request_is_refused(
    worker, client_of, acting, community, other_community
):
    client = client_of(worker)
    assert client.get("/ledger/residents/").status_code == 200
    with acting(worker):
        assert list(Unit.objects.filter(pk__in=[community.pk]))
    with as_command():
        services.end_role(RoleAssignment.objects.get(user=worker), by=None)
        services.grant_role(
            user=worker,
            unit=other_community,
            role=Role.WINDOW_CLERK,
            valid_from=timezone.localdate(),
            by=None,
        )
    assert client.get("/ledger/disability-files/").status_code == 403
    page = client.get(PAGE)
    assert other_community.name in page.content.decode()
    assert community.name not in page.content.decode()


def test_disabled_and_without_a_role_the_next_request_is_refused(worker, client_of):
    client = client_of(worker)
    with as_command():
        services.end_role(RoleAssignment.objects.get(user=worker), by=None)
    assert client.get("/ledger/residents/").status_code == 403
    with as_command():
        User.objects.filter(pk=worker.pk).update(is_active=False)
    assert client.get(PAGE).status_code == 302


# --- the rest -----------------------------------------------------------------------------------
def test_rows_of_sessions_that_are_gone_are_dropped_at_night(worker):
    sign_in()
    gone = sign_in()
    Session.objects.filter(session_key=stored_key(gone.cookies["session"].value)).delete()
    with as_command():
        assert sessions.drop_ended(timezone.now()) == 1
    assert len(rows_of(worker)) == 1


@pytest.mark.parametrize(
    ("address", "shown"),
    [("10.1.2.3", "10.1.2.*"), ("2001:db8:1:2::/64", "2001:db8:1:*"), ("", "")],
)
def test_addresses_are_shortened(address, shown):
    assert shortened(address) == shown


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (EDGE, "Windows 电脑 · Edge"),
        ("Mozilla/5.0 (Linux; Android 13) Chrome/9 MicroMessenger/8.0", "安卓手机 · 微信"),
        ("curl/8", "未知设备"),
        ("", "未知设备"),
    ],
)
def test_devices_are_told_in_words(agent, words):
    assert device_words(agent) == words
