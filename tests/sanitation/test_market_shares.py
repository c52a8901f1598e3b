"""Contests, study tours, hot spots, cadres' visits and plans: shares of shared facts, counted once."""

import uuid
from datetime import date, timedelta

import pytest

from portal.figures import engine
from portal.ledgers import ledgers
from portal.periods import Period
from portal.roles import Role
from residents.enums import VisitMode
from residents.models import Activity, Problem
from tests import factories
from tests.factories import sanitation_market as make

pytestmark = pytest.mark.django_db
YEAR = Period.parse("2025")
DAY = make.DAY


@pytest.fixture
def staff(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community)


def value(code, *units, period=YEAR, **category):
    return engine.read(f"sanitation.{code}", {u.pk for u in units}, period, category).value


def post(client, url, **data):
    return client.post(url, {"_key": str(uuid.uuid4())} | data)


# --- events -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("slug", "kind", "code"),
    [
        ("contests", "contest", "contests"),
        ("study-tours", "study_tour", "study_tours"),
        ("sanitation-publicity", "publicity", "publicity_events"),
    ],
)
def test_an_event_is_an_activity_of_its_kind(client_of, staff, community, acting, slug, kind, code):
    said = {
        "title": "新环保法知识竞赛",
        "occurred_on": "2025-06-05",
        "ends_on": "2025-09-12",
        "parties": "14",
        "participants": "318",
        "place": "白沙、开慧",
        "domains": ["sanitation"],
    }
    assert post(client_of(staff), f"/ledger/{slug}/add/", **said).status_code == 302
    with acting(staff):
        row = Activity.objects.get()
        assert (row.kind, row.domains, row.parties) == (kind, ["sanitation"], 14)
        assert value(code, community) == 1
        assert (
            value(f"{code.removesuffix('_events').removesuffix('s')}_participants", community)
            == 318
        )
        assert value(code, community, period=Period.parse("2025-09")) == 0  # on its first day
        general = ledgers["activities"].queryset(staff)
        assert list(general) == [row]


def test_parties_are_summed_and_others_are_not_ours(staff, community, acting):
    with acting(staff):
        make.event(community, "contest", parties=6)
        make.event(community, "contest", parties=8, title="第二场")
        make.event(community, "contest", parties=50, domains=["residents"], title="别的")
        assert value("contest_parties", community) == 14
        assert value("contests", community) == 2


# --- hot spots ----------------------------------------------------------------------------------------
def test_a_hot_spot_goes_from_complaint_to_solved_by_steps(client_of, staff, community, acting):
    client, url = client_of(staff), "/ledger/hot-spots/"
    said = {
        "title": "老街后河垃圾成堆",
        "occurred_on": "2025-03-03",
        "source": "walk_in",
        "domains": ["sanitation"],
        "state": "open",
    }
    assert post(client, f"{url}add/", **said).status_code == 302
    with acting(staff):
        row = Problem.objects.get()
        assert (row.kind, row.domains) == ("environment", ["sanitation"])
        assert value("hot_spots_pending", community) == 1
    steps = {
        "start": {"owner": "彭主任", "due_on": "2025-03-20"},
        "solve": {"closed_on": "2025-03-18", "result": "清运 3 车", "replied_on": ""},
    }
    for step, told in steps.items():
        with acting(staff):
            version = Problem.objects.get().version
        versions = f"{row.pk}:{version}"
        page = f"{url}{row.pk}/step/{step}/"
        assert post(client, page, **told, versions=versions).status_code == 302, step
    with acting(staff):
        assert Problem.objects.get().state == "solved"
        assert value("hot_spots_solved", community) == 1
        assert list(ledgers["problems"].queryset(staff)) == [Problem.objects.get()]


def test_solved_divided_by_raised(staff, community, acting):
    with acting(staff):
        for n in range(3):
            make.solved(community, title=f"问题{n}")
        make.hot_spot(community)
        make.hot_spot(community, domains=["residents"])  # not ours
        make.hot_spot(community, kind="facilities")
        make.solved(community, title="后来", closed_on=date(2026, 1, 5))
        rate = engine.read("sanitation.hot_spots_rate", {community.pk}, YEAR)
        assert rate.full == "60.0%（3/5）"
        assert value("hot_spots_pending", community) == 2


# --- cadres' visits -----------------------------------------------------------------------------------
def homes(unit, *names):
    found = []
    for n, name in enumerate(names):
        person = factories.resident(unit, name)
        factories.member(factories.household(unit, f"8-{unit.pk}-{n}"), person)
        found.append(person)
    return found


def test_visits_and_households_by_unit(street, community, other_community, acting):
    with acting(street):
        first, second = homes(community, "覃秀英", "韦大勇")
        spouse = factories.resident(community, "覃小妹")
        factories.member(
            first.memberships.get().household, spouse, "10"
        )  # of the same household: counted once
        for person, days in ((first, 0), (first, 1), (spouse, 2), (second, 3)):
            make.cadre_visit(person, DAY + timedelta(days=days))
        make.cadre_visit(factories.resident(community, "无户人"), DAY)
        make.cadre_visit(second, DAY, mode=VisitMode.PHONE)
        make.cadre_visit(second, DAY, domains=["residents"])
        [third] = homes(other_community, "黄文发")
        make.cadre_visit(third, DAY)
        units = {community.pk, other_community.pk}
        visits = engine.by_unit("sanitation.cadre_visits", units, YEAR)
        reached = engine.by_unit("sanitation.cadre_visited_households", units, YEAR)
        assert {pk: r.value for pk, r in visits.items()} == {community.pk: 5, other_community.pk: 1}
        assert {pk: r.value for pk, r in reached.items()} == {
            community.pk: 2,
            other_community.pk: 1,
        }
        rows = engine.evidence("sanitation.cadre_visited_households", units, YEAR)
        assert rows.count() == len(set(rows.values_list("pk", flat=True))) == 5
        assert value("cadre_visits", community, purposes="waste_sorting") == 5


def test_who_moved_counts_where_they_lived_on_the_day(street, community, acting):
    with acting(street):
        [person] = homes(community, "覃秀英")
        old = person.memberships.get()
        old.ends_on = DAY
        old.save()
        new = factories.household(community, "8-new")
        factories.member(new, person, starts_on=DAY + timedelta(days=1))
        make.cadre_visit(person, DAY)
        assert value("cadre_visited_households", community) == 1
        make.cadre_visit(person, DAY + timedelta(days=1))
        assert value("cadre_visited_households", community) == 2


# --- plans --------------------------------------------------------------------------------------------
def test_tasks_planned_done_and_open(staff, community, acting):
    with acting(staff):
        ours = make.plan(community, year=2025)
        make.task(ours, "完成", done_on=date(2025, 12, 1))
        make.task(ours, "没有完成")
        make.task(ours, "取消", cancelled_on=date(2025, 6, 1))
        make.task(make.plan(community, "别的", 2025, domains=["office"]), "别的")
        assert value("tasks_planned", community) == 2
        assert value("tasks_done", community) == value("tasks_open", community) == 1


def test_the_street_keeps_papers_that_its_communities_read(street, staff, acting):
    with acting(street):
        rows = {
            "sanitation-documents": make.document(street),
            "sanitation-rules": make.rule(street),
            "sanitation-stations": make.station(street),
        }
        make.rule(street, "公约", kind="pact")
    with acting(staff):
        for slug, row in rows.items():
            assert list(ledgers[slug].queryset(staff)) == [row], slug
