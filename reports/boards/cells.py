"""One number of a board with all that stands beside it."""

from dataclasses import dataclass

from portal.figures.declare import Figure
from portal.figures.engine import Reading
from portal.periods import Period


@dataclass(frozen=True)
class Number:
    """``text`` opens ``url``, where exactly it stands again; ``measure`` is told after it."""

    text: str
    url: str
    measure: str = ""

    @classmethod
    def of(cls, reading: Reading, url: str) -> "Number":
        return cls(reading.text, url, reading.measure)


@dataclass(frozen=True)
class Tile:
    """A figure with its change; ``way`` is up, down or same; ``toward`` good, bad or "".

    ``trouble`` says why there is no number: the figure is retired, or the user may not see it here.
    """

    code: str
    label: str
    figure: Figure | None = None
    number: Number | None = None
    change: Number | None = None
    before: Number | None = None
    way: str = ""
    toward: str = ""
    trend: tuple[tuple[Period, Reading], ...] = ()
    terms: tuple[Number, ...] = ()
    url: str = ""
    trouble: str = ""
