"""Photos: looked at before they are decoded, then drawn anew, so that only the picture remains.

What comes out was written by our own encoder: no EXIF, no GPS position, nothing hidden behind the
last byte (SECURITY row 18).
"""

import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageFile, ImageFilter, ImageOps

from portal.attachments.refusing import Refused, check_size

FORMATS = ("JPEG", "PNG", "WEBP")
MAX_PIXELS = 25_000_000
MAX_SIDE = 20_000
MAX_SCANS = 100  # a progressive JPEG is decoded once for each of its scans
LONG_SIDE, THUMBNAIL_SIDE = 2000, 320
BLUR = 9  # a thumbnail of an ID card shows that there is one, not its number
NEXT_SCAN = b"\xff\xda"

Image.MAX_IMAGE_PIXELS = MAX_PIXELS
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)

NOT_A_PICTURE = "打不开这张图片：只收 JPG、PNG、WebP 照片和 PDF 扫描件，文件要完整。"
HEIC = "这是 HEIC 照片，请在手机相机设置里改为“兼容性最佳”（JPG）后再拍，或另存为 JPG。"


@dataclass(frozen=True)
class Picture:
    """A photo as it is kept: both parts are JPEG, the sides are of ``content``."""

    content: bytes
    thumbnail: bytes
    width: int
    height: int


def prepared(content: bytes, *, blurred: bool = False) -> Picture:
    """The photo upright, at most 2000 pixels long, without metadata; of several frames the first.

    Raises Refused. ``blurred`` makes a thumbnail that cannot be read.
    """
    check_size(content)
    if content[4:8] == b"ftyp" and content[8:12] in {b"heic", b"heix", b"mif1", b"heim", b"hevc"}:
        raise Refused(HEIC)
    if content.count(NEXT_SCAN) > MAX_SCANS:
        raise Refused(NOT_A_PICTURE)
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint, once imported, lets half pictures pass
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as image:
            _check_sides(image)
            full = _upright(image)
    except Refused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Refused(_too_large()) from None
    except Exception:  # decoders raise whatever comes to them over hostile bytes
        raise Refused(NOT_A_PICTURE) from None
    small = full.copy()
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    if blurred:
        small = small.filter(ImageFilter.GaussianBlur(BLUR))
    return Picture(_jpeg(full), _jpeg(small), *full.size)


def _too_large() -> str:
    return f"图片尺寸太大，最多 {MAX_PIXELS // 10_000} 万像素，请把相机分辨率调低再拍。"


def _check_sides(image) -> None:
    """From the header: nothing was decoded yet."""
    width, height = image.size
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        raise Refused(_too_large())
    if min(width, height) < 1:
        raise Refused(NOT_A_PICTURE)


def _upright(image) -> Image.Image:
    image.draft("RGB", (LONG_SIDE, LONG_SIDE))  # a large JPEG is decoded at a fraction of its size
    image.load()
    turned = ImageOps.exif_transpose(image)
    turned.thumbnail((LONG_SIDE, LONG_SIDE))
    if turned.mode in {"RGBA", "LA", "PA"} or "transparency" in turned.info:
        opaque = turned.convert("RGBA")
        paper = Image.new("RGB", opaque.size, "white")
        paper.paste(opaque, mask=opaque.getchannel("A"))
        return paper
    return turned.convert("RGB")


def _jpeg(image) -> bytes:
    target = io.BytesIO()
    clean = Image.new("RGB", image.size)
    clean.paste(image)  # a new image has no info to be written along
    clean.save(target, "JPEG", quality=85, optimize=True)
    return target.getvalue()
