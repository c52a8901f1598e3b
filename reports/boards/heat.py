"""How dark a cell of the table by unit is, from the numbers of its column alone. Pure.

A shade never stands alone: the number is written in the cell, and its place in the column beside it.
"""

from collections.abc import Sequence
from decimal import Decimal

from portal.boards import LESS

STEPS = 4
GOOD = ("worst", "worse", "", "better", "best")


def shades(values: Sequence[Decimal | None], direction: str) -> list[str]:
    """One word for each value, "" for none: ``1`` to ``4`` by size where no good direction is known, else
    ``best``, ``better``, ``worse``, ``worst`` by how far it lies towards the good end. All alike: no
    shade."""
    known = [value for value in values if value is not None]
    least, most = min(known, default=0), max(known, default=0)
    if least == most:
        return [""] * len(values)
    return ["" if v is None else _shade((v - least) / (most - least), direction) for v in values]


def _shade(part: Decimal, direction: str) -> str:
    if not direction:
        return str(min(STEPS, 1 + int(part * STEPS)))
    towards = 1 - part if direction == LESS else part
    return GOOD[min(len(GOOD) - 1, int(towards * len(GOOD)))]
