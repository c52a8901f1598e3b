"""Percentages: both terms stand beside them and give them (domain §2.7, §7.10 rules 1 and 2)."""

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from portal.figures.declare import Ratio
from reports.checks.counts import measures_in, told_counts
from reports.checks.findings import ERROR, WARNING, Finding, Grounds, Piece
from reports.checks.keywords import meant
from reports.checks.typed import Typed, plain, typed_numbers
from reports.tokens import token, tokens_in

_TERM = r"(\d[\d,]{0,14}(?:\.\d{1,6})?|\{[^{}\n]{1,60}\})(?:[^\W\d_]{1,2})?"
_FRACTION = re.compile(_TERM + r"\s{0,2}[/÷]\s{0,2}" + _TERM)
_NEAR = 40  # characters before or behind a percentage in which a fraction belongs to it


def check_percents(piece: Piece, grounds: Grounds) -> Iterator[Finding]:
    flat = plain(piece.text)
    numbers = list(typed_numbers(piece.text, measures_in(grounds)))
    for typed in numbers:
        if typed.measure == "%":
            finding = _against_figure(piece, flat, typed, grounds)
            finding = finding or _against_terms(piece, typed, numbers, grounds)
            if finding:
                yield finding


def _against_figure(piece, flat, typed, grounds) -> Finding | None:
    """A typed percentage whose clause names a ratio: the token tells it, with its terms."""
    readings = [r for r in meant(flat, typed, grounds) if isinstance(r.figure, Ratio)]
    if not readings:
        return None
    equal = next((r for r in readings if r.value is not None and _rounds(typed, r.value)), None)
    reading = equal or readings[0]
    start, end = _with_fraction(piece.text, typed)
    words = piece.text[start:end]
    if equal is None:
        severity, rule = ERROR, "contradiction"
        message = f"填写的“{words}”与“{reading.figure.label}”不符，按记录应为{reading.full}。"
    else:
        terms = _fraction_beside(piece.text, typed, grounds)
        if terms and not _gives(typed, *terms):
            return None  # the terms are what is wrong; the next rule says so
        severity, rule = WARNING, "typed"
        message = f"“{words}”是手工填写的，与“{reading.figure.label}”相同；改成指标后自带分子分母。"
    return Finding(
        severity, rule, message, piece.key, start, end, words, token(reading.figure.code)
    )


def _against_terms(piece, typed, numbers, grounds) -> Finding | None:
    start, end = typed.start, typed.word_end
    words = piece.text[start:end]
    terms = _fraction_beside(piece.text, typed, grounds) or _terms_before(
        piece.text, typed, numbers, grounds
    )
    if terms is None:
        message = f"“{words}”没有写明分子和分母，请写成如“82.1%（468/570）”。"
        return Finding(ERROR, "percent-alone", message, piece.key, start, end, words)
    if _gives(typed, *terms):
        return None
    part, whole = terms
    true = f"{_percent(part, whole, Decimal('0.1')):f}%" if whole else "—"
    message = f"{part:f}÷{whole:f} 应为{true}，写成了“{words}”。"
    return Finding(ERROR, "percent-wrong", message, piece.key, start, end, words, true)


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
    end = typed.word_end
    match = re.compile(r"\s{0,2}[（(]\s{0,2}" + _FRACTION.pattern + r"\s{0,2}[)）]").match(
        text, end
    )
    return typed.wide_start, match.end() if match else end


def _terms_before(text, typed, numbers, grounds) -> tuple[Decimal, Decimal] | None:
    """受理570件，办结468件，办结率82.1%: the two counts last told before it in its sentence."""
    begin = typed.sentence[0]
    counts = [(n.start, n.value, n.measure) for n in numbers if begin <= n.start < typed.start]
    counts += told_counts(text, begin, typed.start, grounds)
    counts = [count for count in sorted(counts) if count[2] not in {"", "%"}][-2:]
    if len(counts) < 2 or counts[0][2] != counts[1][2]:
        return None
    part, whole = sorted((counts[0][1], counts[1][1]))
    return part, whole


def _term(group: str, grounds: Grounds) -> Decimal | None:
    if group.startswith("{"):
        reading = grounds.told_by(tokens_in(group)[0])
        return None if reading is None else Decimal(reading.value or 0)
    return Decimal(group.replace(",", ""))
