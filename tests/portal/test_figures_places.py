"""Units and days take their places in a question that is kept."""

from datetime import date

from django.db.models import Q

from portal.figures import Count, engine, figures
from portal.figures.declare import Flow
from portal.periods import Period
from residents.models import Visit
from tests import factories

YEAR = Period.parse("2025")


def test_units_and_days_take_their_places(community, other_community, acting):
    figure = figures["visits.person_times"]
    with acting(community):
        for day in (date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 31)):
            factories.visit(factories.resident(community), day)
        for year, count in ((2025, 1), (2026, 2)):
            assert engine.read(figure.code, [community.pk], Period.parse(f"{year}")).value == count
    with acting(other_community):
        assert engine.read(figure.code, [other_community.pk], YEAR).value == 0
        assert engine.read(figure.code, [], YEAR).value == 0


def test_a_figure_made_anew_is_asked_anew(community, acting):
    """What is kept belongs to one declaration, not to its code."""

    def flow(where):
        return Flow("x.x", "试", "residents", "次", "试", model=Visit, where=where, value=Count())

    with acting(community):
        factories.visit(factories.resident(community), date(2025, 5, 5))
        unit = frozenset({community.pk})
        assert engine._measured(flow(Q()), unit, YEAR, ()) == 1
        assert engine._measured(flow(Q(pk=0)), unit, YEAR, ()) == 0
