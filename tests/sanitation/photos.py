"""Photos as a phone takes them: with the moment, and the place, in their EXIF."""

from decimal import Decimal

from PIL import ExifTags, Image, TiffImagePlugin

from tests.attachments import files

HERE = (Decimal("28.22778"), Decimal("112.93861"))


def taken(moment, where=(28.227_777_8, 112.938_611_1), size=(80, 60)) -> bytes:
    """A JPEG taken at that moment, in its own time zone, at latitude and longitude."""
    exif = Image.Exif()
    details = exif.get_ifd(ExifTags.IFD.Exif)
    zone = moment.strftime("%z")
    details[ExifTags.Base.DateTimeOriginal] = moment.strftime("%Y:%m:%d %H:%M:%S")
    details[ExifTags.Base.OffsetTimeOriginal] = f"{zone[:3]}:{zone[3:]}"
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    for value, names, tags in (
        (where[0], "NS", (ExifTags.GPS.GPSLatitudeRef, ExifTags.GPS.GPSLatitude)),
        (where[1], "EW", (ExifTags.GPS.GPSLongitudeRef, ExifTags.GPS.GPSLongitude)),
    ):
        gps[tags[0]] = names[value < 0]
        gps[tags[1]] = tuple(TiffImagePlugin.IFDRational(part) for part in _parts(abs(value)))
    return files.picture(size, exif=exif.tobytes())


def _parts(degrees):
    minutes = degrees % 1 * 60
    return int(degrees), int(minutes), round(minutes % 1 * 60, 3)
