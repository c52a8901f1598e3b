"""A leaver's work goes to others whole, or not at all; the past keeps its author."""

import uuid
from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone

from portal.handover.selectors import leavers, parts_of
from portal.handover.services import hand_over
from portal.models import Handover, HandoverItem, HandoverPart, RoleAssignment, User
from portal.pdf.measure import read_pdf
from portal.roles import DUTIES, Role
from portal.scope import Access, Denied
from portal.wall.classes import Own
from portal.worklists import worklists
from tests import factories
from tests.conftest import as_command
from tests.factories import cases
from tests.factories.everything import rows_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def leaver(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community, "leaver", name="陈离岗")


@pytest.fixture
def heir(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community, "heir", name="李接手")


@pytest.fixture
def head(make_user, community):
    return make_user(Role.COMMUNITY_HEAD, community, "head", name="王主任")


@pytest.fixture
def work(acting, community, leaver):
    """One row of every ledger recorded by the leaver, and what stands in the leaver's name."""
    past = timezone.localdate() - 9 * DAY
    with acting(community):
        for row in rows_of(community, "在办").values():
            fields = {each.name for each in row._meta.fields}
            if (
                {"recorded_by", "version"} <= fields
                and isinstance(row.wall, Own)
                and not row.wall.append_only
            ):
                type(row).objects.filter(pk=row.pk).update(recorded_by=leaver)
        problem = factories.problem(community, owner=leaver.name, due_on=past)
        done = factories.problem(
            community,
            title="已办结的",
            owner=leaver.name,
            state="solved",
            closed_on=date(2025, 7, 1),
            result="已修好",
        )
        agent = cases.agent(community, leaver.name, user=leaver)
        return {"problem": problem, "done": done, "agent": agent}


def mine(account) -> dict[str, set]:
    """By list the rows that are the account's own, where a list knows whose they are."""
    account = User.objects.get(pk=account.pk)
    access = Access(account)
    account._access = access
    found = {}
    for worklist in worklists:
        if (rows := worklist.of(access)) is None:
            continue
        if worklist.own or any(f.name == "recorded_by" for f in rows.model._meta.fields):
            found[worklist.code] = set(worklist.mine(rows, account).values_list("pk", flat=True))
    return found


def everything_to(account, leaver) -> dict:
    return {part.domain: account for part in parts_of(leaver)}


def hand(leaver, heir, head, acting, **changes):
    with acting(head):
        given = {
            "to": everything_to(heir, leaver),
            "last_day": timezone.localdate() - DAY,
            "reason": "调往区民政局",
            "by": head,
        }
        return hand_over(leaver, **given | changes)


def test_nothing_of_the_leaver_remains_open(acting, leaver, heir, head, work):
    with acting(head):
        before = mine(leaver)
        parts = parts_of(leaver)
    assert sum(map(len, before.values())) >= 5, before
    assert sum(part.count for part in parts) >= 5
    handover = hand(leaver, heir, head, acting)
    with acting(head):
        after = mine(heir)
        assert not [code for code, rows in before.items() if rows - after[code]]
        assert mine(leaver) == {}
        assert HandoverItem.objects.filter(part__handover=handover).count() == sum(
            part.count for part in parts
        )
        leaver = User.objects.get(pk=leaver.pk)
        assert not parts_of(leaver)[0].count if parts_of(leaver) else True


def test_the_past_keeps_its_author(acting, leaver, heir, head, work):
    hand(leaver, heir, head, acting)
    with acting(head):
        problem, done = work["problem"], work["done"]
        problem.refresh_from_db()
        done.refresh_from_db()
        assert (problem.owner, done.owner) == (heir.name, leaver.name)
        visit = type(done)._meta.apps.get_model("residents", "Visit")
        assert set(visit.objects.values_list("recorded_by", flat=True)) == {leaver.pk}


def test_duties_and_open_cases_go_on(acting, community, leaver, heir, head, work):
    with acting(community):
        case = cases.case(community, agent=work["agent"])
    hand(leaver, heir, head, acting)
    with acting(head):
        case.refresh_from_db()
        assert case.agent.user == heir
        old = work["agent"]
        old.refresh_from_db()
        assert old.ends_on == timezone.localdate() - DAY


def test_the_account_ends(client_of, acting, leaver, heir, head, work):
    client = client_of(leaver)
    assert get_user(client) == leaver
    hand(leaver, heir, head, acting)
    assert get_user(client).is_anonymous
    assert not Access(User.objects.get(pk=leaver.pk)).assignments


def test_a_leaver_works_until_the_last_day(client_of, acting, leaver, heir, head, monkeypatch):
    client, today = client_of(leaver), timezone.localdate()
    hand(leaver, heir, head, acting, last_day=today + 3 * DAY)
    assert get_user(client) == leaver
    assert RoleAssignment.objects.get(user=leaver).valid_to == today + 3 * DAY
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *given: today + 4 * DAY)
    assert get_user(client).is_anonymous


