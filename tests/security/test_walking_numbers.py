"""SECURITY row 6: whoever counts up the numbers of an address finds their own rows and no sign of others."""

import re

import pytest

from portal.roles import Role
from tests import factories
from tests.security.asking import Asking

pytestmark = pytest.mark.django_db
LAST = 5_000
THEIRS = (1, 2, 777, 2_500, LAST)
OWN = 1_234
TOKENS = re.compile(rb'"[\w-]{36,}"')


@pytest.fixture
def staff(make_user, acting, community, other_community):
    with acting(other_community):
        for number in THEIRS:
            factories.visit(factories.resident(other_community, "金丝雀", pk=number), pk=number)
    with acting(community):
        factories.visit(factories.resident(community, pk=OWN), pk=OWN)
    return make_user(Role.COMMUNITY_STAFF, community)


def test_counting_up_to_5000_opens_ones_own_row_alone(acting, staff):
    """Two kinds of row, asked in turn."""
    asking = Asking(staff)
    kinds = ("visits", "residents")
    with acting(staff):
        opened = [
            number
            for number in range(1, LAST + 1)
            if asking.get(f"/ledger/{kinds[number % 2]}/{number}/delete/").status != 404
        ]
        assert opened == [OWN]
        both = [asking.get(f"/ledger/{kind}/{n}/delete/") for kind in kinds for n in THEIRS]
    assert {answer.status for answer in both} == {404}


def test_a_row_of_another_unit_answers_like_a_number_that_nobody_has(client_of, staff):
    client = client_of(staff)
    pages = [client.get(f"/ledger/visits/{number}/") for number in (*THEIRS, 3, LAST + 1)]
    seen = {(page.status_code, TOKENS.sub(b"", page.content)) for page in pages}
    assert len(seen) == 1
    assert pages[0].status_code == 404
