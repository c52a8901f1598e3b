"""Figures of several periods by one query, of units, days and categories, tell exactly what each tells alone."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.figures import engine, figures, spans
from portal.figures.categories import DerivedCategory
from portal.figures.spans import over
from portal.periods import Period
from portal.scope import below
from tests.conftest import acting_as
from tests.reports.boards_world import new_town, one_of_each, scatter
from tests.sharing import undone_afterwards

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("spans")]
PERIODS = [Period.parse(key) for key in ("2026", "2025", "2025-06", "2025-03-10..2025-11-20")]


@pytest.fixture(scope="module")
def town(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), undone_afterwards():
        town = new_town()
        scatter(town, seed=3, count=48)
        one_of_each(town.communities[1])
        yield town


def test_every_figure_in_every_period_is_what_it_is_alone(town):
    with acting_as(town.street):
        units = below([town.street.pk])
        codes = [figure.code for figure in figures]
        together = over(codes, units, PERIODS)
        told = 0
        for code in codes:
            alone = [engine.read(code, units, period) for period in PERIODS]
            assert [r.value for r in together[code]] == [r.value for r in alone], code
            assert [r.text for r in together[code]] == [r.text for r in alone], code
            told += any(r.value for r in alone)
    assert told > 300


def test_every_figure_of_every_unit_is_what_it_is_alone(town):
    year, part = Period.parse("2025"), Period.parse("2025-03-10..2025-11-20")
    with acting_as(town.street):
        units = below([town.street.pk])
        codes = [figure.code for figure in figures]
        together = spans.by_unit(codes, units, [year, part])
        for code in codes:
            alone = [engine.by_unit(code, units, period) for period in (year, part)]
            told = {unit: [each.text for each in read] for unit, read in together[code].items()}
            assert told == {unit: [each[unit].text for each in alone] for unit in units}, code


def test_every_day_is_what_the_engine_tells_of_it_alone(town):
    year, told = Period.parse("2025"), 0
    with acting_as(town.street):
        units = below([town.street.pk])
        for figure in filter(spans.tells_days, figures):
            days = spans.by_day(figure.code, units, year)
            assert len(days) == 365
            for day, reading in days:
                if reading.value or day.start.day == day.start.month:
                    assert reading == engine.read(figure.code, units, day), (figure.code, day)
            if figure.additive:
                total = sum(reading.value for _, reading in days)
                assert (
                    figure.shortens is False
                    or abs(total - engine.read(figure.code, units, year).value) < 1
                ), figure.code
            told += any(reading.value for _, reading in days)
        with pytest.raises(ValueError, match="by day"):
            spans.by_day("residents.registered", units, year)
    assert told > 100


def test_every_month_of_a_category_is_what_the_engine_tells_of_it_alone(town):
    period, told = Period.parse("2025-02-10..2025-11-20"), 0
    with acting_as(town.street):
        units = below([town.street.pk])
        for figure in filter(spans.tells_days, figures):
            for name, known in figure.categories.items():
                if isinstance(known, DerivedCategory):
                    continue
                labels = {str(key): label for key, label in known.labels(units).items()}
                found = spans.by_category(figure.code, name, units, period, labels)
                assert set(found) == set(labels)
                for value, months in found.items():
                    assert len(months) == 10
                    for month, each in months:
                        if each.value:
                            alone = engine.read(figure.code, units, month, {name: value})
                            assert each == alone, (figure.code, name, value, month)
                            told += 1
    assert told > 100


def test_figures_of_the_same_rows_share_a_query_for_all_periods(town):
    codes = ["disability.visits", "visits.home", "visits.person_times", "visits.persons"]
    with acting_as(town.street), CaptureQueriesContext(connection) as captured:
        over(codes, {town.street.pk}, PERIODS)
    assert len(captured) == 1
    with acting_as(town.street), CaptureQueriesContext(connection) as captured:
        spans.by_unit(codes, below([town.street.pk]), PERIODS)
    assert len(captured) <= 2  # one of them finds the units
