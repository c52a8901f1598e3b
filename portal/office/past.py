"""Totals of former times (手工录入): what comparisons ask where there were no records yet."""

from datetime import date
from decimal import Decimal

from portal.figures import Ratio, engine, figures
from portal.figures.declare import Flow
from portal.ledgers.listing import all_dates
from portal.office.models import HistoricTotal
from portal.scope import current_scope

MARK = "手工录入"


def first_day(code: str, unit) -> date | None:
    """The event date of the unit's first record that the figure counts; None without any."""
    figure = figures[code]
    date_path = figure.date if isinstance(figure, Flow) else figure.starts
    rows = engine.evidence(code, [unit.pk], all_dates())
    return rows.order_by(date_path).values_list(date_path, flat=True).first()


def historic_total(figure: str, unit, period) -> Decimal | None:
    """The total typed for the figure, the unit and exactly this period; say MARK beside it.

    None where none was typed, and wherever records reach into the period: they are believed.
    Of a ratio its terms are asked, so None. Raises OutOfScope for a foreign unit.
    """
    current_scope().require([unit.pk])
    if isinstance(figures[figure], Ratio):
        return None
    typed = HistoricTotal.objects.kept().filter(unit=unit, figure=figure, period=period.key)
    value = typed.values_list("value", flat=True).first()
    if value is None:
        return None
    known_from = first_day(figure, unit)
    return None if known_from and known_from <= period.end else value
