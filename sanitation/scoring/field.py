"""All communities of a quarter together: what one loses in the ranking of visits hangs on the others."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from sanitation.scoring.facts import Inputs, Rule
from sanitation.scoring.lines import Line, compute, total, why_no_total
from sanitation.scoring.ranking import Entrant, rank, standings


@dataclass(frozen=True)
class Result:
    """``inputs`` with their standing: from them alone the lines can be computed again."""

    inputs: Inputs
    lines: tuple[Line, ...]
    total: Decimal | None
    rank: int | None
    withheld: str


def compute_all(field: Mapping[int | str, Inputs], rule: Rule) -> dict[int | str, Result]:
    """By whatever the communities are told apart."""
    standing = standings({code: inputs.visits for code, inputs in field.items()})
    full = {code: replace(each, standing=standing.get(code)) for code, each in field.items()}
    lines = {code: compute(inputs, rule) for code, inputs in full.items()}
    places = rank(
        [
            Entrant(code, total(lines[code]), inputs.groups, why_no_total(inputs))
            for code, inputs in full.items()
        ],
        rule,
    )
    return {
        code: Result(
            inputs, lines[code], total(lines[code]), places[code].rank, places[code].withheld
        )
        for code, inputs in full.items()
    }
