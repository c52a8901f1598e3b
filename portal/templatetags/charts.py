"""A chart on a page: picture, numbers in a table, and what draws it again in the browser."""

import json
import logging

from django import template
from django.utils.safestring import mark_safe

from portal.charts.drawing import DrawingFailed, paper_svg, svg
from portal.charts.samples import samples
from portal.charts.spec import NARROW

register = template.Library()
logger = logging.getLogger(__name__)
# So that no text of a user ends the element that holds the JSON.
ESCAPED = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.inclusion_tag("charts/chart.html")
def chart(chart, table=True, heading=True):
    """The whole figure; where no picture comes about, the log tells and the table stands open. Without
    ``table`` where the page shows the very numbers beside it, without ``heading`` where its title stands
    above it."""
    told = {"chart": chart, "table": table, "heading": heading}
    if chart.is_empty:
        return told
    try:
        picture = svg(chart)
    except DrawingFailed:
        # The numbers are in the table, and a page is worth more than its picture.
        logger.warning("A chart was not drawn: %s", chart.kind, exc_info=True)
        picture = ""
    spec = json.dumps(_specs(chart), ensure_ascii=False, separators=(",", ":"))
    # Both were escaped: the picture by its XML writer, the JSON by ESCAPED.
    return told | {
        "picture": mark_safe(picture),  # noqa: S308
        "spec": mark_safe(spec.translate(ESCAPED)),  # noqa: S308
    }


def _specs(chart) -> dict:
    """How it is drawn on half a page and on a phone; the map of a plan is the same."""
    wide, narrow = chart.spec(), chart.spec(width=NARROW)
    narrow.pop("map", None)
    return {"wide": wide, "narrow": narrow}


@register.simple_tag
def paper_chart(chart, families=""):
    """The picture alone, as papers hold it. Raises DrawingFailed: no paper is made without its picture."""
    return mark_safe(paper_svg(chart, families=families))  # noqa: S308  escaped by its XML writer


@register.simple_tag
def sample_charts():
    """For the page of parts alone."""
    return samples()
