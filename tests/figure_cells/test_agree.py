"""Every figure with cells tells of them exactly what it counts live: clean, marked, and in parts of months."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.figures import engine, figures, spans, together
from portal.figures.cells import reading
from portal.figures.cells.facts import stored
from portal.figures.cells.folding import fold
from portal.figures.declare import Ratio
from portal.models import FigureCell, FigureMark
from portal.periods import Period
from portal.scope import below
from tests.conftest import acting_as
from tests.reports.boards_world import new_town, one_of_each, scatter
from tests.sharing import undone_afterwards

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("cells")]
PERIODS = [Period.parse(key) for key in ("2026", "2025", "2025-06", "2025-03-10..2025-11-20")]

SOME_RATIOS = [figure for figure in figures if isinstance(figure, Ratio)][:12]


@pytest.fixture(scope="module")
def town(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), undone_afterwards():
        town = new_town()
        scatter(town, seed=5, count=48)
        one_of_each(town.communities[1])
        yield town


def told(units) -> dict:
    codes = [figure.code for figure in [*stored(), *SOME_RATIOS]]
    few = codes[::20]
    months = Period.parse("2025-02-10..2025-11-20")
    return {
        "over": spans.over(codes, units, PERIODS),
        "by unit": spans.by_unit(codes, units, PERIODS[1:]),
        "all": together.read_all(codes, units, PERIODS[0]),
        "all by unit": together.by_unit(codes, units, PERIODS[1]),
        "by month": together.by_month(codes, units, months),
        "alone": [engine.read(code, units, PERIODS[3]) for code in few],
        "alone by unit": [engine.by_unit(code, units, PERIODS[0]) for code in few],
        "alone by month": [engine.by_month(code, units, months) for code in few],
    }


def test_cells_tell_what_is_counted_live(town, cells, monkeypatch):
    monkeypatch.setattr(reading, "FEW_MARKS", 10_000)
    folded = fold()
    assert folded["wholes"] > 100
    with acting_as(town.street):
        units = below([town.street.pk])
        assert FigureCell.objects.count() > 100
        assert not FigureMark.objects.exists()
    scatter(town, seed=6, count=24)  # marked now
    for step in ("marked", "folded"):
        with acting_as(town.street):
            assert FigureMark.objects.exists() == (step == "marked")
            served = reading.values(stored(), units, PERIODS)
            assert served.keys() == stored().keys()
            from_cells = told(units)
            cells.FIGURE_CELLS = False
            live = told(units)
            cells.FIGURE_CELLS = True
            for way, readings in live.items():
                assert from_cells[way] == readings, (step, way)
            texts = [[each.text for each in found] for found in live["over"].values()]
            assert [[each.text for each in found] for found in from_cells["over"].values()] == texts
            assert sum(any(each.value for each in found) for found in live["over"].values()) > 100
            for figure in stored():
                kinds = {type(each.value) for each in live["over"][figure.code]}
                assert {type(each.value) for each in from_cells["over"][figure.code]} == kinds
        fold()


def test_a_whole_board_is_one_statement_and_writes_nothing(town):
    fold()
    codes = [figure.code for figure in stored()][:110]
    with acting_as(town.street):
        units = below([town.street.pk])
        spans.over(codes, units, PERIODS)
        with CaptureQueriesContext(connection) as captured:
            spans.over(codes, units, PERIODS)
    asked = [
        each["sql"]
        for each in captured
        if "SELECT key FROM portal_celldefinition" not in each["sql"]
    ]
    assert len(asked) == 1
    assert not any(word in asked[0] for word in ("INSERT", "UPDATE ", "DELETE"))


def test_where_much_is_marked_one_live_query_tells_it(town, monkeypatch):
    fold()
    with acting_as(town.street):
        units = below([town.street.pk])
        assert reading.values(stored(), units, PERIODS).keys() == stored().keys()
    scatter(town, seed=7, count=8)
    with acting_as(town.street):
        marked = set(FigureMark.objects.values_list("fact", flat=True))
        assert reading.values(stored(), units, PERIODS).keys() == stored().keys()
        monkeypatch.setattr(reading, "FEW_MARKS", 0)
        monkeypatch.setattr(reading, "SHARE_OF_MARKS", 10**9)
        left = stored().keys() - reading.values(stored(), units, PERIODS).keys()
        assert left == {figure for figure, each in stored().items() if each.fact in marked}
        assert left
