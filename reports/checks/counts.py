"""Typed numbers against the figures: a contradiction, a needless copy, a needless 余 (§7.10 rule 4)."""

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from portal.figures.engine import Reading
from reports.checks.findings import ERROR, WARNING, Finding
from reports.checks.keywords import words_of
from reports.checks.passage import Passage
from reports.checks.printed import printed_value
from reports.checks.scopes import Scope, scope_of
from reports.checks.sums import is_sum
from reports.checks.typed import Typed
from reports.tokens import token

# A clause that adds nothing of its own: its number speaks of what the sentence is about.
_BARE = re.compile(
    r"^(?:全年|今年|本年|上年|去年|同期|较|比|累计|共|计|达到|达|为|已|约|近|总数|人数|次数|增加|增长|减少|下降|了"
    r"|提高|降低|\s){0,8}$"
)
_PART = re.compile(r"^\s*其中")
_ATTRIBUTE = re.compile(r"[一-鿿]{4,14}的$")
_NEUTRAL = frozenset("全年今本累共计达到为已约近总的了有，、 ")


def check_counts(passage: Passage) -> Iterator[Finding]:
    """Each typed count against the figure that its words name."""
    for typed in passage.loose_numbers:
        if typed.measure in {"", "%"} or typed.start in passage.quotients:
            continue
        finding = against_figure(passage, typed)
        if finding and not (finding.is_error and is_sum(passage, typed)):
            yield finding


def figures_of(passage: Passage, typed: Typed, *, any_measure=False) -> list[Reading]:
    """The readings whose words stand beside the number; those of its sentence where its own clause
    says nothing of itself."""
    flat, words = passage.flat, passage.words
    if readings := words.meant(flat, typed, any_measure=any_measure):
        return readings
    end = max(typed.wide_end, typed.word_end)
    bare = _BARE.match(flat[typed.clause[0] : typed.wide_start])
    if bare and len(flat[end : typed.clause[1]].rstrip("，。；：、）) \n")) < 2:
        span = (typed.sentence[0], typed.clause[0])
        return words.meant(flat, typed, span, any_measure=any_measure)
    return []


def against_figure(passage: Passage, typed: Typed) -> Finding | None:
    readings = figures_of(passage, typed)
    if not readings:
        return None
    scope = scope_of(passage.flat, typed, passage.grounds)
    if scope.change or scope.before:
        return _against_before(passage, typed, readings, scope)
    equal = next((r for r in readings if printed_value(r) == typed.value), None)
    if scope.is_whole or equal:
        reading = equal or readings[0]
        severity, rule, message = judged(passage.flat, typed, reading, equal is not None)
        return replaced(passage, typed, reading, severity, rule, message)
    return _against_narrower(passage, typed, readings, scope)


def judged(flat, typed: Typed, reading: Reading, equal: bool) -> tuple[str, str, str]:
    """(severity, rule, message) for a typed number that speaks of ``reading``."""
    words = flat[typed.wide_start : max(typed.wide_end, typed.word_end)]
    name, true = f"“{reading.figure.label}”", reading.full
    if typed.vague and (equal or _about(typed, reading)):
        return WARNING, "vague", f"{name}有准确数：{true}，不要写概数“{words}”。"
    if equal:
        message = f"“{words}”是手工填写的，与{name}相同；改成指标后可查到每一条记录。"
        return WARNING, "typed", message
    if _is_part(flat, typed, reading):
        message = f"“{words}”说的是{name}的一部分吗？全部是{true}，请核对。"
        return WARNING, "part", message
    return ERROR, "contradiction", f"填写的“{words}”与{name}不符，按记录应为{true}。"


def _against_narrower(passage, typed: Typed, readings, scope: Scope) -> Finding:
    """A number of a day, a month or a unit below: there the figure has a value of its own. Where it is
    not known, the number is held against the whole."""
    flat, whole = passage.flat, readings[0]
    words = flat[typed.wide_start : max(typed.wide_end, typed.word_end)]
    parts = [
        (r, passage.grounds.narrower(r.figure.code, scope.period, scope.unit)) for r in readings
    ]
    known = [(r, part) for r, part in parts if part is not None]
    if not known:
        severity, rule, message = judged(flat, typed, whole, False)
        return replaced(passage, typed, whole, severity, rule, message)
    start, end = typed.wide_start, max(typed.wide_end, typed.word_end)
    equal = next((part for _, part in known if printed_value(part) == typed.value), None)
    if equal:
        message = f"“{words}”与{scope.name}“{equal.figure.label}”的记录相同，是手工数字，记录改动后不会跟着变。"
        return passage.finding(WARNING, "typed", message, start, end, figure=equal.figure.code)
    reading, part = known[0]
    message = (
        f"填写的“{words}”与记录不符：“{reading.figure.label}”{scope.name}为{part.full}，"
        f"{passage.grounds.period.label}合计{reading.full}。"
    )
    true = part.full if typed.word == reading.figure.measure else part.text
    end = typed.word_end if typed.word == reading.figure.measure else typed.wide_end
    return passage.finding(
        ERROR, "contradiction", message, start, end, true, figure=reading.figure.code
    )


def _against_before(passage, typed: Typed, readings, scope: Scope) -> Finding | None:
    """A number of the year before, or a difference to it; None where the year before is not told."""
    before = [
        (now, then) for now in readings if (then := passage.grounds.earlier.get(now.figure.code))
    ]
    truths = [
        abs(printed_value(now) - printed_value(then)) if scope.change else printed_value(then)
        for now, then in before
    ]
    if not truths or typed.value in truths:
        return None
    now, _ = before[0]
    start, end = typed.start, typed.end
    kind = "与上期之差" if scope.change else "上期数"
    message = f"“{now.figure.label}”{kind}按记录应为{truths[0]:f}{now.measure}。"
    return passage.finding(
        ERROR, "contradiction", message, start, end, f"{truths[0]:f}", figure=now.figure.code
    )


def _is_part(flat, typed: Typed, reading: Reading) -> bool:
    """Whether the number is a share of the figure rather than the figure itself: 没有办结的 stands before
    the figure's words, or 其中 opens a clause that says something beyond them."""
    if typed.value > printed_value(reading):
        return False
    before = flat[max(typed.clause[0], typed.after) : typed.wide_start]
    if any(_attributed(before, word) for word in words_of(reading.figure)):
        return True
    opening = _PART.match(flat[slice(*typed.clause)])
    if not opening:
        return False
    said = flat[typed.clause[0] + opening.end() : typed.wide_start]
    own = {*reading.figure.label, *"".join(reading.figure.keywords)} | _NEUTRAL
    return bool(set(said) - own)


def _attributed(before: str, word: str) -> bool:
    place = before.rfind(word)
    return place > 0 and bool(_ATTRIBUTE.search(before[:place]))


def replaced(passage, typed: Typed, reading: Reading, severity, rule, message) -> Finding:
    """With the token in place of the number, and of its measure where the token prints the same."""
    whole = typed.word == reading.figure.measure
    end = typed.word_end if whole else typed.wide_end
    code = reading.figure.code
    return passage.finding(
        severity, rule, message, typed.wide_start, end, token(code, bare=not whole), figure=code
    )


def _about(typed: Typed, reading: Reading) -> bool:
    """200余 for 203, 约1.2万 for 11,830: the true value, cut or rounded to the digits given."""
    value, digits = printed_value(reading), typed.step
    while typed.value and typed.value % (digits * 10) == 0:
        digits *= 10
    cut = value - value % digits
    rounded = (value / digits).quantize(Decimal(1), ROUND_HALF_UP) * digits
    return typed.value in {cut, rounded}
