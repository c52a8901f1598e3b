"""Every kind: the numbers go through unchanged, the picture is well formed and says them, the table has all."""

import json
import re
from decimal import Decimal

import pytest
from django.conf import settings
from django.template import Context, Template
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from portal.charts import Chart, Kind, Series
from portal.charts.drawing import paper_svg, svg
from portal.charts.ranges import Ranges
from portal.charts.theme import PRINT, SCREEN
from portal.design import PART, TEXT, colours, contrast
from tests.portal.charts.making import LONG, items, of_kind, words

VALUES = (3, 0, 12, 8, 9, 100)
PLACES = (3, 1, 12, 8, 9, 100)  # nobody is at place 0
# Numbers that are not written where they are drawn: nought in a stack or a calendar, most of a small one.
SAID = {
    Kind.BAR: VALUES,
    Kind.LINE: (),
    Kind.STACKED: (3, 12, 8, 9, 100),
    Kind.HEAT: VALUES,
    Kind.MATRIX: VALUES,
    Kind.MULTIPLES: (3, 0, 100),
    Kind.CALENDAR: (3, 12, 8, 9, 100),
    Kind.PYRAMID: VALUES,
    Kind.RANKING: PLACES,
    Kind.PLAN: VALUES,
    Kind.SPARK: (),
}


@pytest.mark.parametrize("kind", Kind)
def test_each_number_is_drawn_printed_and_opened_as_it_is(kind):
    values = PLACES if kind is Kind.RANKING else VALUES
    urls = tuple(f"/figures/x/?n={n}" for n in range(len(values)))
    chart = of_kind(kind, values)
    series = tuple(Series(s.name, s.values, urls) for s in chart.series)
    chart = Chart(kind, "走访", chart.categories, series, outlines=chart.outlines)
    for row in items(chart):
        assert [value["text"] for value in row] == [str(v) for v in values]
        assert [value["url"] for value in row] == list(urls)
        if kind not in (Kind.HEAT, Kind.MATRIX, Kind.CALENDAR, Kind.PLAN):
            assert [value["value"] for value in row] == list(values)
    table = {cell.url: cell.text for line in chart.lines for cell in line.cells}
    assert table == {url: str(v) for url, v in zip(urls, values, strict=True)}


@pytest.mark.parametrize("draw", [svg, paper_svg])
@pytest.mark.parametrize("kind", Kind)
def test_picture_says_names_and_numbers(kind, draw):
    values = PLACES if kind is Kind.RANKING else VALUES
    chart = of_kind(kind, values, rows=1 if kind is Kind.LINE else 2)
    said = words(draw(chart))
    assert {str(value) for value in SAID[kind]} <= set(said)
    if kind is Kind.LINE:
        assert {str(value) for value in VALUES} <= set(said)
    if kind not in (Kind.CALENDAR, Kind.SPARK, Kind.MULTIPLES):
        assert set(chart.categories) <= set(said)
    if len(chart.series) > 1:
        assert {series.name for series in chart.series} <= set(said)


@pytest.mark.parametrize("kind", Kind)
def test_option_is_plain_json_and_small(kind):
    text = json.dumps(of_kind(kind, VALUES).spec(), allow_nan=False)
    assert len(text) < 7000


NUMBERS = st.one_of(
    st.none(),
    st.integers(-(10**9), 10**9),
    st.floats(allow_nan=False, allow_infinity=False),
    st.decimals(
        allow_nan=False, allow_infinity=False, places=2, min_value=-(10**9), max_value=10**9
    ),
)


@pytest.mark.parametrize("kind", Kind)
@given(values=st.lists(NUMBERS, min_size=1, max_size=12))
@hypothesis_settings(max_examples=12, deadline=None)
def test_any_finite_numbers_are_drawn_and_the_table_tells_them(kind, values):
    if kind is Kind.RANKING:
        values = [None if v is None else int(abs(v)) % 50 + 1 for v in values]
    chart = of_kind(kind, values)
    if chart.is_empty:
        return
    json.dumps(chart.spec(), allow_nan=False)
    for picture in (svg(chart), paper_svg(chart)):
        words(picture)
        assert "NaN" not in picture.replace("走访", "")
        assert "Infinity" not in picture
    told = [cell.text for line in chart.lines for cell in line.cells]
    assert told.count("—") == values.count(None) * len(chart.series)
    assert len(told) == len(values) * len(chart.series)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize(
    "values", [(0,), (7,), (-7,), (0, 0), (None, 0), tuple(range(1, 201))], ids=str
)
def test_one_value_noughts_and_two_hundred(kind, values):
    if kind is Kind.RANKING:
        values = tuple(abs(v) % 30 + 1 if v is not None else None for v in values)
    page = Template("{% load charts %}{% chart chart %}").render(
        Context({"chart": of_kind(kind, values)})
    )
    assert page.count("<svg") == 1
    assert page.count('<td class="num">') == len(values) * len(of_kind(kind, values).series)


