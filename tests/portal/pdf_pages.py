"""Read a PDF back as a clerk with a ruler would: characters, their ink and their baselines, in mm."""

import ctypes
from dataclasses import dataclass, field

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

MM = 25.4 / 72


@dataclass(frozen=True)
class Char:
    """``left``/``right``/``top``/``bottom`` bound the ink, from the page's left and top edge in mm.

    ``x`` and ``y`` are the pen position on the baseline, ``size`` the font size, all in mm.
    """

    text: str
    left: float
    right: float
    top: float
    bottom: float
    x: float
    y: float
    size: float
    font: str


@dataclass(frozen=True)
class Line:
    chars: list[Char] = field(repr=False)

    @property
    def text(self) -> str:
        return "".join(char.text for char in self.chars)

    @property
    def left(self) -> float:
        return min(char.left for char in self.chars)

    @property
    def right(self) -> float:
        return max(char.right for char in self.chars)

    @property
    def width(self) -> float:
        """From the first pen position to the end of the last character, which must be full-width."""
        return self.chars[-1].x + self.chars[-1].size - self.chars[0].x


def read_pages(pdf: bytes) -> list[list[Line]]:
    """The lines of each page from top to bottom; blanks are dropped."""
    document = pdfium.PdfDocument(pdf)
    try:
        return [_lines(list(_chars(page))) for page in document]
    finally:
        document.close()


def read_text(pdf: bytes) -> str:
    """All text of the document without any blank or line end."""
    return "".join(line.text for page in read_pages(pdf) for line in page)


def _lines(chars: list[Char]) -> list[Line]:
    by_baseline: dict[float, list[Char]] = {}
    for char in chars:
        near = next((y for y in by_baseline if abs(y - char.y) < 0.3), char.y)
        by_baseline.setdefault(near, []).append(char)
    return [Line(sorted(by_baseline[y], key=lambda c: c.x)) for y in sorted(by_baseline)]


def _chars(page):
    text = page.get_textpage()
    height = page.get_height() * MM
    high = ""
    for index in range(text.count_chars()):
        # pdfium counts UTF-16 units: a rare character comes as two halves.
        unit = pdfium_c.FPDFText_GetUnicode(text.raw, index)
        if 0xD800 <= unit < 0xDC00:
            high = chr(unit)
            continue
        shape = (high + chr(unit)).encode("utf-16", "surrogatepass").decode("utf-16")
        high = ""
        if not shape.strip():
            continue
        left, bottom, right, top = text.get_charbox(index)
        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium_c.FPDFText_GetCharOrigin(text.raw, index, x, y)
        yield Char(
            shape,
            left * MM,
            right * MM,
            height - top * MM,
            height - bottom * MM,
            x.value * MM,
            height - y.value * MM,
            pdfium_c.FPDFText_GetFontSize(text.raw, index) * _scale(text, index) * MM,
            _font(text, index),
        )


def _scale(text, index: int) -> float:
    matrix = pdfium_c.FS_MATRIX()
    pdfium_c.FPDFText_GetMatrix(text.raw, index, matrix)
    return matrix.a


def _font(text, index: int) -> str:
    """Name of the font without its subset tag."""
    buffer = ctypes.create_string_buffer(100)
    pdfium_c.FPDFText_GetFontInfo(text.raw, index, buffer, 100, ctypes.c_int())
    return buffer.value.decode().partition("+")[2]
