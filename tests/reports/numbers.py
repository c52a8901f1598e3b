"""Reads a page's numbers: each with the address that it opens, the numbers at the page's own end, and digits
that stand where only numbers with a link may.

``data-numbers`` marks the regions, ``data-number`` a number with its link, ``data-number-end`` the number
that others lead to. Beside numbers a region may hold words, names, places in a column, and a nought that
opens nothing.
"""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
WORDS = {
    "th",
    "caption",
    "figcaption",
    "time",
    "script",
    "style",
    "svg",
    "summary",
    "label",
    "select",
}


@dataclass
class Link:
    says: str
    url: str
    printed: str = ""


@dataclass
class Page:
    links: list[Link] = field(default_factory=list)
    ends: list[str] = field(default_factory=list)
    bare: list[str] = field(default_factory=list)


@dataclass
class _Open:
    tag: str
    region: bool = False
    words: bool = False
    link: Link | None = None
    end: bool = False


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.page, self.open = Page(), []

    def handle_starttag(self, tag, attrs):
        if tag in VOID:
            return
        told = dict(attrs)
        link = None
        if "data-number" in told:
            link = Link(told["data-number"], told["href"])
            self.page.links.append(link)
        words = tag in WORDS or "data-words" in told or "data-rank" in told
        words = words or told.get("class", "").startswith("chart-note")
        end = "data-number-end" in told
        if end:
            self.page.ends.append("")
        self.open.append(_Open(tag, "data-numbers" in told, words, link, end))

    def handle_endtag(self, tag):
        while self.open and self.open.pop().tag != tag:
            pass

    def handle_data(self, data):
        text = data.strip()
        for each in self.open:
            if each.link is not None:
                each.link.printed += text
            if each.end:
                self.page.ends[-1] += text
        inside = any(each.region for each in self.open)
        meant = any(each.words or each.link is not None or each.end for each in self.open)
        if inside and not meant and re.search(r"[1-9]", text):
            self.page.bare.append(text)


def read_page(html: str) -> Page:
    reader = _Reader()
    reader.feed(html)
    return reader.page
