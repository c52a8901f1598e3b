"""Units change with dates; records stay with the unit that made them."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.accounts.services import create_account
from portal.errors import OutOfScope, StaleRecord
from portal.models import AccessLog, RoleAssignment, Unit, UnitChange
from portal.models.units import UnitKind
from portal.roles import Role
from portal.scope import Access, Denied
from portal.units import services
from tests.conftest import as_command

ON = date(2025, 7, 1)
EVE = date(2025, 6, 30)

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_admin():
    """Writes as a command: the services' own permission checks have tests of their own."""
    with as_command():
        yield


@pytest.fixture
def found_grid(as_admin):
    def found(community, name, number="001"):
        return services.create_unit(
            code=f"{community.code}{number}", name=name, parent=community, valid_from=None, by=None
        )

    return found


def fresh(unit):
    return Unit.objects.get(pk=unit.pk)


def new_community(street, number="009", name="东明社区", valid_from=ON):
    return services.create_unit(
        code=f"{street.code[:9]}{number}", name=name, parent=street, valid_from=valid_from, by=None
    )


# --- founding -----------------------------------------------------------------------------------
def test_create_unit_stands_one_level_below_its_parent(as_admin, street):
    unit = new_community(street)
    assert (unit.kind, unit.parent, unit.valid_from) == (UnitKind.COMMUNITY, street, ON)


@pytest.mark.parametrize(
    ("code", "name", "field"),
    [
        ("44010300100", "短码社区", "code"),
        ("440103001001001", "长码社区", "code"),
        ("44010300100a", "字母社区", "code"),
        ("440103001٠٠٩", "异体数字社区", "code"),
        ("440103001001", "重码社区", "code"),
        ("440103001009", "明珠社区", "name"),
        ("440103001009", "", "name"),
    ],
)
def test_create_unit_refused(as_admin, street, community, code, name, field):
    with pytest.raises(ValidationError) as refusal:
        services.create_unit(code=code, name=name, parent=street, valid_from=None, by=None)
    assert list(refusal.value.error_dict) == [field]


def test_create_unit_takes_fullwidth_digits(as_admin, street):
    unit = services.create_unit(
        code="４４０１０３００１００９",
        name=" 东明\u200b社区 ",
        parent=street,
        valid_from=None,
        by=None,
    )
    assert (unit.code, unit.name) == ("440103001009", "东明社区")


def test_grid_code_follows_its_community(as_admin, community):
    with pytest.raises(ValidationError, match="440103001001"):
        services.create_unit(
            code="440103001002001", name="第一网格", parent=community, valid_from=None, by=None
        )


def test_nothing_stands_below_a_grid(found_grid, community):
    grid = found_grid(community, "第一网格")
    with pytest.raises(ValidationError, match="不再设单位"):
        services.create_unit(code="1", name="x", parent=grid, valid_from=None, by=None)


def test_nothing_is_founded_below_an_ended_unit(as_admin, street, community):
    services.end_unit(community, on=ON, by=None)
    with pytest.raises(ValidationError, match="已经停用"):
        services.create_unit(
            code="440103001001001", name="第一网格", parent=community, valid_from=None, by=None
        )


# --- naming -------------------------------------------------------------------------------------
def test_rename_keeps_the_old_name_for_earlier_days(as_admin, community):
    services.rename_unit(community, name="明月社区", on=ON, by=None, note="清府〔2025〕3号")
    unit = fresh(community)
    assert [unit.name, unit.name_on(EVE), unit.name_on(ON)] == ["明月社区", "明珠社区", "明月社区"]
    change = unit.changes.get()
    assert (change.kind, change.effective_on, change.note) == ("rename", ON, "清府〔2025〕3号")


def test_rename_twice_names_each_time(as_admin, community):
    services.rename_unit(community, name="明月社区", on=date(2024, 1, 1), by=None)
    services.rename_unit(community, name="明星社区", on=ON, by=None)
    days = [date(2023, 12, 31), date(2024, 1, 1), EVE, ON]
    names = [fresh(community).name_on(day) for day in days]
    assert names == ["明珠社区", "明月社区", "明月社区", "明星社区"]


def test_rename_before_an_earlier_change_refused(as_admin, community):
    services.rename_unit(community, name="明月社区", on=ON, by=None)
    with pytest.raises(ValidationError, match="还有变动"):
        services.rename_unit(community, name="明星社区", on=EVE, by=None)


def test_rename_in_the_future_refused(as_admin, community):
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(ValidationError, match="不能晚于今天"):
        services.rename_unit(community, name="明月社区", on=tomorrow, by=None)


