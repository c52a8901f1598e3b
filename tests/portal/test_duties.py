"""Three administrators who watch each other: what the database refuses, whatever the code does."""

import uuid
from datetime import timedelta
from itertools import product

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from portal.accounts import services
from portal.accounts.placement import conflicting
from portal.models import RoleAssignment, User
from portal.roles import ADMINISTRATORS, DOMAINS, DUTIES, Role
from portal.scope import Access, Denied
from portal.worklists import worklists
from tests.conftest import acting_as, as_command

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
DOINGS = {f"{domain}.{verb}" for domain in DOMAINS for verb in ("view", "edit")}


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def security(make_user, street):
    return make_user(Role.SECURITY_ADMINISTRATOR, street, "security")


@pytest.fixture
def newcomer(db):
    with as_command():
        return User.objects.create_user("newcomer", "李新")


@pytest.fixture
def worker(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community, "worker", name="张小红")


@pytest.fixture
def temporary(acting, security, newcomer, community, today):
    with acting(security):
        return services.grant_role(
            user=newcomer,
            unit=community,
            role=Role.COMMUNITY_STAFF,
            valid_from=today,
            valid_to=today + 3 * DAY,
            reason="年底数据核对",
            by=security,
        )


def stored(user, unit, role, **fields):
    fields = {"valid_from": timezone.localdate()} | fields
    return RoleAssignment.objects.create(user=user, unit=unit, role=role, **fields)


def refused(act):
    with pytest.raises(DatabaseError), transaction.atomic():
        act()


def post(client, url, **data):
    return client.post(url, {"_key": str(uuid.uuid4())} | data)


# --- what the roles hold ------------------------------------------------------------------------
def test_no_administrator_does_business_and_no_duty_is_in_two_hands():
    held = {role: DUTIES[role].permissions for role in ADMINISTRATORS}
    assert not any(permissions & DOINGS for permissions in held.values())
    for first, second in product(ADMINISTRATORS, repeat=2):
        assert first == second or not held[first] & held[second]
    for name in ("roles.manage", "accounts.manage", "units.manage", "audit.read"):
        assert sum(name in duty.permissions for duty in DUTIES.values()) == 1, name


# --- what the database refuses ------------------------------------------------------------------
@pytest.mark.parametrize("role", Role)
def test_the_database_refuses_a_grant_to_oneself(make_user, acting, street, role):
    user = make_user(role, street)
    with acting(user):
        for by in (user, None):
            refused(lambda by=by: stored(user, street, Role.STREET_SECTION, granted_by=by))
    assert user.assignments.count() == 1


def test_the_database_refuses_self_grants_of_commands_too(newcomer, street):
    with as_command():
        refused(lambda: stored(newcomer, street, Role.STREET_SECTION, granted_by=newcomer))


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.SECURITY_ADMINISTRATOR}))
def test_the_database_lets_nobody_else_grant(make_user, acting, street, newcomer, role):
    user = make_user(role, street)
    with acting(user):
        refused(lambda: stored(newcomer, street, Role.STREET_SECTION, granted_by=user))
        refused(lambda: stored(newcomer, street, Role.STREET_SECTION))


def test_the_database_refuses_a_grant_in_the_name_of_another(
    make_user, acting, street, newcomer, security
):
    other = make_user(Role.SECURITY_ADMINISTRATOR, street)
    with acting(security):
        refused(lambda: stored(newcomer, street, Role.STREET_SECTION, granted_by=other))
        assert stored(newcomer, street, Role.STREET_SECTION, granted_by=security).pk


@pytest.mark.parametrize("first", Role)
def test_the_database_refuses_the_mixtures_that_the_code_refuses(newcomer, street, today, first):
    days = {"valid_from": today + 9 * DAY, "valid_to": today + 20 * DAY}
    with as_command():
        stored(newcomer, street, first, valid_from=today, valid_to=today + 9 * DAY)
        for second in Role:
            if conflicting(second, {first}):
                refused(lambda second=second: stored(newcomer, street, second, **days))
            else:
                stored(newcomer, street, second, **days).delete()
            # After each other they may be.
            stored(newcomer, street, second, valid_from=today + 10 * DAY).delete()


