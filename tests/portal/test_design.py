"""Colours, sizes and spaces have one home, and every pair of colours is read by everybody."""

import re

import pytest
from django.conf import settings

from portal.design import STRONG, TEXT, colours, contrast, icons, pairs
from portal.roles import Role

CSS = settings.BASE_DIR / "static" / "css"
TEMPLATES = settings.BASE_DIR / "templates"
HOMES = {"tokens.css", "contrast.css"}
ALONE = {"standalone.css"}  # goes into a file of its own, without the others
# The frame of every page, and what only leans on one of the parts shown.
FRAME = {
    "sidebar",
    "topbar",
    "menu",
    "nav_list",
    "nav_sections",
    "search_box",
    "user_menu",
    "display",
    "quick_add",
}
FRAME |= {"display_menu", "trouble", "trail", "failure"}  # the last is a whole page
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl)a?\(")


def sheets():
    return [path for path in sorted(CSS.glob("*.css")) if path.name not in ALONE]


def test_contrast_is_that_of_wcag():
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("mode", ["", "more"])
def test_every_pair_of_colours_is_told_apart(mode):
    assert [pair for pair in pairs(mode) if not pair.enough] == []


def test_high_contrast_is_seven_to_one_for_words_on_their_grounds():
    weak = [pair for pair in pairs("more") if pair.needed == TEXT and pair.ratio < STRONG]
    assert {pair.ground for pair in weak} <= {
        "ground-deep"
    }  # the track of a bar, no ground of words


@pytest.mark.parametrize("sheet", sheets(), ids=lambda path: path.name)
def test_a_sheet_names_its_colours_and_knows_the_names(sheet):
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)
    if sheet.name not in HOMES:
        assert COLOUR.findall(text) == []
    known = set(re.findall(r"(--[\w-]+):", "".join(path.read_text() for path in sheets())))
    assert {name for name in re.findall(r"var\((--[\w-]+)", text) if "tblr" not in name} <= known


def test_high_contrast_renames_nothing():
    """A name that tokens.css does not know would change nothing."""
    assert set(colours("more")) == set(colours())


def test_the_page_of_parts_shows_every_part(client_of, make_user, community):
    page = client_of(make_user(Role.COMMUNITY_STAFF, community)).get("/styleguide/")
    used = {template.name for template in page.templates if template.name}
    parts = {path.stem for path in (TEMPLATES / "components").glob("*.html")} - FRAME
    assert {part for part in parts if f"components/{part}.html" not in used} == set()
    text = page.content.decode()
    assert all(f"ico-{icon}" in text for icon in icons())
    assert all(f"--{name}" in text for name in colours())
    assert text.count("chart-gallery") == text.count("css/charts.css") == 1
