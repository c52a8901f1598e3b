"""Who belongs to which household: registered or living there, and one head on every day."""

import uuid
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from portal.errors import RuleBroken, settle
from portal.roles import Role
from residents.enums import Bond, Relation
from residents.models import Membership
from tests import factories
from tests.imports.conftest import bring, citizen, clerk, counts, xlsx

__all__ = ["bring", "clerk", "counts"]
DAY = date(2025, 3, 1)
NO_HEAD = "户“1-101”从 2020-01-01 起有成员，却没有户主。"


@pytest.fixture
def home(acting, community):
    """A couple: the head and a spouse."""
    with acting(community):
        home = factories.household(community)
        factories.member(home, factories.resident(community, "黄文发"))
        factories.member(home, factories.resident(community, "李秀兰"), Relation.SPOUSE)
    return home


@pytest.fixture
def staff(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community)


@pytest.fixture
def post(client_of, staff):
    def send(path, **data):
        data["_key"] = str(uuid.uuid4())
        return client_of(staff).post(f"/ledger/{path}", data, follow=True)

    return send


def head_of(home):
    return home.memberships.get(relation=Relation.HEAD)


def change_head(home, **change):
    Membership.objects.filter(pk=head_of(home).pk).update(**change)
    settle()


# --- the database ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "change",
    [
        {"ends_on": DAY},
        {"relation": Relation.OTHER_KIN},
        {"starts_on": DAY},
        {"deleted_at": "2025-03-01 00:00+00"},
    ],
)
def test_no_day_with_members_is_without_a_head(acting, community, home, change):
    with acting(community), pytest.raises(RuleBroken, match="却没有户主"), transaction.atomic():
        change_head(home, **change)


def test_a_head_may_not_leave_for_another_household(acting, community, home):
    with acting(community):
        other = factories.household(community, "1-102")
        with pytest.raises(RuleBroken, match="1-101"), transaction.atomic():
            change_head(home, household=other)


def test_a_change_of_head_may_be_written_in_any_order(acting, community, home):
    with acting(community), transaction.atomic():
        head, spouse = head_of(home), home.memberships.get(relation=Relation.SPOUSE)
        head.ends_on = spouse.ends_on = date(2025, 2, 28)
        head.save()
        spouse.save()
        factories.member(home, head.resident, Relation.SPOUSE, starts_on=DAY)
        factories.member(home, spouse.resident, Relation.HEAD, starts_on=DAY)
        settle()


@pytest.mark.django_db(transaction=True)
def test_the_database_asks_at_the_commit(acting, community, home):
    with pytest.raises(Exception, match="却没有户主"), acting(community):
        Membership.objects.filter(pk=head_of(home).pk).update(ends_on=DAY)
    with acting(community):
        assert head_of(home).ends_on is None


def test_memberships_of_another_unit_count_and_stay_unseen(
    acting, community, other_community, home
):
    """The head is recorded by a unit that the writer cannot see: the household has a head."""
    with acting(community, other_community):
        Membership.objects.filter(pk=head_of(home).pk).update(unit=other_community)
        home.unit_ids = [community.pk, other_community.pk]
        home.save()
    with acting(community):
        child = factories.resident(community, "黄小明")
        factories.member(home, child, Relation.SON)
        settle()


def test_registered_here_and_living_there(acting, community, home):
    with acting(community):
        flat = factories.household(community, "2-201")
        factories.member(flat, factories.resident(community, "房东"))
        son = factories.resident(community, "黄小明")
        here = factories.member(home, son, Relation.SON, **Bond.REGISTERED.columns)
        there = factories.member(flat, son, Relation.NOT_KIN, **Bond.LIVING.columns)
        assert (here.bond, there.bond) == (Bond.REGISTERED, Bond.LIVING)
        for bond in Bond:
            other = factories.household(community, f"3-{bond}")
            with pytest.raises(IntegrityError), transaction.atomic():
                factories.member(other, son, Relation.HEAD, **bond.columns)


def test_a_member_is_registered_or_lives_in_the_household(acting, community, home):
    with (
        acting(community),
        pytest.raises(IntegrityError, match="registered_or_living"),
        transaction.atomic(),
    ):
        factories.member(home, factories.resident(community), registered=False, living=False)


def test_nobody_is_twice_in_one_household(acting, community, home):
    with acting(community):
        person = factories.resident(community)
        factories.member(home, person, Relation.SON, **Bond.REGISTERED.columns)
        twice = pytest.raises(IntegrityError, match="once_in_a_household")
        with twice, transaction.atomic():
            factories.member(home, person, Relation.SON, **Bond.LIVING.columns)


