"""Of which unit a board tells, for whom: the units counted are those that the figure's own page counts."""

from dataclasses import dataclass
from functools import cached_property

from portal.figures.categories import GridCategory
from portal.figures.declare import Figure
from portal.figures.links import figure_url, permitted
from portal.ledgers.filters import recording_units_of
from portal.models import Unit
from portal.models.units import UnitKind
from portal.periods import Period
from portal.scope import access_of, below
from portal.summaries import Telling
from reports.branches import Branch
from reports.rollup.parties import parties

OWN = "本级"


def units_for(user):
    """The units that ``user`` may have a board about, the widest first."""
    order = {UnitKind.DISTRICT: 0, UnitKind.STREET: 1, UnitKind.COMMUNITY: 2}
    found = recording_units_of(access_of(user).units("figures.view"))
    return sorted(found, key=lambda unit: (order[unit.kind], unit.code))


@dataclass(frozen=True)
class Place:
    """``unit`` as ``user`` sees it. ``reach`` are the unit and all below it, with former units."""

    user: object
    unit: Unit

    @cached_property
    def reach(self) -> frozenset[int]:
        return below([self.unit.pk])

    @property
    def has_units(self) -> bool:
        """Whether units record below it; a community is divided into grids, which record nothing."""
        return self.unit.kind != UnitKind.COMMUNITY

    def sees(self, figure: Figure) -> bool:
        """Whether the account may see the figure here; then it sees it of all of ``reach``."""
        return self.unit.pk in permitted(access_of(self.user), figure)

    def url(self, code: str, period: Period, **narrowed) -> str:
        """The figure's page with exactly the records counted here."""
        return figure_url(code, unit=self.unit.pk, period=period.key, **narrowed)

    def rows(self, period: Period) -> list[Branch]:
        """The units right below, each with what it took over, and what the unit recorded itself; none of
        a community. A record of a former unit may be in the rows of both its successors."""
        telling = Telling(self.unit, self.reach, period)
        found = [each for each in parties(telling) if not each.own]
        return [*found, Branch(OWN, telling.own, own=True, pk=self.unit.pk)] if found else []

    def row_url(self, code: str, branch: Branch, period: Period) -> str:
        own = {"own": "1"} if branch.own else {}
        return figure_url(code, unit=branch.pk, **own, period=period.key)


def grids_of(figure: Figure) -> str:
    """The name of the category by which the figure is divided into grids; "" where it is not."""
    named = (name for name, each in figure.categories.items() if isinstance(each, GridCategory))
    return next(named, "")
