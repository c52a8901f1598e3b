"""The pages of accounts and roles: role × action, and what each button does."""

import re
import uuid
from datetime import timedelta

import pytest
from django.contrib.auth import get_user
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portal.models import RoleAssignment, Submission, User
from portal.roles import Role
from tests.conftest import as_command

pytestmark = pytest.mark.django_db

PAGES = {
    "account-list": "accounts.manage",
    "account-create": "accounts.manage",
    "account-detail": "accounts.manage",
    "account-rename": "accounts.manage",
    "account-disable": "accounts.manage",
    "account-enable": "accounts.manage",
    "account-reset": "accounts.manage",
    "account-password": "accounts.manage",
    "role-list": "roles.manage",
    "role-grant": "roles.manage",
    "role-end": "roles.manage",
    "role-table": "",
}
KEEPER = {"accounts.manage": Role.SYSTEM_ADMINISTRATOR, "roles.manage": Role.SECURITY_ADMINISTRATOR}


@pytest.fixture
def worker(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community, "worker", name="张小红")


@pytest.fixture
def stranger(make_user, other_street):
    return make_user(Role.STREET_SECTION, other_street, "stranger", name="钱外人")


@pytest.fixture
def system(make_user, street):
    return make_user(Role.SYSTEM_ADMINISTRATOR, street, "system")


@pytest.fixture
def security(make_user, street):
    return make_user(Role.SECURITY_ADMINISTRATOR, street, "security")


def url_of(name, of=None):
    pk = None
    if name.startswith("account-") and name not in {"account-list", "account-create"}:
        pk = of.pk
    elif name == "role-end":
        pk = of.assignments.get().pk
    return reverse(name, args=[pk] if pk else [])


def post(client, url, data=None, key=None):
    """Send the form of the page as a browser would: with its hidden versions and a key."""
    page = client.get(url)
    form = page.context["form"] if page.context and "form" in page.context else None
    hidden = {"versions": form["versions"].value()} if form and "versions" in form.fields else {}
    key = key or str(uuid.uuid4())
    return client.post(url, {"_key": key} | hidden | (data or {}))


@pytest.mark.parametrize("name", PAGES)
def test_anonymous_is_sent_to_sign_in(worker, name):
    url = url_of(name, worker)
    for answer in (Client().get(url), Client().post(url)):
        assert (answer.status_code, answer["Location"]) == (302, f"/login/?next={url}")


@pytest.mark.parametrize("role", Role)
def test_each_page_opens_for_its_role_only(make_user, client_of, street, worker, role):
    client = client_of(make_user(role, street))
    answers = {name: client.get(url_of(name, worker)).status_code for name in PAGES}
    # An account for its person's own page alone opens not even what everybody may read.
    assert answers == {
        name: 200 if role != Role.TRAINEE and KEEPER.get(permission, role) == role else 403
        for name, permission in PAGES.items()
    }


@pytest.mark.parametrize("name", [name for name in PAGES if PAGES[name]])
def test_posting_needs_the_role_too(client_of, system, security, worker, name):
    wrong = {"accounts.manage": security, "roles.manage": system}[PAGES[name]]
    answer = client_of(wrong).post(url_of(name, worker), {"_key": str(uuid.uuid4())})
    assert answer.status_code == 403


@pytest.mark.parametrize("name", ["detail", "rename", "disable", "enable", "reset", "password"])
def test_account_of_another_street_is_not_found(client_of, system, stranger, name):
    client = client_of(system)
    assert client.get(reverse(f"account-{name}", args=[stranger.pk])).status_code == 404
    assert client.get(reverse(f"account-{name}", args=[10**17])).status_code == 404


def test_role_of_another_street_is_not_found(client_of, security, stranger):
    url = reverse("role-end", args=[stranger.assignments.get().pk])
    assert client_of(security).get(url).status_code == 404


@pytest.mark.parametrize("name", ["rename", "disable", "enable", "reset"])
@pytest.mark.parametrize("whose", ["self", "other"])
def test_administrators_accounts_are_refused(client_of, system, security, name, whose):
    target = system if whose == "self" else security
    client = client_of(system)
    url = reverse(f"account-{name}", args=[target.pk])
    assert client.get(url).status_code == 403
    assert client.post(url, {"_key": str(uuid.uuid4())}).status_code == 403
    assert not client.get(reverse("account-detail", args=[target.pk])).context["manageable"]


