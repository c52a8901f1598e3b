"""Pictures of a figure's page hold the numbers that the page reads: by month, by unit, by two things at once."""

from datetime import date

import pytest

from portal.roles import Role
from tests import factories
from tests.portal.charts.making import found_community

pytestmark = pytest.mark.django_db


@pytest.fixture
def supervisor(make_user, street):
    return make_user(Role.STREET_SUPERVISOR, street)


@pytest.fixture
def recorded(acting, street, community, other_community):
    with acting(street):
        for unit, category in ((community, "4"), (other_community, "1")):
            person = factories.resident(unit, "陈静", born_on=date(1950, 5, 1), sex=2)
            factories.certificate(person, category, "2")
            factories.visit(person, date(2025, 3, 5))


def parts(client, code, **query):
    page = client.get(f"/figures/{code}/", {"period": "2025"} | query)
    return {part.title: part for part in page.context["parts"]}, page.content.decode()


def test_events_are_bars_and_states_a_line(client_of, supervisor, recorded):
    client = client_of(supervisor)
    found, page = parts(client, "visits.persons")
    assert found["按月"].chart.kind == "bar"
    assert [cell.text for line in found["按月"].chart.lines for cell in line.cells][2] == "2"
    assert found["按单位"].chart.categories == ("春华街道（本级）", "明珠社区", "和平社区")
    assert page.count("<svg") == sum(1 for part in found.values() if part.chart)
    assert "js/charts.js" in page
    assert "vendor/js/echarts.min.js" in page
    found, _ = parts(client, "residents.registered")
    assert found["按月"].chart.kind == "line"


def test_ages_and_sexes_are_a_pyramid_and_kinds_and_levels_a_matrix(
    client_of, supervisor, recorded
):
    client = client_of(supervisor)
    pyramid = parts(client, "residents.registered")[0]["年龄和性别"].chart
    assert [series.name for series in pyramid.series] == ["男", "女"]
    [cell] = [line.cells[1] for line in pyramid.lines if line.cells[1].text != "0"]
    assert cell.text == "2"
    assert client.get(cell.url).context["value"] == "2"
    matrix = parts(client, "disability.holders")[0]["残疾类别和残疾等级"].chart
    told = {line.label: [cell.text for cell in line.cells] for line in matrix.lines}
    assert told["合计"] == ["0", "2", "0", "0", "2"]
    for line in matrix.lines:
        for cell in line.cells:
            if cell.text != "0":
                assert client.get(cell.url).context["value"] == cell.text


def test_three_communities_have_a_plan_and_two_have_none(
    client_of, supervisor, recorded, street, make_user, acting
):
    client = client_of(supervisor)
    assert "按单位的平面图" not in parts(client, "visits.persons")[0]
    found_community(street)
    chart = parts(client_of(supervisor), "visits.persons")[0]["按单位的平面图"].chart
    assert chart.categories == ("明珠社区", "和平社区", "新设社区")
    assert [cell.text for line in chart.lines for cell in line.cells] == ["1", "1", "0"]


def test_pages_of_population_and_of_disability_are_drawn(client_of, supervisor, recorded):
    client = client_of(supervisor)
    page = client.get("/residents/population/")
    assert "chart-pyramid" in page.content.decode()
    page = client.get("/disability/matrix/")
    lines = page.context["chart"].lines
    rows = [[cell["value"] for cell in row["cells"]] for row in page.context["categories"]["rows"]]
    # The table has 其中重度 between the levels and the sum.
    assert [[c.text for c in line.cells] for line in lines[:-1]] == [[*r[:4], r[5]] for r in rows]
    assert "chart-matrix" in page.content.decode()
