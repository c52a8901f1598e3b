"""Outlines in GeoJSON (RFC 7946), read within bounds and brought down to shapes. Pure.

What is kept is a shape in a box of BOX by BOX: fewer points, no place on earth. A file that says more than
polygons is refused, never repaired in silence; every refusal is a ValidationError in Chinese.
"""

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.core.exceptions import ValidationError

from portal.charts.outlines import Outline, Point, Ring

BYTES, PLACES, POINTS = 2 * 1024 * 1024, 200, 60_000
BOX, FINE = 1000, 1.2  # how far a point may move when the shape is thinned, and when made simpler
RING, LOOKS = 3000, 2_000_000  # points of a thinned ring, and distances measured for all of a file
NAME, NAMES = 60, 20  # longest text of a property that may name a unit, and how many are looked at


@dataclass(frozen=True)
class Place:
    """One shape of the file: what its properties may name it, and its polygons as they came."""

    number: int
    names: tuple[str, ...]
    polygons: tuple[tuple[Ring, ...], ...]

    @property
    def told(self) -> str:
        named = f"（{self.names[0]}）" if self.names else ""
        return f"第 {self.number} 个图形{named}"


def read(data: bytes) -> list[Place]:
    """The shapes of a file, in its order."""
    if len(data) > BYTES:
        raise ValidationError(f"文件超过 {BYTES // 1024 // 1024} MB，请先简化轮廓。")
    try:
        found = json.loads(data.decode("utf-8-sig"), parse_constant=_no_constant)
    except UnicodeDecodeError:
        raise ValidationError("文件不是 UTF-8 编码，请另存为 UTF-8 的 GeoJSON。") from None
    except (ValueError, RecursionError):
        raise ValidationError("文件不是有效的 GeoJSON，请用地图软件重新导出。") from None
    features = found.get("features") if isinstance(found, dict) else None
    if not isinstance(found, dict) or found.get("type") != "FeatureCollection":
        raise ValidationError("文件应是 GeoJSON 的 FeatureCollection，一个图形对应一个单位。")
    if not isinstance(features, list) or not features:
        raise ValidationError("文件里没有图形。")
    if len(features) > PLACES:
        raise ValidationError(f"图形超过 {PLACES} 个，一次只上传一个单位下级的轮廓。")
    places = [_place(number, feature) for number, feature in enumerate(features, start=1)]
    count = sum(len(ring) for place in places for polygon in place.polygons for ring in polygon)
    if count > POINTS:
        raise ValidationError(f"轮廓共有 {count} 个点，超过 {POINTS} 个，请先简化轮廓。")
    return places


def _no_constant(name: str):
    raise ValueError(f"{name} is no number of JSON")


def _place(number: int, feature) -> Place:
    where = f"第 {number} 个图形"
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        raise ValidationError(f"{where}不是 GeoJSON 的 Feature。")
    properties = feature.get("properties")
    names = tuple(_names(properties)) if isinstance(properties, dict) else ()
    geometry = feature.get("geometry")
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon"):
        raise ValidationError(
            f"{where}不是面（Polygon 或 MultiPolygon），点和线不能表示单位的范围。"
        )
    found = geometry.get("coordinates")
    polygons = [found] if kind == "Polygon" else found
    if not isinstance(polygons, list) or not polygons:
        raise ValidationError(f"{where}没有坐标。")
    return Place(number, names, tuple(_polygon(where, polygon) for polygon in polygons))


def _names(properties: dict) -> Iterator[str]:
    """Texts and codes among the properties, whatever they are called."""
    for value in list(properties.values())[:NAMES]:
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value) if abs(value) < 10**15 else ""
        if isinstance(value, str) and 0 < len(value.strip()) <= NAME:
            yield value.strip()


def _polygon(where: str, rings) -> tuple[Ring, ...]:
    if not isinstance(rings, list) or not rings:
        raise ValidationError(f"{where}有一个面没有坐标。")
    return tuple(_ring(f"{where}的第 {n} 个环", ring) for n, ring in enumerate(rings, start=1))


def _ring(where: str, points) -> Ring:
    if not isinstance(points, list) or len(points) < 4:
        raise ValidationError(f"{where}不足 4 个点，围不成面。")
    ring = tuple(_point(where, point) for point in points)
    if ring[0] != ring[-1]:
        raise ValidationError(f"{where}没有闭合，首尾两点应相同。")
    if not _area(ring):
        raise ValidationError(f"{where}的面积为零。")
    return ring