# --- lists ----------------------------------------------------------------------------------------
def shown(page):
    return [row["cells"][1]["value"] for row in page.context["rows"]]


def test_account_list_shows_the_units_accounts(client_of, system, worker, stranger):
    page = client_of(system).get(reverse("account-list"))
    assert shown(page) == ["system", "worker"]
    assert "钱外人" not in page.content.decode()


def test_account_list_by_state(client_of, system, worker):
    with as_command():
        User.objects.filter(pk=worker.pk).update(is_active=False)
    client = client_of(system)
    assert shown(client.get("/accounts/?state=disabled")) == ["worker"]
    assert shown(client.get("/accounts/?state=active")) == ["system"]
    assert shown(client.get("/accounts/?state=%00nonsense&page=abc&s=x")) == ["system", "worker"]


def test_account_search_leaves_no_name_in_the_address(client_of, system, worker, stranger):
    client = client_of(system)
    answer = client.post(reverse("account-list"), {"q": "小红"})
    assert re.fullmatch(r"/accounts/\?s=[\w%-]+", answer["Location"])
    assert shown(client.get(answer["Location"])) == ["worker"]
    answer = client.post(reverse("account-list"), {"q": "外人"})
    assert shown(client.get(answer["Location"])) == []


def test_role_list_shows_the_units_roles(client_of, security, system, worker, stranger):
    page = client_of(security).get(reverse("role-list"))
    assert shown(page) == ["security", "system", "worker"]
    ends = [row["cells"][-1].get("url") for row in page.context["rows"]]
    assert [bool(url) for url in ends] == [False, True, True]


def test_role_list_names_roles_whose_unit_has_ended(client_of, security, worker, community):
    yesterday = timezone.localdate() - timedelta(days=1)
    with as_command():
        type(community).objects.filter(pk=community.pk).update(valid_to=yesterday)
    page = client_of(security).get(reverse("role-list") + "?state=stranded")
    assert (shown(page), page.context["stranded"]) == (["worker"], 1)


@pytest.mark.parametrize("name", ["account-list", "role-list"])
def test_lists_ask_the_same_number_of_questions_whatever_their_length(
    make_user, client_of, community, system, security, name, django_assert_num_queries
):
    client = client_of({"account-list": system, "role-list": security}[name])
    make_user(Role.COMMUNITY_STAFF, community)
    url = reverse(name)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    for _ in range(5):
        make_user(Role.COMMUNITY_STAFF, community)
    with django_assert_num_queries(len(few)):
        client.get(url)


# --- accounts -------------------------------------------------------------------------------------
def test_new_account_shows_its_password_once(client_of, system):
    client = client_of(system)
    answer = post(client, reverse("account-create"), {"username": "LiXin", "name": "李新"})
    account = User.objects.get(username="lixin")
    assert answer["Location"] == reverse("account-password", args=[account.pk])
    page = client.get(answer["Location"])
    password = page.context["password"]
    assert account.check_password(password)
    assert password in page.content.decode()
    again = client.get(answer["Location"])
    assert again.context["password"] is None
    assert password not in again.content.decode()


def test_password_is_not_kept_in_clear(client_of, system):
    client = client_of(system)
    answer = post(client, reverse("account-create"), {"username": "lixin", "name": "李新"})
    stored = str(dict(client.session))
    assert client.get(answer["Location"]).context["password"] not in stored


def test_password_is_shown_to_nobody_else(make_user, client_of, system, street):
    answer = post(client_of(system), reverse("account-create"), {"username": "lixin", "name": "李"})
    other = make_user(Role.SYSTEM_ADMINISTRATOR, street)
    assert client_of(other).get(answer["Location"]).context["password"] is None


def test_new_account_sent_twice_is_made_once(client_of, system):
    client, key = client_of(system), str(uuid.uuid4())
    data = {"username": "lixin", "name": "李新"}
    first = post(client, reverse("account-create"), data, key)
    second = post(client, reverse("account-create"), data, key)
    assert second["Location"] == first["Location"]
    assert client.get(second["Location"]).context["password"]


def test_rejected_account_keeps_what_was_typed_and_can_be_sent_again(client_of, system):
    client, key = client_of(system), str(uuid.uuid4())
    page = post(client, reverse("account-create"), {"username": "system", "name": "李新"}, key)
    assert (page.status_code, page.context["form"]["name"].value()) == (200, "李新")
    assert key in page.content.decode()
    assert not Submission.objects.exists()
    again = post(client, reverse("account-create"), {"username": "lixin", "name": "李新"}, key)
    assert again.status_code == 302


