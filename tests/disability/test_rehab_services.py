"""Services: one by one or for a whole session, counted once for each person, linked to agreements."""

import uuid
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from disability.models import RehabService, RehabSession
from portal.figures import engine
from portal.periods import Period
from portal.roles import Role
from residents.models import Resident
from tests import factories

pytestmark = pytest.mark.django_db
DAY = date(2025, 3, 10)
YEAR = Period.parse("2025")


@pytest.fixture
def staff(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community, name="李梅")


@pytest.fixture
def client(client_of, staff):
    return client_of(staff)


@pytest.fixture
def hospital(acting, community):
    with acting(community):
        return factories.office.partner(community, domains=["disability"])


@pytest.fixture
def people(acting, community):
    with acting(community):
        people = [factories.resident(community, name) for name in ("黄文发", "王秀兰", "李大海")]
        for each in people:
            factories.disability_file(each)
        return people


def post(client, url, **fields):
    return client.post(url, {"_key": str(uuid.uuid4())} | fields)


def value(code, unit, period=YEAR):
    return engine.read(f"disability.{code}", {unit.pk}, period).value


def session_fields(people, **fields):
    usual = {"title": "康复讲座", "kind": "knowledge", "occurred_on": "2025-03-10"}
    usual |= {"staff": "周医生", "minutes": "40", "people": [p.pk for p in people]}
    return usual | fields


def service_fields(person, **fields):
    usual = {"resident": person.pk, "occurred_on": "2025-03-10", "kind": "function"}
    return usual | {"mode": "home", "staff": "周医生"} | fields


# --- sessions -----------------------------------------------------------------------------------
def test_a_session_gives_each_person_one_service(acting, client, community, people, hospital):
    with acting(community):
        agreement = factories.rehab_agreement(people[0], hospital)
    fields = session_fields(people, provider=hospital.pk)
    assert post(client, "/ledger/rehab-sessions/add/", **fields).status_code == 302
    with acting(community):
        session = RehabSession.objects.get()
        services = RehabService.objects.kept().filter(session=session)
        assert {s.resident for s in services} == set(people)
        assert {(s.kind, s.mode, s.staff, s.minutes, s.occurred_on) for s in services} == {
            ("knowledge", "group", "周医生", 40, DAY)
        }
        assert {s.agreement for s in services} == {agreement, None}
        assert value("group_sessions", community) == 1
        assert value("group_session_services", community) == 3
        assert value("rehab_minutes", community) == 120


def test_an_opened_session_takes_people_in_and_out(acting, client, community, people):
    post(client, "/ledger/rehab-sessions/add/", **session_fields(people[:2]))
    with acting(community):
        session = RehabSession.objects.get()
        kept = RehabService.objects.get(resident=people[1])
        kept.effect = "some"
        kept.save()
    url = f"/ledger/rehab-sessions/{session.pk}/edit/"
    form = client.get(url).context["form"]
    assert {p.pk for p in form["people"].value()} == {p.pk for p in people[:2]}
    fields = session_fields(people[1:], occurred_on="2025-03-12", version=session.version)
    assert post(client, url, **fields).status_code == 302
    with acting(community):
        rows = RehabService.objects.kept().values_list("resident", "occurred_on", "effect")
        day = date(2025, 3, 12)
        assert set(rows) == {(people[1].pk, day, "some"), (people[2].pk, day, "")}
        session.refresh_from_db()
    post(client, f"/ledger/rehab-sessions/{session.pk}/delete/", version=session.version)
    with acting(community):
        assert not RehabService.objects.kept().exists()


def test_who_was_dead_or_is_nobody_of_ours_stops_the_whole_session(
    acting, client, community, other_community, people
):
    with acting(community, other_community):
        factories.life_event(people[0], "died", date(2025, 3, 1))
        stranger = factories.resident(other_community)
    for fields, message in (
        (session_fields(people), "黄文发在2025-03-10已去世"),
        (session_fields([*people[1:], stranger]), "名单已有变化"),
        (session_fields([]), "请勾选参加的人"),
    ):
        answer = post(client, "/ledger/rehab-sessions/add/", **fields)
        assert message in str(answer.context["form"].errors["people"])
    with acting(community):
        assert not RehabSession.objects.exists()
        assert not RehabService.objects.exists()


def test_a_session_is_changed_as_a_whole(acting, client, community, people):
    post(client, "/ledger/rehab-sessions/add/", **session_fields(people[:1]))
    with acting(community):
        [service] = RehabService.objects.all()
    url = f"/ledger/rehab-services/{service.pk}/edit/"
    fields = service_fields(people[2], occurred_on="2025-05-05", effect="some")
    assert post(client, url, version=service.version, **fields).status_code == 302
    with acting(community):
        service.refresh_from_db()
        assert (service.resident, service.occurred_on) == (people[0], DAY)
        assert (service.mode, service.effect) == ("group", "some")
    url = f"/ledger/rehab-services/{service.pk}/delete/"
    answer = post(client, url, version=service.version)
    assert "请到那次集体服务里去掉这个人" in client.get(answer["Location"]).content.decode()


