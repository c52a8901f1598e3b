"""Typed words stand in a summary as words: what looks like a figure's token is none."""

from datetime import date

import pytest

from disability.summaries import conditions, devices, programmes, referrals, services
from portal.periods import Period
from portal.summaries import Telling
from tests import factories
from tests.factories import disability_conditions as ill
from tests.factories import disability_devices as made
from tests.factories import programmes as make

TRICK = "{disability.holders}"


@pytest.fixture
def telling(community):
    return Telling(unit=community, units=frozenset({community.pk}), period=Period.parse("2025"))


def test_no_typed_word_becomes_a_figure(acting, community, telling):
    with acting(community):
        person = factories.resident(community, born_on=date(2000, 1, 1))
        home = make.programme(community, name=f"家{TRICK}", tasks=TRICK)
        make.interest_group(home, TRICK)
        make.programme_session(home, title=TRICK, content=TRICK, highlight=True)
        make.placement(person, funding=TRICK, highlight=True)
        factories.rehab_session(community, title=TRICK, highlight=True)
        factories.rehab_service(person, items=TRICK, highlight=True)
        ill.treatment(person, method=TRICK, result=TRICK, highlight=True)
        ill.referral(person, outcome=TRICK, highlight=True)
        made.case(
            person, "盲杖", state="fitted", issued_on=date(2025, 4, 1), reason=TRICK, highlight=True
        )
        texts = [
            programmes.described(programmes.Said(home)),
            *programmes.groups(telling),
            *programmes.sessions(telling),
            *programmes.placements(telling),
            *services.sessions(telling),
            *services.services(telling),
            *conditions.treatments(telling),
            *referrals.referrals(telling),
            *devices.stories(telling),
        ]
    assert len(texts) == 9
    for text in texts:
        assert TRICK not in text
        assert "｛disability.holders｝" in text
