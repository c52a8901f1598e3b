"""What is told of computed scores: whether the stored inputs still give the stored digits, what the records
say now, and the ranking beside that of the quarter before."""

import json
from dataclasses import dataclass
from decimal import Decimal

from sanitation.enums.scoring import RunState
from sanitation.models import QuarterRun, QuarterScore, ScoreLine
from sanitation.scoring import Inputs, compute, compute_all, total
from sanitation.scoring.lines import Line
from sanitation.scoring.stored import read, stored
from sanitation.selectors.quarters import communities_of, rule_for, run_before
from sanitation.selectors.score_inputs import gather, rule_of

PARTS = {
    "checks": "季度检查",
    "findings": "巡查严重问题",
    "counted": "同一问题",
    "posters": "画报粘贴",
    "sorting": "分类减量",
    "others": "其他专项",
    "fees": "垃圾费收缴",
    "visits": "入户走访",
    "visits_told": "入户走访",
    "standing": "入户排名",
    "cards": "警告牌",
    "adjustments": "异议调整",
    "groups": "抽查小组数",
}


def lines_of(score: QuarterScore) -> list[ScoreLine]:
    return list(score.lines.kept().order_by("ordinal"))


def _as_computed(line: ScoreLine) -> Line:
    return Line(line.kind, line.label, line.points, line.rule, line.subject, line.subject_id)


def is_mistaken(score: QuarterScore, lines) -> bool:
    """Whether the stored inputs give other lines or another total than are stored."""
    inputs, rule = read(score.inputs)
    computed = compute(inputs, rule)
    return computed != tuple(map(_as_computed, lines)) or total(computed) != score.total


def mistaken(run: QuarterRun) -> list[str]:
    """Of all communities, their ranks included: what the stored inputs do not give. Empty is right."""
    scores = list(run.scores.kept().select_related("community").order_by("community__code"))
    kept = {score.pk: read(score.inputs) for score in scores}
    lines = {score.pk: [] for score in scores}
    for row in ScoreLine.objects.kept().filter(score__in=scores).order_by("score", "ordinal"):
        lines[row.score_id].append(_as_computed(row))
    if len({rule for _, rule in kept.values()}) > 1:
        return ["各社区用的规则不一致"]
    rule = next((rule for _, rule in kept.values()), None)
    found = compute_all({pk: inputs for pk, (inputs, _) in kept.items()}, rule) if rule else {}
    wrong = []
    for score in scores:
        result = found[score.pk]
        told = (result.total, result.rank, result.withheld, list(result.lines), result.inputs)
        there = (score.total, score.rank, score.withheld, lines[score.pk], kept[score.pk][0])
        if told != there:
            wrong.append(f"{score.community}的得分、名次或明细与存下的不一致")
    return wrong


@dataclass(frozen=True)
class Difference:
    """What the records of one community say now, against what its score was computed from."""

    name: str
    parts: tuple[str, ...]
    before: Decimal | None
    now: Decimal | None


def changed_since(run: QuarterRun) -> list[Difference]:
    """Communities whose records, or whose rule, say something else than when they were computed."""
    scores = {row.community_id: row for row in run.scores.kept()}
    chosen = run.rule
    if run.state == RunState.DRAFT:
        chosen = rule_for(run.unit_id, run.year, run.quarter) or chosen
    rule = rule_of(chosen)
    results = compute_all(gather(run), rule)
    units = {unit.pk: unit.name for unit in communities_of(run.unit_id, run.year, run.quarter)}
    found = []
    for pk, result in results.items():
        score = scores.get(pk)
        if score is None:
            found.append(Difference(units[pk], ("新的社区",), None, result.total))
        elif parts := _parts(score.inputs, stored(result.inputs, rule)):
            found.append(Difference(units[pk], parts, score.total, result.total))
    return found


def _parts(before: dict, now: dict) -> tuple[str, ...]:
    """The parts whose values differ; a record that was saved again with the same values does not."""
    before = stored(*read(before))  # as it would be stored now
    old, new = (_unversioned(each["inputs"]) for each in (before, now))
    parts = [PARTS[name] for name in Inputs.__dataclass_fields__ if old.get(name) != new.get(name)]
    if before["rule"] != now["rule"]:
        parts.append("计分规则")
    return tuple(dict.fromkeys(parts))


def _unversioned(value):
    """In an order of its own: the records come from the database in any."""
    if isinstance(value, dict):
        return {name: _unversioned(each) for name, each in value.items() if name != "version"}
    if isinstance(value, list):
        return sorted((_unversioned(each) for each in value), key=_text)
    return value


def _text(value) -> str:
    return json.dumps(value, sort_keys=True)


@dataclass(frozen=True)
class Ranked:
    """One row of the ranking as everybody below may read it."""

    community: int
    name: str
    total: Decimal | None
    rank: int | None
    groups: int
    withheld: str
    former: int | None  # the rank of the quarter before

    @property
    def change(self) -> int | None:
        """How many places up; negative is down."""
        if self.rank is None or self.former is None:
            return None
        return self.former - self.rank


def ranking_of(run: QuarterRun) -> list[Ranked]:
    """From the run alone, so that a community reads it without the scores of others."""
    earlier = run_before(run)
    former = {row["community"]: row["rank"] for row in earlier.ranking} if earlier else {}
    return [
        Ranked(
            row["community"],
            row["name"],
            None if row["total"] is None else Decimal(row["total"]),
            row["rank"],
            row["groups"],
            row["withheld"],
            former.get(row["community"]),
        )
        for row in run.ranking
    ]


def change_told(row: Ranked) -> str:
    """上升 2, 下降 1, 持平; "" where one of the two ranks is missing."""
    if row.change is None:
        return ""
    if row.change == 0:
        return "持平"
    return f"上升 {row.change}" if row.change > 0 else f"下降 {-row.change}"


def points_told(points: Decimal | None) -> str:
    """86.5, −10, +2: as the page says it; the sign is a minus, not a hyphen."""
    if points is None:
        return "—"
    text = f"{abs(points):.2f}".rstrip("0").rstrip(".")
    return f"−{text}" if points < 0 else text
