"""Who stands where: in the household visits from the last, in the scores from the first."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from sanitation.scoring.facts import Rule, Standing


@dataclass(frozen=True)
class Entrant:
    """``why`` says what withholds the total; ``groups`` were looked at."""

    code: int | str
    total: Decimal | None
    groups: int
    why: str = ""


@dataclass(frozen=True)
class Place:
    """A rank, or why there is none."""

    rank: int | None
    withheld: str = ""


def standings(visits: Mapping[int | str, Decimal | None]) -> dict[int | str, Standing]:
    """Of those that have a value. Equal ones share the place that is nearest to the last."""
    values = Counter(value for value in visits.values() if value is not None)
    among = sum(values.values())
    below, found = 0, {}
    for value in sorted(values):
        found[value] = Standing(below + 1, values[value], among, is_even=len(values) == 1)
        below += values[value]
    return {code: found[value] for code, value in visits.items() if value is not None}


def rank(totals: Iterable[Entrant], rule: Rule) -> dict[int | str, Place]:
    """1, 2, 2, 4: equal totals share a rank, the next is counted on. Whoever was looked at in too few
    groups is left out; where too few are left, nobody is ranked."""
    entrants = tuple(totals)
    places = {e.code: Place(None, _why_not(e, rule)) for e in entrants}
    able = [e for e in entrants if not places[e.code].withheld]
    if len(able) < rule.least_communities:
        reason = f"可以排名的只有 {len(able)} 个单位，少于 {rule.least_communities} 个，不排名。"
        return places | {e.code: Place(None, reason) for e in able}
    above = Counter(e.total for e in able)
    ranks, ahead = {}, 0
    for score in sorted(above, reverse=True):
        ranks[score] = ahead + 1
        ahead += above[score]
    return places | {e.code: Place(ranks[e.total]) for e in able}


def _why_not(entrant: Entrant, rule: Rule) -> str:
    if entrant.total is None:
        return entrant.why or "没有总分，不排名。"
    if entrant.groups < rule.least_groups:
        return f"抽查小组 {entrant.groups} 个，少于规则要求的 {rule.least_groups} 个，不排名。"
    return ""
