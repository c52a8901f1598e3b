"""Typed numbers against the figures: a contradiction, a needless copy, a needless 余."""

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from portal.figures.declare import Ratio
from portal.figures.engine import Reading
from reports.checks.findings import ERROR, WARNING, Finding, Grounds, Piece
from reports.checks.keywords import meant
from reports.checks.typed import Typed, plain, same_measure, typed_numbers
from reports.tokens import token, tokens_in

# A clause that adds nothing of its own: its number speaks of what the sentence is about.
_BARE = re.compile(r"^(?:全年|今年|本年|累计|共|计|达到|达|为|已|约|近|总数|人数|次数|\s){0,6}$")
_TOTAL = re.compile(r"合计|共计|总计|一共")
_PART = re.compile(r"^\s*其中")
_NEUTRAL = frozenset("全年今本累共计达到为已约近总的了有，、 ")


def measures_in(grounds: Grounds) -> set[str]:
    return {
        reading.figure.measure
        for reading in grounds.readings.values()
        if reading.figure.measure not in {"", "%"}
    }


def check_counts(piece: Piece, grounds: Grounds) -> Iterator[Finding]:
    flat = plain(piece.text)
    numbers = list(typed_numbers(piece.text, measures_in(grounds)))
    for typed in numbers:
        if not typed.measure or typed.measure == "%":
            continue
        finding = _against_figure(piece, flat, typed, grounds)
        if _TOTAL.search(flat, *typed.clause):
            terms = _terms(piece.text, numbers, typed, grounds)
            if terms and sum(terms) != typed.value:
                finding = _wrong_sum(piece, typed, sum(terms))
            elif terms and finding and finding.is_error:
                finding = None  # the total of what was just told, not of a figure
        if finding:
            yield finding


def _against_figure(piece, flat, typed, grounds) -> Finding | None:
    readings = meant(flat, typed, grounds)
    if not readings and _BARE.match(flat[typed.clause[0] : typed.wide_start]):
        readings = meant(flat, typed, grounds, (typed.sentence[0], typed.clause[0]))
    if not readings:
        return None
    equal = next((r for r in readings if _value(r) == typed.value), None)
    severity, rule, message = judged(flat, typed, equal or readings[0], equal is not None)
    return _replaced(piece, typed, equal or readings[0], severity, rule, message)


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


def _is_part(flat, typed: Typed, reading: Reading) -> bool:
    """Whether 其中 introduces a share of the figure rather than the figure itself: its clause says
    something beyond the figure's own words, and the number is not more than the whole."""
    opening = _PART.match(flat[slice(*typed.clause)])
    if not opening or typed.value > _value(reading):
        return False
    said = flat[typed.clause[0] + opening.end() : typed.wide_start]
    own = {*reading.figure.label, *"".join(reading.figure.keywords)} | _NEUTRAL
    return bool(set(said) - own)


def _replaced(piece, typed: Typed, reading: Reading, severity, rule, message) -> Finding:
    """With the token in place of the number, and of its measure where the token prints the same."""
    whole = typed.word == reading.figure.measure
    end = typed.word_end if whole else typed.wide_end
    return Finding(
        severity,
        rule,
        message,
        piece.key,
        typed.wide_start,
        end,
        piece.text[typed.wide_start : end],
        token(reading.figure.code, bare=not whole),
    )


def _value(reading: Reading) -> Decimal:
    """As it is printed: an average with its decimals."""
    value, step = Decimal(reading.value or 0), Decimal(1).scaleb(-reading.figure.places)
    return value.quantize(step, ROUND_HALF_UP) if isinstance(reading.figure, Ratio) else value


def _about(typed: Typed, reading: Reading) -> bool:
    """200余 for 203, 约1.2万 for 11,830: the true value, cut or rounded to the digits given."""
    value, digits = _value(reading), typed.step
    while typed.value and typed.value % (digits * 10) == 0:
        digits *= 10
    cut = value - value % digits
    rounded = (value / digits).quantize(Decimal(1), ROUND_HALF_UP) * digits
    return typed.value in {cut, rounded}


def _terms(text, numbers, typed, grounds) -> list[Decimal]:
    """The numbers of the same measure before a total in its sentence, typed or told by a figure;
    [] when fewer than two, which is no sum."""
    begin, end = typed.sentence[0], typed.clause[0]
    terms = [n.value for n in numbers if begin <= n.start < end and n.measure == typed.measure]
    terms += [
        value
        for _, value, measure in told_counts(text, begin, end, grounds)
        if measure == typed.measure
    ]
    return terms if len(terms) > 1 else []


def told_counts(text, begin, end, grounds) -> Iterator[tuple[int, Decimal, str]]:
    """(place, value, measure) of the counts told by tokens in a span."""
    for found in tokens_in(text):
        reading = grounds.told_by(found)
        if begin <= found.start < end and reading and not isinstance(reading.figure, Ratio):
            yield found.start, _value(reading), same_measure(reading.figure.measure)


def _wrong_sum(piece, typed, total: Decimal) -> Finding:
    words = piece.text[typed.start : typed.end]
    message = f"前面几项相加是{total:f}{typed.measure}，合计写成了“{words}”。"
    return Finding(ERROR, "sum", message, piece.key, typed.start, typed.end, words, f"{total:f}")
