"""Residents named in the text (§7.10 rule 10; domain §6.1, §6.2): minors and the ill are never named,
who gets help only by consent; the public version masks whoever is left."""

import re
from collections.abc import Iterator

from portal.masks import mask_name
from reports.checks.diagnoses import BENEFITS, DIAGNOSES
from reports.checks.findings import ERROR, WARNING, Finding
from reports.checks.names import may_be_name
from reports.checks.passage import Passage

_DIAGNOSIS = re.compile("|".join(sorted(DIAGNOSES, key=len, reverse=True)))
_BENEFIT = re.compile("|".join(sorted(BENEFITS, key=len, reverse=True)))
_SENTENCE_END = "。！？\n"
HINT = "隐去姓名（如“张某”“一名残疾儿童”），或删去病情、残疾情况。"
CONSENT = "请隐去姓名；确需写姓名的，先在“告知与同意”中登记本人同意。"

# Whoever does not see the register learns from the check neither age nor consent of anybody.
NEUTRAL = "文中写了人名，请核对是否可以写明。"
NEUTRAL_HINT = (
    "一般应隐去姓名（如“张某”）；确需写明的，说明理由，由能查看居民档案的人签发时再核对。"
)


def check_people(passage: Passage) -> Iterator[Finding]:
    """Each resident's name: with an illness or of a minor an error, with help a question of consent."""
    grounds = passage.grounds
    taken: list[tuple[int, int]] = []
    for name in sorted(grounds.persons | grounds.minors, key=lambda n: (-len(n), n)):
        for place in _places(passage.text, name):
            span = place, place + len(name)
            if any(start < span[1] and span[0] < end for start, end in taken):
                continue
            if not may_be_name(passage.text, *span) or _in_unit(passage, *span):
                continue
            taken.append(span)
            if finding := _judged(passage, name, *span):
                yield finding


def _judged(passage: Passage, name: str, start: int, end: int) -> Finding | None:
    masked = mask_name(name)
    if not passage.grounds.persons_are_told:
        return passage.finding(ERROR, "person", NEUTRAL, start, end, masked, hint=NEUTRAL_HINT)
    said = _sentence(passage.text, start, end)
    if name in passage.grounds.minors:
        message = f"“{name}”是未成年人，总结中不得写出姓名。"
        return passage.finding(ERROR, "minor", message, start, end, masked, hint=HINT)
    if found := _DIAGNOSIS.search(said):
        message = f"“{name}”与病情（“{found[0]}”）写在一起，泄露个人健康信息。"
        return passage.finding(ERROR, "diagnosis", message, start, end, masked, hint=HINT)
    if name in passage.grounds.consented:
        return None
    if found := _BENEFIT.search(said):
        message = f"“{name}”与“{found[0]}”写在一起，没有登记本人同意；对外公开的版本须隐去姓名。"
        return passage.finding(WARNING, "named", message, start, end, masked, hint=CONSENT)
    message = f"“{name}”是居民姓名，没有登记本人同意；对外公开的版本须隐去姓名。"
    return passage.finding(WARNING, "named", message, start, end, masked, hint=CONSENT)


def _in_unit(passage: Passage, start: int, end: int) -> bool:
    """李明珠 within 李明珠社区."""
    grounds, text = passage.grounds, passage.text
    names = {grounds.own, *grounds.above, *grounds.below, *grounds.others}
    return any(
        text.find(name, max(0, end - len(name)), start + len(name)) >= 0
        for name in names
        if text[start:end] in name
    )


def _places(text: str, name: str) -> Iterator[int]:
    place = text.find(name)
    while place >= 0:
        yield place
        place = text.find(name, place + len(name))


def _sentence(text: str, start: int, end: int) -> str:
    begin = max(text.rfind(mark, 0, start) for mark in _SENTENCE_END) + 1
    stops = [found for mark in _SENTENCE_END if (found := text.find(mark, end)) >= 0]
    return text[begin : min(stops, default=len(text))]
