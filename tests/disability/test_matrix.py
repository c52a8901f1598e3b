"""残疾人分布: the tables are the figures' own numbers, as of any day, and right after a move to another grid."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from disability.enums import Category, Level
from portal.figures import engine
from portal.periods import Period
from portal.roles import Role
from residents.models import ResidencySpell
from tests import factories

pytestmark = pytest.mark.django_db
URL = "/disability/matrix/"
DAY = date(2025, 12, 31)


@pytest.fixture
def staff(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community)


@pytest.fixture
def section(make_user, street):
    return make_user(Role.STREET_SECTION, street)


@pytest.fixture
def holders(acting, street, community, other_community, make_grid):
    """Four holders of 明珠社区, one of them until March 2025 and one who moved to the second grid in
    July; one of 和平社区."""
    first, second = make_grid(community, 1), make_grid(community, 2)
    with acting(street):
        for category, level in (("4", "2"), ("4", "4"), ("1", "1")):
            person = factories.resident(community, grid=first, since=date(2019, 1, 1))
            factories.certificate(person, category, level)
        gone = factories.resident(community, grid=first)
        factories.certificate(gone, "7", "1", ended_on=date(2025, 3, 10), status="cancelled")
        ResidencySpell.objects.filter(resident=person).update(
            ends_on=date(2025, 6, 30), ended_by="moved"
        )
        ResidencySpell.objects.create(
            unit=community, resident=person, grid=second, starts_on=date(2025, 7, 1)
        )
        factories.certificate(factories.resident(other_community), "4", "3")


def cells(page) -> list[dict]:
    context = page.context
    found = list(context["head"].values())
    for table in (context["categories"], context["places"]):
        found += [cell for row in table["rows"] for cell in row["cells"]] + table["sums"]
    return found


@pytest.mark.parametrize("day", ["2024-12-31", "2025-12-31"])
@pytest.mark.parametrize("by", ["unit", "grid"])
def test_each_number_opens_a_figure_of_that_very_value(client_of, section, holders, day, by):
    client = client_of(section)
    numbers = cells(client.get(URL, {"day": day, "by": by}))
    told = {number["url"]: number for number in numbers if number["value"] != "0"}
    assert len(told) > 20
    for number in told.values():
        assert client.get(number["url"]).context["value"] == number["value"], number["url"]


def row(table, label):
    [found] = [row for row in table["rows"] if row["label"] == label]
    return [cell["value"] for cell in found["cells"]]


def test_categories_by_levels_with_the_severe_and_all(client_of, staff, holders):
    table = client_of(staff).get(URL, {"day": "2025-12-31"}).context["categories"]
    assert row(table, "肢体残疾") == ["0", "1", "0", "1", "1", "2"]
    assert row(table, "视力残疾") == ["1", "0", "0", "0", "1", "1"]
    assert row(table, "多重残疾") == ["0", "0", "0", "0", "0", "0"]
    assert [cell["value"] for cell in table["sums"]] == ["1", "1", "0", "1", "2", "3"]


def test_cancelled_in_march_counts_at_the_end_of_last_year_only(client_of, staff, holders):
    pages = [client_of(staff).get(URL, {"day": f"{year}-12-31"}) for year in (2024, 2025)]
    assert [page.context["head"]["holders"]["value"] for page in pages] == ["4", "3"]


def test_a_community_is_divided_by_the_grids_of_the_day(client_of, staff, holders):
    before, after = (
        client_of(staff).get(URL, {"day": day}).context["places"]
        for day in ("2025-06-30", "2025-07-01")
    )
    all_of = {
        table_name: {row["label"]: row["cells"][-1]["value"] for row in table["rows"]}
        for table_name, table in (("before", before), ("after", after))
    }
    assert list(all_of["before"].values()) == ["3", "0"]
    assert list(all_of["after"].values()) == ["2", "1"]


def test_the_street_sees_its_communities(client_of, section, holders):
    table = client_of(section).get(URL, {"day": "2025-12-31"}).context["places"]
    assert [(r["label"], r["cells"][-1]["value"]) for r in table["rows"]] == [
        ("明珠社区", "3"),
        ("和平社区", "1"),
    ]


def test_more_holders_take_no_more_queries(client_of, staff, acting, community, holders):
    def asked():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(URL)
        return len(queries)

    client = client_of(staff)
    few = asked()
    with acting(community):
        for _ in range(5):
            factories.certificate(factories.resident(community), "5", "1")
    assert asked() == few


def test_a_cube_agrees_with_each_reading(acting, community, staff, holders):
    period = Period(DAY, DAY)
    with acting(staff):
        names = ("category", "level", "grid")
        cube = engine.cube("disability.holders", names, [community.pk], period)
        for category in Category.values:
            for level in Level.values:
                chosen = {"category": category, "level": level}
                one = engine.read("disability.holders", [community.pk], period, chosen)
                assert cube.at(**chosen).value == one.value
        for name in names:
            parts = engine.by_category("disability.holders", name, [community.pk], period)
            for value, reading in parts.items():
                assert cube.at(**{name: value}).value == reading.value
        with pytest.raises(KeyError):
            cube.at(colour="red")
        with pytest.raises(ValueError, match="neither persons nor rows"):
            engine.cube("sanitation.finding_spots", ("problem",), [community.pk], period)


def test_the_paper_and_who_may(client_of, staff, make_user, community, holders):
    paper = client_of(staff).get(f"{URL}paper.pdf", {"day": "2025-12-31"})
    assert paper["Content-Type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF")
    clerk = make_user(Role.WINDOW_CLERK, community)
    assert client_of(clerk).get(URL).status_code == 403


def test_a_wrong_day_is_told_at_the_field(client_of, staff, holders):
    page = client_of(staff).get(URL, {"day": "2099-01-01"})
    assert "截至日期不能晚于今天。" in page.content.decode()
