"""The run as a table, as JSON, and as the section of docs/benchmarks.md that it replaces."""

import json
import subprocess
from datetime import datetime
from pathlib import Path

from tests.bench.browsing import environment
from tests.bench.cluster import ROOT
from tests.bench.measures.table import Measure
from tests.bench.results import Line, Ratio
from tests.bench.timing import Sample, load
from tests.bench.world import World

Told = dict[Measure, list[Line] | str]


def table(told: Told) -> str:
    """For the terminal: one block for each measure."""
    out = []
    for measure, lines in told.items():
        out.append(f"\n{measure.title}")
        if isinstance(lines, str):
            out.append(f"    FAILED: {lines}")
            continue
        for line in lines:
            out.append(f"  {line.case}: {line.ours.text}")
            out += [f"      {name}: {_text(each)}" for name, each in line.beside.items()]
            out += [f"      {_mark(ratio)} {ratio.text}" for ratio in line.ratios]
            if line.note:
                out.append(f"      {line.note}")
    return "\n".join(out)


def _text(each: Sample | str) -> str:
    return f"not run: {each}" if isinstance(each, str) else each.text


def _mark(ratio: Ratio) -> str:
    return {True: "reached", False: "MISSED ", None: "       "}[ratio.reached]


def as_json(told: Told, world: World, loads: tuple[float, float]) -> str:
    run = about(world, loads)
    measures = {
        measure.name: lines if isinstance(lines, str) else [line.told() for line in lines]
        for measure, lines in told.items()
    }
    return json.dumps({"run": run, "measures": measures}, ensure_ascii=False, indent=1)


def about(world: World, loads: tuple[float, float]) -> dict:
    with world.databases.connected("backup", world.full) as reader:
        [(server,)] = reader.execute("SHOW server_version").fetchall()
        [(held,)] = reader.execute("SELECT pg_database_size(current_database())").fetchall()
    return {
        "day": datetime.now().astimezone().date().isoformat(),
        "commit": commit(),
        "size": world.size.text,
        "communities": world.size.communities,
        "database": f"{held / 2**30:.1f} GB",
        "postgresql": server,
        "load": [round(each, 1) for each in loads],
        **environment(),
    }


def commit() -> str:
    told = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True
    )
    return told.stdout.strip()


def now() -> float:
    return load()


def about_text(run: dict) -> str:
    """Where and on what it was measured, in a sentence or two."""
    return (
        f"Run of {run['day']} on commit {run['commit']}: {run['size']} in {run['communities']} communities"
        f" (database {run['database']}); {run['processor']}, {run['memory']}, PostgreSQL"
        f" {run['postgresql']}, Python {run['python']}, Django {run['django']}; load {run['load'][0]} at the"
        f" begin, {run['load'][1]} at the end."
    )


def markdown(
    measure: Measure,
    lines: list[Line] | str,
    run: dict,
    reason: str = "",
    picture: Path | None = None,
) -> str:
    """The section of one measure: all its ratios, and why one was not reached."""
    out = [f"To reach: {measure.to_reach}."]
    out += [f"Alternative: {measure.alternative}."] if measure.alternative else []
    out += [f"Limit: {measure.limit}."] if measure.limit else []
    out += ["", about_text(run), ""]
    if isinstance(lines, str):
        return "\n".join([*out, f"Not run: {lines}", ""])
    if picture is not None:
        out += [f"![{measure.title}]({picture.relative_to(ROOT / 'docs')})", ""]
    out += _rows(lines)
    missed = any(ratio.reached is False for line in lines for ratio in line.ratios)
    if missed and reason:
        out += [f"Not reached where marked ✗: {reason}", ""]
    return "\n".join(out)


def _rows(lines: list[Line]) -> list[str]:
    names = list(dict.fromkeys(name for line in lines for name in line.beside))
    ratios = list(dict.fromkeys(ratio.name for line in lines for ratio in line.ratios))
    heads = ["case", "ours", "spread", *names, *ratios]
    out = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    for line in lines:
        known = {ratio.name: ratio for ratio in line.ratios}
        cells = [line.case, line.ours.text, f"{line.ours.spread:.0%}"]
        cells += [_text(line.beside[name]) if name in line.beside else "" for name in names]
        cells += [_cell(known.get(name)) for name in ratios]
        out.append("| " + " | ".join(cells) + " |")
    notes = [f"{line.case}: {line.note}" for line in lines if line.note]
    return [*out, "", *(note + "\n" for note in notes)]


def _cell(ratio: Ratio | None) -> str:
    if ratio is None:
        return ""
    if ratio.value is None:
        return f"not run: {ratio.reason}"
    sign = "≥" if ratio.at_least else "≤"
    return f"{'✓' if ratio.reached else '✗'} {ratio.value:,.2f} ({sign} {ratio.bound:g})"


def replace_section(path: Path, name: str, text: str) -> None:
    """Between the two marks of the measure; the rest of the page is written by hand. Raises ValueError for a
    page without them."""
    page = path.read_text(encoding="utf-8")
    head, begin, rest = page.partition(f"<!-- {name} -->\n")
    _, end, tail = rest.partition(f"<!-- end of {name} -->")
    if not begin or not end:
        raise ValueError(f"{path} has no place for {name}")
    path.write_text(f"{head}{begin}\n{text}\n{end}{tail}", encoding="utf-8")