def test_what_was_taken_over_goes_along(acting, make_user, community, leaver, heir, head, work):
    with acting(head):
        before = mine(leaver)
    hand(leaver, heir, head, acting)
    third = make_user(Role.COMMUNITY_STAFF, community, "third", name="赵第三")
    hand(heir, third, head, acting)
    with acting(head):
        after = mine(third)
        assert not [code for code, rows in before.items() if rows - after[code]]


def test_open_work_without_a_receiver_moves_nothing(acting, leaver, heir, head, work):
    with acting(head):
        to = everything_to(heir, leaver)
        to.pop("residents")
    with pytest.raises(ValidationError) as refusal, transaction.atomic():
        hand(leaver, heir, head, acting, to=to)
    assert list(refusal.value.error_dict) == ["residents"]
    with acting(head):
        assert not Handover.objects.exists()
        work["problem"].refresh_from_db()
        assert work["problem"].owner == leaver.name
    assert User.objects.get(pk=leaver.pk).is_active


def test_a_receiver_needs_the_right(acting, make_user, community, leaver, head, work):
    window = make_user(Role.WINDOW_CLERK, community)
    with pytest.raises(ValidationError, match="没有"), transaction.atomic():
        hand(leaver, window, head, acting)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"last_day": date(2020, 1, 1)}, "last_day"),
        ({"last_day": timezone.localdate() + 90 * DAY}, "last_day"),
    ],
)
def test_bad_input_is_named(acting, leaver, heir, head, changes, field):
    with pytest.raises(ValidationError) as refusal, transaction.atomic():
        hand(leaver, heir, head, acting, **changes)
    assert list(refusal.value.error_dict) == [field]


def test_who_hands_over_whom(make_user, acting, community, other_community, street, leaver, head):
    """role × leaver: only where one leads, never oneself, an administrator or one with roles elsewhere."""
    both = make_user(Role.COMMUNITY_STAFF, community, "both")
    admin = make_user(Role.SYSTEM_ADMINISTRATOR, street, "admin")
    away = make_user(Role.COMMUNITY_STAFF, other_community, "away")
    with as_command():
        RoleAssignment.objects.create(
            user=both, unit=other_community, role=Role.COMMUNITY_STAFF, valid_from=date(2020, 1, 1)
        )
    leads = {role for role, duty in DUTIES.items() if "handover.manage" in duty.permissions}
    assert leads == {Role.COMMUNITY_HEAD, Role.STREET_SUPERVISOR}
    assert set(leavers(head)) == {leaver}
    supervisor = make_user(Role.STREET_SUPERVISOR, street)
    assert set(leavers(supervisor)) == {leaver, head, both, away}
    for role in Role:
        user = make_user(role, street if role not in leads else community)
        with acting(user):
            for target in (user, admin, away):
                with pytest.raises(Denied), transaction.atomic():
                    hand_over(target, to={}, last_day=timezone.localdate(), reason="调离", by=user)
    assert not Handover.objects.exists()


def test_the_record_is_never_changed(acting, leaver, heir, head, work):
    handover = hand(leaver, heir, head, acting)
    with acting(head):
        for rows in (
            Handover.objects.filter(pk=handover.pk),
            HandoverPart.objects.all(),
            HandoverItem.objects.all(),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                rows.delete()
    with acting(head), pytest.raises(DatabaseError), transaction.atomic():
        Handover.objects.update(reason="别的")


def test_from_the_page_to_the_paper(client_of, acting, leaver, heir, head, work):
    client = client_of(head)
    assert "陈离岗" in client.get("/handover/").content.decode()
    url = f"/handover/of/{leaver.pk}/"
    page = client.get(url)
    assert "楼道灯不亮" in page.content.decode()
    form = page.context["form"]
    data = {
        "_key": str(uuid.uuid4()),
        "versions": form["versions"].value(),
        "last_day": str(timezone.localdate()),
        "reason": "退休",
        **{part.domain: heir.pk for part in form.parts},
    }
    missing = client.post(url, data | {"reason": ""})
    assert missing.context["form"].errors["reason"] == ["请填写事由。"]
    missing = client.post(url, data | {"residents": ""})
    assert "请选择接手人" in str(missing.context["form"].errors)
    told = client.post(url, data).content.decode()
    assert f"转到 {heir.name} 名下" in told
    answer = client.post(url, data | {"step": "confirm"})
    assert answer.status_code == 302, answer.content.decode()
    assert "楼道灯不亮" in client.get(answer["Location"]).content.decode()
    paper = client.get(answer["Location"] + "paper.pdf")
    assert paper["Content-Type"] == "application/pdf"
    printed = read_pdf(paper.content)
    assert printed.sheets


def test_pages_are_closed_to_others(
    client_of, make_user, community, street, leaver, heir, head, acting
):
    handover = hand(leaver, heir, head, acting)
    for role in (Role.COMMUNITY_STAFF, Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR):
        client = client_of(make_user(role, community if role == Role.COMMUNITY_STAFF else street))
        for url in ("/handover/", f"/handover/of/{heir.pk}/", f"/handover/{handover.pk}/paper.pdf"):
            assert client.get(url).status_code == 403, (role, url)
