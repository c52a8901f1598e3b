"""Values on scales: range, direction, baseline; who is better than at first."""

import uuid
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disability.enums.outcomes import BOUNDS, Scale
from disability.models import OutcomeMeasure
from portal.figures import engine
from portal.periods import Period
from portal.roles import Role
from tests import factories
from tests.factories import conditions as made

pytestmark = pytest.mark.django_db
YEAR = Period.parse("2025")


def value(code, community, **category):
    return engine.read(f"disability.{code}", [community.pk], YEAR, category or None).full


@pytest.mark.parametrize(
    ("scale", "typed", "said"),
    [
        ("barthel", "105", "在 0 到 100 之间"),
        ("barthel", "42", "以 5 为一档"),
        ("berg", "57", "在 0 到 56 之间"),
        ("mmse", "-1", "在 0 到 30 之间"),
        ("vas", "10.1", "在 0 到 10 之间"),
        ("confidence", "0", "在 1 到 5 之间"),
        ("confidence", "2.5", "以 1 为一档"),
        ("berg", "五十", "请只填数字"),
    ],
)
def test_a_value_outside_its_scale_is_refused_at_the_field(
    acting, client_of, make_user, community, scale, typed, said
):
    client = client_of(make_user(Role.REHABILITATION_WORKER, community))
    with acting(community):
        person = factories.resident(community)
    data = {
        "_key": str(uuid.uuid4()),
        "resident": person.pk,
        "occurred_on": "2025-03-10",
        "scale": scale,
        "value": typed,
    }
    answer = client.post("/ledger/outcomes/add/", data)
    assert answer.status_code == 200
    assert said in str(answer.context["form"].errors["value"])
    with acting(community):
        assert not OutcomeMeasure.objects.exists()


@pytest.mark.parametrize("scale", Scale)
def test_the_database_knows_every_range(acting, community, scale):
    bounds = BOUNDS[scale]
    with acting(community):
        person = factories.resident(community)
        made.outcome(person, scale=scale, value=bounds.low)
        made.outcome(person, scale=scale, value=bounds.high, occurred_on=date(2025, 3, 11))
        for wrong in (bounds.low - 1, bounds.high + 1):
            with pytest.raises(IntegrityError, match="outcome_in_range"), transaction.atomic():
                made.outcome(person, scale=scale, value=wrong, occurred_on=date(2025, 3, 12))


def test_the_last_value_of_the_period_is_held_against_the_first_of_all(
    acting, client_of, make_user, community
):
    with acting(community):
        better, worse, alone, pain = (
            factories.resident(community, name) for name in ("甲明", "乙明", "丙明", "丁明")
        )
        for person, first, middle, last in ((better, 40, 35, 60), (worse, 40, 80, 40)):
            made.outcome(person, value=first, occurred_on=date(2024, 6, 1))
            made.outcome(person, value=middle, occurred_on=date(2025, 2, 1))
            made.outcome(person, value=last, occurred_on=date(2025, 9, 1))
        made.outcome(better, value=0, occurred_on=date(2026, 1, 5))  # of the next year
        made.outcome(alone, value=90)
        made.outcome(pain, scale="vas", value=8)
        made.outcome(pain, scale="vas", value="3.5", occurred_on=date(2025, 5, 1))
        assert value("outcome_measures", community) == "7人次"
        assert value("outcomes_measured", community) == "3人"
        assert value("outcomes_improved", community) == "2人"
        assert value("improvement_rate", community) == "66.7%（2/3）"
        assert value("outcomes_improved", community, scale="vas") == "1人"
    client = client_of(make_user(Role.COMMUNITY_STAFF, community))
    page = client.get("/ledger/outcomes/").content.decode()
    assert "改善 4.5" in page
    assert "改善 20" in page
    assert "持平" in page
    assert "基线" in page


VALUES = st.lists(
    st.tuples(st.integers(1, 3), st.sampled_from(["berg", "adl"]), st.integers(14, 56)),
    max_size=12,
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(values=VALUES)
def test_improvement_agrees_with_counting_by_hand(acting, community, values):
    """Values come one a day; more may never be improved than were measured."""
    with acting(community), transaction.atomic():
        people = {n: factories.resident(community, f"居民{n}") for n in (1, 2, 3)}
        told = {}
        for day, (who, scale, score) in enumerate(values, start=1):
            made.outcome(people[who], scale=scale, value=score, occurred_on=date(2025, 3, day))
            told.setdefault((who, scale), []).append(score)
        again = {key: scores for key, scores in told.items() if len(scores) > 1}
        better = {
            who
            for (who, scale), scores in again.items()
            if (scores[-1] > scores[0] if scale == "berg" else scores[-1] < scores[0])
        }
        assert value("outcomes_measured", community) == f"{len({who for who, _ in again})}人"
        assert value("outcomes_improved", community) == f"{len(better)}人"
        transaction.set_rollback(True)
