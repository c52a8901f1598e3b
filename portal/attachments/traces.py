"""When and where a photo says it was taken; read before the picture is drawn anew without it.

A position is of a person too: whoever asks for it must have their leave.
"""

import io
import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils import timezone
from PIL import ExifTags, Image

from portal.attachments.pictures import FORMATS

PLACES = Decimal("0.00001")  # a metre
# From 曾母暗沙 to 漠河, from the 帕米尔 to the 乌苏里江 (WGS-84).
SOUTH, NORTH = Decimal("3.4"), Decimal("53.6")
WEST, EAST = Decimal("73.4"), Decimal("135.1")
ZONE = re.compile(r"[+-]\d\d:\d\d")


@dataclass(frozen=True)
class Traces:
    """None where the photo does not say, or says what cannot be."""

    taken_at: datetime | None = None
    position: tuple[Decimal, Decimal] | None = None  # latitude, longitude


def traces_of(content: bytes) -> Traces:
    """What the photo says of itself; a damaged or hostile one says nothing."""
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as image:
            exif = image.getexif()
            return Traces(_moment(exif), _position(exif.get_ifd(ExifTags.IFD.GPSInfo)))
    except Exception:  # decoders raise whatever comes to them over hostile bytes
        return Traces()


def plausible(latitude, longitude) -> tuple[Decimal, Decimal] | None:
    """The position rounded to a metre; None where it is not in China."""
    try:
        where = Decimal(latitude).quantize(PLACES), Decimal(longitude).quantize(PLACES)
        within = SOUTH <= where[0] <= NORTH and WEST <= where[1] <= EAST  # NaN cannot be compared
    except (ArithmeticError, TypeError, ValueError):
        return None
    return where if within else None


def _moment(exif) -> datetime | None:
    details = exif.get_ifd(ExifTags.IFD.Exif)
    told = details.get(ExifTags.Base.DateTimeOriginal)
    zone = details.get(ExifTags.Base.OffsetTimeOriginal)
    if not isinstance(told, str):
        return None
    try:
        taken = datetime.strptime(told.strip("\0 "), "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007  told beside
    except ValueError:
        return None
    if isinstance(zone, str) and ZONE.fullmatch(zone.strip("\0 ")):
        return datetime.fromisoformat(taken.isoformat() + zone.strip("\0 "))
    return timezone.make_aware(taken)


def _position(gps) -> tuple[Decimal, Decimal] | None:
    tags = ExifTags.GPS
    latitude = _degrees(gps.get(tags.GPSLatitude), gps.get(tags.GPSLatitudeRef) == "S")
    longitude = _degrees(gps.get(tags.GPSLongitude), gps.get(tags.GPSLongitudeRef) == "W")
    return plausible(latitude, longitude)


def _degrees(parts, negative) -> Decimal | None:
    """Degrees, minutes and seconds as one number."""
    if parts is None or len(parts) != 3:
        return None
    whole, minutes, seconds = (float(part) for part in parts)
    degrees = Decimal(repr(whole + minutes / 60 + seconds / 3600))
    return -degrees if negative else degrees