def _point(where: str, point) -> Point:
    """Of three numbers, the third is a height."""
    numbers = point[:2] if isinstance(point, list) else ()
    good = len(numbers) == 2 and all(
        isinstance(n, int | float) and not isinstance(n, bool) and abs(n) <= 1e9 for n in numbers
    )
    if not good:
        raise ValidationError(f"{where}有一个点的坐标不是有效的数字。")
    return float(numbers[0]), float(numbers[1])


def _area(ring: Sequence[Point]) -> float:
    """Twice the area, from the first point on so that far-off places lose no digits."""
    x0, y0 = ring[0]
    return abs(sum((a - x0) * (d - y0) - (c - x0) * (b - y0) for (a, b), (c, d) in pairwise(ring)))


# --- down to shapes ---------------------------------------------------------------------------------
def shapes(places: Sequence[Place]) -> list[Outline]:
    """The places in one box, north up: degrees are drawn as they look on the spot.

    Raises ValidationError where a border is so winding that more than LOOKS distances would be measured."""
    points = [p for place in places for polygon in place.polygons for ring in polygon for p in ring]
    left, bottom = min(x for x, _ in points), min(y for _, y in points)
    right, top = max(x for x, _ in points), max(y for _, y in points)
    degrees = max(abs(left), abs(right)) <= 180 and max(abs(bottom), abs(top)) <= 90
    narrow = math.cos(math.radians((bottom + top) / 2)) if degrees else 1.0
    extent, looks = max((right - left) * narrow, top - bottom), _Looks(LOOKS)

    def moved(place: Place, ring: Ring) -> Ring:
        flat = [((x - left) * narrow / extent * BOX, (y - bottom) / extent * BOX) for x, y in ring]
        return _simple(flat, looks, place.told)

    return [
        Outline(tuple(tuple(moved(place, ring) for ring in rings) for rings in place.polygons))
        for place in places
    ]


class _Looks:
    """How many distances may still be measured."""

    def __init__(self, left: int):
        self.left = left

    def spend(self, count: int, told: str) -> None:
        """Before they are measured. Raises ValidationError where too many were."""
        if count > self.left:
            raise ValidationError(f"{told}的边界太曲折，无法简化，请先用地图软件简化轮廓。")
        self.left -= count


def _simple(ring: list[Point], looks: _Looks, told: str) -> Ring:
    """Fewer points, none of the shape moved by more than twice FINE: thinned at one go, so that the rest
    (Douglas and Peucker 1973), whose work may grow with the square of the points, has few of them."""
    thin = _thinned(ring)
    if len(thin) > RING:
        raise ValidationError(
            f"{told}的边界太曲折：一个环合并相近的点后还有 {len(thin)} 个点，超过 {RING} 个，"
            "请先用地图软件简化轮廓。"
        )
    far = max(range(len(thin)), key=lambda i: math.dist(thin[0], thin[i]))
    kept: set[int] = set()
    for first, last in ((0, far), (far, len(thin) - 1)):
        kept |= _corners(thin, first, last, looks, told)
    found = [(round(x, 1), round(y, 1)) for x, y in (thin[i] for i in sorted(kept))]
    if len(found) < 4 or not _area(found):
        xs, ys = [x for x, _ in ring], [y for _, y in ring]
        left, bottom = round(min(xs), 1), round(min(ys), 1)
        right, top = max(round(max(xs), 1), left + 0.1), max(round(max(ys), 1), bottom + 0.1)
        found = [(left, bottom), (right, bottom), (right, top), (left, top), (left, bottom)]
    return tuple(found)


def _thinned(ring: list[Point]) -> list[Point]:
    """Without points nearer than FINE to the one kept before; the first and the last one stay."""
    kept = [ring[0]]
    for point in ring[1:-1]:
        if math.dist(point, kept[-1]) >= FINE:
            kept.append(point)
    return [*kept, ring[-1]]


def _corners(ring: list[Point], first: int, last: int, looks: _Looks, told: str) -> set[int]:
    kept, waiting = {first, last}, [(first, last)]
    while waiting:
        start, end = waiting.pop()
        if end - start < 2:
            continue
        looks.spend(end - start, told)
        far = max(range(start + 1, end), key=lambda i: _off(ring[i], ring[start], ring[end]))
        if _off(ring[far], ring[start], ring[end]) > FINE:
            kept.add(far)
            waiting += [(start, far), (far, end)]
    return kept


def _off(point: Point, start: Point, end: Point) -> float:
    """How far the point lies from the stretch between the two."""
    (x, y), (a, b), (c, d) = point, start, end
    long = math.hypot(c - a, d - b)
    if not long:
        return math.dist(point, start)
    along = max(0.0, min(1.0, ((x - a) * (c - a) + (y - b) * (d - b)) / long**2))
    return math.hypot(x - a - along * (c - a), y - b - along * (d - b))
