"""权限一览: who holds what within one's units, unused and ending roles, the same as a workbook."""

import io
import uuid
from datetime import date, timedelta

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portal.models import AccessLog, RoleAssignment, User
from portal.roles import Role
from tests.conftest import as_command

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LIST, EXPORT = "holder-list", "holder-export"


@pytest.fixture
def security(make_user, street):
    return make_user(Role.SECURITY_ADMINISTRATOR, street, "security", name="安管员")


@pytest.fixture
def worker(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community, "worker", name="张小红")


@pytest.fixture
def page(client_of, security):
    browser = client_of(security)

    def get(**params):
        answer = browser.get(reverse(LIST), params)
        assert answer.status_code == 200
        return [[cell["value"] for cell in row["cells"]] for row in answer.context["rows"]]

    get.browser = browser
    return get


def changed(user, **values):
    with as_command():
        User.objects.filter(pk=user.pk).update(**values)


def names(rows):
    return {row[1] for row in rows}


def test_each_role_is_told_with_unit_days_giver_and_last_sign_in(
    page, worker, security, acting, community
):
    today = timezone.localdate()
    with acting(security):
        RoleAssignment.objects.create(
            user=worker,
            unit=community,
            role=Role.VOLUNTEER_LEADER,
            valid_from=today,
            valid_to=today + 3 * DAY,
            reason="春节活动",
            granted_by=security,
        )
    changed(worker, last_login=timezone.make_aware(timezone.datetime(2026, 1, 2, 9, 30)))
    long, short = (row for row in page() if row[1] == "worker")
    assert long == [
        "张小红", "worker", "社区工作人员", f"{community.parent} · {community}",
        "2020-01-01", "长期", "有效", "系统命令", "2026-01-02 09:30", "启用",
    ]  # fmt: skip
    assert short[5:8] == [f"{today + 3 * DAY:%Y-%m-%d}", "3 天后到期", "安管员"]
    assert [row[2] for row in page(state="soon")] == ["志愿队长"]


def test_roles_that_nobody_used_for_ninety_days_are_found(page, worker, make_user, community):
    now = timezone.now()
    never = make_user(Role.COMMUNITY_STAFF, community, "never")
    fresh = make_user(Role.COMMUNITY_STAFF, community, "fresh")
    gone = make_user(Role.COMMUNITY_STAFF, community, "gone", is_active=False)
    changed(worker, last_login=now - 91 * DAY)
    for user in (never, gone):
        changed(user, password_set_at=now - 91 * DAY)
    assert names(page(state="unused")) == {"worker", "never"}
    changed(worker, last_login=now - 89 * DAY)
    assert names(page(state="unused")) == {"never"}
    assert fresh.username in names(page())
    assert names(page(state="disabled")) == {"gone"}


def test_by_role_and_by_a_unit_with_all_below_it(
    page, worker, make_user, street, community, other_community
):
    make_user(Role.COMMUNITY_HEAD, other_community, "head")
    assert names(page(role=Role.COMMUNITY_HEAD)) == {"head"}
    assert names(page(unit=community.pk)) == {"worker"}
    assert names(page(unit=street.pk)) == {"worker", "head", "security"}
    assert page(role="emperor") == []
    assert page(unit="1 OR 1") == []


def test_words_and_conditions_go_on_together(page, worker, make_user, community):
    make_user(Role.COMMUNITY_HEAD, community, "head", name="张大红")
    answer = page.browser.post(
        f"{reverse(LIST)}?role={Role.COMMUNITY_HEAD}", {"q": "红"}, follow=True
    )
    assert [row["cells"][1]["value"] for row in answer.context["rows"]] == ["head"]
    assert "红" not in answer.redirect_chain[0][0]


@pytest.mark.parametrize("role", [Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR])
def test_administrators_see_their_own_units_alone(
    client_of, make_user, worker, other_street, street, role
):
    there = client_of(make_user(role, other_street, "there"))
    rows = there.get(reverse(LIST)).context["rows"]
    assert [row["cells"][1]["value"] for row in rows] == ["there"]
    assert there.get(reverse(LIST), {"unit": street.pk}).context["rows"] == []
    here = client_of(make_user(role, street, "here"))
    answer = here.get(reverse(LIST))
    assert {row["cells"][1]["value"] for row in answer.context["rows"]} == {"worker", "here"}
    assert f'href="{reverse(LIST)}"' in answer.content.decode()  # of the menu


@pytest.mark.parametrize(
    "role", sorted(set(Role) - {"security_administrator", "audit_administrator"})
)
def test_nobody_else_looks_or_exports(client_of, make_user, street, role):
    client = client_of(make_user(role, street))
    assert client.get(reverse(LIST)).status_code == 403
    assert client.post(reverse(EXPORT), {"_key": str(uuid.uuid4())}).status_code == 403


def test_past_roles_are_no_rights(page, worker):
    with as_command():
        worker.assignments.update(valid_to=date(2021, 1, 1))
    assert names(page()) == {"security"}


def test_the_workbook_holds_what_was_found_and_leaves_a_trace(page, worker, security, acting):
    url = f"{reverse(EXPORT)}?role={Role.COMMUNITY_STAFF}"
    answer = page.browser.post(url)
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.values)
    assert [row[1] for row in rows if row[0] == "张小红"] == ["worker"]
    assert not [row for row in rows if "security" in row]
    with acting(security):
        log = AccessLog.objects.get(subject="portal.roleassignment")
    assert (log.action, log.rows) == (AccessLog.Action.EXPORT, 1)
    assert "社区工作人员" in log.purpose
    assert page.browser.get(reverse(EXPORT)).status_code == 405


def test_the_number_of_queries_does_not_grow_with_the_rows(page, worker, make_user, community):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert page()
        return len(queries)

    asked()
    one = asked()
    for name in "ab":
        make_user(Role.COMMUNITY_STAFF, community, f"more-{name}")
    assert len(page(unit=community.pk)) == 3
    assert asked() == one
    assert one <= 20, one
