"""Every number on a figure's page is the number at the end of its link."""

from datetime import date

import pytest

from portal.roles import Role
from tests import factories


@pytest.fixture
def supervisor(make_user, street):
    return make_user(Role.STREET_SUPERVISOR, street)


@pytest.fixture
def recorded(acting, street, community, other_community):
    with acting(street):
        for place, unit in enumerate((street, community, other_community), start=1):
            person = factories.resident(unit, "陈静")
            factories.disability_file(person)
            for month in range(place):
                factories.visit(person, date(2025, month + 1, 5), mode="phone")
            factories.assistance(person, amount=100 * place)


def numbers(context):
    for part in context["parts"]:
        yield from ((row.value, row.url) for row in part.rows)
        for line in part.chart.lines if part.chart else ():
            yield from ((cell.text, cell.url) for cell in line.cells)
    yield from ((term["value"], term["url"]) for term in context.get("terms", []))


@pytest.mark.parametrize(
    "code",
    ["disability.visits", "visits.persons", "disability.assistance_amount", "residents.registered"],
)
def test_numbers_of_a_figure_page_equal_the_numbers_they_open(
    client_of, supervisor, recorded, code
):
    client = client_of(supervisor)
    context = client.get(f"/figures/{code}/?period=2025").context
    found = list(numbers(context))
    assert len(found) > 12
    for value, url in found:
        assert client.get(url).context["value"] == value, url


def test_ratio_shows_terms_that_open_their_own_pages(client_of, supervisor, recorded):
    client = client_of(supervisor)
    context = client.get("/figures/disability.visit_coverage/?period=2025").context
    assert context["value"] == "100.0%"
    for term in context["terms"]:
        assert term["value"] == client.get(term["url"]).context["reading"].full


def test_a_malformed_question_is_a_missing_page(client_of, supervisor):
    client = client_of(supervisor)
    assert client.get("/figures/visits.home/?unit=abc").status_code == 404
    assert client.get("/figures/visits.home/?period=never").status_code == 404
    assert client.get("/figures/nothing/").status_code == 404
