"""Who may hand out accounts and roles, and which roles exclude each other."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.accounts import services
from portal.accounts.permissions import accounts_in_reach, assignments_in_reach
from portal.accounts.placement import LEVELS, conflicting
from portal.errors import StaleRecord
from portal.models import RoleAssignment, User
from portal.models.units import UnitKind
from portal.roles import ADMINISTRATORS, DUTIES, Role
from portal.scope import Access, Denied
from tests.conftest import as_command

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def system(make_user, street):
    return make_user(Role.SYSTEM_ADMINISTRATOR, street, "system")


@pytest.fixture
def security(make_user, street):
    return make_user(Role.SECURITY_ADMINISTRATOR, street, "security")


@pytest.fixture
def newcomer():
    with as_command():
        return User.objects.create_user("newcomer", "李新")


@pytest.fixture
def grant(security, newcomer, community, today, acting):
    def granted(role=Role.COMMUNITY_STAFF, unit=community, user=None, by=security, **days):
        days = {"valid_from": today, "reason": "临时帮忙"} | days
        with acting(by):
            return services.grant_role(user=user or newcomer, unit=unit, role=role, by=by, **days)

    return granted


def fresh(account):
    return User.objects.get(pk=account.pk)


# --- accounts -----------------------------------------------------------------------------------
def test_create_account_has_a_single_use_password_and_no_power(system, acting):
    with acting(system):
        account, password = services.create_account(username=" LiXin ", name="李 新", by=system)
    assert (account.username, account.name, account.must_change_password) == ("lixin", "李新", True)
    assert fresh(account).check_password(password)
    assert Access(account).all_units == frozenset()


def test_single_use_passwords_differ(system, acting):
    with acting(system):
        pairs = [
            services.create_account(username=f"user-{n}", name="李新", by=system) for n in range(20)
        ]
    assert len({password for _, password in pairs}) == 20


@pytest.mark.parametrize(
    "username",
    [
        "",
        "ab",
        "1abc",
        "李新",
        "li xin",
        "li@xin",
        "x" * 41,
        "lixin\n;",
        "demo-worker",
        "ＳＹＳＴＥＭ",
    ],
)
def test_create_account_with_a_bad_or_taken_user_name_refused(system, acting, username):
    with acting(system), pytest.raises(ValidationError):
        services.create_account(username=username, name="李新", by=system)


def test_only_the_system_administrator_creates_accounts(make_user, acting, street):
    for role in set(Role) - {Role.SYSTEM_ADMINISTRATOR}:
        user = make_user(role, street)
        with acting(user), pytest.raises(Denied):
            services.create_account(username="lixin", name="李新", by=user)


def test_administrator_sees_accounts_of_its_units_past_ones_and_those_without_role(
    make_user, system, newcomer, community, other_street, today
):
    here = make_user(Role.COMMUNITY_STAFF, community)
    gone = make_user(Role.COMMUNITY_STAFF, community)
    there = make_user(Role.STREET_SECTION, other_street)
    with as_command():
        gone.assignments.update(valid_to=today - DAY)
    assert set(accounts_in_reach(system)) == {system, newcomer, here, gone}
    assert not accounts_in_reach(there).exists()


def test_administrator_sees_roles_of_its_units_only(make_user, security, community, other_street):
    here = make_user(Role.COMMUNITY_STAFF, community)
    make_user(Role.STREET_SECTION, other_street)
    assert set(assignments_in_reach(security).values_list("user", flat=True)) == {
        security.pk,
        here.pk,
    }


ACTS = {
    "disable": lambda account, by: services.disable_account(account, by=by),
    "enable": lambda account, by: services.enable_account(account, by=by),
    "reset": lambda account, by: services.reset_password(account, by=by),
    "rename": lambda account, by: services.rename_account(account, name="新名字", by=by),
}


@pytest.mark.parametrize("act", ACTS)
def test_administrator_manages_staff_of_its_units(make_user, system, acting, community, act):
    worker = make_user(Role.COMMUNITY_STAFF, community)
    with acting(system):
        ACTS[act](worker, system)
    assert fresh(worker).version == worker.version == 2


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("role", sorted(ADMINISTRATORS))
def test_no_administrator_takes_over_another(make_user, system, acting, street, act, role):
    other = make_user(role, street)
    with acting(system), pytest.raises(Denied, match="管理员账号"):
        ACTS[act](other, system)


@pytest.mark.parametrize("act", ACTS)
def test_account_with_a_role_elsewhere_is_out_of_reach(
    make_user, system, acting, community, district, today, act
):
    worker = make_user(Role.COMMUNITY_STAFF, community)
    with as_command():
        worker.assignments.update(valid_to=today - DAY)
        RoleAssignment.objects.create(
            user=worker, unit=district, role=Role.STREET_SUPERVISOR, valid_from=today + DAY
        )
    with acting(system), pytest.raises(Denied, match="管辖范围以外"):
        ACTS[act](worker, system)


@pytest.mark.parametrize("act", ACTS)
def test_administrators_do_not_manage_themselves(system, acting, act):
    with acting(system), pytest.raises(Denied, match="您自己的账号"):
        ACTS[act](system, system)


@pytest.mark.parametrize("act", ACTS)
def test_account_changed_meanwhile_is_refused(make_user, system, acting, community, act):
    worker = make_user(Role.COMMUNITY_STAFF, community)
    with acting(system):
        services.rename_account(fresh(worker), name="先改的", by=system)
        with pytest.raises(StaleRecord):
            ACTS[act](worker, system)


# --- granting ------------------------------------------------------------------------------------
def test_granted_role_works_from_its_first_day(grant, newcomer, community, today):
    grant(valid_from=today)
    assert Access(newcomer).may("residents.edit", community.pk)


def test_granted_role_does_not_work_before_its_first_day(grant, newcomer, today):
    grant(valid_from=today + DAY)
    assert Access(newcomer).all_units == frozenset()


def test_only_the_security_administrator_grants(make_user, grant, street):
    for role in set(Role) - {Role.SECURITY_ADMINISTRATOR}:
        with pytest.raises(Denied):
            grant(by=make_user(role, street))


def test_nobody_grants_to_themself(grant, security, street):
    with pytest.raises(Denied, match="不能给自己"):
        grant(Role.SECURITY_ADMINISTRATOR, street, user=security)


def test_nobody_grants_outside_their_units(grant, other_street, district):
    for unit in (other_street, district):
        with pytest.raises(Denied):
            grant(Role.STREET_SECTION, unit)


def test_which_roles_one_account_may_hold():
    """Business roles go together; an administrator's, and a trainee's, stands alone."""
    alone = ADMINISTRATORS | {Role.TRAINEE}
    refused = {(first, second) for first in Role for second in Role if conflicting(second, {first})}
    assert refused == {
        (first, second)
        for first in Role
        for second in Role
        if first != second and {first, second} & alone
    }


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (Role.STREET_SECTION, Role.SYSTEM_ADMINISTRATOR),
        (Role.AUDIT_ADMINISTRATOR, Role.STREET_SECTION),
        (Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR),
        (Role.STREET_SECTION, Role.STREET_SECTION),
    ],
)
def test_excluding_or_equal_role_refused(grant, street, first, second):
    grant(first, street)
    with pytest.raises(ValidationError) as refusal:
        grant(second, street)
    assert list(refusal.value.error_dict) == ["role"]


def test_several_business_roles_granted(grant, newcomer, street):
    grant(Role.COMMUNITY_STAFF)
    grant(Role.SANITATION_INSPECTOR)
    grant(Role.STREET_SECTION, street)
    assert newcomer.assignments.count() == 3


def test_administrator_role_follows_after_business_roles_have_ended(
    grant, newcomer, street, community, today
):
    grant(Role.COMMUNITY_STAFF, community, valid_from=today - 9 * DAY, valid_to=today)
    with pytest.raises(ValidationError, match="管理员"):
        grant(Role.SYSTEM_ADMINISTRATOR, street, valid_from=today)
    assert grant(Role.SYSTEM_ADMINISTRATOR, street, valid_from=today + DAY).pk


def test_role_above_or_below_its_level_refused(grant, street):
    with pytest.raises(ValidationError, match="“社区工作人员”只能在社区一级任职"):
        grant(Role.COMMUNITY_STAFF, street)
    with pytest.raises(ValidationError, match="“审计管理员”只能在区县或街道一级任职"):
        grant(Role.AUDIT_ADMINISTRATOR)


def test_every_role_has_a_level_and_administrators_stand_high():
    assert LEVELS.keys() == DUTIES.keys() == set(Role)
    above = {UnitKind.STREET, UnitKind.DISTRICT}
    assert all(LEVELS[role] == above for role in ADMINISTRATORS)
    assert not any(UnitKind.GRID in levels for levels in LEVELS.values())


def test_grant_refused_for_bad_days_ended_unit_or_disabled_account(
    grant, newcomer, community, today
):
    with pytest.raises(ValidationError, match="结束日期"):
        grant(valid_to=today - DAY)
    with pytest.raises(ValidationError, match="结束日期"):
        grant(valid_from=today + 2 * DAY, valid_to=today + DAY)
    with as_command():
        type(community).objects.filter(pk=community.pk).update(valid_to=today - DAY)
    with pytest.raises(ValidationError, match="已经停用"):
        grant()
    with as_command():
        User.objects.filter(pk=newcomer.pk).update(is_active=False)
    with pytest.raises(ValidationError, match="账号已停用"):
        grant()


# --- ending --------------------------------------------------------------------------------------
def end(assignment, by, acting, **options):
    with acting(by):
        services.end_role(RoleAssignment.objects.get(pk=assignment.pk), by=by, **options)


def test_ended_role_is_over_at_once(make_user, security, acting, community, today):
    worker = make_user(Role.COMMUNITY_STAFF, community)
    role = worker.assignments.get()
    end(role, security, acting)
    assert worker.assignments.get().valid_to == today - DAY
    assert Access(worker).all_units == frozenset()


def test_role_ends_after_its_last_day(make_user, security, acting, community, today):
    worker = make_user(Role.COMMUNITY_STAFF, community)
    end(worker.assignments.get(), security, acting, last_day=today)
    assert worker.assignments.get().valid_to == today
    assert Access(worker).may("residents.edit")


@pytest.mark.parametrize("days", [0, 5])
def test_role_that_has_hardly_begun_is_removed(grant, newcomer, security, acting, today, days):
    end(grant(valid_from=today + days * DAY), security, acting)
    assert not newcomer.assignments.exists()


def test_removing_a_role_that_changed_meanwhile_is_refused(grant, newcomer, security, acting):
    role = grant()
    with as_command():
        newcomer.assignments.update(role=Role.WINDOW_CLERK)
    with acting(security), pytest.raises(StaleRecord):
        services.end_role(role, by=security)
    assert newcomer.assignments.exists()


def test_end_refused_for_a_past_day_or_a_past_role(make_user, security, acting, community, today):
    role = make_user(Role.COMMUNITY_STAFF, community).assignments.get()
    with pytest.raises(ValidationError, match="不能早于今天"):
        end(role, security, acting, last_day=today - DAY)
    end(role, security, acting)
    with pytest.raises(ValidationError, match="已经结束"):
        end(role, security, acting)


def test_nobody_ends_their_own_role(security, acting):
    with pytest.raises(Denied, match="自己的角色"):
        end(security.assignments.get(), security, acting)


def test_only_the_security_administrator_of_the_unit_ends_roles(
    make_user, acting, street, other_street, community
):
    role = make_user(Role.COMMUNITY_STAFF, community).assignments.get()
    strangers = [(r, street) for r in set(Role) - {Role.SECURITY_ADMINISTRATOR}]
    for stranger, unit in [*strangers, (Role.SECURITY_ADMINISTRATOR, other_street)]:
        with pytest.raises(Denied):
            end(role, make_user(stranger, unit), acting)
