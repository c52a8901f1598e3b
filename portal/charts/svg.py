"""What the library draws, made fit for our pages and papers. Pure.

Our pages forbid style attributes, so styles become attributes of their own; the names of patterns are
made unlike those of other charts on the page; text is placed by its baseline, which every renderer knows.
"""

import re
from xml.etree import ElementTree as ET

from portal.charts.words import printable

XMLNS = ' xmlns="http://www.w3.org/2000/svg"'
RISE = 0.35  # of the size of letters: from their middle to their baseline
KEPT_STYLES = {"font-size", "font-weight", "fill", "stroke", "opacity", "paint-order"}
DROPPED = {"class", "baseProfile", "version", "pointer-events", "style", "font-family"}
BASELINES = {"central": RISE, "middle": RISE, "hanging": 0.88, "text-before-edge": 0.88}
_OUR_ID = re.compile(r"zr\d+-([a-z]+\d+)")


def tidied(raw: str, *, mark: str, size: int, families: str, title: str, told: str) -> str:
    """``raw`` as SVG that stands in HTML; ``mark`` is the chart's own, ``size`` that of most letters."""
    # S314: the text is what our own drawing wrote, with no document type.
    root = ET.fromstring(raw.replace(XMLNS, "", 1))  # noqa: S314  # nosec B314 drawn by our own engine
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag == "style" or _draws_nothing(child):
                parent.remove(child)
    for element in root.iter():
        _tidy(element, mark, size)
    root.set("xmlns", "http://www.w3.org/2000/svg")
    root.set("role", "img")
    root.set("font-size", str(size))
    root.set("focusable", "false")
    if families:
        root.set("font-family", families)
    words = [(tag, text) for tag, text in (("title", title), ("desc", told)) if text]
    for index, (tag, text) in enumerate(words):
        element = ET.Element(tag)
        element.text = printable(text)
        root.insert(index, element)
    return ET.tostring(root, encoding="unicode", short_empty_elements=False)


def _draws_nothing(element: ET.Element) -> bool:
    """The library's ground over the whole picture, and other shapes without paint."""
    unpainted = element.get("fill") == "none" and not element.get("stroke")
    return element.tag in ("rect", "path") and unpainted


def _tidy(element: ET.Element, mark: str, size: int) -> None:
    for rule in element.get("style", "").split(";"):
        name, _, value = rule.partition(":")
        if name.strip() in KEPT_STYLES:
            element.set(name.strip(), value.strip().removesuffix("px"))
    for name in [*element.attrib]:
        if name in DROPPED or name.startswith("ecmeta"):
            del element.attrib[name]
        else:
            element.set(name, _OUR_ID.sub(rf"c{mark}-\1", element.get(name)))
    if element.tag == "text":
        _place(element, size)


def _place(text: ET.Element, size: int) -> None:
    baseline = text.attrib.pop("dominant-baseline", "")
    own = float(text.get("font-size", size))
    if own == size:
        text.attrib.pop("font-size", None)
    if baseline in BASELINES:
        text.set("y", f"{float(text.get('y', 0)) + BASELINES[baseline] * own:g}")
    text.attrib.setdefault("x", "0")
    if text.text:
        text.text = printable(text.text)
