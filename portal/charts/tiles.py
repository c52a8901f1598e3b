"""A schematic plan where no outlines were uploaded: places as tiles, in their order. Pure."""

from math import ceil, sqrt

from portal.charts.outlines import Outline, rectangle

WIDE = 1.7  # a tile is wider than high: names are
GAP = 0.04


def tiled(count: int) -> tuple[Outline, ...]:
    """So many tiles row by row from the upper left. A place keeps its row and column as long as the
    number of places stays; the last row is as wide as the others."""
    if not count:
        return ()
    columns = max(1, round(sqrt(count * 1.4)))
    rows = ceil(count / columns)
    width = columns * WIDE
    found = []
    for row in range(rows):
        here = min(columns, count - row * columns)
        share = width / here
        for column in range(here):
            left, top = column * share, rows - row
            found.append(rectangle(left + GAP, top - 1 + GAP, left + share - GAP, top - GAP))
    return tuple(found)
