"""A chart as a picture, for files that hold no drawing of ours."""

import functools
import io

from PIL import Image, ImageDraw, ImageFont

from portal.pdf.blocks import Chart
from portal.pdf.fonts import Face, library

SCALE = 3  # pixels for each of the drawing's: about 290 dpi at the width of the page
EM = 14
GREY = (140, 140, 140)


def chart_png(chart: Chart) -> bytes:
    """The bars as ``pdf/_chart.html`` draws them, without the caption. The same chart, the same bytes."""
    size = (round(chart.width * SCALE), round(chart.height * SCALE))
    image = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    for bar in chart.bars:
        for y, text in bar.lines:
            _write(draw, text, chart.label_x, y, "end")
        if bar.width:
            left, top = bar.x * SCALE, bar.y * SCALE
            right, bottom = left + bar.width * SCALE, top + chart.bar_height * SCALE
            draw.rectangle((left, top, right, bottom), fill=GREY)
        _write(draw, bar.text, bar.text_x, bar.text_y, bar.anchor)
    zero = chart.zero * SCALE
    draw.line((zero, 0, zero, size[1]), fill="black", width=SCALE)
    target = io.BytesIO()
    image.save(target, "PNG", optimize=True)
    return target.getvalue()


def _write(draw, text: str, x: float, y: float, anchor: str) -> None:
    """``text`` with its baseline at ``y``, from ``x`` on or up to it, each character in the first face
    that has it."""
    faces = [(character, _font(_face_of(character))) for character in text]
    pen = x * SCALE
    if anchor == "end":
        pen -= sum(font.getlength(character) for character, font in faces)
    for character, font in faces:
        draw.text((pen, y * SCALE), character, font=font, fill="black", anchor="ls")
        pen += font.getlength(character)


def _face_of(character: str) -> Face:
    chain = library().chains["fangsong"]
    return next((face for face in chain if ord(character) in face.characters), chain[0])


@functools.lru_cache(maxsize=16)
def _font(face: Face):
    return ImageFont.truetype(str(face.path), EM * SCALE, index=face.number)
