"""Percentages: both terms stand beside them and give them (domain §2.7, §7.10 rules 1 and 2)."""

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from portal.figures.declare import Average, Ratio
from reports.checks.counts import figures_of
from reports.checks.findings import ERROR, WARNING, Finding, Grounds
from reports.checks.passage import Passage
from reports.checks.scopes import scope_of
from reports.checks.typed import Typed
from reports.tokens import token, tokens_in

_TERM = r"(\d[\d,]{0,14}(?:\.\d{1,6})?|\{[^{}\n]{1,60}\})(?:[^\W\d_]{1,2})?"
_FRACTION = re.compile(_TERM + r"\s{0,2}[/÷]\s{0,2}" + _TERM)
_BRACKETED = re.compile(r"\s{0,2}[（(]\s{0,2}" + _FRACTION.pattern + r"\s{0,2}[)）]")
_NEAR = 40  # characters before or behind a percentage in which a fraction belongs to it
_POINT = Decimal("0.1")


def check_percents(passage: Passage) -> Iterator[Finding]:
    """A typed percentage against the ratio it names, or against the terms beside it."""
    for typed in passage.loose_numbers:
        if typed.measure == "%":
            scope = scope_of(passage.flat, typed, passage.grounds)
            if scope.change:
                found = _growth(passage, typed)
            else:
                whole = _against_figure(passage, typed) if scope.is_whole else None
                found = whole or _against_terms(passage, typed)
            if found:
                yield found


def _against_figure(passage: Passage, typed: Typed) -> Finding | None:
    """A typed percentage whose clause names a ratio: the token tells it, with its terms."""
    readings = [r for r in passage.words.meant(passage.flat, typed) if isinstance(r.figure, Ratio)]
    if not readings:
        return None
    equal = next((r for r in readings if r.value is not None and _rounds(typed, r.value)), None)
    reading = equal or readings[0]
    start, end = _with_fraction(passage.text, typed)
    words = passage.text[start:end]
    if equal is None:
        severity, rule = ERROR, "contradiction"
        message = f"填写的“{words}”与“{reading.figure.label}”不符，按记录应为{reading.full}。"
    else:
        terms = _fraction_beside(passage.text, typed, passage.grounds)
        if terms and not _gives(typed, *terms):
            return None  # the terms are what is wrong; the next rule says so
        severity, rule = WARNING, "typed"
        message = f"“{words}”是手工填写的，与“{reading.figure.label}”相同；改成指标后自带分子分母。"
    code = reading.figure.code
    return passage.finding(severity, rule, message, start, end, token(code), figure=code)


def _growth(passage: Passage, typed: Typed) -> Finding | None:
    """增长6.7%: what it grew from stands beside it, or is known of the figure that is named."""
    start, end = typed.start, typed.word_end
    words = passage.text[start:end]
    for reading in _counted(figures_of(passage, typed, any_measure=True)):
        then = passage.grounds.earlier.get(reading.figure.code)
        if then is None or not then.value:
            continue
        true = abs(
            _percent(Decimal(reading.value) - Decimal(then.value), Decimal(then.value), _POINT)
        )
        if _rounds(typed, true):
            return None
        message = f"“{reading.figure.label}”本期{reading.full}、上期{then.full}，变化应为{true:f}%，写成了“{words}”。"
        code = reading.figure.code
        return passage.finding(
            ERROR, "contradiction", message, start, end, f"{true:f}%", figure=code
        )
    told = _told_before(passage, typed)
    for now, other in pairwise(told):
        for base in (other, now - other):  # 上年530件; or 增加40件
            if base > 0 and _rounds(typed, abs(_percent(now - base, base, _POINT))):
                return None
    if len(told) > 1:
        message = f"“{words}”与前面写的两个数对不上，请核对。"
        return passage.finding(ERROR, "percent-wrong", message, start, end)
    message = f"“{words}”没有写明与多少相比，请写出两期的数。"
    return passage.finding(ERROR, "percent-alone", message, start, end)


def _counted(readings):
    return [r for r in readings if not isinstance(r.figure, Ratio) or isinstance(r.figure, Average)]


def _told_before(passage: Passage, typed: Typed) -> list[Decimal]:
    """The counts of one measure told before it in its sentence, in order."""
    counts = passage.counts_before(typed.sentence[0], typed.start)
    return [count.value for count in counts if count.measure == counts[0].measure]


def _against_terms(passage: Passage, typed: Typed) -> Finding | None:
    text, (start, end) = passage.text, (typed.start, typed.word_end)
    words = text[start:end]
    terms = _fraction_beside(text, typed, passage.grounds) or _terms_before(passage, typed)
    if terms is None:
        message = f"“{words}”没有写明分子和分母，请写成如“82.1%（468/570）”。"
        return passage.finding(ERROR, "percent-alone", message, start, end)
    if _gives(typed, *terms):
        return None
    part, whole = terms
    true = f"{_percent(part, whole, _POINT):f}%" if whole else "—"
    message = f"{part:f}÷{whole:f} 应为{true}，写成了“{words}”。"
    return passage.finding(ERROR, "percent-wrong", message, start, end, true)


def _rounds(typed: Typed, percent: Decimal) -> bool:
    """Typed to one decimal or more it must agree at one decimal; whole percents may be rounded."""
    step = min(typed.step, Decimal(1))
    return typed.value.quantize(step) == percent.quantize(step, ROUND_HALF_UP)


def _percent(part: Decimal, whole: Decimal, step: Decimal) -> Decimal:
    return (part * 100 / whole).quantize(step, ROUND_HALF_UP)


def _gives(typed: Typed, part: Decimal, whole: Decimal) -> bool:
    return bool(whole) and _rounds(typed, part * 100 / whole)


def _fraction_beside(text, typed, grounds) -> tuple[Decimal, Decimal] | None:
    """The fraction in the same sentence, just behind the percentage or just before it."""
    match = _fraction_match(text, typed)
    if match is None:
        return None
    part, whole = (_term(group, grounds) for group in match.groups())
    return None if part is None or whole is None else (part, whole)


def _fraction_match(text: str, typed: Typed):
    end = typed.word_end
    behind = _FRACTION.search(text, end, min(end + _NEAR, typed.sentence[1]))
    if behind and not re.search(r"[%％，。；]", text[end : behind.start()]):
        return behind
    window = _FRACTION.finditer(text, max(typed.sentence[0], typed.start - _NEAR), typed.start)
    before = list(window)
    return before[-1] if before and "%" not in text[before[-1].end() : typed.start] else None


def _with_fraction(text: str, typed: Typed) -> tuple[int, int]:
    """The percentage with the （468/570） right behind it, which the token replaces too."""
    match = _BRACKETED.match(text, typed.word_end)
    return typed.wide_start, match.end() if match else typed.word_end


def _terms_before(passage: Passage, typed: Typed) -> tuple[Decimal, Decimal] | None:
    """受理570件，办结468件，办结率82.1%: the two counts last told before it in its sentence."""
    counts = passage.counts_before(typed.sentence[0], typed.start)[-2:]
    if len(counts) < 2 or counts[0].measure != counts[1].measure:
        return None
    part, whole = sorted(count.value for count in counts)
    return part, whole


def _term(group: str, grounds: Grounds) -> Decimal | None:
    if group.startswith("{"):
        reading = grounds.told_by(tokens_in(group)[0])
        return None if reading is None else Decimal(reading.value or 0)
    return Decimal(group.replace(",", ""))
