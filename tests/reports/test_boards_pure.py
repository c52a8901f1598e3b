"""Periods, shades, places in a column, the order of a table, lines of a board: without a database."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from portal.boards import LESS, MORE, Line, Picture, boards
from portal.figures import figures
from portal.periods import Period
from reports.boards import lines as of_lines
from reports.boards.heat import shades
from reports.boards.table import ranks
from reports.boards.when import Against, Span, When

TODAY = date(2026, 7, 21)


@pytest.mark.parametrize(
    ("when", "against", "period", "earlier", "label"),
    [
        ("year", "year", "2026-01-01..2026-07-21", "2025-01-01..2025-07-21", "上年同期"),
        ("quarter", "year", "2026-07-01..2026-07-21", "2025-07-01..2025-07-21", "上年同期"),
        (
            "month",
            "before",
            "2026-07-01..2026-07-21",
            "2026-06-01..2026-06-21",
            "2026年6月1日至21日",
        ),
        (
            "quarter",
            "before",
            "2026-07-01..2026-07-21",
            "2026-04-01..2026-04-21",
            "2026年4月1日至21日",
        ),
        ("last_month", "year", "2026-06", "2025-06", "上年同期"),
        ("last_month", "before", "2026-06", "2026-05", "2026年5月"),
        ("last_quarter", "before", "2026Q2", "2026Q1", "2026年第一季度"),
        ("last_year", "year", "2025", "2024", "上年"),
    ],
)
def test_a_running_period_is_compared_with_the_same_span(when, against, period, earlier, label):
    span = Span.of(When(when).whole(TODAY), against, TODAY)
    assert (span.period.key, span.earlier.key, span.label) == (period, earlier, label)
    assert span.runs == (when in {"year", "quarter", "month"})


def test_a_longer_month_is_compared_with_no_more_than_the_shorter_one_has():
    span = Span.of(Period.parse("2026-03"), Against.BEFORE, date(2026, 3, 30))
    assert span.earlier.key == "2026-02"


def test_the_trend_has_twelve_months_up_to_the_last_day():
    months = Span.of(When.YEAR.whole(TODAY), Against.YEAR_BEFORE, TODAY).months
    assert [months[0].key, months[10].key] == ["2025-08", "2026-06"]
    assert months[-1].key == "2026-07-01..2026-07-21"
    assert len(months) == 12


def test_a_period_to_come_stays_whole():
    assert Span.of(Period.parse("2026Q4"), Against.YEAR_BEFORE, TODAY).period.key == "2026Q4"


def of(*values):
    return [None if value is None else Decimal(value) for value in values]


def test_without_a_good_direction_the_shade_is_of_size_alone():
    assert shades(of(0, 10, 5, None, 8), "") == ["1", "4", "3", "", "4"]


def test_with_a_good_direction_the_good_end_is_told_from_the_bad():
    assert shades(of(0, 10, 5), MORE) == ["worst", "best", ""]
    assert shades(of(0, 10, 5), LESS) == ["best", "worst", ""]


def test_equal_numbers_have_no_shade_and_share_a_place():
    assert shades(of(3, 3, None), MORE) == ["", "", ""]
    assert ranks(of(3, 3), "") == ["", ""]
    assert ranks(of(3, 7, 3, None, 1), "") == ["2", "1", "2", "", "4"]
    assert ranks(of(3, 7, 3, None, 1), LESS) == ["2", "4", "2", "", "1"]


# --- the boards that come along -----------------------------------------------------------------------
@pytest.mark.parametrize("board", list(boards), ids=lambda board: board.code)
def test_a_declared_board_names_figures_of_its_department(board):
    of_lines.check(board.lines)
    assert {figures[line.code].domain for line in board.lines} == {board.domain}
    assert 8 <= len(board.lines) <= of_lines.MOST
    assert any(line.tabled for line in board.lines)


def test_good_directions_are_of_known_figures():
    from portal import boards as declared

    len(boards)
    assert {code for code in declared._better if code not in figures} == set()


def test_each_day_is_offered_of_what_counts_by_event_date_alone():
    assert Picture.DAYS in of_lines.pictures_of("visits.person_times")
    assert Picture.DAYS not in of_lines.pictures_of("disability.visit_coverage")
    assert Picture.DAYS in of_lines.pictures_of("retired.figure")


# --- lines --------------------------------------------------------------------------------------------
ABC = (Line("a"), Line("b"), Line("c"))


def codes(found):
    return "".join(line.code for line in found)


def test_lines_move_one_place_and_stay_at_the_ends():
    assert codes(of_lines.moved(ABC, "b", -1)) == "bac"
    assert codes(of_lines.moved(ABC, "b", 1)) == "acb"
    assert codes(of_lines.moved(ABC, "a", -1)) == "abc"
    assert codes(of_lines.moved(ABC, "c", 1)) == "abc"
    assert codes(of_lines.removed(ABC, "b")) == "ac"


@pytest.mark.parametrize(
    "act", [of_lines.removed, lambda found, code: of_lines.moved(found, code, 1)]
)
def test_a_line_that_is_gone_is_said(act):
    with pytest.raises(ValidationError, match="已没有这项指标"):
        act(ABC, "z")


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ((Line("a"), Line("a")), "已在看板里"),
        (tuple(Line(str(n)) for n in range(of_lines.MOST + 1)), "最多放"),
        ((Line("a", "pie"),), "不对"),
        ((Line(""),), "不对"),
        ((Line("a" * 81),), "不对"),
        ((Line("residents.registered", Picture.DAYS),), "不能画每天"),
    ],
)
def test_lines_that_make_no_board_are_refused(lines, words):
    with pytest.raises(ValidationError, match=words):
        of_lines.check(lines)


def test_what_is_stored_comes_back_and_what_is_malformed_is_left_out():
    lines = (Line("a", Picture.MONTHS, tabled=False), Line("b"))
    assert of_lines.lines_of(of_lines.kept_as(lines)) == lines
    assert of_lines.lines_of([1, {"picture": "line"}, {"code": 5}, {"code": "a"}]) == (
        Line("a", tabled=False),
    )