@pytest.mark.parametrize("kind", sorted(set(Kind) - {Kind.CALENDAR}))
def test_long_and_hostile_names_are_cut_on_the_picture_and_whole_in_the_table(kind):
    names = (LONG, '</script><b onload="x">', "]]>&amp;{b}", "\x00\x1b\ufffe末")
    page = Template("{% load charts %}{% chart chart %}").render(
        Context({"chart": of_kind(Kind(kind), (1, 2, 3, 4), names)})
    )
    assert LONG in page
    assert "<b" not in page.replace("<body", "")
    assert page.count("</script>") == 1
    assert not set(page[page.index("<svg") : page.index("</svg>")]) & set("\x00\x1b\ufffe")


@pytest.mark.parametrize(
    ("kind", "names", "series", "said"),
    [
        ("pyramid", ("甲",), 1, "two sides"),
        ("plan", ("甲",), 1, "outlines"),
        ("spark", ("甲",), 2, "one series"),
        ("calendar", ("昨天",), 1, "isoformat"),
        ("pie", ("甲",), 1, "pie"),
        ("bar", ("甲", "乙"), 1, "1 values of 2"),
    ],
)
def test_what_does_not_fit_is_refused(kind, names, series, said):
    with pytest.raises(ValueError, match=said):
        Chart(kind, "题", names, (Series("走访", (1,)),) * series)


@given(st.lists(NUMBERS, max_size=30))
def test_every_number_lies_in_one_range_and_ranges_do_not_overlap(values):
    ranges = Ranges(values)
    known = [value for value in values if value is not None]
    assert bool(ranges.found) == bool(known)
    for value in known:
        exact = Decimal(str(value))
        holding = [
            r for r in ranges.found if r.least < exact <= r.most or r.least == exact == r.most
        ]
        assert [r.shade for r in holding] == [ranges.shade(value)]
    labels = [r.label for r in ranges.found]
    assert len(labels) == len(set(labels)) <= 6


def test_ranges_of_counts_have_round_ends():
    assert [r.label for r in Ranges([0, 3, 98]).found] == [
        *("0", "1–20", "21–40", "41–60", "61–80", "81–100"),
    ]
    assert [r.label for r in Ranges([1, 2, 3]).found] == ["1", "2", "3"]
    assert [r.label for r in Ranges([0]).found] == ["0"]


def tokens(mode: str) -> dict[str, str]:
    """The charts' colours as the style sheets give them."""
    named = colours(mode)
    text = (settings.BASE_DIR / "static/css/tokens.css").read_text()
    aliases = dict(re.findall(r"--chart-([\w-]+): var\(--([\w-]+)\);", text))
    return {
        name: named[aliases[name]] if name in aliases else named.get(f"chart-{name}", colour)
        for name, colour in SCREEN.items()
    }


def test_colours_have_the_same_names_everywhere_and_the_pages_are_those_of_the_tokens():
    text = (settings.BASE_DIR / "static/css/tokens.css").read_text()
    assert set(re.findall(r"--chart-([\w-]+):", text)) == set(SCREEN) == set(PRINT)
    assert tokens("") == SCREEN


@pytest.mark.parametrize("theme", [PRINT, tokens(""), tokens("more")], ids=["print", "", "more"])
def test_numbers_are_read_on_every_shade_and_lines_told_from_the_ground(theme):
    for step in range(6):
        assert contrast(theme[f"heat-{step}"], theme[f"heat-ink-{step}"]) >= TEXT
    for name in ("1", "2", "3", "4", "5", "6"):
        assert contrast(theme[name], theme["ground"]) >= (2 if theme is PRINT else PART)
