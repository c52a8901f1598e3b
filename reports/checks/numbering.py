"""Levels and their marks: 一、（一）1.（1）, headings without a stop, 一是…；二是…。 (GB/T 9704-2012, GB/T 15834-2011;
domain §5.1, §5.3; §7.10 rule 18)."""

import re
from collections.abc import Iterator

from portal.numerals import chinese_numeral, read_numeral
from reports.checks.findings import WARNING, Finding
from reports.checks.passage import Passage
from reports.checks.typed import HIDDEN

_CN = "一二三四五六七八九十"
_LINE = re.compile(r"[^\n]+")
# (level, pattern of the mark as it may be typed): the number is group 1, its brackets and stop around it.
_MARKS = (
    (1, re.compile(rf"[ 　]*([{_CN}]{{1,3}})[ ]*[、.．,，](?![{_CN}])")),
    (2, re.compile(rf"[ 　]*[（(]([{_CN}]{{1,3}})[)）][、.．,，：:]?")),
    (3, re.compile(r"[ 　]*(\d{1,2})[ ]*[、.．](?!\d)")),
    (4, re.compile(r"[ 　]*[（(](\d{1,2})[)）][、.．,，：:]?")),
)
_RIGHT = {1: "{}、", 2: "（{}）", 3: "{}.", 4: "（{}）"}
_NAMES = {1: "一、", 2: "（一）", 3: "1.", 4: "（1）"}
_HEADING_END = re.compile(r"[。；，、：;,.:]$")
_END = re.compile(r"[。！？…”’）》：；.!?)]$")
LONGEST_HEADING = 30
SHORTEST_PARAGRAPH = 12
_FIRSTLY = re.compile(rf"([{_CN}])是")


def check_numbering(passage: Passage) -> Iterator[Finding]:
    """The marks of levels line by line, their order and their numbers."""
    if passage.piece.heading and _HEADING_END.search(passage.piece.heading):
        message = f"小标题“{passage.piece.heading}”末尾不用标点。"
        yield passage.finding(WARNING, "heading", message)
    counts: dict[int, int] = {}
    for line in _LINE.finditer(passage.flat):
        found = _mark(line[0])
        if found is None:
            yield from _end_of(passage, line)
            continue
        level, match = found
        if level > 1:  # of the first level there is none within a part
            yield from _written(passage, line, level, match)
        yield from _order(passage, line, level, match, counts)
        yield from _heading_end(passage, line, match)


def _mark(line: str):
    for level, pattern in _MARKS:
        if match := pattern.match(line):
            return level, match
    return None


def _place(passage, line, match) -> tuple[int, int]:
    lead = len(match[0]) - len(match[0].lstrip(" 　"))
    return line.start() + lead, line.start() + match.end()


def _written(passage: Passage, line, level: int, match) -> Iterator[Finding]:
    start, end = _place(passage, line, match)
    right = _RIGHT[level].format(match[1])
    if passage.text[start:end] != right:
        message = f"序号写成“{right}”。"
        yield passage.finding(WARNING, "numbering", message, start, end, right)


def _order(passage: Passage, line, level: int, match, counts: dict[int, int]) -> Iterator[Finding]:
    """Within a part, whose own heading is 一、: （一）, 1.,（1）; only two levels may go from 一、 to 1."""
    start, end = _place(passage, line, match)
    if level == 1:
        message = "本部分的标题已编为“一、”这一级，里面的小标题从“（一）”开始。"
        instead = f"（{match[1]}）"
        yield passage.finding(WARNING, "numbering", message, start, end, instead)
        level = 2
    elif level == 4 and 3 not in counts:
        message = "“（1）”前面没有“1.”这一级，请按一、（一）1.（1）的顺序编号。"
        yield passage.finding(WARNING, "numbering", message, start, end)
    number, expected = _number(match[1]), counts.get(level, 0) + 1
    if number != expected and number != 1:
        right = chinese_numeral(expected) if level == 2 else str(expected)
        message = f"序号不连续，这里应为“{_RIGHT[level].format(right)}”。"
        yield passage.finding(
            WARNING, "numbering", message, start, end, _RIGHT[level].format(right)
        )
        number = expected
    counts[level] = number
    for deeper in [each for each in counts if each > level]:
        del counts[deeper]


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else read_numeral(text)


def _heading_end(passage: Passage, line, match) -> Iterator[Finding]:
    """A heading that stands alone in its line."""
    rest = line[0][match.end() :].strip()
    alone = (
        rest
        and len(rest) <= LONGEST_HEADING
        and not re.search(r"[。；，\d" + HIDDEN + "]", rest[:-1])
    )
    if alone and (found := _HEADING_END.search(line[0].rstrip())):
        start = line.start() + found.start()
        message = "单独成行的小标题末尾不用标点。"
        yield passage.finding(WARNING, "heading", message, start, start + 1, "")


def _end_of(passage: Passage, line) -> Iterator[Finding]:
    """A paragraph without its last stop."""
    words = line[0].rstrip()
    if len(words) < SHORTEST_PARAGRAPH or _END.search(words) or words.endswith(HIDDEN):
        return
    if not re.search(r"[，。；]", words):
        return  # a heading without a number
    end = line.start() + len(words)
    last = passage.text[end - 1 : end]
    instead = "。" if words[-1] in "，、,;" else f"{last}。"
    yield passage.finding(WARNING, "punctuation", "段末缺少句号。", end - 1, end, instead)


def check_firstly(passage: Passage) -> Iterator[Finding]:
    """一是…；二是…。: all numbers, and between them a semicolon or a full stop, the same everywhere. A list goes
    on in the next paragraph where that begins with its next number."""
    expected = 1
    for line in _LINE.finditer(passage.flat):
        found = [m for m in _FIRSTLY.finditer(line[0]) if _opens(line[0], m.start())]
        if found and read_numeral(found[0][1]) != expected:
            expected = 1
        for match in found:
            number = read_numeral(match[1])
            start, end = line.start() + match.start(), line.start() + match.end()
            if number == 1:
                expected = 1
            if number != expected:
                right = f"{chinese_numeral(expected)}是"
                message = f"“{match[0]}”前面缺“{right}”，请核对。"
                yield passage.finding(WARNING, "firstly", message, start, end, right)
                number = expected
            mark = line[0][match.start() - 1 : match.start()]
            if number > 1 and mark and mark in "，、":
                message = "“一是…”“二是…”各项之间用分号。"
                yield passage.finding(WARNING, "firstly", message, start - 1, start, "；")
            expected = number + 1


def _opens(line: str, position: int) -> bool:
    return position == 0 or line[position - 1] in "，。；：、 　（"
