"""The outline of a place on a plan. Pure."""

from dataclasses import dataclass

Point = tuple[float, float]
Ring = tuple[Point, ...]


@dataclass(frozen=True)
class Outline:
    """Polygons of one place, each its outer ring and then its holes; a ring ends where it began.

    x grows to the right and y upwards, in any unit; all outlines of a chart share it.
    """

    polygons: tuple[tuple[Ring, ...], ...]

    @property
    def rings(self) -> list[Ring]:
        return [ring for polygon in self.polygons for ring in polygon]

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """left, bottom, right, top."""
        xs = [x for ring in self.rings for x, _ in ring]
        ys = [y for ring in self.rings for _, y in ring]
        return min(xs), min(ys), max(xs), max(ys)

    def geometry(self) -> dict:
        """As GeoJSON."""
        return {
            "type": "MultiPolygon",
            "coordinates": [
                [[list(point) for point in ring] for ring in polygon] for polygon in self.polygons
            ],
        }


def rectangle(left: float, bottom: float, right: float, top: float) -> Outline:
    corners = ((left, bottom), (right, bottom), (right, top), (left, top), (left, bottom))
    return Outline(((corners,),))
