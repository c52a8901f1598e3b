"""An average in a summary: told with its terms, recognised where somebody typed it."""

from decimal import Decimal

from portal.figures import figures
from portal.figures.engine import Reading
from portal.periods import Period
from reports.checks import Grounds, Piece, check
from reports.values import value_of

YEAR = Period.parse("2025")
CODE = "servicecenter.average_days"


def average(above=1076, below=468) -> Reading:
    figure, units = figures[CODE], frozenset({1})
    terms = [
        Reading(figures[code], units, YEAR, value)
        for code, value in ((figure.numerator, above), (figure.denominator, below))
    ]
    value = figure.quotient(above, below)
    return Reading(figure, units, YEAR, value, *terms)


def findings(text):
    grounds = Grounds(YEAR, {CODE: average()})
    return [f for f in check("总结", [Piece("running", "流程运行", text)], grounds) if f.words]


def test_an_average_is_told_with_both_terms():
    assert value_of(average()).told == "2.3个工作日（1076个工作日/468件）"
    assert value_of(average()).number == "2.3"
    assert average(0, 0).value is None
    assert average(1, 3).value == Decimal(1) / 3


def test_a_typed_average_is_compared_with_what_is_printed():
    [wrong] = findings("平均办理用时3.5个工作日。")
    assert wrong.is_error
    assert "2.3个工作日（1076个工作日/468件）" in wrong.message
    assert wrong.replacement == f"{{{CODE}}}"
    [right] = findings("平均办理用时2.3个工作日。")
    assert right.rule == "typed"


def test_other_working_days_are_left_alone():
    assert findings("承诺在5个工作日内答复。") == []
