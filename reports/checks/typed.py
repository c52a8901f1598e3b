"""Numbers that somebody typed by hand, with what stands around them.

All patterns are linear: no nested repetition, bounded look-back.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from reports.tokens import TOKEN

HIDDEN = "\ufffc"  # stands for each character of a token, so that offsets stay
_WIDE = str.maketrans("０１２３４５６７８９％．／，", "0123456789%./,")
# A full-width comma separates clauses; only between digits may it have been meant as a separator.
_WIDE.pop(ord("，"))

NUMBER = re.compile(r"(?<![\d.])(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d{1,6})?(?![\d])")
_CLAUSE_END = re.compile(r"[，。；：！？;!?（）()\n]|(?<!\d),|,(?!\d)")
_SENTENCE_END = re.compile(r"[。！？!?\n]")
_BEFORE = re.compile(r"(约|近|大约|将近|超过|逾)\s{0,2}$")
_AFTER = re.compile(r"\s{0,2}(余|多|来)")
_TIMES = re.compile(r"\s{0,2}(万)")
# Longest first: 人次 is not 人.
MEASURES = (
    *("平方米", "人次", "户次", "场次", "小时"),
    *("人", "名", "位", "户", "家", "件", "份", "册", "元", "场", "次", "期", "个", "处", "例"),
    *("台", "套", "吨", "块", "条", "%"),
)
SAME = {"名": "人", "位": "人", "场次": "场", "册": "份", "家": "户"}
_NOT_COUNTED = ("个月", "个工作日", "个百分点", "个方面", "个小时", "个季度", "个星期")
_ENDS_WITH_MEASURE = re.compile(r"(" + "|".join(MEASURES) + r")(?:为|是|达到|达|共|计)?\s{0,2}$")


@dataclass(frozen=True)
class Typed:
    """A typed number from ``start`` to ``end``; ``measure`` is normalised ('' when none is near).

    ``vague`` marks 约, 余, 多 …; ``wide_start``–``wide_end`` cover them too. ``step`` is the worth of
    its last digit. ``word`` is the measure as typed, right behind the number up to ``word_end``.
    ``clause`` and ``sentence`` are the spans around it; ``after`` is where the number before ends.
    """

    start: int
    end: int
    value: Decimal
    step: Decimal
    measure: str
    word: str
    word_end: int
    vague: bool
    wide_start: int
    wide_end: int
    clause: tuple[int, int]
    sentence: tuple[int, int]
    after: int


def narrow(text: str) -> str:
    """The text at the same offsets, with half-width digits."""
    return text.translate(_WIDE)


def plain(text: str) -> str:
    """The text at the same offsets, with half-width digits and its tokens hidden."""
    return TOKEN.sub(lambda match: HIDDEN * len(match[0]), narrow(text))


def same_measure(measure: str) -> str:
    return SAME.get(measure, measure)


def typed_numbers(text: str, measures=()) -> Iterator[Typed]:
    """The typed counts, amounts and percentages of ``text``; dates, ordinals and list numbers are
    none. ``measures`` are further words of measure."""
    flat = plain(text)
    known = tuple(sorted({*MEASURES, *measures}, key=len, reverse=True))
    clauses, sentences = Cuts(flat, _CLAUSE_END), Cuts(flat, _SENTENCE_END)
    after = 0
    for match in NUMBER.finditer(flat):
        start, end = match.span()
        if _is_label(flat, start, end):
            continue
        value = Decimal(match[0].replace(",", ""))
        step = Decimal(1).scaleb(value.as_tuple().exponent)
        wide_start, wide_end, vague = start, end, False
        if before := _BEFORE.search(flat[max(0, start - 6) : start]):
            wide_start, vague = start - len(before[0]), True
        if times := _TIMES.match(flat, wide_end):
            value, step, wide_end = value * 10000, step * 10000, times.end()
        end = wide_end
        if more := _AFTER.match(flat, wide_end):
            wide_end, vague = more.end(), True
        word, word_end = _measure_behind(flat, wide_end, known)
        yield Typed(
            start=start,
            end=end,
            value=value,
            step=step,
            measure=same_measure(word or _measure_before(flat, start)),
            word=word,
            word_end=word_end,
            vague=vague,
            wide_start=wide_start,
            wide_end=wide_end,
            clause=clauses.around(start),
            sentence=sentences.around(start),
            after=after,
        )
        after = word_end


def _is_label(flat: str, start: int, end: int) -> bool:
    """A date, an ordinal, a list number, a clock time, a document number: nothing counted."""
    before, after = flat[max(0, start - 1) : start], flat[end : end + 1]
    if before in {"第", "-", "〔"} or after in {"年", "月", "日", "号", "-", "〕"}:
        return True
    if after in {":", "："} and flat[end + 1 : end + 3].isdigit():
        return True
    if after in {".", "、"} and before in {"", "\n", "。", "；", "："} and end - start < 3:
        return not flat[end + 1 : end + 2].isdigit()
    return before in {"(", "（"} and after in {")", "）"}


def _measure_behind(flat: str, end: int, known) -> tuple[str, int]:
    gap = len(flat[end : end + 2]) - len(flat[end : end + 2].lstrip(" "))
    for measure in known:
        if flat.startswith(measure, end + gap):
            word_end = end + gap + len(measure)
            counted = measure in _NOT_COUNTED or not flat.startswith(_NOT_COUNTED, end + gap)
            return (measure, word_end) if counted else ("", end)
    return "", end


def _measure_before(flat: str, start: int) -> str:
    """走访人次为129."""
    found = _ENDS_WITH_MEASURE.search(flat[max(0, start - 8) : start])
    return found[1] if found else ""


_FRACTION = re.compile(
    r"[（(]\s{0,2}\d[\d,.]{0,18}[一-鿿]{0,5}\s{0,2}[/÷]\s{0,2}\d[\d,.]{0,18}[一-鿿]{0,5}\s{0,2}[）)]"
)


def fractions(flat: str) -> list[tuple[int, int]]:
    """Where the terms of a quotient stand: （1080个工作日/226件）."""
    return [match.span() for match in _FRACTION.finditer(flat)]


class Cuts:
    """A text cut at its boundaries; every boundary mark belongs to the span before it."""

    def __init__(self, flat: str, boundary: re.Pattern):
        self._starts = [0, *(match.end() for match in boundary.finditer(flat))]
        self._length = len(flat)

    def around(self, position: int) -> tuple[int, int]:
        index = bisect_right(self._starts, position)
        end = self._starts[index] if index < len(self._starts) else self._length
        return self._starts[index - 1], end
