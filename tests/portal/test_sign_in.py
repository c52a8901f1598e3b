"""Signing in, the forced first change, and sessions that end with the account."""

import uuid

import pytest
from django.contrib.auth import get_user
from django.test import Client
from django.urls import reverse

from portal.accounts import services
from portal.accounts.forms import SignInForm
from portal.demo_accounts import DEMO_PASSWORD
from portal.models import RoleAssignment, User
from portal.roles import Role
from tests.conftest import PASSWORD, as_command

pytestmark = pytest.mark.django_db

NEW = "明珠社区的一把新钥匙 2025"
WRONG = SignInForm.error_messages["invalid_login"]


@pytest.fixture
def worker(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community, "chensufen")


def sign_in(username, password, to="", **extra):
    client = Client(**extra)
    url = reverse("login")
    data = {"username": username, "password": password, "next": to, "_key": str(uuid.uuid4())}
    return client, client.post(url, data)


def change_password(client, old, new, again=None):
    data = {
        "old_password": old,
        "new_password1": new,
        "new_password2": again or new,
        "_key": str(uuid.uuid4()),
    }
    return client.post(reverse("password_change"), data)


def test_sign_in_page_is_open_to_everybody():
    page = Client().get(reverse("login"))
    assert page.status_code == 200
    assert "demo_accounts" not in page.context


@pytest.mark.parametrize("typed", ["chensufen", " ChenSuFen ", "ＣＨＥＮＳＵＦＥＮ"])
def test_sign_in_with_any_spelling_of_the_user_name(worker, typed):
    client, answer = sign_in(typed, PASSWORD)
    assert (answer.status_code, answer["Location"]) == (302, reverse("home"))
    assert get_user(client) == worker


@pytest.mark.parametrize(
    ("username", "password"),
    [
        ("chensufen", "wrong"),
        ("nobody", PASSWORD),
        ("disabled", PASSWORD),
        ("demo-worker", PASSWORD),
    ],
)
def test_sign_in_says_the_same_whatever_is_wrong(worker, make_user, community, username, password):
    make_user(Role.COMMUNITY_STAFF, community, "disabled", is_active=False)
    make_user(Role.COMMUNITY_STAFF, community, "demo-worker")
    client, answer = sign_in(username, password)
    assert answer.status_code == 200
    assert answer.context["form"].non_field_errors() == [WRONG]
    assert get_user(client).is_anonymous


@pytest.mark.parametrize(
    "to",
    [
        "//evil.example/",
        "https://evil.example/",
        "http:evil",
        "javascript:alert(1)",
        "/\\evil.example",
    ],
)
def test_sign_in_never_leads_out_of_the_site(worker, to):
    _, answer = sign_in("chensufen", PASSWORD, to)
    assert answer["Location"] == reverse("home")


def test_sign_in_leads_to_the_page_that_was_asked_for(worker):
    _, answer = sign_in("chensufen", PASSWORD, reverse("role-table"))
    assert answer["Location"] == reverse("role-table")


@pytest.mark.parametrize("to", ["/login/", "/login/?next=/login/"])
def test_sign_in_page_asked_for_again_by_a_signed_in_user(worker, client_of, to):
    answer = client_of(worker).get(reverse("login"), {"next": to})
    assert (answer.status_code, answer["Location"]) == (302, reverse("home"))


@pytest.mark.parametrize("username", ["", "a\x00b", "x" * 5000])
def test_sign_in_with_nonsense_is_only_refused(worker, username):
    _, answer = sign_in(username, "\x00")
    assert answer.status_code == 200


def test_sign_in_leaves_no_trace_in_the_version(worker):
    sign_in("chensufen", PASSWORD)
    again = User.objects.get(pk=worker.pk)
    assert (again.version, again.last_login is None) == (worker.version, False)


def test_sign_out_ends_the_session(worker, client_of):
    client = client_of(worker)
    assert client.post(reverse("logout"))["Location"] == reverse("login")
    assert client.get(reverse("role-table")).status_code == 302


def test_sign_out_by_link_is_refused(worker, client_of):
    assert client_of(worker).get(reverse("logout")).status_code == 405


def test_sign_out_without_session_needs_none():
    assert Client().post(reverse("logout"))["Location"] == reverse("login")


# --- the demo's accounts --------------------------------------------------------------------------
@pytest.fixture
def demo_worker(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community, "demo-worker", password=DEMO_PASSWORD)


