"""The picture below a table: names and numbers as the table prints them, drawn as bars. Pure."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from portal.charts import Chart, Kind, Series

MOST = 31  # rows: the days of a month


def bar_chart(caption: str, labels: Sequence[str], texts: Sequence[str]) -> Chart | None:
    """The rows in their order; what is no number ("—") has no bar. None where no text is a number or the
    rows are more than MOST."""
    values = tuple(number_of(text) for text in texts)
    if len(values) > MOST or all(value is None for value in values):
        return None
    series = Series(caption, values, texts=tuple(texts))
    return Chart(Kind.BAR, caption, tuple(labels), (series,))


def number_of(text: str) -> Decimal | None:
    """12,580.00 and 82.1% as printed in a table; None for "—" and words."""
    try:
        value = Decimal(text.replace(",", "").removesuffix("%"))
    except InvalidOperation:
        return None
    return value if value.is_finite() else None
