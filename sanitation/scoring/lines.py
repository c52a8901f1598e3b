"""The lines of one community's score, in the order in which they are told."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from sanitation.enums.rectification import CardColour
from sanitation.enums.scoring import LineKind, TieRule
from sanitation.scoring.facts import Inputs, Rule, Serious, Share, Source, Standing
from sanitation.scoring.rounding import cents, percent, shared, told

NOUGHT = Decimal("0.00")
TIES = {
    TieRule.LIGHTER: "并列的取较轻的一档",
    TieRule.AVERAGE: "并列的取各档平均",
    TieRule.HEAVIER: "并列的取较重的一档",
}


NAMES = {CardColour.BLUE: "蓝牌", CardColour.YELLOW: "黄牌", CardColour.RED: "红牌"}


@dataclass(frozen=True)
class Line:
    """``subject`` and ``subject_id`` name the record that it comes from."""

    kind: str
    label: str
    points: Decimal
    rule: str
    subject: str = ""
    subject_id: int | None = None


def compute(inputs: Inputs, rule: Rule) -> tuple[Line, ...]:
    """All lines; without a check that counts there is no line of it, and no bound is drawn."""
    lines = [
        *_checks(inputs),
        *_patrols(inputs, rule),
        *_marked(inputs.posters, "画报粘贴", "粘贴率", rule.posters_marks),
        *_marked(inputs.sorting, "分类减量考核", "得分率", rule.sorting_marks),
        *_marked(inputs.others, "其他专项考核", "得分率", None),
        *_fee(inputs, rule),
        *_ranking(inputs, rule),
        *_cards(inputs, rule),
        *_adjustments(inputs),
    ]
    return (*lines, *_bound(lines, rule))


def total(lines: Iterable[Line]) -> Decimal | None:
    """The plain sum; None where no check counts, because nothing can be taken off what is not there."""
    lines = tuple(lines)
    if not any(line.kind == LineKind.CHECK for line in lines):
        return None
    return sum((line.points for line in lines), NOUGHT)


def why_no_total(inputs: Inputs) -> str:
    """ "" where there is one."""
    if any(check.full and check.score is not None for check in inputs.checks):
        return ""
    if inputs.checks:
        return "季度检查的项目全部不适用，不计总分、不排名。"
    return "本季度没有已公开的季度检查，不计总分、不排名。"


def _line(kind: LineKind, label: str, points: Decimal, rule: str, source: Source | None = None):
    origin = (source.model, source.key) if source else ("", None)
    return Line(kind.value, label[:120], points, rule[:200], *origin)


def _in_order(facts) -> list:
    """By record, so that the order of entry changes nothing."""
    return sorted(facts, key=lambda fact: (fact.source.model, fact.source.key))


# --- 季度检查 -----------------------------------------------------------------------------------
def _checks(inputs: Inputs) -> Iterator[Line]:
    counted = _in_order(c for c in inputs.checks if c.full and c.score is not None)
    rates = [Fraction(c.score) * 100 / Fraction(c.full) for c in counted]
    points = shared(rate / len(counted) for rate in rates)
    for check, rate, part in zip(counted, rates, points, strict=True):
        how = f"得 {told(check.score)} 分，适用项目满分 {told(check.full)} 分，折合百分制 {cents(rate)} 分"
        if len(counted) > 1:
            how += f"；本季度 {len(counted)} 次检查取平均，这次占 {len(counted)} 分之一"
        yield _line(LineKind.CHECK, check.source.label, part, f"{how}。", check.source)


# --- 巡查 ---------------------------------------------------------------------------------------
def _restored(finding: Serious, rule: Rule) -> Decimal:
    if not finding.closed_in_time:
        return NOUGHT
    return cents(Fraction(finding.points) * rule.restored_percent / 100)


def _patrols(inputs: Inputs, rule: Rule) -> Iterator[Line]:
    """Net of what is given back they are capped: a problem put right never pays off twice."""
    elsewhere = {each.problem: each.where for each in inputs.counted}
    groups = defaultdict(list)
    for finding in _in_order(inputs.findings):
        groups[finding.problem].append(finding)
    counted = {
        problem: max(found, key=lambda f: (f.points - _restored(f, rule), f.points))
        for problem, found in groups.items()
        if problem not in elsewhere
    }
    net = NOUGHT
    for finding in _in_order(inputs.findings):
        chosen = counted.get(finding.problem)
        if chosen is None:
            why = f"与{elsewhere[finding.problem]}为同一问题，已在那里扣分，这里不再扣。"
            yield _line(LineKind.PATROL, finding.source.label, NOUGHT, why, finding.source)
        elif chosen is not finding:
            why = f"与“{chosen.source.label}”为同一问题，只扣一次。"
            yield _line(LineKind.PATROL, finding.source.label, NOUGHT, why, finding.source)
        else:
            taken, back = cents(finding.points), _restored(finding, rule)
            net += taken - back
            why = f"常规巡查发现的严重问题，按季度标准扣 {told(finding.points)} 分。"
            yield _line(LineKind.PATROL, finding.source.label, -taken, why, finding.source)
            if back:
                order = f"{finding.order}按期销号" if finding.order else "按期销号"
                why = f"{order}，返还扣分的 {rule.restored_percent}%。"
                label = f"整改返还：{finding.source.label}"
                yield _line(LineKind.RESTORED, label, back, why, finding.source)
    if rule.patrol_cap is not None and net > (cap := cents(rule.patrol_cap)):
        why = f"巡查扣分（减去返还）共 {told(net)} 分，最多扣 {told(cap)} 分，超出的不扣。"
        yield _line(LineKind.PATROL_CAP, "巡查扣分封顶", net - cap, why)


# --- 专项与收费 ---------------------------------------------------------------------------------
def _pooled(shares: Iterable[Share]) -> tuple[Decimal, Decimal]:
    shares = tuple(shares)
    return sum((s.got for s in shares), Decimal(0)), sum((s.of for s in shares), Decimal(0))


def _marked(shares, name: str, rate_name: str, marks: Decimal | None) -> Iterator[Line]:
    """Points for the rate over all its records; each record gives its own part of it."""
    shares = [share for share in _in_order(shares) if share.of]
    if not marks:
        for share in shares:
            why = "计分规则没有给这一项定分，不计分。"
            yield _line(LineKind.SPECIAL, share.source.label, NOUGHT, why, share.source)
        return
    if not shares:
        why = f"这一项满分 {told(marks)} 分，按{rate_name}给分；本季度没有记录，不给分。"
        yield _line(LineKind.SPECIAL, name, NOUGHT, why)
        return
    got, of = _pooled(shares)
    points = shared(Fraction(share.got) * Fraction(marks) / Fraction(of) for share in shares)
    for share, part in zip(shares, points, strict=True):
        why = f"{rate_name} {told(got)}/{told(of)}={percent(got, of)}，满分 {told(marks)} 分，按{rate_name}给分"
        if len(shares) > 1:
            why += f"；其中这次 {told(share.got)}/{told(share.of)}"
        yield _line(LineKind.SPECIAL, share.source.label, part, f"{why}。", share.source)


def _fee(inputs: Inputs, rule: Rule) -> Iterator[Line]:
    if not rule.fee_bonus:
        return
    shares = [share for share in _in_order(inputs.fees) if share.of]
    got, of = _pooled(shares)
    source = shares[0].source if len(shares) == 1 else None
    wanted = f"达到 {told(rule.fee_rate_from)}% 的加 {told(rule.fee_bonus)} 分"
    if not of:
        why = f"本季度没有收费记录，不加分（收费率{wanted}）。"
        yield _line(LineKind.FEE, "垃圾费收缴", NOUGHT, why)
        return
    reached = got > 0 and Fraction(got) * 100 >= Fraction(rule.fee_rate_from) * Fraction(of)
    rate = f"收费率 {told(got)}/{told(of)}={percent(got, of)}"
    why = f"{rate}，{wanted}。" if reached else f"{rate}，没有{wanted}。"
    points = cents(rule.fee_bonus) if reached else NOUGHT
    yield _line(LineKind.FEE, "垃圾费收缴", points, why, source)


# --- 入户排名、警告牌、异议 ---------------------------------------------------------------------
def _penalty(standing: Standing, rule: Rule) -> Decimal:
    first = standing.place - 1
    steps = list(rule.ranking_penalties[first : first + standing.tied])
    steps += [Decimal(0)] * (standing.tied - len(steps))
    if rule.ties == TieRule.AVERAGE:
        return cents(sum(map(Fraction, steps)) / len(steps))
    return cents(max(steps) if rule.ties == TieRule.HEAVIER else min(steps))


def _ranking(inputs: Inputs, rule: Rule) -> Iterator[Line]:
    if not rule.ranking_penalties:
        return
    steps = "、".join(told(step) for step in rule.ranking_penalties)
    standing, points = inputs.standing, NOUGHT
    if inputs.visits is None or standing is None:
        why = "没有可以比较的户数，不参加入户排名，不扣分。"
    elif standing.among < rule.least_communities:
        why = f"参加入户排名的只有 {standing.among} 个单位，少于 {rule.least_communities} 个，不扣分。"
    elif standing.is_even:
        why = "各单位完全相同，没有先后，不扣分。"
    else:
        points = -_penalty(standing, rule)
        why = f"在 {standing.among} 个单位中列倒数第 {standing.place} 位"
        if standing.tied > 1:
            why += f"（{standing.tied} 个单位并列，{TIES[TieRule(rule.ties)]}）"
        why += f"；从最后一名起依次扣 {steps} 分。"
    yield _line(LineKind.RANKING, f"入户走访：{inputs.visits_told}", points, why)


def _cards(inputs: Inputs, rule: Rule) -> Iterator[Line]:
    each = {
        CardColour.BLUE: rule.blue_card,
        CardColour.YELLOW: rule.yellow_card,
        CardColour.RED: rule.red_card,
    }
    for card in _in_order(inputs.cards):
        if not card.colour:
            points, why = NOUGHT, "计分规则只对黄牌扣分，这张牌不扣。"
        else:
            name = NAMES[card.colour]
            points = -cents(each[card.colour]) or NOUGHT
            why = f"本季度被出{name}，每张扣 {told(each[card.colour])} 分。"
            if not points and card.colour != CardColour.YELLOW:
                why = f"计分规则对{name}不扣分。"
        yield _line(LineKind.WARNING, card.source.label, points, why, card.source)


def _adjustments(inputs: Inputs) -> Iterator[Line]:
    for each in _in_order(inputs.adjustments):
        why = "异议成立，按答复调整。"
        points = cents(each.points)
        yield _line(LineKind.OBJECTION, each.source.label, points, why, each.source)


def _bound(lines: list[Line], rule: Rule) -> Iterator[Line]:
    score = total(lines)
    if score is None:
        return
    floor, ceiling = cents(rule.floor), cents(rule.ceiling)
    if score < floor:
        why = f"各项合计 {told(score)} 分，低于最低得分 {told(floor)} 分，按最低得分计。"
        yield _line(LineKind.BOUND, "最低得分", floor - score, why)
    elif score > ceiling:
        why = f"各项合计 {told(score)} 分，高于最高得分 {told(ceiling)} 分，按最高得分计。"
        yield _line(LineKind.BOUND, "最高得分", ceiling - score, why)
