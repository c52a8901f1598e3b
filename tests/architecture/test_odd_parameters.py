"""No page falls over what somebody writes into its address: odd parameters are answered in words."""

import pytest

from portal.ledgers.registry import ledgers
from portal.roles import Role
from tests import factories
from tests.security.asking import bare_refusals, without_frame
from tests.security.routes import ALL, sample_url

NAMES = """
against as_of at back beside board by code copy day domain draft ended first fresh from kind like
lines member only own page parent period q record retired rows s shown since sort state unit units
until user with year
""".split()  # noqa: SIM905
NUL = "\x00"


def addresses():
    """Every URL once; the lists of ledgers, which know filters of their own, for every ledger."""
    for name, (_, route) in sorted(ALL.items()):
        if name == "logout":
            continue
        yield sample_url(route), ()
        if name == "ledger-list":
            for ledger in ledgers:
                yield sample_url(route, slug=ledger.slug), ledger.filters


@pytest.mark.django_db
def test_odd_parameters_break_no_page(client_of, make_user, community, acting):
    with acting(community):
        person = factories.resident(community)
        factories.member(factories.household(community), person)
        factories.visit(person)
    client = client_of(make_user(Role.COMMUNITY_STAFF, community))
    client.raise_request_exception = False
    broken = []
    with bare_refusals(), without_frame():
        for url, filters in addresses():
            answer = client.get(url, dict.fromkeys([*NAMES, *filters], NUL))
            if answer.status_code >= 500:
                broken.append(url)
    assert not broken
