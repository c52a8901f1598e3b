"""Pages of a PDF as pictures, for the screen."""

import io
import threading
from dataclasses import dataclass

import pypdfium2

_one_at_a_time = threading.Lock()  # PDFium is not safe for two threads


@dataclass(frozen=True)
class Picture:
    """A page as PNG; ``width`` and ``height`` in pixels."""

    png: bytes
    width: int
    height: int


def pictures_of(pdf: bytes, *, scale: float, most: int | None = None) -> tuple[list[Picture], int]:
    """The first pages, all without ``most``, in grey at ``scale`` pixels a point, and how many there are; the
    same PDF gives the same bytes."""
    with _one_at_a_time:
        document = pypdfium2.PdfDocument(pdf)
        try:
            count = len(document)
            shown = range(count if most is None else min(count, most))
            return [_picture(document[number], scale) for number in shown], count
        finally:
            document.close()


def _picture(page, scale: float) -> Picture:
    image = page.render(scale=scale, grayscale=True).to_pil()
    target = io.BytesIO()
    image.save(target, "PNG", compress_level=3)
    return Picture(target.getvalue(), image.width, image.height)
