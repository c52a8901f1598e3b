"""The HTML file: stands alone, leads from each figure to its definition and back."""

import re
from html.parser import HTMLParser

import pytest

from reports.output.html import html_of_document
from tests.reports.papers import LONG_NAME, RARE, VALUES, WIDE, draft

LOADS = ("src", "href", "action", "data", "poster", "srcset", "background")


class Elements(HTMLParser):
    def __init__(self, text: str):
        super().__init__()
        self.found, self.text = [], ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data

    def named(self, tag):
        return [attrs for name, attrs in self.found if name == tag]


@pytest.fixture(scope="module")
def page() -> str:
    return html_of_document(draft(), VALUES).decode()


@pytest.fixture
def elements(page):
    return Elements(page)


def test_it_loads_nothing_and_runs_nothing(page, elements):
    for tag, attrs in elements.found:
        assert tag not in {"script", "iframe", "object", "embed", "link", "base", "form"}
        assert not any(name.startswith("on") for name in attrs)
        for name in LOADS:
            assert attrs.get(name, "#").startswith(("#", "data:image/svg+xml")), (tag, attrs)
    assert "url(" not in page
    assert "@import" not in page
    [policy] = [a["content"] for a in elements.named("meta") if "http-equiv" in a]
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def test_every_figure_leads_to_its_definition_and_back(elements):
    ids = {attrs["id"] for _, attrs in elements.found if "id" in attrs}
    targets = [a["href"] for a in elements.named("a")]
    assert all(target.removeprefix("#") in ids for target in targets)
    chips = [a for a in elements.named("a") if a.get("class") == "figure"]
    assert [chip["href"] for chip in chips] == ["#d1", "#d2", "#d3"]
    assert {f"f{n}" for n in (1, 2, 3)} <= ids
    assert VALUES[0].definition in chips[0]["title"]


def test_structure_is_that_of_the_document(elements):
    assert elements.named("html")[0]["lang"] == "zh-CN"
    assert [len(elements.named(tag)) for tag in ("h1", "caption", "figure")] == [1, 2, 1]
    assert {a.get("scope") for a in elements.named("th")} == {"col", "row"}
    words = "".join(elements.text.split())
    for told in ("192人次", LONG_NAME, RARE, "一、走访情况", f"附件：{WIDE.title}", "2026年1月8日"):
        assert told in words


def test_same_document_gives_the_same_bytes(page):
    assert html_of_document(draft(), VALUES).decode() == page


def test_it_prints_as_a4_with_the_margins_of_the_standard(page):
    assert re.search(r"@page \{\s+margin: 37mm 26mm 35mm 28mm;\s+size: A4;", page)


def test_codes_are_superscripts_only_where_asked(elements):
    assert elements.named("sup") == []
    coded = Elements(html_of_document(draft(codes=True), VALUES).decode())
    assert len(coded.named("sup")) == 3
