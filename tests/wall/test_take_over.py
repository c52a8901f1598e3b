"""The one door through the wall for people: exact ID, counted looks, both units told; nothing else."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from portal.crypto import keyed_hash
from portal.history import history_of
from portal.ledgers import ledgers
from portal.roles import Role
from portal.scope import Denied
from residents import takeovers
from residents.acts import services
from residents.acts.services import Choices
from residents.enums import Bond, Relation
from residents.models import Household, LifeEvent, Membership, ResidencySpell, Resident, TakeOver
from residents.takeovers import Wish
from tests import factories

pytestmark = pytest.mark.django_db
DAY = date(2025, 3, 1)
CALL = "SELECT * FROM residents_take_over(%s, %s, %s, '购房', 'lodging', false, 20, %s)"


@pytest.fixture
def giver(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community)


@pytest.fixture
def taker(make_user, other_community):
    return make_user(Role.COMMUNITY_STAFF, other_community)


@pytest.fixture
def huang(acting, community):
    """A wife in a household of two, with contacts."""
    with acting(community):
        home = factories.household(community)
        factories.member(home, factories.resident(community, "陈大文"))
        huang = factories.resident(
            community, "黄小燕", phone="13800138000", address="春华路八号", note="租住"
        )
        factories.member(home, huang, Relation.SPOUSE)
    return huang


def wish(unit, number, **fields):
    given = {"on": DAY, "reason": "购房入住", "residency": "lodging", "registration": False}
    return Wish(number, unit, **(given | fields))


def test_taken_over_with_both_units_told(acting, giver, taker, huang, community, other_community):
    with acting(taker):
        newcomer = takeovers.take_over(wish(other_community, huang.id_number), by=taker)
        assert (newcomer.pk, newcomer.name, newcomer.former) == (huang.pk, "黄小燕", "明珠社区")
        person = Resident.objects.get()
        assert (person.unit, person.unit_ids) == (
            other_community,
            [community.pk, other_community.pk],
        )
        assert person.phone == "13800138000"
        assert person.residency == "lodging"
        assert ResidencySpell.objects.get().starts_on == DAY
        assert LifeEvent.objects.get().kind == "relocated_in"
        assert TakeOver.objects.get(outcome="done").former == community
    with acting(giver):
        assert ResidencySpell.objects.get(resident=huang).ends_on == DAY - timedelta(days=1)
        assert LifeEvent.objects.get().kind == "relocated_out"
        rows = Membership.objects.filter(resident=huang).order_by("starts_on")
        assert [(m.bond, m.ends_on) for m in rows] == [
            (Bond.BOTH, DAY - timedelta(days=1)),
            (Bond.REGISTERED, None),
        ]
        told = TakeOver.objects.get()
        assert (told.user, told.receiving, told.reason) == (taker, other_community, "购房入住")


def test_with_the_registration_no_membership_stays(acting, giver, taker, huang, other_community):
    with acting(taker):
        asked = wish(other_community, huang.id_number, registration=True)
        takeovers.take_over(asked, by=taker)
    with acting(giver):
        assert not huang.memberships.filter(ends_on=None).exists()


def test_a_miss_a_dead_and_a_deleted_person_get_the_same_answer(
    acting, taker, huang, giver, community, other_community
):
    with acting(giver):
        dead = factories.resident(community, "逝者")
        home = factories.household(community, "2")
        factories.member(home, dead)
        row = Membership.objects.get(resident=dead)
        services.die(home, row, on=DAY, by=giver, choices=Choices())
        gone = factories.resident(community, "误登")
        gone.deleted_at = timezone.now()
        gone.save()
    answers = []
    with acting(taker):
        for number in (dead.id_number, gone.id_number, factories.id_number(date(1950, 1, 1))):
            with pytest.raises(takeovers.ValidationError) as refusal:
                takeovers.look_up(wish(other_community, number), by=taker)
            answers.append(refusal.value.message_dict)
        assert answers == [answers[0]] * 3
        assert list(TakeOver.objects.values_list("resident", flat=True)) == [None] * 3


def test_looks_are_counted_by_user_and_day(acting, taker, huang, other_community, settings):
    settings.TAKE_OVER_LOOKS_PER_DAY = 2
    with acting(taker):
        for _ in range(2):
            with pytest.raises(takeovers.ValidationError, match="没有找到"):
                takeovers.look_up(
                    wish(other_community, factories.id_number(date(1950, 1, 1))), by=taker
                )
        for ask in (takeovers.look_up, takeovers.take_over):
            with pytest.raises(takeovers.ValidationError, match="今天已查找 2 次"):
                ask(wish(other_community, huang.id_number), by=taker)
        assert TakeOver.objects.count() == 2


def test_a_head_with_family_is_not_taken_with_the_registration(
    acting, taker, huang, community, other_community
):
    with acting(community):
        head = Resident.objects.get(name="陈大文")
    with acting(taker):
        with pytest.raises(takeovers.ValidationError, match="还是一户的户主"):
            takeovers.look_up(wish(other_community, head.id_number, registration=True), by=taker)
        takeovers.take_over(wish(other_community, head.id_number), by=taker)
    with acting(community):
        row = Membership.objects.get(resident=head, ends_on=None)
        assert (row.relation, row.bond) == (Relation.HEAD, Bond.REGISTERED)


def test_not_before_the_former_spell(acting, taker, huang, other_community):
    with acting(taker), pytest.raises(takeovers.ValidationError) as refusal:
        takeovers.look_up(wish(other_community, huang.id_number, on=date(2020, 1, 1)), by=taker)
    assert refusal.value.message_dict == {"on": ["接收日期应晚于其在原单位的登记日期。"]}


def test_only_for_a_unit_in_scope_and_by_a_user(
    acting, sql, taker, huang, community, other_community
):
    """At the database: the function itself refuses, whatever the code asked."""
    number = keyed_hash(huang.id_number, "id")
    calls = [
        (taker, number, community.pk, DAY),
        (taker, "", other_community.pk, DAY),
        (taker, number, other_community.pk, timezone.localdate() + timedelta(days=2)),
        (other_community, number, other_community.pk, DAY),  # a command, nobody's account
    ]
    for who, hashed, unit, day in calls:
        with (
            acting(who),
            pytest.raises(DatabaseError, match="a take-over needs"),
            transaction.atomic(),
        ):
            sql(CALL, hashed, unit, day, True)
    with acting(taker), pytest.raises(Denied):
        takeovers.look_up(wish(community, huang.id_number), by=taker)


def test_the_web_role_changes_nothing_in_the_log(acting, sql, taker, huang, other_community):
    with acting(taker):
        sql(CALL, keyed_hash(huang.id_number, "id"), other_community.pk, DAY, False)
        for statement in (
            "DELETE FROM residents_takeover",
            "UPDATE residents_takeover SET at = '2000-01-01'",
        ):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                sql(statement)


# --- pages ----------------------------------------------------------------------------------------
@pytest.fixture
def post(client_of, taker):
    def send(**data):
        data |= {"_key": str(uuid.uuid4()), "on": "2025-03-01", "residency": "lodging"}
        return client_of(taker).post("/residents/take-over/", data, follow=True)

    return send


def test_the_page_tells_before_it_takes_over(acting, post, taker, huang):
    page = post(id_number=huang.id_number, reason="购房")
    assert page.context["sentences"][0] == (
        "黄小燕（现由明珠社区管理）自2025年3月1日起由和平社区管理。"
    )
    with acting(taker):
        assert not Resident.objects.exists()
    page = post(id_number=huang.id_number, reason="购房", step="confirm")
    assert "已接收黄小燕" in page.content.decode()


def test_a_look_is_kept_though_the_page_refuses(acting, post, taker):
    page = post(id_number=factories.id_number(date(1950, 1, 1)), reason="购房")
    assert "没有找到可以接收的人" in page.context["form"].errors["id_number"][0]
    with acting(taker):
        assert TakeOver.objects.get().outcome == "missing"


def test_an_id_known_elsewhere_leads_to_the_page(client_of, taker, huang):
    data = {
        "_key": str(uuid.uuid4()), "name": "黄小燕", "id_kind": "citizen",
        "id_number": huang.id_number, "residency": "here",
    }  # fmt: skip
    page = client_of(taker).post("/ledger/residents/add/", data)
    assert page.context["form"].remedies == [("接收迁入居民", "/residents/take-over/")]
    assert 'href="/residents/take-over/"' in page.content.decode()


@pytest.mark.parametrize(("role", "status"), [
    (Role.COMMUNITY_STAFF, 200), (Role.WINDOW_CLERK, 200), (Role.STATION_HANDLER, 403),
    (Role.STREET_SUPERVISOR, 403), (Role.SYSTEM_ADMINISTRATOR, 403),
])  # fmt: skip
def test_who_may_take_over(client_of, make_user, community, role, status):
    client = client_of(make_user(role, community))
    assert client.get("/residents/take-over/").status_code == status


# --- what the former unit sees --------------------------------------------------------------------
SECRETS = ("滨河路十号", "138****8000", "13900139000", "139****9000", "新住户")


@pytest.fixture
def moved(acting, taker, huang, other_community):
    with acting(taker):
        takeovers.take_over(wish(other_community, huang.id_number), by=taker)
        person = Resident.objects.get()
        person.address, person.phone, person.note = "滨河路十号", "13900139000", "新住户"
        person.save()
        home = factories.household(other_community, "滨-1", address="滨河路十号")
        factories.member(home, person, Relation.HEAD, starts_on=DAY, **Bond.LIVING.columns)
    return person


@pytest.mark.parametrize("path", [
    "/ledger/residents/", "/ledger/residents/{pk}/", "/ledger/memberships/",
    "/ledger/residents/?residency=lodging",
])  # fmt: skip
def test_the_former_unit_sees_the_name_and_no_present_contact(client_of, giver, moved, path):
    body = client_of(giver).get(path.format(pk=moved.pk)).content.decode()
    for secret in SECRETS:
        assert secret not in body, secret


def test_the_former_unit_reads_moved_away(client_of, giver, taker, moved):
    page = client_of(giver).get(f"/ledger/residents/{moved.pk}/")
    told = {item["label"]: item["value"] for item in page.context["fields"][0]["items"]}
    assert told["姓名"] == "黄小燕"
    assert {
        told[label] for label in ("联系电话", "现居住地址", "户籍地址", "居住状态", "备注")
    } == {"已迁出"}
    assert page.context["history"] == []
    theirs = client_of(taker).get(f"/ledger/residents/{moved.pk}/")
    told = {item["label"]: item["value"] for item in theirs.context["fields"][0]["items"]}
    assert told["现居住地址"] == "滨河路十号"


def test_the_former_unit_does_not_find_by_present_contact(client_of, giver, taker, moved):
    for text in ("滨河路十号", "13900139000", "9000"):
        hits = client_of(giver).post("/search/", {"q": text}).content.decode()
        assert f"/ledger/residents/{moved.pk}/" not in hits, text
        page = client_of(giver).post("/ledger/residents/pick/", {"q": text})
        assert page.context["options"] == [], text
        assert client_of(taker).post("/ledger/residents/pick/", {"q": text}).context["options"]
    hit = client_of(giver).post("/search/", {"q": "hxy"})
    assert "滨河路十号" not in hit.content.decode()


def test_the_export_of_the_former_unit_says_moved_away(acting, giver, moved):
    with acting(giver):
        ledger = ledgers["residents"]
        row = ledger.queryset(giver).get(pk=moved.pk)
        told = {column.label: column.text(row) for column in ledger.shown_columns}
        assert told["联系电话"] == told["现居住地址"] == "已迁出"


def test_the_former_unit_keeps_its_household_and_sees_no_other(acting, giver, moved):
    with acting(giver):
        assert [h.number for h in Household.objects.all()] == ["1-101"]
        assert history_of(Household.objects.get())


def test_today_is_the_day_here_whatever_the_sessions_zone(acting, taker, huang, other_community):
    with acting(taker):
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL TIME ZONE 'Etc/GMT+12'")  # there it is still yesterday
        today = wish(other_community, huang.id_number, on=timezone.localdate())
        assert takeovers.look_up(today, by=taker).name == "黄小燕"
