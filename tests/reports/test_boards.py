"""Boards: change and trend, table and sorting, side by side, the way down, questions of the database."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.figures import engine
from portal.roles import Role
from portal.scope import below
from reports.boards.finding import found_figures
from reports.boards.when import Against, Span, When
from reports.changes import changed
from tests import factories
from tests.reports.numbers import read_page

pytestmark = pytest.mark.django_db
VISITS, PERSONS, RATE = (
    "disability.visits",
    "disability.visited_persons",
    "disability.visit_coverage",
)


@pytest.fixture
def supervisor(make_user, street):
    return make_user(Role.STREET_SUPERVISOR, street)


@pytest.fixture
def client(client_of, supervisor):
    return client_of(supervisor)


@pytest.fixture
def visited(acting, street, community, other_community):
    """2025: 3 visits in one community, 1 in the other, of whom one person is known to both; 2024: 2."""
    with acting(street):
        person = factories.resident(community, "陈静")
        factories.disability_file(person)
        for day in (date(2025, 2, 3), date(2025, 3, 3), date(2024, 2, 3), date(2024, 5, 3)):
            factories.visit(person, day)
        factories.visit(factories.resident(community, "黄文发"), date(2025, 4, 3))
        factories.visit(person, date(2025, 5, 3), unit=other_community)
    return person


def tile(response, code):
    return next(t["tile"] for t in response.context["tiles"] if t["tile"].code == code)


# --- change and trend -----------------------------------------------------------------------------------
def test_the_change_is_in_the_words_of_summaries(client, visited):
    found = tile(client.get("/boards/disability/?period=2025"), VISITS)
    assert (found.number.text, found.before.text, found.change.text) == (
        "4",
        "2",
        "增加2人次，增长100.0%",
    )
    assert (found.way, found.toward) == ("up", "good")


def test_change_and_trend_are_what_the_engine_tells_of_each_period(
    client, supervisor, acting, street, community
):
    today = timezone.localdate()
    with acting(street):
        person = factories.resident(community)
        for days in (0, 3, 40, 41, 200, 366, 370, 500):
            factories.visit(person, today - timedelta(days=days))
    for when in ("year", "quarter", "month", "last_month"):
        for against in Against.values:
            page = client.get(f"/boards/disability/?period={when}&against={against}")
            found, span = tile(page, VISITS), Span.of(When(when).whole(today), against, today)
            with acting(supervisor):
                units = below([street.pk])
                now, before = (engine.read(VISITS, units, p) for p in (span.period, span.earlier))
                months = [engine.read(VISITS, units, month).value for month in span.months]
            assert found.change.text == changed(now, before, span.label)
            assert [reading.value for _, reading in found.trend] == months
            assert (found.number.text, found.before.text) == (now.text, before.text)


def test_the_page_says_when_it_was_counted_and_of_which_period(client, visited):
    body = client.get("/boards/disability/?period=2025").content.decode()
    assert "数据截至" in body
    assert "2025年" in body
    assert "与2024年相比" in re.sub(r"\s", "", body)


# --- the table ------------------------------------------------------------------------------------------
def names(response):
    return [row.name for row in response.context["table"].rows]


def test_rows_are_the_units_below_and_what_the_street_recorded_itself(client, visited):
    page = client.get("/boards/disability/?period=2025")
    assert names(page) == ["明珠社区", "和平社区", "本级"]
    column = [c.figure.code for c in page.context["table"].columns].index(VISITS)
    cells = [row.cells[column] for row in page.context["table"].rows]
    assert [(c.number.text, c.rank, c.shade) for c in cells] == [
        ("3", "1", "best"),
        ("1", "2", "worst"),
        ("0", "", ""),
    ]
    assert page.context["table"].total[column].text == "4"


@pytest.mark.parametrize(
    ("sorting", "expected"),
    [
        (VISITS, ["和平社区", "明珠社区", "本级"]),
        (f"-{VISITS}", ["明珠社区", "和平社区", "本级"]),
        ("name", ["和平社区", "明珠社区", "本级"]),
        ("-name", ["明珠社区", "和平社区", "本级"]),
        ("nothing", ["明珠社区", "和平社区", "本级"]),
        ("-", ["明珠社区", "和平社区", "本级"]),
    ],
)
def test_the_table_sorts_by_any_column_without_javascript(client, visited, sorting, expected):
    page = client.get(f"/boards/disability/?period=2025&sort={sorting}")
    assert names(page) == expected


def test_the_same_table_stands_at_its_former_address(client, visited):
    moved = client.get("/figures/street/?domain=disability&period=2025")
    assert moved["Location"] == "/boards/table/?domain=disability&period=2025"
    page = client.get(moved["Location"])
    assert len(page.context["table"].columns) > 100
    assert names(page) == ["明珠社区", "和平社区", "本级"]


# --- the way down ---------------------------------------------------------------------------------------
def test_a_person_of_two_communities_counts_once_and_the_page_says_so(client, street, visited):
    page = client.get(f"/boards/figures/{PERSONS}/?unit={street.pk}&period=2025")
    body = page.content.decode()
    assert page.context["tile"].number.text == "2"
    assert [part["cell"].number.text for part in page.context["parts"]] == ["2", "1", "0"]
    assert "重复的人只计一次" in body
    told = client.get(page.context["sum_url"])
    assert (told.context["told"]["sum"], told.context["told"]["street"]) == ("3", "2")
    assert [row["label"] for row in told.context["rows"]] == ["陈静"]


def test_a_sum_that_is_the_whole_says_nothing(client, street, visited):
    page = client.get(f"/boards/figures/{VISITS}/?unit={street.pk}&period=2025")
    assert not page.context["differs"]
    assert "不等于" not in page.content.decode()


def test_street_community_grid_records_tell_the_same_number(
    client, acting, street, community, make_grid
):
    one, two = make_grid(community, 1), make_grid(community, 2)
    with acting(street):
        for grid, count in ((one, 3), (two, 1), (None, 2)):
            for _ in range(count):
                factories.resident(community, grid=grid)
    code = "residents.registered"
    page = client.get(f"/boards/figures/population.usual/?unit={street.pk}&period=2025")
    assert page.context["parts"][0]["cell"].number.text == "6"
    page = client.get(page.context["parts"][0]["url"])
    assert page.context["tile"].number.text == "6"
    parts = {part["row"].name: part["cell"].number for part in page.context["parts"]}
    assert {name: number.text for name, number in parts.items()} == {
        "第1网格": "3",
        "第2网格": "1",
        "未划入网格": "2",
    }
    for number in parts.values():
        end = client.get(number.url)
        assert read_page(end.content.decode()).ends == [number.text]
        assert end.context["page"].paginator.count == int(number.text)
    assert client.get(f"/boards/figures/{code}/?unit={community.pk}").status_code == 200


# --- side by side ---------------------------------------------------------------------------------------
def compared(page, code):
    line = next(line for line in page.context["lines"] if line.code == code)
    first, *others = line.cells
    return first.number.text, [
        (c.number.text, c.difference.text, c.percent.text if c.percent else "") for c in others
    ]


def test_two_periods_stand_side_by_side(client, visited):
    page = client.get("/boards/compare/?board=disability&period=2025&with=2024")
    assert page.context["sides"] == ["2024年", "2025年"]
    assert compared(page, VISITS) == ("2", [("4", "+2", "+100.0%")])
    assert compared(page, RATE) == ("100.0%", [("100.0%", "0.0", "")])


def test_units_stand_side_by_side_and_each_difference_is_from_the_first(
    client, community, other_community, street, visited
):
    units = "&".join(f"units={unit.pk}" for unit in (community, other_community, street))
    page = client.get(f"/boards/compare/?board=disability&period=2025&{units}")
    assert page.context["sides"] == ["明珠社区", "和平社区", "春华街道"]
    assert compared(page, VISITS) == ("3", [("1", "-2", "-66.7%"), ("4", "+1", "+33.3%")])
    line = next(line for line in page.context["lines"] if line.code == VISITS)
    worked = client.get(line.cells[1].difference.url)
    assert (worked.context["now"].text, worked.context["before"].text) == ("1", "3")
    assert read_page(worked.content.decode()).ends[:2] == ["-2", "-66.7%"]


def test_a_foreign_unit_is_a_missing_page(client_of, make_user, community, other_community):
    client = client_of(make_user(Role.COMMUNITY_HEAD, community))
    foreign = other_community.pk
    for url in (
        f"/boards/overview/?unit={foreign}",
        f"/boards/compare/?units={community.pk}&units={foreign}",
        f"/boards/figures/{VISITS}/?unit={foreign}",
        f"/boards/figures/{VISITS}/difference/?unit={community.pk}&beside={foreign}",
        f"/boards/overview/board.pdf?unit={foreign}",
        "/boards/overview/?period=never",
        "/boards/overview/?with=never",
        "/boards/overview/?unit=x",
        f"/boards/figures/{PERSONS}/sum/?unit={community.pk}",
        "/boards/figures/nothing/",
        "/boards/nothing/",
        f"/boards/{10**17}/",
    ):
        assert client.get(url).status_code == 404, url


def test_a_department_alone_has_its_own_board(client_of, make_user, street):
    client = client_of(make_user(Role.SANITATION_INSPECTOR, street))
    keys = [board.key for board in client.get("/boards/sanitation/").context["boards"]]
    assert keys == ["sanitation"]
    assert client.get("/boards/").status_code == 200
    assert client.get("/boards/disability/").status_code == 404
    assert client.get(f"/boards/figures/{VISITS}/").status_code == 403


# --- finding figures --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "typed", ["走访覆盖", "zoufangfugai", "zffg", "visit_coverage", "ＶＩＳＩＴ_cov"]
)
def test_figures_are_found_by_name_pinyin_initials_and_code(supervisor, acting, typed):
    with acting(supervisor):
        assert RATE in [figure.code for figure in found_figures(supervisor, typed)]


def test_figures_that_one_may_not_see_are_not_found(make_user, street, acting):
    inspector = make_user(Role.SANITATION_INSPECTOR, street)
    with acting(inspector):
        assert found_figures(inspector, "走访覆盖") == []
        assert found_figures(inspector, "  ") == []


# --- how often the database is asked ------------------------------------------------------------------------
def test_more_communities_and_records_ask_no_more(client, acting, street, more_communities):
    counts, units = [], more_communities(4)
    for of_them in (units[:1], units[1:]):
        with acting(street):
            for unit in of_them * len(of_them):
                factories.visit(factories.resident(unit), date(2025, 3, 3))
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/boards/disability/?period=2025").status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]
    assert counts[1] <= 60