def test_disable_and_enable(client_of, system, worker):
    client = client_of(system)
    signed_in = client_of(worker)
    assert get_user(signed_in) == worker
    post(client, reverse("account-disable", args=[worker.pk]))
    assert get_user(signed_in).is_anonymous
    post(client, reverse("account-enable", args=[worker.pk]))
    assert User.objects.get(pk=worker.pk).is_active


def test_reset_shows_the_new_password_once(client_of, system, worker):
    client = client_of(system)
    answer = post(client, reverse("account-reset", args=[worker.pk]))
    account = User.objects.get(pk=worker.pk)
    assert account.must_change_password
    assert account.check_password(client.get(answer["Location"]).context["password"])


def test_second_editor_is_told_and_loses_nothing(client_of, system, worker):
    client, url = client_of(system), reverse("account-rename", args=[worker.pk])
    versions = client.get(url).context["form"]["versions"].value()
    post(client, url, {"name": "先改的"})
    data = {"versions": versions, "name": "后改的", "_key": str(uuid.uuid4())}
    page = client.post(url, data)
    assert page.status_code == 409
    form = page.context["form"]
    assert form["name"].value() == "后改的"
    assert "别人改过" in form.non_field_errors()[0]
    assert User.objects.get(pk=worker.pk).name == "先改的"
    data["versions"] = form["versions"].value()
    assert client.post(url, data).status_code == 302
    assert User.objects.get(pk=worker.pk).name == "后改的"


@pytest.mark.parametrize("versions", ["", "0", "abc", "1:x", "999999:1"])
def test_missing_or_made_up_version_is_refused(client_of, system, worker, versions):
    url = reverse("account-disable", args=[worker.pk])
    answer = client_of(system).post(url, {"versions": versions, "_key": str(uuid.uuid4())})
    assert answer.status_code in {200, 409}
    assert User.objects.get(pk=worker.pk).is_active


# --- roles ----------------------------------------------------------------------------------------
def test_grant_role(client_of, security, worker, other_community):
    client = client_of(security)
    data = {
        "user": worker.pk,
        "role": Role.COMMUNITY_STAFF,
        "unit": other_community.pk,
        "valid_from": "2025年3月1日",
        "valid_to": "",
    }
    assert post(client, reverse("role-grant"), data)["Location"] == reverse("role-list")
    assert worker.assignments.filter(unit=other_community, valid_to=None).exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"role": Role.SYSTEM_ADMINISTRATOR}, "role"),
        ({"role": "king"}, "role"),
        ({"valid_from": "昨天"}, "valid_from"),
        ({"valid_to": "2020-01-01"}, "valid_to"),
        ({"user": "9" * 30}, "user"),
        ({"unit": "\x00"}, "unit"),
    ],
)
def test_bad_grant_is_named_at_its_field(
    client_of, security, worker, other_community, changes, field
):
    data = {
        "user": worker.pk,
        "role": Role.COMMUNITY_STAFF,
        "unit": other_community.pk,
        "valid_from": "2025-03-01",
    }
    page = post(client_of(security), reverse("role-grant"), data | changes)
    assert page.status_code == 200
    assert list(page.context["form"].errors) == [field]


def test_grant_offers_neither_oneself_nor_strangers(client_of, security, worker, stranger):
    form = client_of(security).get(reverse("role-grant")).context["form"]
    assert list(form.fields["user"].queryset) == [worker]
    units = form.fields["unit"].queryset.values_list("name", flat=True)
    assert list(units) == ["春华街道", "明珠社区"]


def test_end_role(client_of, security, worker):
    role = worker.assignments.get()
    answer = post(client_of(security), reverse("role-end", args=[role.pk]), {"last_day": ""})
    assert answer["Location"] == reverse("role-list")
    assert RoleAssignment.objects.get(pk=role.pk).valid_to < timezone.localdate()


def test_own_role_is_not_ended(client_of, security):
    url = reverse("role-end", args=[security.assignments.get().pk])
    assert post(client_of(security), url).status_code == 403


def test_role_table_says_what_each_role_may_do(client_of, worker):
    page = client_of(worker).get(reverse("role-table"))
    labels = [role["label"] for role in page.context["roles"]]
    assert labels == [role.label for role in Role]
    assert "填写用途后查看完整证件号码和电话，每次留痕" in page.content.decode()