def test_the_database_keeps_one_row_for_each_person_of_a_session(acting, community, people):
    with acting(community):
        session = factories.rehab_session(community)
        factories.rehab_service(people[0], session=session, mode="group")
        for wrong in ({"mode": "group"}, {"mode": "home", "resident": people[1]}):
            with pytest.raises(IntegrityError), transaction.atomic():
                factories.rehab_service(people[0], session=session, **wrong)


# --- single services ----------------------------------------------------------------------------
def test_a_service_finds_the_agreement_of_its_day(acting, client, community, people, hospital):
    with acting(community):
        old = factories.rehab_agreement(people[0], hospital, date(2024, 1, 1))
        new = factories.rehab_agreement(people[0], hospital)
    for day in ("2024-12-31", "2025-01-01", "2023-12-31"):
        fields = service_fields(people[0], occurred_on=day, provider=hospital.pk)
        assert post(client, "/ledger/rehab-services/add/", **fields).status_code == 302
    with acting(community):
        found = RehabService.objects.order_by("occurred_on").values_list("agreement", flat=True)
        assert list(found) == [None, old.pk, new.pk]


def test_what_is_anothers_or_of_another_time_is_refused(
    acting, client, community, people, hospital
):
    with acting(community):
        others = factories.rehab_agreement(people[1], hospital)
        own = factories.rehab_agreement(people[0], hospital)
        plan = factories.rehab_plan(people[1])
    for field, fields, message in (
        ("agreement", {"agreement": others.pk}, "这是另一位居民的签约"),
        ("agreement", {"agreement": own.pk, "occurred_on": "2024-12-31"}, "不在这份签约的有效期内"),
        ("plan", {"plan": plan.pk}, "这是另一位居民的方案"),
        ("minutes", {"minutes": "1441"}, "数字太大"),
    ):
        said = service_fields(people[0], **fields)
        answer = post(client, "/ledger/rehab-services/add/", **said)
        assert message in str(answer.context["form"].errors[field])
    with acting(community):
        assert not RehabService.objects.exists()


def test_services_beyond_the_agreement_are_seen(acting, client, community, people, hospital):
    with acting(community):
        agreement = factories.rehab_agreement(people[0], hospital)
        factories.rehab_service(people[0], "function", agreement=agreement)
        factories.rehab_service(people[0], "diet", agreement=agreement)
        factories.rehab_service(people[1], "diet")
        assert value("agreement_services", community) == 2
        assert value("rehab_beyond_agreement", community) == 1
        kinds = engine.by_category(
            "disability.rehab_beyond_agreement", "kind", {community.pk}, YEAR
        )
        assert {k: r.value for k, r in kinds.items() if r.value} == {"diet": 1}
    page = client.get("/ledger/rehab-services/").content.decode()
    assert page.count("约定以外") == 1


def test_coverage_counts_holders_and_those_who_raised_a_need(acting, community, people):
    with acting(community):
        holder, needy, neither = people
        factories.certificate(holder)
        factories.need(needy, occurred_on=date(2024, 5, 1))
        factories.rehab_service(needy)
        factories.rehab_service(neither)
        factories.rehab_service(holder, occurred_on=date(2024, 12, 31))
        rate = engine.read("disability.rehab_coverage", {community.pk}, YEAR)
        assert (rate.numerator.value, rate.denominator.value) == (1, 2)


def test_services_are_told_by_the_category_of_the_file(acting, community):
    with acting(community):
        both, vision = factories.resident(community), factories.resident(community)
        factories.disability_file(both, components=["11", "42"])
        factories.disability_file(vision, components=["13"])
        plan = factories.rehab_plan(both, "paraplegia")
        factories.rehab_service(both, "counselling", plan=plan)
        factories.rehab_service(vision, "orientation")
        factories.rehab_service(vision, "device_use")
        read = {
            code: value(code, community)
            for code in ("services_vision", "services_physical", "services_paraplegia")
        }
        assert list(read.values()) == [3, 1, 1]
        assert value("services_orientation", community) == 1
        assert value("services_nursing", community) == 1
        assert value("services_of_device_use", community) == 1
        assert value("rehab_services", community) == 3
        assert value("rehab_service_persons", community) == 2


def test_many_are_served_in_few_statements(
    acting, client, community, hospital, django_assert_max_num_queries
):
    with acting(community):
        people = [factories.resident(community) for _ in range(68)]
        for each in people:
            factories.disability_file(each)
    with django_assert_max_num_queries(90):
        answer = post(client, "/ledger/rehab-sessions/add/", **session_fields(people))
    assert answer.status_code == 302
    with acting(community):
        assert RehabService.objects.filter(resident__in=Resident.objects.all()).count() == 68
