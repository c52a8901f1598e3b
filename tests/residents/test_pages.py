"""The pages of a person and of a household (issue 3.5): everything recorded, as of any day."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.roles import Role
from residents.enums import Relation
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community)


@pytest.fixture
def home(acting, community):
    """A couple; the son left on the last day of 2024."""
    with acting(community):
        household = factories.household(community, "1-101")
        head = factories.resident(community, "黄文发", born_on=date(1960, 5, 17))
        son = factories.resident(community, "黄小明", born_on=date(1990, 5, 17))
        factories.member(household, head, Relation.HEAD)
        factories.member(household, son, Relation.SON, ends_on=date(2024, 12, 31))
    return household, head, son


def entries(response):
    return [(entry.day, entry.title, entry.who) for entry in response.context["timeline"].entries]


def test_timeline_tells_what_every_department_recorded_newest_first(
    client_of, staff, acting, community, home
):
    _, head, _ = home
    with acting(community):
        factories.visit(head, date(2025, 3, 10))
        factories.visit(head, date(2025, 6, 1), domains=["disability"])
        factories.certificate(head, occurred_on=date(2025, 5, 1))
    page = client_of(staff).get(f"/ledger/residents/{head.pk}/")
    titles = [title for _, title, _ in entries(page)]
    assert titles[:3] == ["走访", "残疾人证", "走访"]
    assert set(titles[3:]) == {"户成员", "在册时段"}  # both since the same day
    assert entries(page) == sorted(entries(page), key=lambda entry: entry[0], reverse=True)


def test_timeline_can_show_one_kind_and_go_on(client_of, staff, acting, community, home):
    _, head, _ = home
    with acting(community):
        for day in range(1, 26):
            factories.visit(head, date(2025, 3, day))
    client, url = client_of(staff), f"/ledger/residents/{head.pk}/"
    page = client.get(url, {"only": "visits"})
    assert {title for _, title, _ in entries(page)} == {"走访"}
    assert len(entries(page)) == 20
    longer = client.get(url, {"only": "visits", "shown": page.context["timeline"].more})
    assert len(entries(longer)) == 25
    assert longer.context["timeline"].more == 0


@pytest.mark.parametrize("query", ["only=nothing", "shown=abc", "shown=-1", "as_of=x", "only=%00"])
def test_odd_parameters_show_the_ordinary_page(client_of, staff, home, query):
    response = client_of(staff).get(f"/ledger/residents/{home[1].pk}/?{query}")
    assert response.status_code == 200
    assert len(entries(response)) == 2


def test_timeline_keeps_need_to_know(client_of, make_user, acting, community, home):
    _, head, _ = home
    with acting(community):
        factories.visit(head, date(2025, 6, 1), domains=["disability"], content="精神科随访")
        factories.certificate(head)
    page = client_of(make_user(Role.WINDOW_CLERK, community)).get(f"/ledger/residents/{head.pk}/")
    assert {title for _, title, _ in entries(page)} == {"户成员", "在册时段"}
    assert "精神科随访" not in page.content.decode()


def test_a_share_of_a_table_tells_no_row_twice(client_of, staff, acting, community, home):
    """走访 and 残疾人走访 are one table."""
    _, head, _ = home
    with acting(community):
        factories.visit(head, date(2025, 6, 1), domains=["disability", "residents"])
    page = client_of(staff).get(f"/ledger/residents/{head.pk}/")
    assert len([day for day, _, _ in entries(page) if day == date(2025, 6, 1)]) == 1


@pytest.mark.parametrize("count", [1, 3])
def test_person_page_asks_as_often_with_more_rows(client_of, staff, acting, community, count):
    with acting(community):
        person = factories.resident(community)
        for day in range(1, count + 1):
            factories.visit(person, date(2025, 3, day))
    client = client_of(staff)
    client.get(f"/ledger/residents/{person.pk}/")
    with CaptureQueriesContext(connection) as queries:
        client.get(f"/ledger/residents/{person.pk}/")
    assert len(queries) <= 26
    unions = [q for q in queries if "UNION" in q["sql"] and "portal_unitchange" not in q["sql"]]
    assert len(unions) == 2  # the timeline, what is in force; who sees which units is none of it


def test_person_page_shows_what_is_in_force_on_the_day(client_of, staff, acting, community, home):
    _, head, _ = home
    with acting(community):
        factories.certificate(
            head, occurred_on=date(2020, 5, 1), status="cancelled", ended_on=date(2025, 3, 1)
        )
    client, url = client_of(staff), f"/ledger/residents/{head.pk}/"

    def standing(day):
        return [entry.title for entry in client.get(url, {"as_of": day}).context["standing"]]

    assert standing("2020-04-30") == []
    assert standing("2020-05-01") == ["残疾人证"]
    assert standing("2025-02-28") == ["残疾人证"]
    assert standing("2025-03-01") == []


def test_person_page_keeps_what_is_in_force_to_those_who_need_it(
    client_of, make_user, acting, community, home
):
    with acting(community):
        factories.certificate(home[1])
    page = client_of(make_user(Role.WINDOW_CLERK, community)).get(
        f"/ledger/residents/{home[1].pk}/"
    )
    assert page.context["standing"] == []


def test_person_page_offers_daily_work_at_once_and_folds_the_rest(client_of, staff, home):
    offered = client_of(staff).get(f"/ledger/residents/{home[1].pk}/").context["recordable"]
    assert "走访" in [item["title"] for item in offered.daily]
    folded = [item["title"] for items in offered.folds.values() for item in items]
    assert "关爱对象" in folded


def test_person_page_as_of_a_day(client_of, staff, home):
    household, _, son = home
    client, url = client_of(staff), f"/ledger/residents/{son.pk}/"
    then = client.get(url, {"as_of": "2024-12-31"}).context
    assert [m.household_id for m in then["memberships"]] == [household.pk]
    assert then["age"] == 34
    now = client.get(url, {"as_of": "2025-01-01"}).context
    assert list(now["memberships"]) == []
    before = client.get(url, {"as_of": "2019-12-31"}).context
    assert list(before["spells"]) == []


def test_household_page_as_of_a_day(client_of, staff, home):
    household, head, son = home
    client, url = client_of(staff), f"/ledger/households/{household.pk}/"

    def members(day):
        return [m["person"] for m in client.get(url, {"as_of": day}).context["members"]]

    assert members("2024-12-31") == [head, son]
    assert members("2025-01-01") == [head]
    assert members("2019-12-31") == []
    others = client.get(url, {"as_of": "2025-01-01"}).context["others"]
    assert [other["membership"].resident for other in others] == [son]


def test_household_timeline_names_the_member(client_of, staff, acting, community, home):
    household, head, _ = home
    with acting(community):
        factories.visit(head, date(2025, 3, 10))
    page = client_of(staff).get(f"/ledger/households/{household.pk}/")
    assert (date(2025, 3, 10), "走访", "黄文发") in entries(page)


def test_a_day_to_come_is_refused_at_the_field(client_of, staff, home):
    tomorrow = timezone.localdate() + timedelta(days=1)
    page = client_of(staff).get(f"/ledger/residents/{home[1].pk}/", {"as_of": f"{tomorrow}"})
    assert "截至日期不能晚于今天。" in page.content.decode()
    assert page.context["chosen"].is_today


def test_lists_as_of_a_day_agree_with_their_figures(client_of, staff, acting, community, home):
    with acting(community):
        late = factories.resident(community, "李小红", since=date(2025, 5, 1))
        factories.member(factories.household(community, "1-102"), late, starts_on=date(2025, 5, 1))
    client = client_of(staff)
    for slug, day, expected in (
        ("residents", "2025-04-30", 2),
        ("residents", "2025-05-01", 3),
        ("residents", "2019-12-31", 0),
        ("households", "2025-04-30", 1),
        ("households", "2025-05-01", 2),
    ):
        page = client.get(f"/ledger/{slug}/", {"as_of": day})
        assert len(page.context["rows"]) == expected, (slug, day)
        figures = {item["label"]: item["value"] for item in page.context["footer"]}
        label = {"residents": "在册居民", "households": "在册户数"}[slug]
        assert figures[label] == str(expected), (slug, day)


def test_head_of_the_list_is_the_head_of_the_day(client_of, staff, acting, community):
    with acting(community):
        household = factories.household(community, "1-103")
        old = factories.resident(community, "老户主")
        new = factories.resident(community, "新户主")
        factories.member(household, old, ends_on=date(2024, 6, 30))
        factories.member(household, new, starts_on=date(2024, 7, 1))
    client = client_of(staff)

    def heads(day):
        rows = client.get("/ledger/households/", {"as_of": day}).context["rows"]
        return [cell["value"] for row in rows for cell in row["cells"] if cell["label"] == "户主"]

    assert heads("2024-06-30") == ["老户主"]
    assert heads("2024-07-01") == ["新户主"]
