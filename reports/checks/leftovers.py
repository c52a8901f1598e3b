"""What was left standing from another file: names of other units, last year's sentences."""

import re
from collections.abc import Iterator

from reports.checks.findings import ERROR, WARNING, Elsewhere, Finding
from reports.checks.passage import Document, Passage
from reports.checks.records import SENTENCE, sentences
from reports.checks.typed import NUMBER, narrow

# A unit that is mentioned for what was done with it or learnt from it is no left-over.
_WITH = re.compile(
    r"(?:与|和|同|及|、|赴|到|向|联合|会同|协同|邀请|来自|转入|转出|迁往|迁入|学习)[^，。；]{0,6}$"
)
SHORTEST = 10  # characters of a sentence that is worth finding again


def check_units(passage: Passage) -> Iterator[Finding]:
    """The name of a unit that is neither this one nor above or below it."""
    grounds, text = passage.grounds, passage.text
    known = [grounds.own, *grounds.above, *grounds.below]
    for name in sorted(grounds.others, key=len, reverse=True):
        place = text.find(name)
        while place >= 0:
            end = place + len(name)
            if not _is_ours(text, place, end, known) and place not in passage.proven:
                yield _foreign(passage, place, end, name)
            place = text.find(name, end)


def _is_ours(text: str, place: int, end: int, known) -> bool:
    """The other's name is a part of one of ours (新华社区 of 东新华社区)."""
    for name in filter(None, known):
        for begin in range(max(0, place - len(name)), place + 1):
            if text.startswith(name, begin) and begin + len(name) >= end:
                return True
    return False


def _foreign(passage: Passage, place: int, end: int, name: str) -> Finding:
    own = passage.grounds.own
    with_them = bool(_WITH.search(passage.text[max(0, place - 10) : place]))
    severity = WARNING if with_them else ERROR
    message = f"这里写的是“{name}”，本总结写的是{own}，是否从别的单位的稿子带来？"
    mended = own if own and own[-2:] == name[-2:] and not with_them else None
    return passage.finding(severity, "other-unit", message, place, end, mended)


def check_former(document: Document) -> Iterator[Finding]:
    """A sentence that an earlier summary told word for word, its numbers and days with it, though the
    records of this period do not tell it."""
    for former in document.grounds.former:
        known = _sentences_of(former)
        for passage in document.sections:
            for start, end, told in sentences(passage.printed, passage.text):
                words = narrow(told.printed)
                if start in passage.proven or words not in known or "{" in told.stored:
                    continue
                lead = len(passage.text[start:end]) - len(passage.text[start:end].lstrip())
                message = f"这句与《{former.title}》完全相同，数字和日期是不是还没有更新？"
                yield passage.finding(
                    WARNING, "last-year", message, start + lead, start + lead + len(told.stored)
                )


def _sentences_of(former: Elsewhere) -> set[str]:
    """Those with a number or a day in them; a standing phrase may well stand there again."""
    found = (match[0].strip() for line in former.lines for match in SENTENCE.finditer(line))
    return {narrow(each) for each in found if len(each) >= SHORTEST and NUMBER.search(narrow(each))}