@pytest.mark.django_db(transaction=True)
def test_of_two_transactions_the_later_one_sees_the_earlier(acting, community, home):
    """One ends the household, the other adds a child to it: never both."""
    from tests.database import connection_beside

    with acting(community):
        child = factories.resident(community, "黄小明")
    with acting(community):
        home.memberships.update(ends_on=DAY)
        settle()  # locks the household until the commit
        other = connection_beside("default", connection.settings_dict["NAME"])
        other.autocommit = False
        other.execute(
            "SELECT set_config('app.scope', %s, true), set_config('app.actor', 'test', true),"
            " set_config('lock_timeout', '200ms', true)",
            [str(community.pk)],
        )
        other.execute(
            "INSERT INTO residents_membership (household_id, resident_id, unit_id, relation,"
            " starts_on, registered, living, recorded_at, version)"
            " VALUES (%s, %s, %s, '20', '2025-04-01', true, true, now(), 1)",
            [home.pk, child.pk, community.pk],
        )
        with pytest.raises(Exception, match="lock timeout"):
            other.commit()
        other.close()


# --- pages ----------------------------------------------------------------------------------------
def test_the_form_refuses_a_first_member_who_is_no_head(acting, post, community, staff):
    with acting(community):
        home = factories.household(community)
        person = factories.resident(community)
    answer = post(
        "memberships/add/",
        household=home.pk,
        resident=person.pk,
        relation=Relation.SON,
        starts_on="2020-01-01",
    )
    assert answer.context["form"].non_field_errors() == [NO_HEAD]
    with acting(staff):
        assert not Membership.objects.exists()


def test_the_form_refuses_to_end_a_head_whose_family_stays(acting, post, staff, home):
    with acting(staff):
        head = head_of(home)
    answer = post(
        f"memberships/{head.pk}/edit/",
        household=home.pk,
        resident=head.resident_id,
        relation=Relation.HEAD,
        starts_on="2020-01-01",
        ends_on="2025-03-01",
        version=head.version,
    )
    assert answer.context["form"].non_field_errors() == [
        "户“1-101”从 2025-03-02 起有成员，却没有户主。"
    ]


def test_a_head_is_not_deleted_before_the_members(acting, post, staff, home):
    with acting(staff):
        head = head_of(home)
    answer = post(f"memberships/{head.pk}/delete/", version=head.version)
    assert [str(m) for m in answer.context["messages"]] == [f"不能删除：{NO_HEAD}"]
    person = head.resident
    answer = post(f"residents/{person.pk}/delete/", version=person.version)
    assert [str(m) for m in answer.context["messages"]] == [f"不能删除：{NO_HEAD}"]


def test_a_member_is_not_restored_without_a_head(acting, post, staff, home):
    with acting(staff):
        rows = [home.memberships.get(relation=Relation.SPOUSE), head_of(home)]
    for row in rows:
        post(f"memberships/{row.pk}/delete/", version=row.version)
    answer = post("memberships/bin/", pk=rows[0].pk)
    assert [str(m) for m in answer.context["messages"]] == [f"不能恢复：{NO_HEAD}"]


def test_the_form_tells_where_a_member_is_registered(acting, post, staff, home):
    with acting(staff):
        spouse = home.memberships.get(relation=Relation.SPOUSE)
    page = post(
        f"memberships/{spouse.pk}/edit/",
        household=home.pk,
        resident=spouse.resident_id,
        relation=Relation.SPOUSE,
        bond=Bond.LIVING,
        starts_on="2020-01-01",
        version=spouse.version,
    )
    assert {"label": "人户关系", "value": "仅居住"} in page.context["fields"][0]["items"]
    with acting(staff):
        spouse.refresh_from_db()
        assert (spouse.registered, spouse.living) == (False, True)


# --- import ---------------------------------------------------------------------------------------
COLUMNS = ["姓名", "证件号码", "户编号", "与户主关系", "人户关系", "在册起始日期"]


def test_members_may_stand_before_their_head(bring, acting, community, staff):
    with acting(community):
        factories.household(community)
    content = xlsx(
        居民=[
            COLUMNS,
            ["黄小明", citizen(1), "1-101", "子", "仅户籍", "2020-01-01"],
            ["黄文发", citizen(3), "1-101", "户主", "", "2020-01-01"],
        ]
    )
    assert bring("residents", content).stored
    with acting(staff):
        bonds = {m.relation: m.bond for m in Membership.objects.all()}
    assert bonds == {Relation.SON: Bond.REGISTERED, Relation.HEAD: Bond.BOTH}


def test_each_household_without_head_is_named_at_a_cell(bring, acting, community, counts):
    with acting(community):
        for number in ("1-101", "1-102", "1-103"):
            factories.household(community, number)
    content = xlsx(
        居民=[
            COLUMNS,
            ["黄文发", citizen(1), "1-101", "配偶", "", "2020-01-01"],
            ["黄小明", citizen(3), "1-101", "子", "", "2020-01-01"],
            ["李秀兰", citizen(5), "1-102", "户主", "", "2020-01-01"],
            ["单小花", citizen(7), "1-103", "女", "", "2020-01-01"],
        ]
    )
    report = bring("residents", content)
    assert [(p.cell, p.message) for p in report.errors] == [
        ("D2", NO_HEAD),
        ("D5", NO_HEAD.replace("1-101", "1-103")),
    ]
    assert not report.stored
    assert counts("residents") == 0
