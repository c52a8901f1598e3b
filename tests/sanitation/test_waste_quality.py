"""What is sound in the records of waste breaks no rule."""

import pytest

from portal.quality import rules
from tests.factories import sanitation_waste as make

pytestmark = pytest.mark.django_db


def test_what_is_sound_breaks_none(community, acting):
    with acting(community):
        make.one_of_each(community)
        units = frozenset({community.pk})
        found = {code: list(rules[code].rows(units)) for code in make.BROKEN}
    assert {code: rows for code, rows in found.items() if rows} == {}
