"""What the bench tells of its samples: medians, reached and missed ratios, what was not run."""

from importlib import import_module

import pytest

from tests.bench.data.sizes import Size
from tests.bench.measures.table import MEASURES
from tests.bench.pages import PAGE
from tests.bench.report import markdown, replace_section, table
from tests.bench.results import Line, Ratio
from tests.bench.timing import Sample

RUN = {
    "day": "2026-01-02",
    "commit": "abc",
    "size": "1",
    "communities": 2,
    "database": "1 GB",
    "processor": "2",
    "memory": "4 GB",
    "postgresql": "15",
    "python": "3",
    "django": "5",
    "load": [1, 2],
}


def lines_of(*ratios, **beside) -> list[Line]:
    return [Line("a case", Sample.of([0.01, 0.03, 0.02]), beside, ratios)]


@pytest.mark.parametrize(
    ("ratio", "reached"),
    [
        (Ratio("r", 1.5, 1.5), True),
        (Ratio("r", 1.51, 1.5), False),
        (Ratio("r", 50, 50, at_least=True), True),
        (Ratio("r", 49, 50, at_least=True), False),
        (Ratio("r", None, 50, reason="absent"), None),
    ],
)
def test_a_ratio_is_reached_missed_or_not_run(ratio, reached):
    assert ratio.reached is reached


def test_a_sample_tells_its_median_and_its_slowest():
    sample = Sample.of([float(n) for n in range(1, 101)])
    assert sample.p50 == 50.5
    assert sample.p95 == 96


def test_a_missed_ratio_is_marked_with_its_reason():
    page = markdown(MEASURES[0], lines_of(Ratio("r", 3, 2)), RUN, "too much of it")
    assert "✗ 3.00 (≤ 2)" in page
    assert "too much of it" in page
    assert "MISSED" in table({MEASURES[0]: lines_of(Ratio("r", 3, 2))})


def test_what_was_not_run_says_so():
    page = markdown(
        MEASURES[0], lines_of(Ratio("r", None, 2, reason="no tool"), other="no tool"), RUN
    )
    assert page.count("not run: no tool") == 2


def test_only_the_measure_that_was_run_is_replaced(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("before\n<!-- one -->\nold\n<!-- end of one -->\nafter\n")
    replace_section(page, "one", "new")
    assert page.read_text() == "before\n<!-- one -->\n\nnew\n<!-- end of one -->\nafter\n"
    with pytest.raises(ValueError, match="no place"):
        replace_section(page, "other", "new")


def test_the_page_has_a_place_for_each_measure():
    page = PAGE.read_text(encoding="utf-8")
    assert [m.name for m in MEASURES if f"<!-- {m.name} -->" not in page] == []


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.name)
def test_every_measure_of_the_table_has_its_file(measure):
    assert callable(import_module(f"tests.bench.measures.{measure.name}").measure)


def test_a_twin_has_the_same_units():
    size = Size.of(1_000_000, 10_000_000)
    assert (size.communities, size.tenth.communities, size.tiny.communities) == (200, 200, 200)
    assert size.tenth.residents == size.residents
