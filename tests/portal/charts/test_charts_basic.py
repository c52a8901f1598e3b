"""Bars and lines: the option holds the very numbers, the picture says all of them, the table links them."""

import asyncio
import json
import logging
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.template import Context, Template

from portal.charts import Chart, Series, drawing
from portal.charts.drawing import DrawingFailed, paper_svg, svg
from tests.portal.charts.making import words

MONTHS = tuple(f"{month}月" for month in range(1, 13))
VALUES = (3, 0, 12, 8, 9, 100, None, 4, 5, 6, 7, 12580)
URLS = tuple(f"/figures/x/?period=2025-{month:02}" for month in range(1, 13))


def chart(kind="bar", values=VALUES, names=MONTHS, **further):
    urls = URLS if len(values) == len(URLS) else ()
    return Chart(kind, "走访", names, (Series("走访", values, urls),), measure="人次", **further)


@pytest.mark.parametrize("kind", ["bar", "line"])
def test_option_holds_the_numbers_as_they_are_with_their_texts_and_addresses(kind):
    option = chart(kind).option()
    [series] = option["series"]
    drawn = [value["value"] for value in series["data"]]
    assert drawn == [0 if value is None and kind == "bar" else value for value in VALUES]
    assert [value["text"] for value in series["data"]][-1] == "12,580"
    assert [value["url"] for value in series["data"]] == list(URLS)
    json.dumps(option, allow_nan=False)


@pytest.mark.parametrize("draw", [svg, paper_svg])
def test_picture_says_every_name_and_number_and_nothing_that_our_pages_forbid(draw):
    picture = draw(chart())
    assert words(picture) == [*MONTHS, *("—" if v is None else f"{v:,}" for v in VALUES)]
    assert not re.search(r"style=|class=|<script|<style|href=", picture)
    assert "12 项，最大：12月 12,580人次；最小：2月 0人次" in picture
    assert draw(chart()) == picture


def test_page_gets_picture_option_and_a_table_whose_numbers_are_links():
    page = Template("{% load charts %}{% chart chart %}").render(Context({"chart": chart()}))
    assert page.count("<svg") == 1
    assert '<a href="/figures/x/?period=2025-06" data-number="100">100</a>' in page
    spec = json.loads(re.search(r'<script type="application/json">(.*?)</script>', page, re.S)[1])
    assert spec["wide"]["names"] == spec["narrow"]["names"] == list(MONTHS)


def test_hostile_names_stay_names():
    evil = ('</script><img src=x onerror="a()">', "{b}\x00\x0b&<>'\"", "]]>", "zr0-p0")
    series = Series("<b>x</b>", (1, 2, 3, 4))
    told = Chart("bar", "<i>题</i>", evil, (series, Series("{a}", (4, 3, 2, 1))))
    page = Template("{% load charts %}{% chart chart %}").render(Context({"chart": told}))
    assert "<img" not in page
    assert page.count("</script>") == 1
    assert "<i>" not in page
    assert "zr0-p0" in words(svg(told))


def test_what_takes_too_long_is_told_in_the_table_and_in_the_log(monkeypatch, caplog):
    slow = chart(values=tuple(range(900, 1200)), names=tuple(f"甲{n}" for n in range(300)))
    assert drawing.SECONDS <= 2  # the others wait at the lock
    with monkeypatch.context() as patch, caplog.at_level(logging.WARNING, "portal"):
        patch.setattr(drawing, "SECONDS", 0.0001)
        page = Template("{% load charts %}{% chart chart %}").render(Context({"chart": slow}))
        with pytest.raises(DrawingFailed):
            paper_svg(slow)
    assert "<svg" not in page
    assert '<details class="chart-table" open>' in page
    assert ">1199<" in page
    [told] = caplog.records
    assert (told.levelname, told.getMessage()) == ("WARNING", "A chart was not drawn: bar")
    assert "<svg" in svg(slow)  # the next one has a new context


def test_nothing_to_draw_is_said_in_words():
    empty = chart(values=(None,) * 12)
    page = Template("{% load charts %}{% chart chart %}").render(Context({"chart": empty}))
    assert "没有可以画的数" in page
    assert "<svg" not in page
    with pytest.raises(ValueError, match="empty"):
        svg(empty)


@pytest.mark.parametrize(
    ("further", "said"),
    [
        ({"values": (float("nan"),)}, "no number"),
        ({"values": (float("inf"),)}, "no number"),
        ({"values": (1,), "urls": ("javascript:alert(1)",)}, "no address"),
        ({"values": (1,), "urls": ("//elsewhere.example/",)}, "no address"),
        ({"values": (1,), "texts": ("1", "2")}, "beside 1"),
    ],
)
def test_series_that_cannot_be_drawn_are_refused(further, said):
    with pytest.raises(ValueError, match=said):
        Series("走访", **further)


def test_chart_is_drawn_where_an_event_loop_runs_already():
    """As under an asynchronous server, or beside a browser that tests drive."""

    async def inside():
        return drawing._Drawer().draw(*_asked())

    # Browser tests before may have left a loop in this thread.
    with ThreadPoolExecutor(1) as elsewhere:
        drawn = elsewhere.submit(lambda: asyncio.run(inside())).result()
    assert drawn == drawing._Drawer().draw(*_asked())


def _asked():
    spec = chart().spec(size=drawing.SCREEN_SIZE, width=600)
    return json.dumps(spec, ensure_ascii=False), 600, spec["height"], drawing.SCREEN
