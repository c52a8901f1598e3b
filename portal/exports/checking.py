"""Before rows leave: are they as many as the figure says that counts exactly these?"""

from datetime import date

from portal.figures import Count, Flow, engine, figures
from portal.figures.engine import Reading
from portal.periods import Period
from portal.roles import DOMAINS
from portal.scope import access_of, below
from portal.wall.classes import Own

EVER = Period(date(1900, 1, 1), date(2100, 12, 31))


class RowsDisagree(Exception):
    """The file would hold another number of rows than the figure counts: it must not leave."""

    def __init__(self, ledger, rows: int, reading: Reading):
        self.ledger, self.rows, self.reading = ledger, rows, reading
        super().__init__(
            f"{ledger.slug}: {rows} rows, but {reading.figure.code} counts {reading.value}"
        )


def counting_figure(ledger) -> Flow | None:
    """The footer's figure whose every counted row is a row of the ledger, and the other way round."""
    for code in ledger.footer:
        figure = figures[code]
        if (
            isinstance(figure, Flow)
            and figure.value == Count()
            and figure.model is ledger.model
            and figure.where == ledger.where
            and figure.date == ledger.date
            and figure.unit == "unit"
            and isinstance(ledger.model.wall, Own)
        ):
            return figure
    return None


def counted(selection) -> Reading | None:
    """The figure's number for exactly this selection; None where no figure knows it."""
    figure = counting_figure(selection.ledger)
    chosen = dict(selection.chosen)
    unit, _ = chosen.pop("unit", None), chosen.pop("period", None)
    if figure is None or selection.listing.search or chosen.keys() - figure.categories.keys():
        return None
    units = selection.units & below([unit.pk]) if unit else selection.units
    if selection.ledger.model.tags and not _sees_every_department(selection.user, units):
        return None
    return engine.read(figure.code, units, selection.listing.period or EVER, chosen)


def _sees_every_department(user, units) -> bool:
    """A figure counts the facts of all departments; a list shows those that the user may know of."""
    access = access_of(user)
    return all(units <= access.units(f"{domain}.view") for domain in DOMAINS)


def check_count(selection, rows: int) -> Reading | None:
    """The reading that agrees, None where there is none; raises RowsDisagree."""
    reading = counted(selection)
    if reading is not None and reading.value != rows:
        raise RowsDisagree(selection.ledger, rows, reading)
    return reading
