"""A figure against the period it is compared with, in words (GB/T 15835): counts in their measure and in
percent, percentages in 个百分点."""

from decimal import ROUND_HALF_UP, Decimal

from portal.figures import Average, Ratio
from portal.figures.engine import Reading
from portal.numbers import NOTHING, format_number, percentage, points_difference

MOST_PERCENT = 1000  # beyond, a percentage says less than the number it began with
SAME = "持平"


def changed(now: Reading, before: Reading, label: str = "") -> str:
    """增加12人次，增长6.7%; 提高1.2个百分点; 持平. Of a count that was nothing or very little before:
    增加12人次（上年为0）. Where a rate had nothing to divide by then or now it cannot be compared, and
    this says so."""
    figure, label = now.figure, label or now.period.compared_label
    if now.value is None or before.value is None:
        return f"（与{label}无可比数据）"
    if isinstance(figure, Average):
        return _difference(_rounded(now), _rounded(before), now) or SAME
    if isinstance(figure, Ratio):
        return points_difference(Decimal(now.value), Decimal(before.value))
    difference = _difference(now.value, before.value, now)
    if not difference:
        return SAME
    share = percentage(abs(now.value - before.value), before.value)
    if share is None or not 0 <= share <= MOST_PERCENT:
        return f"{difference}（{label}为{before.full if before.value else 0}）"
    verb = "增长" if now.value > before.value else "下降"
    return f"{difference}，{verb}{share}%" if share else difference


def _rounded(reading: Reading) -> Decimal:
    """As it is printed, so that a reader's own subtraction agrees."""
    step = Decimal(1).scaleb(-reading.figure.places)
    return Decimal(reading.value).quantize(step, ROUND_HALF_UP)


def _difference(now, before, reading: Reading) -> str:
    """增加12人次, 减少…; "" where nothing changed."""
    if now == before:
        return ""
    size = abs(now - before)
    whole = isinstance(size, Decimal) and size == size.to_integral_value()
    short = whole and reading.figure.shortens and not isinstance(reading.figure, Ratio)
    places = (0 if short else reading.figure.places) if isinstance(size, Decimal) else None
    verb = "增加" if now > before else "减少"
    return f"{verb}{format_number(size, places=places)}{reading.figure.measure}"


def difference(now: Reading, before: Reading) -> str:
    """The change as a column of a table tells it, in the figure's measure (of a percentage in
    percentage points): 12, -3, 0; "—" where one of the two has nothing to divide by."""
    if now.value is None or before.value is None:
        return NOTHING
    if now.numerator is None:
        change = now.value - before.value
        places = now.figure.places if isinstance(change, Decimal) else None
        return format_number(change, places=places)
    return format_number(_rounded(now) - _rounded(before), places=now.figure.places)
