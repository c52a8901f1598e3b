"""Totals of former times: typed only of the days before the first record."""

from datetime import date

from portal.figures import engine, figures
from portal.figures.declare import Flow
from portal.ledgers.listing import all_dates


def first_day(code: str, unit) -> date | None:
    """The event date of the unit's first record that the figure counts; None without any."""
    figure = figures[code]
    date_path = figure.date if isinstance(figure, Flow) else figure.starts
    rows = engine.evidence(code, [unit.pk], all_dates())
    return rows.order_by(date_path).values_list(date_path, flat=True).first()