def test_rename_to_a_siblings_name_refused(as_admin, community, other_community):
    with pytest.raises(ValidationError, match="已有叫"):
        services.rename_unit(community, name="和平社区", on=ON, by=None)


def test_rename_over_a_newer_version_refused(as_admin, community):
    Unit.objects.filter(pk=community.pk).update(code="440103001008")
    with pytest.raises(StaleRecord):
        services.rename_unit(community, name="明月社区", on=ON, by=None)
    assert not UnitChange.objects.exists()


def test_correction_is_no_rename(as_admin, community):
    services.correct_unit(community, code="440103001011", name="明朱社区", valid_from=EVE, by=None)
    unit = fresh(community)
    assert (unit.code, unit.name, unit.valid_from) == ("440103001011", "明朱社区", EVE)
    assert not unit.changes.exists()


def test_correction_of_a_code_with_grids_refused(found_grid, community):
    found_grid(community, "第一网格")
    with pytest.raises(ValidationError, match="不能更正代码"):
        services.correct_unit(
            community, code="440103001011", name="明珠社区", valid_from=None, by=None
        )


# --- merging ------------------------------------------------------------------------------------
def test_merge_ends_the_unit_the_day_before(as_admin, community, other_community):
    services.merge_units([community], into=other_community, on=ON, by=None, note="清府〔2025〕9号")
    assert fresh(community).valid_to == EVE
    assert fresh(other_community).valid_to is None
    change = UnitChange.objects.get()
    assert (change.unit, change.successor, change.old_name, change.new_name) == (
        community,
        other_community,
        "明珠社区",
        "和平社区",
    )


def test_merge_of_several_into_a_new_one(as_admin, street, community, other_community):
    new = new_community(street)
    services.merge_units([community, other_community], into=new, on=ON, by=None)
    ended = Unit.objects.filter(valid_to=EVE).values_list("pk", flat=True)
    assert set(ended) == {community.pk, other_community.pk}
    assert new.predecessor_changes.count() == 2


def test_merge_goes_on_with_grids_under_the_successor(found_grid, community, other_community):
    found_grid(other_community, "第一网格")
    first, second = found_grid(community, "第一网格"), found_grid(community, "东区网格", "002")
    services.merge_units([community], into=other_community, on=ON, by=None)
    assert [fresh(first).valid_to, fresh(second).valid_to] == [EVE, EVE]
    assert [fresh(first).parent, fresh(second).parent] == [community, community]
    going_on = other_community.children.filter(valid_from=ON).values_list("code", "name")
    assert list(going_on) == [
        ("440103001002002", "第一网格（原明珠社区）"),
        ("440103001002003", "东区网格"),
    ]
    assert first.changes.get().successor.name == "第一网格（原明珠社区）"


def test_merge_leaves_grids_that_ended_before(found_grid, community, other_community):
    grid = found_grid(community, "第一网格")
    services.end_unit(grid, on=date(2024, 1, 1), by=None)
    services.merge_units([community], into=other_community, on=ON, by=None)
    assert fresh(grid).valid_to == date(2023, 12, 31)
    assert not other_community.children.exists()


def test_merge_continues_open_roles_only(make_user, as_admin, community, other_community):
    staying = make_user(Role.COMMUNITY_STAFF, community)
    gone = make_user(Role.COMMUNITY_STAFF, community)
    gone.assignments.update(valid_to=date(2024, 12, 31))
    limited = make_user(Role.WINDOW_CLERK, community)
    limited.assignments.update(valid_to=date(2030, 12, 31))
    services.merge_units([community], into=other_community, on=ON, by=None)
    rows = RoleAssignment.objects.order_by("user", "valid_from")
    found = list(rows.values_list("user", "unit", "role", "valid_from", "valid_to"))
    begin, old, new = date(2020, 1, 1), community.pk, other_community.pk
    assert found == [
        (staying.pk, old, "community_staff", begin, EVE),
        (staying.pk, new, "community_staff", ON, None),
        (gone.pk, old, "community_staff", begin, date(2024, 12, 31)),
        (limited.pk, old, "window_clerk", begin, EVE),
        (limited.pk, new, "window_clerk", ON, date(2030, 12, 31)),
    ]


def test_merge_does_not_double_a_role_held_at_the_successor(
    make_user, as_admin, community, other_community
):
    user = make_user(Role.COMMUNITY_STAFF, community)
    RoleAssignment.objects.create(
        user=user, unit=other_community, role=Role.COMMUNITY_STAFF, valid_from=date(2021, 1, 1)
    )
    services.merge_units([community], into=other_community, on=ON, by=None)
    assert user.assignments.filter(unit=other_community).count() == 1


