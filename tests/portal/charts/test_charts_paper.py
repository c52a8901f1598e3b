"""Charts on paper: bars as long as their numbers, nothing beyond the type area, words for who does not see."""

import io
import re

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from PIL import Image

from portal.charts import Chart, Series
from portal.charts.drawing import PAPER, paper_svg
from portal.charts.paper import chart_png, paper_families
from portal.pdf import render_pdf
from portal.pdf.blocks import Drawing, OfficialDocument, Para
from portal.pdf.titles import text_width
from tests.portal.charts.making import LONG, SVG, of_kind

AREA = 780  # CSS pixels of height that a chart may take with its caption
BAR = re.compile(r"M(-?[\d.]+) (-?[\d.]+)l(-?[\d.]+) 0l0 (-?[\d.]+)")
NUMBERS = st.integers(-99_999, 99_999)


def chart(values, names=None) -> Chart:
    names = names or tuple(f"富家桥镇第{n}村民委员会" for n in range(len(values)))
    return Chart("bar", "图：走访", tuple(names), (Series("走访", tuple(values)),))


def texts(picture):
    """(left, right, text) of every word on the picture, as wide as its characters."""
    for text in etree.fromstring(picture.encode()).iter(f"{SVG}text"):
        x, _ = re.search(r"translate\(([-\d.]+) ([-\d.]+)\)", text.get("transform")).groups()
        wide = 14 * text_width(text.text)
        share = {"end": 1, "middle": 0.5}.get(text.get("text-anchor"), 0)
        yield float(x) - share * wide, float(x) + (1 - share) * wide, text.text


@given(st.lists(st.one_of(NUMBERS, st.none()), min_size=4, max_size=31))
@settings(max_examples=25, deadline=None)
def test_bars_are_as_long_as_their_numbers_and_keep_the_page(values):
    drawn = chart(values)
    if drawn.is_empty:
        return
    picture = paper_svg(drawn)
    root = etree.fromstring(picture.encode())
    assert (int(root.get("width")), int(root.get("height")) <= AREA) == (PAPER, True)
    bars = [BAR.match(path.get("d")) for path in root.iter(f"{SVG}path")]
    long = [float(bar[3]) for bar in bars if bar]
    largest = max((abs(value) for value in values if value), default=1)
    assert len(long) == len(values)
    for length, value in zip(long, values, strict=True):
        assert (
            abs(length - max(map(abs, long)) * (value or 0) / largest) <= 1
        )  # edges keep to whole pixels
    for left, right, text in texts(picture):
        assert left >= -1, text
        assert right <= PAPER + 1, text


def test_long_names_stand_in_two_lines_or_are_cut_where_the_page_would_be_too_short():
    few = [text for *_, text in texts(paper_svg(chart([1, 2, 3], [LONG] * 3)))]
    assert few.count(LONG[:13]) == few.count(LONG[13:]) == 3
    many = paper_svg(chart([1] * 31, [LONG] * 31))
    assert int(etree.fromstring(many.encode()).get("height")) <= AREA
    assert [text for *_, text in texts(many)].count(LONG[:12] + "…") == 31


@pytest.mark.parametrize("kind", ["bar", "stacked", "plan"])
def test_file_for_the_archive_keeps_the_words_of_the_picture_and_its_letters(kind):
    drawing = Drawing(of_kind(kind, (3, 5, 8)))
    document = OfficialDocument(title="总结", blocks=[Para(["如下图。"]), drawing])
    context = {"doc": document, "families": paper_families()}
    printed = render_pdf("pdf/official.html", context, kept=[])
    assert render_pdf("pdf/official.html", context, kept=[]) == printed
    with pikepdf.open(io.BytesIO(printed)) as opened:
        [figure] = [
            node
            for node in opened.objects
            if isinstance(node, pikepdf.Dictionary) and node.get("/S") == pikepdf.Name.Figure
        ]
        assert "最大" in str(figure.Alt)
        for font in opened.pages[0].Resources.Font.values():
            assert "/ToUnicode" in font


def test_picture_of_points_is_the_same_each_time_and_as_wide_as_the_type_area():
    picture = chart_png(chart([3, 12, 8]))
    assert chart_png(chart([3, 12, 8])) == picture
    image = Image.open(io.BytesIO(picture))
    assert image.width == pytest.approx(PAPER * 3, abs=2)
    dark, light = image.convert("L").getextrema()
    assert dark < 60
    assert light == 255
