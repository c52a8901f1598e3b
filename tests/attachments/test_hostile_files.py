"""SECURITY row 18: what an attacker sends is refused in a sentence, quickly, and nothing is kept."""

import io
import resource
import time

import pytest
import weasyprint
from PIL import Image

from portal.attachments.pictures import LONG_SIDE, THUMBNAIL_SIDE, prepared
from portal.attachments.refusing import Refused
from portal.attachments.scans import check_pdf
from portal.attachments.services import checked
from portal.pdf import render_pdf
from tests.attachments import files

assert weasyprint.VERSION  # as in a process that printed: it loosens Pillow for everybody
pytestmark = pytest.mark.filterwarnings("error::PIL.Image.DecompressionBombWarning")
SECONDS = 2
GROWTH_KB = 150 * 1024
PHOTO = "photo"


@pytest.mark.parametrize("name", sorted(files.HOSTILE))
def test_a_hostile_file_is_refused_in_chinese_within_two_seconds(name):
    content = files.HOSTILE[name]()
    before, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    with pytest.raises(Refused) as refused:
        checked(content, PHOTO)
    assert time.process_time() - started < SECONDS
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < GROWTH_KB
    assert any("\u4e00" <= character <= "\u9fff" for character in str(refused.value))


def test_the_set_is_at_least_as_large_as_promised():
    assert len(files.HOSTILE) >= 21


def opened(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def test_a_phones_photo_is_upright_and_tells_no_place():
    content = files.photo_with_position()
    assert b"Exif" in content
    kept = prepared(content)
    assert (kept.width, kept.height) == (40, 80)
    for part in (kept.content, kept.thumbnail):
        assert opened(part).format == "JPEG"
        assert not opened(part).getexif()
        assert b"Exif" not in part
        assert "金丝雀".encode() not in part


def test_what_hides_behind_a_picture_is_gone():
    script = b"<script>alert(1)</script>" + files.ZIP
    for content in (files.picture(form="PNG") + script, files.picture() + script):
        kept = prepared(content).content
        assert b"script" not in kept
        assert b"PK" not in kept


def test_of_a_moving_picture_the_first_frame_is_kept():
    for form in ("WEBP", "PNG"):
        target = io.BytesIO()
        frames = [Image.new("RGB", (40, 30), colour) for colour in ("red", "blue")]
        frames[0].save(target, form, save_all=True, append_images=frames[1:])
        kept = opened(prepared(target.getvalue()).content)
        red, _, blue = kept.getpixel((20, 15))
        assert red > 200 > 60 > blue, form


def test_transparent_becomes_paper_white():
    target = io.BytesIO()
    Image.new("RGBA", (30, 30), (0, 0, 0, 0)).save(target, "PNG")
    assert opened(prepared(target.getvalue()).content).getpixel((5, 5)) == (255, 255, 255)


def test_a_large_photo_is_kept_smaller_and_within_bounds():
    kept = prepared(files.picture((5_000, 4_900)))
    assert max(kept.width, kept.height) <= LONG_SIDE
    assert max(opened(kept.thumbnail).size) <= THUMBNAIL_SIDE


def test_the_same_photo_gives_the_same_bytes():
    content = files.noise()
    assert prepared(content) == prepared(content)


def test_the_thumbnail_of_a_card_cannot_be_read():
    """Black and white stripes as fine as print: nothing of them is left, only grey."""
    image = Image.new("L", (320, 200))
    image.putdata([255 * (x // 3 % 2) for _ in range(200) for x in range(320)])
    target = io.BytesIO()
    image.save(target, "PNG")
    clear, blurred = (prepared(target.getvalue(), blurred=blur) for blur in (False, True))

    def contrast(content):
        low, high = opened(content).convert("L").crop((100, 60, 200, 120)).getextrema()
        return high - low

    assert contrast(clear.thumbnail) > 150
    assert contrast(blurred.thumbnail) < 20
    assert contrast(blurred.content) > 150


@pytest.mark.parametrize(
    ("content", "pages"),
    [
        (files.pdf(), 1),
        (files.pdf(pages=100), 100),
        (files.pdf(files.object_stream(b"7 0 obj<</Type/Page>>endobj")), 2),
        (files.pdf(tail=b"%%EOF\r\n\0\0"), 1),
    ],
)
def test_a_scan_is_taken_with_its_pages_counted(content, pages):
    assert check_pdf(content) == pages


def test_a_real_pdf_of_ours_is_taken():
    context = {"images": [], "record_title": "走访"}
    assert check_pdf(render_pdf("pdf/files.html", context, base="files")) == 1