def test_merge_moves_a_role_that_began_later(make_user, as_admin, community, other_community):
    user = make_user(Role.COMMUNITY_STAFF, community)
    user.assignments.update(valid_from=date(2025, 8, 1))
    services.merge_units([community], into=other_community, on=ON, by=None)
    role = user.assignments.get()
    assert (role.unit, role.valid_from) == (other_community, date(2025, 8, 1))


def test_merge_into_itself_refused(as_admin, community):
    with pytest.raises(ValidationError, match="由它自己承接"):
        services.merge_units([community], into=community, on=ON, by=None)


def test_merge_in_a_circle_refused(as_admin, community, other_community):
    services.merge_units([community], into=other_community, on=ON, by=None)
    with pytest.raises(ValidationError, match="已经停用"):
        services.merge_units([other_community], into=community, on=ON, by=None)


def test_merge_of_an_ended_unit_refused(as_admin, street, community, other_community):
    third = new_community(street)
    services.merge_units([community], into=other_community, on=ON, by=None)
    with pytest.raises(ValidationError, match="已经停用"):
        services.merge_units([community], into=third, on=ON + timedelta(days=1), by=None)


def test_merge_into_another_street_refused(as_admin, community, other_street):
    there = services.create_unit(
        code="440103002001", name="银杏社区", parent=other_street, valid_from=None, by=None
    )
    with pytest.raises(ValidationError, match="同一上级"):
        services.merge_units([community], into=there, on=ON, by=None)


def test_merge_into_another_level_refused(found_grid, community, other_community):
    grid = found_grid(other_community, "第一网格")
    with pytest.raises(ValidationError, match="同级"):
        services.merge_units([community], into=grid, on=ON, by=None)


def test_merge_of_streets_refused(as_admin, street, other_street):
    with pytest.raises(ValidationError, match="不能在这里办理"):
        services.merge_units([street], into=other_street, on=ON, by=None)


def test_merge_before_the_successor_begins_refused(as_admin, street, community):
    new = new_community(street, valid_from=ON + timedelta(days=1))
    with pytest.raises(ValidationError, match="尚未启用"):
        services.merge_units([community], into=new, on=ON, by=None)


def test_merge_that_fails_halfway_changes_nothing(as_admin, street, community, other_community):
    first, stale = fresh(other_community), fresh(community)
    Unit.objects.filter(pk=community.pk).update(name="明月社区")
    with pytest.raises(StaleRecord):
        services.merge_units([first, stale], into=new_community(street), on=ON, by=None)
    assert not UnitChange.objects.exists()
    assert fresh(other_community).valid_to is None


# --- splitting and ending -----------------------------------------------------------------------
@pytest.fixture
def two_new(as_admin, street):
    return [new_community(street, "011", "东明珠社区"), new_community(street, "012", "西明珠社区")]


def test_split_ends_the_unit_and_names_every_successor(as_admin, community, two_new):
    services.split_unit(community, into=two_new, on=ON, by=None)
    assert fresh(community).valid_to == EVE
    changes = UnitChange.objects.order_by("pk").values_list("kind", "unit", "successor")
    assert list(changes) == [("split", community.pk, unit.pk) for unit in two_new]


def test_split_hands_grids_over_as_decided(found_grid, community, two_new):
    east, lake = found_grid(community, "东网格"), found_grid(community, "湖网格", "002")
    services.split_unit(
        community, into=two_new, on=ON, by=None, grids={east: two_new[0], lake: None}
    )
    assert [fresh(east).valid_to, fresh(lake).valid_to] == [EVE, EVE]
    going_on = Unit.objects.filter(kind=UnitKind.GRID, valid_to=None)
    assert list(going_on.values_list("parent", "name")) == [(two_new[0].pk, "东网格")]


def test_split_leaves_roles_for_a_decision(make_user, community, two_new):
    user = make_user(Role.COMMUNITY_STAFF, community)
    services.split_unit(community, into=two_new, on=ON, by=None)
    role = user.assignments.get()
    assert (role.unit, role.valid_to) == (community, None)


@pytest.mark.parametrize("number", [0, 1])
def test_split_into_fewer_than_two_refused(as_admin, community, two_new, number):
    with pytest.raises(ValidationError, match="至少要有两个"):
        services.split_unit(community, into=two_new[:1] * (number + 1), on=ON, by=None)


def test_split_into_itself_refused(as_admin, community, two_new):
    with pytest.raises(ValidationError, match="由它自己承接"):
        services.split_unit(community, into=[two_new[0], community], on=ON, by=None)