def test_demo_accounts_are_listed_and_work_in_demo_mode(settings, demo_worker):
    settings.DEMO = True
    page = Client().get(reverse("login"))
    assert [(a["username"], a["unit"]) for a in page.context["demo_accounts"]] == [
        ("demo-worker", "明珠社区")
    ]
    client, _ = sign_in("demo-worker", DEMO_PASSWORD)
    assert get_user(client) == demo_worker


def test_demo_accounts_are_refused_outside_demo_mode(demo_worker):
    client, answer = sign_in("demo-worker", DEMO_PASSWORD)
    assert answer.context["form"].non_field_errors() == [WRONG]
    assert get_user(client).is_anonymous


def test_demo_session_ends_with_the_demo_mode(settings, demo_worker, client_of):
    settings.DEMO = True
    client = client_of(demo_worker)
    assert client.get(reverse("role-table")).status_code == 200
    settings.DEMO = False
    assert client.get(reverse("role-table")).status_code == 302


# --- passwords ------------------------------------------------------------------------------------
@pytest.fixture
def newcomer(worker):
    User.objects.filter(pk=worker.pk).update(must_change_password=True)
    return worker


@pytest.fixture(autouse=True)
def as_test():
    with as_command():
        yield


def test_single_use_password_opens_only_its_own_change(newcomer, client_of):
    client = client_of(newcomer)
    for name in ("home", "role-table", "account-list", "unit-list", "password_change_done"):
        answer = client.get(reverse(name))
        assert (answer.status_code, answer["Location"]) == (302, reverse("password_change")), name
    page = client.get(reverse("password_change"))
    assert (page.status_code, page.context["must_change"]) == (200, True)


def test_changing_the_single_use_password_opens_the_rest(newcomer, client_of):
    client = client_of(newcomer)
    answer = change_password(client, PASSWORD, NEW)
    assert answer["Location"] == reverse("password_change_done")
    assert client.get(reverse("role-table")).status_code == 200
    again = User.objects.get(pk=newcomer.pk)
    assert (again.must_change_password, again.check_password(NEW)) == (False, True)


@pytest.mark.parametrize(
    ("new", "again", "field"),
    [
        (PASSWORD, PASSWORD, "new_password1"),
        ("short1", "short1", "new_password2"),
        ("123456789012345", "123456789012345", "new_password2"),
        ("chensufen1234", "chensufen1234", "new_password2"),
        (NEW, NEW + "!", "new_password2"),
        ("x" * 201, "x" * 201, "new_password1"),
    ],
)
def test_bad_new_password_is_refused(newcomer, client_of, new, again, field):
    client = client_of(newcomer)
    answer = change_password(client, PASSWORD, new, again)
    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert User.objects.get(pk=newcomer.pk).must_change_password


def test_change_with_a_wrong_old_password_is_refused(worker, client_of):
    answer = change_password(client_of(worker), "wrong", NEW)
    assert list(answer.context["form"].errors) == ["old_password"]


def test_change_of_password_ends_other_sessions(worker, client_of):
    here, elsewhere = client_of(worker), client_of(worker)
    change_password(here, PASSWORD, NEW)
    assert here.get(reverse("role-table")).status_code == 200
    assert elsewhere.get(reverse("role-table")).status_code == 302


# --- authority changes at once --------------------------------------------------------------------
def test_disabled_accounts_next_request_is_refused(worker, client_of):
    client = client_of(worker)
    assert client.get(reverse("role-table")).status_code == 200
    User.objects.filter(pk=worker.pk).update(is_active=False)
    answer = client.get(reverse("role-table"))
    assert answer["Location"].startswith(reverse("login"))


def test_reset_password_ends_the_session(worker, client_of):
    client = client_of(worker)
    password = services.reset_password(User.objects.get(pk=worker.pk), by=None)
    assert client.get(reverse("role-table")).status_code == 302
    client, _ = sign_in("chensufen", password)
    assert client.get(reverse("home"))["Location"] == reverse("password_change")


def test_removed_roles_next_request_is_refused(make_user, street, client_of):
    admin = make_user(Role.SYSTEM_ADMINISTRATOR, street)
    client = client_of(admin)
    assert client.get(reverse("account-list")).status_code == 200
    with as_command():
        services.end_role(RoleAssignment.objects.get(user=admin), by=None)
    assert client.get(reverse("account-list")).status_code == 403
