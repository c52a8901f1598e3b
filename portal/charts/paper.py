"""A chart as a picture of points, for files that hold no drawing of ours."""

from portal.charts.drawing import paper_size
from portal.charts.spec import Chart
from portal.pdf import render_pdf
from portal.pdf.fonts import library
from portal.pdf.pictures import pictures_of

POINTS = 4  # of the picture for each point of the page: about 290 dpi at the width of the type area


def chart_png(chart: Chart) -> bytes:
    """The chart as papers show it, without its title. The same chart gives the same bytes."""
    width, height = paper_size(chart)
    context = {"chart": chart, "width": width, "height": height, "families": paper_families()}
    page = render_pdf("charts/picture.html", context, base="picture")
    [picture], _ = pictures_of(page, scale=POINTS, most=1)
    return picture.png


def paper_families() -> str:
    """The faces of the letters in a drawing on paper, which sees no CSS variable."""
    return ",".join(library().families("fangsong"))
