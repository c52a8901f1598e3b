"""Who is registered on a day: the edges of the days, divided by age, sex, skill and origin."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.figures import engine
from portal.periods import Period
from residents.enums import Sex
from tests.factories import people
from tests.factories import volunteers as make
from volunteers.models import Volunteer
from volunteers.selectors.volunteers import active_on

pytestmark = pytest.mark.django_db
YEAR = Period.parse("2025")


def read(code, unit, period=YEAR):
    return engine.read(f"volunteers.{code}", [unit.pk], period).value


def on(day):
    return Period(day, day)


def test_joining_counts_on_its_day_and_leaving_no_longer(community, other_community, acting):
    with acting(community, other_community):
        make.volunteer(community, joined_on=date(2025, 1, 1), left_on=date(2025, 6, 30))
        make.volunteer(community, joined_on=date(2024, 12, 31))
        make.volunteer(other_community)
        assert read("registered", community, on(date(2024, 12, 31))) == 1
        assert read("registered", community, on(date(2025, 1, 1))) == 2
        assert read("registered", community, on(date(2025, 6, 29))) == 2
        assert read("registered", community, on(date(2025, 6, 30))) == 1
        assert (read("new", community), read("left", community)) == (1, 1)


def test_the_divisions_follow_the_register_and_their_own_record(community, acting):
    with acting(community):
        old = people.resident(community, born_on=date(1945, 1, 1), sex=Sex.MALE)
        make.volunteer(community, resident=old, skills=["medical", "law"])
        make.volunteer(community, born_on=date(2008, 1, 1), skills=["law"])
        found = {
            name: {
                value: reading.value
                for value, reading in engine.by_category(
                    "volunteers.registered", name, [community.pk], YEAR
                ).items()
                if reading.value
            }
            for name in ("age", "sex", "origin", "skills")
        }
        assert found == {
            "age": {"80+": 1, "7-17": 1},
            "sex": {"1": 1, "2": 1},
            "origin": {"resident": 1, "outside": 1},
            "skills": {"medical": 1, "law": 2},
        }
        assert read("registered_minors", community) == 1
        assert read("registered_minors", community, on(date(2026, 1, 1))) == 0


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    spells=st.lists(st.tuples(st.integers(0, 40), st.none() | st.integers(0, 40)), max_size=6),
    day=st.integers(0, 60),
)
def test_the_figure_and_the_list_agree(community, acting, spells, day):
    first = date(2025, 1, 1).toordinal()
    with acting(community):
        Volunteer.objects.all().update(deleted_at="2025-01-01T00:00:00+08:00")
        for begins, lasts in spells:
            joined = date.fromordinal(first + begins)
            left = None if lasts is None else date.fromordinal(first + begins + lasts)
            make.volunteer(community, joined_on=joined, left_on=left)
        asked = date.fromordinal(first + day)
        expected = sum(
            begins <= day and (lasts is None or day < begins + lasts) for begins, lasts in spells
        )
        assert read("registered", community, on(asked)) == active_on(asked).count() == expected
