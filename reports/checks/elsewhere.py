"""The same event told with another number of people in another summary (§7.10 rule 8)."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reports.checks.findings import WARNING, Finding
from reports.checks.passage import Document
from reports.checks.records import SENTENCE, sentences
from reports.checks.typed import Typed, typed_numbers

HEADS = {"人", "人次", "户", "户次"}
_DAY = re.compile(r"(?<!\d)(\d{1,2}月\d{1,2}日)")
_NAME = re.compile(r"[“《]([^“”《》\n]{3,60})[”》]")


@dataclass(frozen=True)
class Event:
    """A day and a name by which two texts speak of the same event; without a name the day is not
    enough."""

    day: str
    name: str


def events(sentence: str) -> list[Event]:
    days, names = _DAY.findall(sentence), _NAME.findall(sentence)
    return [Event(day, name) for day in days for name in names]


def heads(sentence: str) -> list[Typed]:
    return [n for n in typed_numbers(sentence) if n.measure in HEADS]


def check_elsewhere(document: Document) -> Iterator[Finding]:
    """Head-counts of an event that other summaries tell otherwise; each pair of numbers once."""
    others = _told(document.grounds.elsewhere)
    if not others:
        return
    for passage in document.sections:
        for start, end, told in sentences(passage.printed, passage.text):
            here = heads(told.printed)
            for event in events(told.printed) if here else ():
                for title, there in others.get(event, ()):
                    if finding := _differs(passage, start, end, event, here, title, there):
                        yield finding


def _told(elsewhere: Iterable) -> dict[Event, list[tuple[str, list[Typed]]]]:
    found = defaultdict(list)
    for other in elsewhere:
        for line in other.lines:
            for match in SENTENCE.finditer(line):
                numbers = heads(match[0])
                for event in events(match[0]) if numbers else ():
                    found[event].append((other.title, numbers))
    return found


def _differs(passage, start, end, event, here, title, there) -> Finding | None:
    """Where both tell one number in the same measure, and not the same."""
    for measure in sorted(HEADS):
        ours = {n.value for n in here if n.measure == measure}
        theirs = {n.value for n in there if n.measure == measure}
        if ours and theirs and not ours & theirs:
            numbers = "、".join(f"{value:f}" for value in sorted(theirs))
            said = "、".join(f"{value:f}" for value in sorted(ours))
            message = f"{event.day}“{event.name}”这里写{said}{measure}，《{title}》写的是{numbers}{measure}，请核对。"
            words = passage.text[start:end]
            lead = len(words) - len(words.lstrip())
            stop = end - (len(words) - len(words.rstrip()))
            return passage.finding(WARNING, "elsewhere", message, start + lead, stop)
    return None
