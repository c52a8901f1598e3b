"""人口概况: the numbers of the page are the figures', and each opens exactly what it counts."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.roles import Role
from residents.life_events import LifeEventKind
from tests import factories

pytestmark = pytest.mark.django_db
URL = "/residents/population/"


@pytest.fixture
def staff(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community)


@pytest.fixture
def people(acting, community, make_grid):
    grid = make_grid(community, 1)
    with acting(community):
        home = factories.household(community, grid=grid)
        head = factories.resident(community, "黄文发", grid=grid, born_on=date(1940, 1, 1))
        factories.member(home, head)
        gone = factories.resident(community, "已迁走", born_on=date(1990, 1, 1))
        factories.life_event(gone, LifeEventKind.MOVED_OUT, date(2025, 3, 10))
        factories.resident(community, "李满", sex=2, since=date(2025, 2, 1), residency="floating")


def linked(page) -> list[dict]:
    """Every number of the page that has an address."""
    context, found = page.context, []
    changes, ages = context["changes"], context["ages"]
    found += context["stocks"] + changes["events"]
    found += [changes[name] for name in ("before", "came", "left", "after")]
    found += [cell for row in ages["rows"] for cell in (*row["cells"], row["total"])]
    found += [*ages["sums"], ages["total"]]
    for part in [*context["parts"], *changes["reasons"]]:
        found += [{"value": row.value, "url": row.url} for row in part.rows]
    pyramid = ages["pyramid"].lines
    found += [{"value": cell.text, "url": cell.url} for line in pyramid for cell in line.cells]
    return found


@pytest.mark.parametrize("day", ["2024-12-31", "2025-06-30"])
def test_each_number_opens_a_figure_of_that_very_value(client_of, staff, people, day):
    client = client_of(staff)
    numbers = linked(client.get(URL, {"day": day}))
    assert len(numbers) > 30
    for number in {each["url"]: each for each in numbers}.values():
        assert client.get(number["url"]).context["value"] == number["value"], number["url"]


def test_numbers_of_a_day_and_of_the_changes_before_it(client_of, staff, people):
    page = client_of(staff).get(URL, {"day": "2025-06-30"})
    stocks = {each["label"]: each["value"] for each in page.context["stocks"]}
    assert stocks["在册居民"] == "2"
    assert (stocks["户籍人口"], stocks["流动人口"], stocks["老年人口"]) == ("1", "1", "1")
    changes = page.context["changes"]
    told = [changes[name]["value"] for name in ("before", "came", "left", "after")]
    assert (told, changes["net"]) == (["2", "1", "1", "2"], "0")
    assert "按网格" in {part.title for part in page.context["parts"]}


def test_the_street_sees_each_community(client_of, make_user, street, other_community, people):
    page = client_of(make_user(Role.STREET_SUPERVISOR, street)).get(URL)
    [part] = [part for part in page.context["parts"] if part.title == "按社区"]
    assert {row.label: row.value for row in part.rows} == {
        "明珠社区": "2",
        "和平社区": "0",
    }
    narrowed = client_of(make_user(Role.STREET_SUPERVISOR, street)).get(
        URL, {"unit": other_community.pk}
    )
    assert narrowed.context["is_empty"]


def test_nobody_yet_says_what_to_do(client_of, staff):
    page = client_of(staff).get(URL)
    assert page.context["is_empty"]
    assert "还没有在册居民" in page.content.decode()


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"day": str(timezone.localdate() + timedelta(days=1))}, "截至日期不能晚于今天。"),
        ({"day": "1066-01-01"}, "1066"),
        ({"day": "2025-01-01", "since": "2025-02-01"}, "变动的起始日期不能晚于截至日期。"),
        ({"day": "2025-01-01", "since": "1990-02-01"}, "变动的时段最长不超过十年。"),
        ({"day": "昨天"}, "日期"),
    ],
)
def test_a_wrong_day_is_said_at_its_field(client_of, staff, people, query, said):
    page = client_of(staff).get(URL, query)
    assert page.status_code == 200
    assert said in page.content.decode()


def test_another_unit_cannot_be_asked(client_of, staff, people, other_community):
    page = client_of(staff).get(URL, {"unit": other_community.pk})
    assert page.context["asked"].unit is None


@pytest.mark.parametrize("role", [Role.WINDOW_CLERK, Role.VOLUNTEER_LEADER])
def test_without_figures_the_page_is_closed(client_of, make_user, community, role):
    assert client_of(make_user(role, community)).get(URL).status_code == 403


def test_more_people_take_no_more_queries(acting, client_of, staff, community, people):
    client = client_of(staff)
    client.get(URL)
    with CaptureQueriesContext(connection) as few:
        client.get(URL)
    with acting(community):
        for number in range(3):
            factories.resident(community, f"新{number}")
    with CaptureQueriesContext(connection) as many:
        client.get(URL)
    assert len(many) == len(few)
    assert len(few) < 60
