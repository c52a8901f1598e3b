"""Typed numbers behind which no record stands: each is asked for its source."""

import re
from collections.abc import Iterator

from reports.checks.findings import WARNING, Finding
from reports.checks.passage import Passage
from reports.checks.records import Spans
from reports.checks.sums import is_sum
from reports.checks.typed import NUMBER, Typed

HINT = "能用指标的请换成指标；确需手工填写的，请注明数字来源。"
# Numbers that name something rather than count it: hotlines, round-the-clock, whole-year words.
_FIXED = re.compile(
    r"(?<!\d)(?:12345|12385|12388|12349|12355|12338|12315|12320|12378|110|119|120|122"
    r"|24小时|365天|7[×x*]24|5[×x*]8|3D|5G|4G|A4|110联动)(?!\d)"
)
# Limits, ages, numbers of rooms and lanes: 15个工作日内, 16—35岁, 60周岁以上, 3栋2单元.
_LIMIT = re.compile(
    r"\s{0,2}(?:(?:周)?岁|个?(?:工作日|自然日|小时|天|日|个月|月|年)(?:之?内|以内|以上|以下|前)"
    r"|[栋幢楼室层座]|单元|路(?!灯)|个百分点(?=以))"
)
_RANGE = re.compile(r"\s{0,2}[—～~－至到-]{1,2}\s{0,2}\d")
_ASCII = re.compile(r"[A-Za-z/_.@#+]")
_ASCII_BEFORE = re.compile(r"[A-Za-z/_.@#+] ?$")
_QUOTED = re.compile(r"《[^《》\n]{1,80}》|“[^“”\n]{1,80}”|〔\d{4}〕\s?\d{1,5}号")


def check_unproven(passage: Passage) -> Iterator[Finding]:
    """Each typed number that is no date, ordinal, document number, list number or fixed word. Rules
    that know its figure, sum or terms have said more already; the runner keeps what they say."""
    names = Spans(match.span() for match in _QUOTED.finditer(passage.flat))
    for typed in passage.loose_numbers:
        if typed.start in names or is_fixed(passage.flat, typed):
            continue
        if typed.measure == "%" or is_sum(passage, typed):
            continue  # proved by its terms, or found wrong by them
        start, end = typed.wide_start, max(typed.wide_end, typed.word_end)
        words = passage.text[start:end]
        message = f"“{words}”是手工数字，没有记录可查。"
        if typed.vague:
            message = f"“{words}”是概数，也没有记录可查，请写准确数。"
        yield passage.finding(WARNING, "unproven", message, start, end, hint=HINT)


def is_fixed(flat: str, typed: Typed) -> bool:
    start, end = typed.start, typed.end
    if _LIMIT.match(flat, end) or any(
        match.start() <= start and end <= match.end()
        for match in _FIXED.finditer(flat, max(0, start - 3), min(len(flat), end + 5))
    ):
        return True
    if _ASCII.match(flat, end) or _ASCII_BEFORE.search(flat[max(0, start - 2) : start]):
        return True  # GB/T 9704, K12
    # The first number of a range is what the second one is.
    if across := _RANGE.match(flat, end):
        other = NUMBER.match(flat, across.end() - 1)
        return bool(other and _LIMIT.match(flat, other.end()))
    return False
