"""The numbers of the source summary S1 as readings, without a database."""

from decimal import Decimal

from portal.figures import Ratio, figures
from portal.figures.engine import Reading
from portal.periods import Period
from reports.checks import Grounds

YEAR = Period.parse("2025")
S1 = {
    "disability.registered": 156,
    "disability.visits": 192,
    "disability.visits_home": 129,
    "disability.visits_phone": 63,
    "disability.visited_registered": 128,
    "disability.insurance": 5,
    "disability.assistance": 1,
    "disability.trainings": 2,
    "disability.trainees": 3,
    "disability.handouts": 200,
}


def reading(code: str, values=S1, period=YEAR) -> Reading:
    figure = figures[code]
    if isinstance(figure, Ratio):
        part = reading(figure.numerator, values, period)
        whole = reading(figure.denominator, values, period)
        value = Decimal(part.value) * 100 / whole.value if whole.value else None
        return Reading(figure, frozenset({1}), period, value, part, whole)
    return Reading(figure, frozenset({1}), period, values.get(code, 0))


def grounds(period=YEAR, values=S1, **fields) -> Grounds:
    codes = [*values, "disability.visit_coverage"]
    return Grounds(
        period=period,
        readings={code: reading(code, values, period) for code in codes},
        labels={figure.code: figure.label for figure in figures},
        **fields,
    )
