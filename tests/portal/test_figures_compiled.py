"""A figure's question is put into SQL once; asked of other units and days it counts what Django would."""

from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.figures import Ratio, engine, figures
from portal.figures.compiled import answers
from portal.periods import Period
from portal.scope import below
from residents.models import Visit
from tests.conftest import acting_as
from tests.reports.boards_world import new_town, one_of_each, scatter
from tests.sharing import undone_afterwards

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("spans")]
PERIODS = [Period.parse(key) for key in ("2025", "2025-03-10..2025-11-20")]
COUNTED = [figure for figure in figures if not isinstance(figure, Ratio)]


@pytest.fixture(scope="module")
def town(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), undone_afterwards():
        town = new_town()
        scatter(town, seed=5, count=48)
        one_of_each(town.communities[1])
        yield town


def counted_by_django(figure, units, period, category=None):
    rows = engine.evidence(figure.code, units, period, category)
    return rows.order_by().aggregate(value=figure.value.aggregate(period))["value"] or 0


def test_every_figure_is_what_django_counts(town):
    told = 0
    with acting_as(town.street):
        units = below([town.street.pk])
        for asked in (units, [town.communities[1].pk], [town.communities[0].pk]):
            for period in PERIODS:
                for figure in COUNTED[::7] if asked is not units else COUNTED:
                    value = engine.read(figure.code, asked, period).value
                    plain = counted_by_django(figure, asked, period)
                    assert (value, type(value)) == (plain, type(plain)), (figure.code, period)
                    told += bool(value)
    assert told > 250


def test_every_choice_of_a_category_is_what_django_counts(town):
    year, told = PERIODS[0], 0
    with acting_as(town.street):
        units = below([town.street.pk])
        for figure in COUNTED[::3]:
            for name, category in figure.categories.items():
                for choice in list(category.labels(units))[:2]:
                    chosen = {name: str(choice)}
                    value = engine.read(figure.code, units, year, chosen).value
                    assert value == counted_by_django(figure, units, year, chosen), figure.code
                    told += bool(value)
    assert told > 20


def test_what_is_kept_follows_from_figure_period_and_day_alone(town, monkeypatch):
    """A question that asked the database, or the time of day, would be kept too long."""
    with acting_as(town.street), CaptureQueriesContext(connection) as asked:
        for figure in COUNTED:
            if figure.looks_up:
                continue
            made = []
            for hour in (1, 22):
                now = datetime(2026, 3, 5, hour, 30, tzinfo=timezone.get_current_timezone())
                monkeypatch.setattr(timezone, "now", lambda now=now: now)
                rows = engine._question(figure, (), PERIODS[0], now.date(), [1], PERIODS[0])
                made.append(rows.query.sql_with_params())
            assert made[0] == made[1], figure.code
    assert [each["sql"] for each in asked] == []


def test_a_question_without_a_place_for_its_units_is_refused(db):
    def anywhere(units, period):
        return Visit.objects.filter(occurred_on__range=(period.start, period.end)).values_list("pk")

    with pytest.raises(ValueError, match="Units have no place"):
        answers(anywhere, (), frozenset({1}), PERIODS[0])


def test_a_day_that_became_a_moment_is_refused(db):
    def moments(units, period):
        return Visit.objects.filter(unit__in=units, recorded_at__year=9003).values_list("pk")

    with pytest.raises(ValueError, match="made into something else"):
        answers(moments, (), frozenset({1}), PERIODS[0])
