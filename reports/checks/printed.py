"""Stored text with its figures filled in, and where each printed character stands in it."""

from bisect import bisect_right
from decimal import ROUND_HALF_UP, Decimal

from portal.figures.declare import Ratio
from portal.figures.engine import Reading
from reports.checks.findings import Grounds
from reports.checks.typed import HIDDEN
from reports.tokens import Token, pieces


class Printed(str):
    """What a stored text prints: a figure with its measure, an unknown token as ``HIDDEN``.

    ``stored(position)`` is where a printed position stands in the stored text; within a figure it is
    the beginning of its token.
    """

    def __new__(cls, text: str, grounds: Grounds):
        parts, starts, origins, length, origin = [], [], [], 0, 0
        for item in pieces(text):
            is_token = isinstance(item, Token)
            told = (grounds.printed(item) or HIDDEN) if is_token else item
            parts.append(told)
            starts.append(length)
            origins.append((origin, is_token))
            length += len(told)
            origin += item.end - item.start if is_token else len(item)
        self = super().__new__(cls, "".join(parts))
        self._starts, self._origins, self._end = starts, origins, origin
        return self

    def stored(self, position: int) -> int:
        if position >= len(self):
            return self._end
        index = bisect_right(self._starts, position) - 1
        origin, is_token = self._origins[index]
        return origin if is_token else origin + position - self._starts[index]


def printed_value(reading: Reading) -> Decimal:
    """The value as it is printed: a quotient with its decimals."""
    value, step = Decimal(reading.value or 0), Decimal(1).scaleb(-reading.figure.places)
    return value.quantize(step, ROUND_HALF_UP) if isinstance(reading.figure, Ratio) else value