def test_own_role_is_neither_ended_nor_removed(acting, security):
    with acting(security):
        role = security.assignments.get()
        refused(lambda: RoleAssignment.objects.filter(pk=role.pk).update(valid_to="2020-02-02"))
        refused(role.delete)


@pytest.mark.parametrize(
    "change",
    [
        {"valid_to": None},
        {"valid_to": timezone.localdate() + 30 * DAY},
        {"role": Role.COMMUNITY_HEAD},
        {"valid_from": timezone.localdate() - DAY},
        {"granted_by": None},
    ],
)
def test_a_grant_is_only_ever_shortened(acting, security, temporary, change):
    with acting(security):
        refused(lambda: RoleAssignment.objects.filter(pk=temporary.pk).update(**change))
        assert RoleAssignment.objects.filter(pk=temporary.pk).update(valid_to=temporary.valid_from)


def test_nobody_prolongs_a_role_not_even_a_command(temporary, today):
    with as_command():
        refused(lambda: RoleAssignment.objects.filter(pk=temporary.pk).update(valid_to=None))


def test_a_stand_in_without_reason_or_end_is_not_stored(newcomer, worker, community, today):
    with as_command():
        for fields in ({"reason": "产假"}, {"valid_to": today}):
            refused(
                lambda fields=fields: stored(
                    newcomer, community, Role.COMMUNITY_STAFF, stands_for=worker, **fields
                )
            )


# --- roles for a time ---------------------------------------------------------------------------
def test_temporary_role_is_over_at_the_next_request(client_of, temporary, newcomer, monkeypatch):
    client = client_of(newcomer)
    assert client.get("/ledger/residents/").status_code == 200
    after = timezone.localdate() + 4 * DAY
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *given: after)
    assert client.get("/ledger/residents/").status_code == 403


def test_a_temporary_role_says_why(acting, security, newcomer, community, today):
    with acting(security), pytest.raises(ValidationError) as refusal:
        services.grant_role(
            user=newcomer,
            unit=community,
            role=Role.COMMUNITY_STAFF,
            valid_from=today,
            valid_to=today + DAY,
            reason="  ",
            by=security,
        )
    assert list(refusal.value.error_dict) == ["reason"]


def test_soon_over_is_told_to_both_administrators(
    client_of, make_user, security, street, temporary
):
    told = client_of(security).get("/roles/?state=temporary").content.decode()
    assert "3 天后到期" in told
    assert "临时：年底数据核对" in told
    system = make_user(Role.SYSTEM_ADMINISTRATOR, street)
    assert "（临时，3 天后到期）" in client_of(system).get("/accounts/").content.decode()
    rows = worklists["portal.roles_ending"].of(Access(security))
    assert [row.pk for row in rows] == [temporary.pk]


@pytest.mark.parametrize(("days", "listed"), [(0, True), (7, True), (8, False)])
def test_seven_days_ahead(acting, security, temporary, today, days, listed):
    with as_command():
        RoleAssignment.objects.all().exclude(user=security).delete()
    with acting(security):
        services.grant_role(
            user=temporary.user,
            unit=temporary.unit,
            role=temporary.role,
            valid_from=today,
            valid_to=today + days * DAY,
            reason="帮忙",
            by=security,
        )
    assert worklists["portal.roles_ending"].of(Access(security)).exists() == listed


def test_prolonged_by_a_new_grant_with_a_reason(client_of, security, temporary, today):
    client, url = client_of(security), reverse("role-prolong", args=[temporary.pk])
    page = post(client, url, valid_to=str(today + 20 * DAY), reason="")
    assert list(page.context["form"].errors) == ["reason"]
    page = post(client, url, valid_to=str(today + 3 * DAY), reason="还要一周")
    assert list(page.context["form"].errors) == ["valid_to"]
    page = post(client, url, valid_to=str(today + 999 * DAY), reason="还要一周")
    assert list(page.context["form"].errors) == ["valid_to"]
    assert post(client, url, valid_to=str(today + 20 * DAY), reason="还要一周").status_code == 302
    old, new = RoleAssignment.objects.filter(user=temporary.user).order_by("valid_from")
    assert old.valid_to == temporary.valid_to
    assert (new.valid_from, new.valid_to) == (old.valid_to + DAY, today + 20 * DAY)
    assert (new.continues, new.granted_by, new.reason) == (old, security, "还要一周")
    assert not worklists["portal.roles_ending"].of(Access(security)).exists()


