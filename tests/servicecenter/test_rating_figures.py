"""满意率 and what stands around it: good and bad make up the valid ones, whatever is recorded."""

from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.figures import engine
from portal.periods import Period
from servicecenter.enums.cases import CaseState
from servicecenter.enums.ratings import RatingChannel, RatingLevel, RedressState
from servicecenter.enums.supervision import SupervisionState, SupervisionTrigger
from servicecenter.models import Rating
from tests.conftest import as_command
from tests.factories import cases, redress

pytestmark = pytest.mark.django_db
YEAR = Period.parse("2025")
MARCH, APRIL = Period.parse("2025-03"), Period.parse("2025-04")


def read(code, *units, period=YEAR, **category):
    keys = frozenset(unit.pk for unit in units)
    return engine.read(f"servicecenter.{code}", keys, period, category or None)


def rated(unit, level, **fields):
    return redress.rating(redress.replied(unit), level, **fields)


def test_satisfied_are_the_three_upper_levels_of_the_valid_ones(acting, community):
    with acting(community):
        for level in (5, 5, 4, 3, 2, 1):
            rated(community, level)
        rated(community, 1, voided_on=date(2025, 3, 20), void_reason="mistaken")
        read_now = {code: read(f"ratings_{code}", community).value for code in
                    ("valid", "satisfied", "bad", "voided")}  # fmt: skip
        assert read_now == {"valid": 6, "satisfied": 4, "bad": 2, "voided": 1}
        assert read("satisfaction", community).full == "66.7%（4/6）"


def test_246_of_250_are_98_4_percent(acting, community):
    with acting(community):
        of_all = [redress.replied(community) for _ in range(2)]
        one = cases.version(community)
        of_all += [redress.replied(community, item=one) for _ in range(248)]
        for number, case in enumerate(of_all):
            redress.rating(case, 1 if number < 4 else 4)
        assert read("satisfaction", community).full == "98.4%（246/250）"


def test_a_rating_counts_on_its_day_in_its_unit_and_not_from_the_bin(
    acting, community, other_community
):
    with acting(community):
        rated(community, 5, occurred_on=date(2025, 3, 31))
        gone = rated(community, 5, occurred_on=date(2025, 4, 1))
        assert read("ratings_valid", community, period=MARCH).value == 1
        assert read("ratings_valid", community, period=APRIL).value == 1
        Rating.objects.filter(pk=gone.pk).update(deleted_at="2025-04-02T00:00Z")
        assert read("ratings_valid", community, period=APRIL).value == 0
    with acting(other_community):
        assert read("ratings_valid", other_community).value == 0


def test_a_later_rating_changes_no_satisfaction(acting, community):
    with acting(community):
        rated(community, 1, later_level=5, later_on=date(2025, 4, 1))
        assert read("satisfaction", community).full == "0.0%（0/1）"
        assert read("ratings_later", community, period=APRIL).value == 1


def test_rated_share_is_of_what_was_decided(acting, community):
    with acting(community):
        rated(community, 5)
        cases.case(community, CaseState.DECIDED)
        assert read("rated_share", community).full == "50.0%（1/2）"


def test_ratings_divide_by_what_their_cases_are(acting, community):
    with acting(community):
        of, agent = cases.station(community), cases.agent(community)
        case = redress.replied(community, station=of, agent=agent)
        redress.rating(case, 2, channel=RatingChannel.PAPER)
        rated(community, 5)
        keys = frozenset({community.pk})
        for name, value in (
            ("station", of.pk),
            ("agent", agent.pk),
            ("item", case.item.item_id),
            ("level", 2),
            ("channel", "paper"),
        ):
            found = engine.by_category("servicecenter.ratings_valid", name, keys, YEAR)
            told = {str(key): reading.value for key, reading in found.items()}
            assert told[str(value)] == 1, name
            assert sum(told.values()) == 2, name


def test_redress_is_counted_by_the_period_s_end(acting, community):
    with acting(community):
        redress.redress(community, RedressState.DONE)
        redress.redress(community, RedressState.CALLING)
        redress.redress(community, RedressState.VOIDED)
        early = Period(date(2025, 3, 1), date(2025, 3, 11))
        assert read("redresses", community).value == 2
        assert read("call_back_rate", community).full == "50.0%（1/2）"
        assert read("redresses_in_time", community).value == 1
        assert read("redresses_in_time", community, period=early).value == 0
        assert read("redresses_open", community).value == 1
        assert read("redresses_open", community, period=early).value == 3


def test_remedied_after_the_day_is_not_in_time(acting, community):
    with acting(community):
        redress.redress(community, RedressState.DONE, due_on=date(2025, 3, 11))
        assert read("redresses_in_time", community).value == 0


def test_supervisions_by_cause_and_level_with_their_urges(acting, community):
    with acting(community):
        case = redress.replied(community)
        done = redress.supervision(case, SupervisionState.CLOSED)
        redress.supervision(case, trigger=SupervisionTrigger.OVERDUE, level="street")
        for action in ("urge", "escalate", "reply"):
            done.steps.create(
                unit=community,
                occurred_on=date(2025, 3, 12),
                action=action,
                source="waiting",
                target="waiting",
                level="head",
            )
        assert read("supervisions", community).value == 2
        assert read("supervisions", community, trigger="overdue").value == 1
        assert read("supervisions_street", community).value == 1
        assert read("supervision_answer_rate", community).full == "50.0%（1/2）"
        assert read("urges", community).value == 2
        assert read("escalations", community).value == 1
        assert read("supervisions_open", community).value == 1


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    given=st.lists(
        st.tuples(
            st.sampled_from(RatingLevel.values),
            st.sampled_from(RatingChannel.values),
            st.booleans(),
            st.dates(date(2025, 3, 7), date(2025, 6, 30)),
        ),
        max_size=8,
    )
)
def test_good_and_bad_are_the_valid_ones_however_they_came(community, given):
    with as_command({community.pk}), transaction.atomic():
        item = cases.version(community)
        for level, channel, voided, day in given:
            more = {"voided_on": day, "void_reason": "mistaken"} if voided else {}
            redress.rating(
                redress.replied(community, item=item), level,
                channel=channel, called_by="周一鸣", occurred_on=day, **more,
            )  # fmt: skip
        valid = read("ratings_valid", community).value
        good, bad = read("ratings_satisfied", community), read("ratings_bad", community)
        assert good.value + bad.value == valid
        assert valid + read("ratings_voided", community).value == len(given)
        keys = frozenset({community.pk})
        for name in ("level", "channel", "department", "station", "agent", "item"):
            divided = engine.by_category("servicecenter.ratings_valid", name, keys, YEAR)
            assert sum(reading.value for reading in divided.values()) == valid
        monthly = sum(
            read("ratings_valid", community, period=Period.parse(f"2025-{month:02}")).value
            for month in range(1, 13)
        )
        assert monthly == valid
        transaction.set_rollback(True)
