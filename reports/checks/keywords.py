"""Which figure does a typed number speak of? One whose words stand in its clause."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from portal.figures.declare import Figure
from portal.figures.engine import Reading
from reports.checks.typed import Typed, same_measure
from reports.tokens import tokens_in


@dataclass(frozen=True)
class Mention:
    """Words of a figure in a text."""

    reading: Reading
    word: str
    start: int
    end: int

    def inside(self, other: "Mention") -> bool:
        longer = other.end - other.start > self.end - self.start
        return longer and other.start <= self.start and self.end <= other.end


def words_of(figure: Figure) -> tuple[str, ...]:
    return tuple(figure.keywords) or (figure.label,)


# Words that hang on what the sentence is about.
_GENERIC = """
涉及 涉及残疾人 惠及 参加 参加群众 参与 合计 共 共计 累计 服务 提供服务 检查 发现问题 平均用时
平均得分 得分 每月合计 月标准 手术
"""
GENERIC = frozenset(_GENERIC.split())
_COMMON_PAIRS = "残疾 疾人 人数 人次 次数 总数 件数 户数 平均 时间 服务 志愿 情况 数量"
COMMON_PAIRS = frozenset(_COMMON_PAIRS.split())
_NEXT = re.compile(r"[、\d]|其中")  # behind a number its noun stands before the next one
_MARKS = re.compile(r"[，。；：、！？（）“”《》\n]")
_OPENINGS = re.compile(
    r"^(?:其中|分别|全年|今年|期内|期末|截至|共有|共计|累计|共|有|和|及|以及|为|在|的|已|尚有|另有)+"
)
_ENDINGS = re.compile(r"(?:分别|达到|共有|共计|达|为|是|有|共|计|约|了)+$")
SHORTEST = 3  # characters by which a phrase names a figure


def phrases_in(text: str) -> Iterator[tuple[str, str]]:
    """(code, words) of the figures that a declared sentence tells: the words right before each token in
    its clause, or right behind it where there are none. 共走访残疾人{disability.visits} calls these
    visits 走访残疾人."""
    found = tokens_in(text)
    for index, item in enumerate(found):
        begin = found[index - 1].end if index else 0
        end = found[index + 1].start if index + 1 < len(found) else len(text)
        before = _MARKS.split(text[begin : item.start])[-1]
        behind = _MARKS.split(text[item.end : end])[0]
        for words in (before, behind):
            phrase = _ENDINGS.sub("", _OPENINGS.sub("", words.strip()))
            if len(phrase) >= SHORTEST:
                yield item.code, phrase
                break


class Words:
    """The words of all figures of the present period, by measure; made once for a document.

    ``phrases`` are further words by code, as the outline's sentences use them.
    """

    def __init__(self, readings: Mapping[str, Reading], phrases: Iterable[tuple[str, str]] = ()):
        more: dict[str, set[str]] = {}
        for code, phrase in phrases:
            more.setdefault(code, set()).add(phrase)
        self._by_measure: dict[str, list[tuple[str, Reading]]] = {}
        for key, reading in readings.items():
            if key != reading.figure.code:
                continue  # another period's
            found = self._by_measure.setdefault(same_measure(reading.figure.measure), [])
            words = {*words_of(reading.figure), *more.get(key, ())} - {""}
            found += [(word, reading) for word in sorted(words)]

    @cached_property
    def measures(self) -> frozenset[str]:
        """The figures' own words of measure, as declared."""
        found = {r.figure.measure for pairs in self._by_measure.values() for _, r in pairs}
        return frozenset(found - {"", "%"})

    def _of(self, measure: str | None):
        if measure is None:
            return [pair for pairs in self._by_measure.values() for pair in pairs]
        return self._by_measure.get(measure, ())

    def mentioned(self, flat: str, span: tuple[int, int], measure: str | None) -> list[Mention]:
        """The figures of ``measure`` (None: of any) named in the span; a word within a longer one is
        not meant (走访 within 入户走访)."""
        begin, end = span
        clause, found = flat[begin:end], []
        for word, reading in self._of(measure):
            position = clause.find(word)
            while position >= 0:
                place = begin + position
                found.append(Mention(reading, word, place, place + len(word)))
                position = clause.find(word, position + 1)
        return [m for m in found if not any(m.inside(other) for other in found)]

    def meant(self, flat: str, typed: Typed, span=None, *, any_measure=False) -> list[Reading]:
        """The readings that the number may speak of, the likeliest first.

        Words before the number and behind the number before it count; only where there are none,
        words behind it. In 入户走访 both words may be a figure's; what stands first narrows what
        follows.
        """
        begin, end = span or typed.clause
        measure = None if any_measure else typed.measure
        before = span or (max(begin, typed.after), typed.wide_start)
        said = flat[flat.rfind("\n", 0, typed.start) + 1 : typed.wide_start]
        if found := _trusted(self.mentioned(flat, before, measure), said):
            return _readings([_first_of_chain(found), *sorted(found, key=lambda m: -m.end)])
        if stop := _NEXT.search(flat, typed.wide_end, end):
            end = stop.start()
        return _readings(_trusted(self.mentioned(flat, (typed.wide_end, end), measure), said))


def _trusted(found: list[Mention], said: str) -> list[Mention]:
    """Without the mentions by words that any sentence may use: 涉及 speaks of visits only where the
    sentence speaks of visits."""
    return [m for m in found if m.word not in GENERIC or _is_about(m, said)]


def _is_about(mention: Mention, said: str) -> bool:
    own = _pairs(mention.reading.figure.label) - _pairs(mention.word) - COMMON_PAIRS
    return not own or any(pair in said for pair in own)


def _pairs(text: str) -> set[str]:
    return {text[place : place + 2] for place in range(len(text) - 1)}


def _first_of_chain(found: list[Mention]) -> Mention:
    """The first of the words that follow each other without a gap up to the last one."""
    first = max(found, key=lambda mention: (mention.end, mention.start))
    while True:
        joined = [m for m in found if m.start < first.start <= m.end]
        if not joined:
            return first
        first = min(joined, key=lambda mention: mention.start)


def _readings(found: Iterable[Mention]) -> list[Reading]:
    return list({mention.reading.figure.code: mention.reading for mention in found}.values())