def test_prolonging_asks_for_the_right_and_for_an_end(
    client_of, make_user, security, worker, other_street, temporary, street
):
    lasting = worker.assignments.get()
    assert client_of(security).get(f"/roles/{lasting.pk}/prolong/").status_code == 403
    stranger = make_user(Role.SECURITY_ADMINISTRATOR, other_street)
    assert client_of(stranger).get(f"/roles/{temporary.pk}/prolong/").status_code == 404
    system = make_user(Role.SYSTEM_ADMINISTRATOR, street)
    assert client_of(system).get(f"/roles/{temporary.pk}/prolong/").status_code == 403


def test_stand_in_for_a_colleague_on_leave(client_of, security, worker, newcomer, community, today):
    client, url = client_of(security), reverse("role-grant")
    data = {
        "user": newcomer.pk,
        "role": Role.COMMUNITY_STAFF,
        "unit": community.pk,
        "valid_from": str(today),
        "valid_to": str(today + 30 * DAY),
        "stands_for": worker.pk,
        "reason": "产假期间代理",
    }
    for change, field in [
        ({"reason": ""}, "reason"),
        ({"valid_to": ""}, "valid_to"),
        ({"valid_to": str(today + 200 * DAY)}, "valid_to"),
        ({"role": Role.COMMUNITY_HEAD}, "stands_for"),
    ]:
        page = post(client, url, **(data | change))
        assert list(page.context["form"].errors) == [field], change
    assert post(client, url, **data).status_code == 302
    assert "代理张小红：产假期间代理" in client.get("/roles/").content.decode()
    assert Access(newcomer).may("residents.edit", community.pk)


# --- state × action × role ----------------------------------------------------------------------
STATES = {  # days from today: begins, ends
    "future": (2, 9),
    "lasting": (-9, None),
    "temporary": (-9, 5),
    "over": (-9, -2),
}
MAY = {
    "future": {"end", "end later", "prolong"},
    "lasting": {"end", "end later"},
    "temporary": {"end", "end later", "prolong"},
    "over": {"prolong"},  # it goes on from today
}
ACTS = {
    "end": lambda role, by, today: services.end_role(role, by=by),
    "end later": lambda role, by, today: services.end_role(role, last_day=today + 3 * DAY, by=by),
    "prolong": lambda role, by, today: services.prolong_role(
        role, valid_to=today + 60 * DAY, reason="还需要", by=by
    ),
}


PEOPLE = [*Role, "security elsewhere", "self"]


@pytest.mark.parametrize("who", PEOPLE)
def test_state_by_action_by_role(make_user, street, other_street, newcomer, today, who):
    unit = other_street if who == "security elsewhere" else street
    role = who if who in set(Role) else Role.SECURITY_ADMINISTRATOR
    by = make_user(role, unit)
    for state, act in product(STATES, ACTS):
        with transaction.atomic():
            _tried(state, act, who, by, newcomer, street, today)
            transaction.set_rollback(True)


def _tried(state, act, who, by, newcomer, street, today):
    begins, ends = (None if n is None else today + n * DAY for n in STATES[state])
    with as_command():
        holder = by if who == "self" else newcomer
        if who == "self":
            by.assignments.all().delete()
            stored(by, street, Role.SECURITY_ADMINISTRATOR, valid_to=today)
        role = stored(
            holder,
            street,
            Role.SECURITY_ADMINISTRATOR if who == "self" else Role.STREET_SECTION,
            valid_from=begins,
            valid_to=ends,
        )
    allowed = who == Role.SECURITY_ADMINISTRATOR and act in MAY[state]
    before = list(RoleAssignment.objects.order_by("pk").values())
    with acting_as(User.objects.get(pk=by.pk)):
        by = User.objects.get(pk=by.pk)
        role.refresh_from_db()
        if allowed:
            ACTS[act](role, by, today)
        else:
            with pytest.raises((Denied, ValidationError)), transaction.atomic():
                ACTS[act](role, by, today)
    changed = list(RoleAssignment.objects.order_by("pk").values()) != before
    assert changed == allowed, (state, act)
