"""Which resident the cells of an imported row mean."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from portal.roles import Role
from residents.resolving import find_resident
from tests import factories


@pytest.fixture
def found(acting, make_user, community):
    """``found(姓名, 证件号码)`` as staff of the community, where one 黄文发 lives."""
    staff = make_user(Role.COMMUNITY_STAFF, community)

    def find(name, number):
        with acting(staff):
            return find_resident({"姓名": name, "证件号码": number}, staff, community)

    return find


@pytest.fixture
def person(acting, community):
    with acting(community):
        return factories.resident(community, born_on=date(1970, 5, 17))


def test_a_number_is_found_in_the_ways_clerks_write_it(found, person):
    number = person.id_number
    fifteen = number[:6] + number[8:17]
    spaced = f"{number[:6]} {number[6:14]} {number[14:]}"
    for typed in (number, number.lower(), f"'{number}", spaced, fifteen):
        assert found("黄文发", typed) == person, typed


def test_a_number_of_nobody_or_of_another_name_is_refused(found, person):
    wrong = person.id_number[:-1] + ("0" if person.id_number[-1] != "0" else "1")
    with pytest.raises(ValidationError, match="没有这个证件号码"):
        found("黄文发", wrong)
    with pytest.raises(ValidationError, match="姓名与"):
        found("黄文法", person.id_number)
