"""Figures read for each unit right below another one, and how these units stand to each other."""

from collections.abc import Iterable, Sequence

from portal.figures import Ratio, figures, spans
from portal.figures.engine import Reading, read
from portal.figures.together import by_unit
from portal.numbers import NOTHING
from portal.periods import Period
from portal.summaries import Telling
from reports.branches import Branch
from reports.charts import number_of


def tells(reading: Reading) -> bool:
    """Whether there is anything behind a reading: 0 of 5 is something, 0 of 0 is not."""
    return bool((reading.denominator or reading).value)


def read_branches(
    codes: Iterable[str], found: Sequence[Branch], telling: Telling
) -> dict[str, list[Reading]]:
    """By code one reading for each branch; a person counted in several units of one branch once."""
    codes = list(dict.fromkeys(codes))
    single = by_unit(codes, telling.units, telling.period) if found else {}
    return {code: _of_branches(code, single.get(code, {}), found, telling) for code in codes}


def _of_branches(code: str, single: dict, found: Sequence[Branch], telling) -> list[Reading]:
    """Records mostly carry the id of the unit right below, so one grouped query tells nearly all."""
    result = []
    for branch in found:
        told = [unit for unit in branch.units if tells(single[unit])]
        if len(told) <= 1:
            result.append(single[told[0] if told else min(branch.units)])
        else:
            result.append(read(code, branch.units, telling.period))
    return result


def read_over(code: str, found: Sequence[Branch], periods: Sequence[Period]) -> list[list[Reading]]:
    """For each branch one reading for each period, as ``read_branches`` tells them."""
    units = frozenset().union(*(branch.units for branch in found))
    single = spans.by_unit([code], units, periods)[code] if found else {}
    result = []
    for branch in found:
        told = [unit for unit in branch.units if any(map(tells, single[unit]))]
        if len(told) <= 1:
            result.append(single[told[0] if told else min(branch.units)])
        else:
            result.append(spans.over([code], branch.units, periods)[code])
    return result


def ranks(
    readings: Sequence[Reading], found: Sequence[Branch], *, least_first, sample
) -> list[str]:
    """The place of each branch by the number as printed: equal numbers share a place, and the next one
    is as many places behind (1, 2, 2, 4).

    "—" where nothing stands behind the number, where a share is of fewer than ``sample``, and for what
    the upper unit recorded itself.
    """
    values = [
        None if branch.own or not _ranked(reading, sample) else number_of(reading.text)
        for branch, reading in zip(found, readings, strict=True)
    ]
    known = [value for value in values if value is not None]

    def place(value):
        return 1 + sum(other < value if least_first else other > value for other in known)

    return [NOTHING if value is None else str(place(value)) for value in values]


def _ranked(reading: Reading, sample: int) -> bool:
    return tells(reading) and (reading.denominator is None or reading.denominator.value >= sample)


def difference_header(code: str, label: str) -> str:
    """比上年增减, with its measure where the figure is a percentage."""
    figure = figures[code]
    points = isinstance(figure, Ratio) and figure.measure == "%"
    return f"比{label}增减{'（百分点）' if points else ''}"
