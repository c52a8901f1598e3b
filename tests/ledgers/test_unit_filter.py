"""A list's unit filter, for those who see several units: the unit and everything below it."""

from datetime import date

import pytest

from portal.roles import Role
from tests import factories


@pytest.fixture
def visits(acting, street, community, other_community):
    with acting(street):
        for unit, number in ((community, 2), (other_community, 1)):
            person = factories.resident(unit, f"{unit.name}居民")
            for day in range(1, number + 1):
                factories.visit(person, date(2025, 3, day))


@pytest.fixture
def shown(client_of, make_user, street, visits):
    """``shown(query)``: (units that can be chosen, rows, the first figure) of the list page."""
    client = client_of(make_user(Role.STREET_SUPERVISOR, street))

    def ask(query):
        context = client.get(f"/ledger/visits/?{query}").context
        choices = [unit.name for unit in context["filter_form"].fields["unit"].queryset]
        return choices, len(context["rows"]), context["footer"][0]["value"]

    return ask


def test_units_of_the_street_can_be_chosen(shown, street, community):
    choices, rows, figure = shown("")
    assert choices == ["春华街道", "明珠社区", "和平社区"]
    assert (rows, figure) == (3, "3")


def test_chosen_unit_narrows_rows_and_figures(shown, street, community, other_community):
    assert shown(f"unit={community.pk}")[1:] == (2, "2")
    assert shown(f"unit={other_community.pk}")[1:] == (1, "1")
    assert shown(f"unit={street.pk}")[1:] == (3, "3")


def test_street_and_community_tell_one_number_with_a_period(shown, community):
    assert shown(f"unit={community.pk}&period=2025Q1")[1:] == (2, "2")
    assert shown(f"unit={community.pk}&period=2025Q2")[1:] == (0, "0")
