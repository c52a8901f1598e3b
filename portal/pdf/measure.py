"""A printed PDF read back: every character with its place, size and typeface, from the file itself.

Reads what our own renderer writes (two-byte codes with a ToUnicode table); lengths in millimetres from
the page's left and top edge.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf

MM = 25.4 / 72
_PAIR = re.compile(rb"<([0-9a-fA-F]{4})> <([0-9a-fA-F]+)>")
_EMBEDDED = {"/FontFile", "/FontFile2", "/FontFile3"}
NOTDEF = 0


@dataclass(frozen=True)
class Glyph:
    """``x`` and ``y`` are the pen on the baseline; ``upright`` is false where the text is turned."""

    text: str
    x: float
    y: float
    width: float
    size: float
    upright: bool
    drawn: bool  # false for the empty box that a font draws for what it lacks


@dataclass(frozen=True)
class Sheet:
    """One page."""

    width: float
    height: float
    glyphs: tuple[Glyph, ...] = field(repr=False)

    @property
    def lies(self) -> bool:
        """Landscape."""
        return self.width > self.height


@dataclass(frozen=True)
class Printed:
    sheets: tuple[Sheet, ...]
    loose_fonts: tuple[str, ...]  # names of fonts that are not inside the file


def read_pdf(pdf: bytes) -> Printed:
    """Raises pikepdf.PdfError where ``pdf`` is none."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        fonts: dict[str, _Font] = {}
        sheets = tuple(_sheet(page, fonts) for page in document.pages)
        loose = sorted({font.name for font in fonts.values() if not font.embedded})
        return Printed(sheets, tuple(loose))


class _Font:
    def __init__(self, font):
        self.name = str(font.BaseFont).lstrip("/").partition("+")[2] or str(font.BaseFont)
        inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
        descriptor = inner.get("/FontDescriptor")
        self.embedded = descriptor is not None and bool(_EMBEDDED & set(descriptor.keys()))
        self._widths = dict(_widths(inner.get("/W", ())))
        self._texts = {}
        if "/ToUnicode" in font:
            table = font.ToUnicode.read_bytes().partition(b"beginbfchar")[2]
            for code, text in _PAIR.findall(table):
                self._texts[int(code, 16)] = bytes.fromhex(text.decode()).decode("utf-16-be")

    def glyphs(self, codes: bytes) -> Iterator[tuple[int, str, float]]:
        """(code, text, width in ems)"""
        for index in range(0, len(codes), 2):
            code = int.from_bytes(codes[index : index + 2], "big")
            yield code, self._texts.get(code, ""), self._widths.get(code, 1000) / 1000


def _widths(entries) -> Iterator[tuple[int, float]]:
    """``1 [256] 18 [471 558]`` and ``1 9 500``."""
    entries = list(entries)
    while entries:
        first, second = int(entries.pop(0)), entries.pop(0)
        if isinstance(second, pikepdf.Array):
            yield from ((first + n, float(width)) for n, width in enumerate(second))
        else:
            width = float(entries.pop(0))
            yield from ((code, width) for code in range(first, int(second) + 1))


def _sheet(page, fonts: dict[str, _Font]) -> Sheet:
    left, bottom, right, top = (float(edge) for edge in page.MediaBox)
    for key, font in page.Resources.get("/Font", {}).items():
        if key not in fonts:
            fonts[key] = _Font(font)
    glyphs = tuple(_glyphs(page, fonts, left, top))
    return Sheet((right - left) * MM, (top - bottom) * MM, glyphs)


def _glyphs(page, fonts, left: float, top: float) -> Iterator[Glyph]:
    matrix, kept = pikepdf.Matrix(), []
    line, font, size = pikepdf.Matrix(), None, 0.0
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "q":
                kept.append(matrix)
            case "Q":
                matrix = kept.pop()
            case "cm":
                matrix = pikepdf.Matrix(*map(float, operands)) @ matrix
            case "Tm":
                line = pikepdf.Matrix(*map(float, operands))
            case "Tf":
                font, size = fonts[str(operands[0])], float(operands[1])
            case "TJ" | "Tj":
                run = operands[0] if str(operator) == "TJ" else [operands[0]]
                for item in run:
                    if not isinstance(item, pikepdf.String):
                        line = line.translated(-float(item) * size / 1000, 0)
                        continue
                    for code, text, ems in font.glyphs(bytes(item)):
                        place = line @ matrix
                        yield Glyph(
                            text=text,
                            x=(place.e - left) * MM,
                            y=(top - place.f) * MM,
                            width=ems * size * abs(place.a) * MM,
                            size=size * (place.a**2 + place.b**2) ** 0.5 * MM,
                            upright=abs(place.b) < 0.001,
                            drawn=code != NOTDEF,
                        )
                        line = line.translated(ems * size, 0)
