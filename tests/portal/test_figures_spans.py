"""Figures of several periods by one query tell exactly what each tells alone."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.figures import engine, figures
from portal.figures.spans import over
from portal.periods import Period
from portal.scope import below
from tests.conftest import acting_as
from tests.reports.boards_world import new_town, one_of_each, scatter

pytestmark = pytest.mark.django_db
PERIODS = [Period.parse(key) for key in ("2026", "2025", "2025-06", "2025-03-10..2025-11-20")]


def test_every_figure_in_every_period_is_what_it_is_alone():
    town = new_town()
    scatter(town, seed=3, count=48)
    one_of_each(town.communities[1])
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


def test_figures_of_the_same_rows_share_a_query_for_all_periods():
    town = new_town()
    codes = ["disability.visits", "visits.home", "visits.person_times", "visits.persons"]
    with acting_as(town.street), CaptureQueriesContext(connection) as captured:
        over(codes, {town.street.pk}, PERIODS)
    assert len(captured) == 1
