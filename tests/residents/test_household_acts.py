"""Acts on households keep history, leave one head on every day, and are undone exactly."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.roles import Role
from portal.scope import Denied
from residents.acts import journal, services
from residents.acts.services import Choices, NewHome
from residents.enums import ActKind, Bond, Relation, Sex
from residents.models import (
    Household,
    HouseholdAct,
    LifeEvent,
    Membership,
    ResidencySpell,
    Resident,
)
from tests import factories

DAY = date(2025, 3, 1)
R = Relation


@pytest.fixture
def staff(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community)


@pytest.fixture
def inside(acting, staff):
    with acting(staff):
        yield


@pytest.fixture
def family(inside, community):
    """Husband (head), wife, son, daughter-in-law, grandson; with a flat."""
    flat = factories.dwelling(factories.building(community), "1", "101")
    home = factories.household(community, "1-101", dwelling=flat, address=flat.address)
    for name, sex, relation in (
        ("黄文发", Sex.MALE, R.HEAD),
        ("李秀兰", Sex.FEMALE, R.SPOUSE),
        ("黄志强", Sex.MALE, R.SON),
        ("陈小燕", Sex.FEMALE, R.DAUGHTER_IN_LAW),
        ("黄小宝", Sex.MALE, R.GRANDCHILD),
    ):
        person = factories.resident(community, name, sex=sex, address=flat.address)
        factories.member(home, person, relation)
    return home


def row(name, **fields):
    return Membership.objects.kept().get(resident__name=name, ends_on__isnull=True, **fields)


def now(home, day=None):
    """Who is what in the household on the day, by name."""
    rows = Membership.objects.kept().filter(household=home)
    day = day or timezone.localdate()
    return {
        r.resident.name: Relation(r.relation).label
        for r in rows
        if r.starts_on <= day and (r.ends_on is None or r.ends_on >= day)
    }


def state():
    """Every column that tells of households and people, but versions and what is in the bin."""
    found = {}
    for model in (Household, Membership, Resident, ResidencySpell):
        for record in model.objects.kept():
            values = {f.attname: f.value_from_object(record) for f in record._meta.concrete_fields}
            del values["version"]
            found[model.__name__, record.pk] = values
    return found


def split(home, staff, names=("黄志强", "陈小燕", "黄小宝"), **given):
    given = {"on": DAY, "choices": Choices(head=row("黄志强")), "new": NewHome()} | given
    return services.split(home, [row(name) for name in names], by=staff, **given)


def test_split_keeps_before_and_after(family, staff):
    act = split(family, staff)
    assert now(act.other) == {"黄志强": "户主", "陈小燕": "配偶", "黄小宝": "子"}
    assert now(family) == {"黄文发": "户主", "李秀兰": "配偶"}
    assert now(family, DAY - timedelta(days=1)).keys() == {
        "黄文发", "李秀兰", "黄志强", "陈小燕", "黄小宝",
    }  # fmt: skip
    assert (act.other.number, act.other.dwelling) == ("1-101-2", family.dwelling)
    assert act.told[0] == "新立户“1-101-2”，地址：春华路 8 号 1 栋1单元101室。"


def test_split_of_the_head_asks_who_heads_those_who_stay(family, staff):
    with pytest.raises(ValidationError) as refusal:
        split(family, staff, ["黄文发"], choices=Choices())
    assert refusal.value.message_dict == {
        "stay_head": ["原户主不在这一户了，请从留下的人中选择新户主。"]
    }
    act = split(family, staff, ["黄文发"], choices=Choices(stay_head=row("黄志强")))
    assert now(act.other) == {"黄文发": "户主"}
    assert now(family) == {"黄志强": "户主", "李秀兰": "母", "陈小燕": "配偶", "黄小宝": "子"}


def test_divorce_leaves_two_households(family, staff, community):
    """The wife goes with the grandson to a flat of her own."""
    flat = factories.dwelling(factories.building(community, "2 栋"), "", "8")
    act = split(
        family,
        staff,
        ["陈小燕", "黄小宝"],
        choices=Choices(head=row("陈小燕")),
        new=NewHome(dwelling=flat),
    )
    assert now(act.other) == {"陈小燕": "户主", "黄小宝": "子"}
    assert (act.other.number, act.other.address) == ("8", "2 栋8室")
    assert now(family) == {"黄文发": "户主", "李秀兰": "配偶", "黄志强": "子"}


def test_merge_moves_all_to_the_other_household(family, staff):
    other = split(family, staff).other
    back = services.merge(
        other, family, on=date(2025, 6, 1), by=staff,
        choices=Choices(relations={row("黄志强").pk: R.SON}),
    )  # fmt: skip
    assert now(other) == {}
    assert now(family) == {
        "黄文发": "户主", "李秀兰": "配偶", "黄志强": "子", "陈小燕": "儿媳", "黄小宝": "孙辈",
    }  # fmt: skip
    assert now(other, date(2025, 5, 31)).keys() == {"黄志强", "陈小燕", "黄小宝"}
    assert back.told[-1] == "户“1-101-2”不再有成员。"


def test_move_takes_address_and_grid_along(family, staff, community):
    flat = factories.dwelling(factories.building(community, "9 栋"), "2", "501")
    members = list(family.memberships.all())
    act = services.move(
        family,
        members,
        on=DAY,
        by=staff,
        choices=Choices(),
        new=NewHome(dwelling=flat),
        with_registration=False,
    )
    assert act.other.address == "9 栋2单元501室"
    assert set(Resident.objects.values_list("address", flat=True)) == {act.other.address}
    # Without their 户籍 they are registered where they were.
    assert now(family)["黄文发"] == now(act.other)["黄文发"] == "户主"
    assert {m.bond for m in act.other.memberships.kept()} == {Bond.LIVING}
    assert LifeEvent.objects.kept().filter(kind="relocated").count() == 5


def test_move_with_registration_ends_the_old_household(family, staff):
    act = services.move(
        family, list(family.memberships.all()), on=DAY, by=staff, choices=Choices(),
        new=NewHome(number="新-1", address="滨河路 3 号"), with_registration=True,
    )  # fmt: skip
    assert (now(family), act.other.number) == ({}, "新-1")
    assert len(now(act.other)) == 5


def test_change_of_head_asks_every_relation_and_proposes_one(family, staff):
    services.change_head(family, row("李秀兰"), on=DAY, by=staff, choices=Choices())
    assert now(family) == {
        "李秀兰": "户主", "黄文发": "配偶", "黄志强": "子", "陈小燕": "儿媳", "黄小宝": "孙辈",
    }  # fmt: skip
    assert now(family, DAY - timedelta(days=1))["黄文发"] == "户主"


def test_a_relation_that_cannot_be_told_is_asked(family, staff):
    with pytest.raises(ValidationError) as refusal:
        services.change_head(family, row("黄小宝"), on=DAY, by=staff, choices=Choices())
    asked = {f"relation{row(name).pk}" for name in ("黄志强", "陈小燕")}
    assert refusal.value.message_dict.keys() == asked


def test_death_of_the_head(family, staff, community):
    person = row("黄文发").resident
    services.die(family, row("黄文发"), on=DAY, by=staff, choices=Choices(stay_head=row("李秀兰")))
    person.refresh_from_db()
    assert person.died_on == DAY
    assert now(family)["李秀兰"] == "户主"
    assert "黄文发" not in now(family)
    assert not ResidencySpell.objects.kept().filter(resident=person, ends_on=None).exists()


def test_death_of_a_household_of_one_ends_it(inside, staff, community):
    home = factories.household(community)
    factories.member(home, factories.resident(community, "单小梅"))
    act = services.die(home, row("单小梅"), on=DAY, by=staff, choices=Choices())
    assert now(home) == {}
    assert "户“1-101”不再有成员。" in act.told


def test_leave_closes_residency(family, staff):
    services.leave(family, [row("黄志强")], on=DAY, by=staff, choices=Choices(), to_place="外省")
    assert "黄志强" not in now(family)
    event = LifeEvent.objects.kept().get()
    assert (event.kind, event.to_place) == ("moved_out", "外省")


def test_join_asks_a_head_of_an_empty_household(inside, staff, community):
    home, person = factories.household(community), factories.resident(community, "单小梅")
    with pytest.raises(ValidationError, match="第一位应是户主"):
        services.join(home, person, R.SON, on=DAY, by=staff)
    services.join(home, person, R.HEAD, on=DAY, by=staff)
    second = factories.resident(community, "沈小涵")
    with pytest.raises(ValidationError, match="已有户主"):
        services.join(home, second, R.HEAD, on=DAY, by=staff)
    services.join(home, second, R.SPOUSE, on=DAY, by=staff)
    assert now(home) == {"单小梅": "户主", "沈小涵": "配偶"}


def test_registered_here_and_living_with_a_friend(family, staff, community):
    friend = factories.household(community, "2-202", address="文昌巷 6 号")
    factories.member(friend, factories.resident(community, "房东"))
    services.part(
        family, row("黄志强"), on=DAY, by=staff, stays=Bond.REGISTERED, into=friend,
        relation=R.NOT_KIN,
    )  # fmt: skip
    assert row("黄志强", household=family).bond == Bond.REGISTERED
    assert row("黄志强", household=friend).bond == Bond.LIVING
    person = row("黄志强", household=family).resident
    assert (person.residency, person.address) == ("here", "文昌巷 6 号")
    services.reunite(family, row("黄志强", household=family), on=date(2025, 9, 1), by=staff)
    assert row("黄志强").bond == Bond.BOTH


def test_living_outside_the_register_changes_the_residency(family, staff):
    services.part(
        family, row("黄志强"), on=DAY, by=staff, stays=Bond.REGISTERED, address="外省务工地"
    )
    person = row("黄志强").resident
    assert (person.residency, person.address) == ("away", "外省务工地")


# --- days and rights ------------------------------------------------------------------------------
def test_no_act_lies_in_the_future_or_before_the_last_change(family, staff):
    for day, message in (
        (timezone.localdate() + timedelta(days=1), "生效日期不能晚于今天。"),
        (date(2019, 12, 31), "户“1-101”的成员在2020年1月1日还有变动，生效日期不能早于这一天。"),
    ):
        with pytest.raises(ValidationError) as refusal:
            split(family, staff, on=day)
        assert refusal.value.message_dict == {"on": [message]}


def test_an_act_on_the_day_of_the_last_change_leaves_no_empty_days(family, staff):
    split(family, staff, on=date(2020, 1, 1))
    assert not Membership.objects.kept().filter(ends_on__lt=date(2020, 1, 1)).exists()


def test_without_permission_no_act(family, make_user, street, acting):
    supervisor = make_user(Role.STREET_SUPERVISOR, street)
    with acting(supervisor), pytest.raises(Denied):
        split(family, supervisor)


# --- undo -----------------------------------------------------------------------------------------
ACTS = {
    ActKind.SPLIT: split,
    ActKind.MERGE: lambda home, by: services.merge(
        home, _other_home(home), on=DAY, by=by,
        choices=Choices(relations={r.pk: R.OTHER_KIN for r in home.memberships.all()}),
    ),
    ActKind.MOVE: lambda home, by: services.move(
        home, [row("黄志强")], on=DAY, by=by, choices=Choices(), new=NewHome(address="滨河路 3 号")
    ),
    ActKind.NEW_HEAD: lambda home, by: services.change_head(
        home, row("黄志强"), on=DAY, by=by, choices=Choices()
    ),
    ActKind.DEATH: lambda home, by: services.die(
        home, row("黄文发"), on=DAY, by=by, choices=Choices(stay_head=row("李秀兰"))
    ),
    ActKind.LEAVE: lambda home, by: services.leave(
        home, [row("黄志强"), row("黄小宝")], on=DAY, by=by, choices=Choices()
    ),
    ActKind.JOIN: lambda home, by: services.join(
        home, factories.resident(home.unit, "新成员"), R.NOT_KIN, on=DAY, by=by
    ),
    ActKind.APART: lambda home, by: services.part(
        home, row("黄志强"), on=DAY, by=by, stays=Bond.LIVING, into=_other_home(home), relation=R.SON
    ),
    ActKind.REUNITE: lambda home, by: services.reunite(home, _lodger(home), on=DAY, by=by),
}  # fmt: skip


def _other_home(home):
    return Household.objects.get(number="9-999")


def _lodger(home):
    return row("寄住者")


@pytest.fixture
def neighbours(family, community):
    other = factories.household(community, "9-999", address="文昌巷 6 号")
    factories.member(other, factories.resident(community, "邻居"))
    lodger = factories.resident(community, "寄住者", address="春华路")
    factories.member(family, lodger, R.NOT_KIN, **Bond.LIVING.columns)


@pytest.mark.parametrize("kind", [kind for kind in ActKind if kind != ActKind.UNDO])
def test_undo_restores_exactly_what_was(family, neighbours, staff, kind):
    if kind == ActKind.JOIN:
        factories.resident(family.unit, "新成员")
        act_of = lambda home, by: services.join(  # noqa: E731
            home, Resident.objects.get(name="新成员"), R.NOT_KIN, on=DAY, by=by
        )
    else:
        act_of = ACTS[kind]
    before = state()
    act = act_of(family, staff)
    assert act.kind == kind
    assert state() != before
    back = journal.undo(act, by=staff)
    assert state() == before
    assert (back.undoes, back.kind) == (act, ActKind.UNDO)
    with pytest.raises(ValidationError, match="已经撤销过"):
        journal.undo(act, by=staff)


def test_undo_is_refused_with_the_names_of_what_changed_since(family, staff):
    act = split(family, staff)
    child = row("黄小宝")
    child.relation = R.OTHER_KIN
    child.save()
    with pytest.raises(ValidationError) as refusal:
        journal.undo(act, by=staff)
    assert refusal.value.messages == ["这些记录之后又有改动，不能撤销：户成员 子 黄小宝。"]
    assert HouseholdAct.objects.count() == 1


def test_undo_is_refused_where_the_new_household_has_other_members(family, staff, community):
    act = split(family, staff)
    guest = factories.resident(community, "借住者")
    services.join(act.other, guest, R.NOT_KIN, on=date(2025, 4, 1), by=staff)
    with pytest.raises(ValidationError, match="之后又有别的成员"):
        journal.undo(act, by=staff)


def test_an_undoing_is_not_undone(family, staff):
    back = journal.undo(split(family, staff), by=staff)
    with pytest.raises(ValidationError, match="请重新办理"):
        journal.undo(back, by=staff)