def test_split_of_a_grid_to_a_stranger_refused(found_grid, community, other_community, two_new):
    grid = found_grid(community, "东网格")
    with pytest.raises(ValidationError, match="只能划给承接单位"):
        services.split_unit(community, into=two_new, on=ON, by=None, grids={grid: other_community})


def test_end_unit_with_open_units_below_refused(found_grid, community):
    found_grid(community, "第一网格")
    with pytest.raises(ValidationError, match="还有在用的单位"):
        services.end_unit(community, on=ON, by=None)


def test_end_before_it_began_refused_by_the_database_too(as_admin, street):
    unit = new_community(street)
    with pytest.raises(ValidationError, match="应晚于"):
        services.end_unit(unit, on=ON, by=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Unit.objects.filter(pk=unit.pk).update(valid_to=EVE)


# --- who may --------------------------------------------------------------------------------------
def test_only_the_system_administrator_changes_units(make_user, acting, street, community):
    for role in set(Role) - {Role.SYSTEM_ADMINISTRATOR}:
        user = make_user(role, street)
        with acting(user), pytest.raises(Denied):
            services.rename_unit(fresh(community), name="明月社区", on=ON, by=user)
    user = make_user(Role.SYSTEM_ADMINISTRATOR, street)
    with acting(user):
        services.rename_unit(fresh(community), name="明月社区", on=ON, by=user)
        assert UnitChange.objects.get().recorded_by == user


def test_administrator_of_another_street_refused(make_user, acting, other_street, community):
    user = make_user(Role.SYSTEM_ADMINISTRATOR, other_street)
    with acting(user), pytest.raises(OutOfScope):
        services.end_unit(community, on=ON, by=user)


# --- old records keep their unit, the successor sees them ------------------------------------------
def record_of(unit, user):
    return AccessLog.objects.create(unit=unit, user=user, action="unmask", subject="a.b")


def test_successors_staff_see_old_records_through_the_wall(
    make_user, acting, community, other_community
):
    former, there = (make_user(Role.COMMUNITY_STAFF, u) for u in (community, other_community))
    with acting(former):
        record = record_of(community, former)
    with acting(there):
        assert not AccessLog.objects.exists()
    with as_command():
        services.merge_units([community], into=other_community, on=ON, by=None)
    with acting(there):
        assert list(AccessLog.objects.values_list("pk", "unit")) == [(record.pk, community.pk)]
    with acting(former):  # whose role went on at the successor
        assert AccessLog.objects.count() == 1


def test_merged_twice_the_last_successor_sees_both(
    make_user, acting, street, community, other_community
):
    user = make_user(Role.COMMUNITY_STAFF, community)
    with acting(user):
        record_of(community, user)
    with as_command():
        third = new_community(street, valid_from=None)
        services.merge_units([community], into=other_community, on=ON, by=None)
        services.merge_units([fresh(other_community)], into=third, on=date(2025, 9, 1), by=None)
    head = make_user(Role.COMMUNITY_HEAD, third)
    with acting(head):
        assert AccessLog.objects.count() == 1


def test_both_parts_of_a_split_see_old_records_but_not_each_other(
    make_user, acting, community, two_new
):
    before = make_user(Role.COMMUNITY_STAFF, community)
    with acting(before):
        record_of(community, before)
    with as_command():
        services.split_unit(community, into=two_new, on=ON, by=None)
    east, west = (make_user(Role.COMMUNITY_STAFF, unit) for unit in two_new)
    for user, unit in ((east, two_new[0]), (west, two_new[1])):
        with acting(user):
            record_of(unit, user)
    for user, unit in ((east, two_new[0]), (west, two_new[1])):
        with acting(user):
            seen = set(AccessLog.objects.values_list("unit", flat=True))
            assert seen == {community.pk, unit.pk}


def test_street_still_sees_the_ended_communitys_records(
    make_user, acting, street, community, other_community
):
    user = make_user(Role.COMMUNITY_STAFF, community)
    with acting(user):
        record_of(community, user)
    with as_command():
        services.merge_units([community], into=other_community, on=ON, by=None)
    with acting(make_user(Role.STREET_SUPERVISOR, street)):
        assert AccessLog.objects.count() == 1


def test_account_without_role_sees_nothing_after_a_merger(acting, community, other_community):
    with as_command():
        user, _ = create_account(username="newcomer", name="李新", by=None)
        services.merge_units([community], into=other_community, on=ON, by=None)
    assert Access(user).all_units == frozenset()
