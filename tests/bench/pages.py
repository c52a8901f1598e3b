"""Puts a run into docs/benchmarks.md, with a picture of each measure."""

from pathlib import Path

from portal.charts import Chart, Kind, Series
from portal.charts.drawing import paper_svg
from tests.bench.cluster import ROOT
from tests.bench.measures.reasons import REASONS
from tests.bench.report import Told, markdown, replace_section
from tests.bench.results import Line
from tests.bench.timing import Sample

PAGE = ROOT / "docs" / "benchmarks.md"
PICTURES = ROOT / "docs" / "images" / "bench"
FAMILIES = "sans-serif"
MOST = 8  # cases of one picture


def write(told: Told, run: dict) -> None:
    """Only of the measures that were run; the others keep what an earlier run told."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for measure, lines in told.items():
        picture = None if isinstance(lines, str) else _drawn(measure, lines)
        text = markdown(measure, lines, run, REASONS.get(measure.name, ""), picture)
        replace_section(PAGE, measure.name, text)


def _drawn(measure, lines: list[Line]) -> Path | None:
    """Bars of the medians in milliseconds, ours beside what it was compared with."""
    timed = [line for line in lines if line.ours.unit == "s" and _others(line)][:MOST]
    if not timed:
        return None
    names = list(dict.fromkeys(name for line in timed for name in _others(line)))
    series = [Series("ours", tuple(_ms(line.ours) for line in timed))]
    series += [
        Series(name, tuple(_ms(_others(line).get(name)) for line in timed)) for name in names
    ]
    chart = Chart(
        Kind.BAR,
        f"{measure.title}: median",
        tuple(line.case for line in timed),
        tuple(series),
        measure="ms",
    )
    path = PICTURES / f"{measure.name}.svg"
    path.write_text(paper_svg(chart, families=FAMILIES), encoding="utf-8")
    return path


def _others(line: Line) -> dict[str, Sample]:
    return {
        name: each
        for name, each in line.beside.items()
        if isinstance(each, Sample) and each.unit == "s"
    }


def _ms(sample: Sample | None) -> float | None:
    return None if sample is None else round(sample.p50 * 1000, 1)
