"""Sentences that the records tell: as they are, nothing more is asked of their numbers."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from reports.checks.findings import Grounds
from reports.checks.printed import Printed
from reports.checks.typed import NUMBER, narrow

SENTENCE = re.compile(r"[^。！？\n]{1,2000}[。！？]?")


class Spans:
    """Whether a position lies within any of sorted, separate spans."""

    def __init__(self, spans):
        self._spans = sorted(spans)
        self._starts = [start for start, _ in self._spans]

    def __contains__(self, position: int) -> bool:
        index = bisect_right(self._starts, position) - 1
        return index >= 0 and position < self._spans[index][1]


@dataclass(frozen=True)
class Told:
    """One sentence: as printed, and as it is stored with its figures."""

    printed: str
    stored: str


def skeleton(sentence: str) -> str:
    """The sentence without its numbers."""
    return NUMBER.sub("#", narrow(sentence).strip())


def sentences(printed: Printed, text: str) -> Iterator[tuple[int, int, Told]]:
    """(start, end in the stored text, sentence) of the sentences, as printed."""
    for match in SENTENCE.finditer(printed):
        start, end = printed.stored(match.start()), printed.stored(match.end())
        yield start, end, Told(match[0].strip(), text[start:end].strip())


class Records:
    """The sentences that the records make now, by what is left without their numbers."""

    def __init__(self, composed: Iterable[str], grounds: Grounds):
        self._by_skeleton: dict[str, dict[str, Told]] = defaultdict(dict)
        for line in composed:
            for _, _, told in sentences(Printed(line, grounds), line):
                if NUMBER.search(narrow(told.printed)):
                    self._by_skeleton[skeleton(told.printed)].setdefault(narrow(told.printed), told)

    def like(self, sentence: str) -> Mapping[str, Told]:
        """Those that differ at most in their numbers, by their printed form."""
        return self._by_skeleton.get(skeleton(sentence), {})


def proven_spans(printed: Printed, text: str, records: Records) -> Spans:
    """Where the stored text tells what the records tell."""
    return Spans(
        (start, end)
        for start, end, told in sentences(printed, text)
        if narrow(told.printed) in records.like(told.printed)
    )
