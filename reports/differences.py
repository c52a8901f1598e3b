"""The difference between two versions of a summary, readable: by part, paragraph and words.

Paragraphs are paired first, then compared by characters, numbers and figures; what stays the same
for only a few characters between two changes is told as changed too, so that no sentence falls into
crumbs. Nothing here touches the database.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

from reports.naming import Named, named

SAME, ADDED, REMOVED, CHANGED = "same", "added", "removed", "changed"
ATOM = re.compile(r"\{[^{}\n]{1,80}\}|\d+(?:[.,]\d+)*[%％‰]?|[A-Za-z]+|.", re.DOTALL)
SENTENCE = re.compile(r"[^。！？；]*[。！？；]?", re.DOTALL)
ALIKE = 0.5  # paragraphs that share fewer of their characters are two, not one that changed
MOST_COMPARED = 1_000_000  # pairs of characters; a longer paragraph is compared by sentences
MOST_PAIRED = 2_500  # pairs of paragraphs


@dataclass(frozen=True)
class Run:
    """Words that were added, removed, or stayed."""

    kind: str
    text: str

    @property
    def words(self) -> list[Named]:
        return named(self.text)

    @property
    def size(self) -> int:
        """Characters; a figure counts as one."""
        return sum(1 if word.is_figure else len(word.text) for word in self.words)


@dataclass(frozen=True)
class ParagraphDifference:
    kind: str
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class PartDifference:
    """The changed paragraphs of a part in reading order; ``same`` ones between are left out."""

    key: str
    heading: str
    paragraphs: tuple[ParagraphDifference, ...]


@dataclass(frozen=True)
class Difference:
    parts: tuple[PartDifference, ...]

    def _size(self, kind: str) -> int:
        return sum(
            run.size
            for part in self.parts
            for paragraph in part.paragraphs
            for run in paragraph.runs
            if run.kind == kind
        )

    @property
    def added(self) -> int:
        """Characters."""
        return self._size(ADDED)

    @property
    def removed(self) -> int:
        """Characters."""
        return self._size(REMOVED)


def compared(
    before: Mapping[str, str], after: Mapping[str, str], headings: Mapping[str, str]
) -> Difference:
    """Stored texts by part then and now; ``headings`` gives the order and the names of the parts."""
    parts = []
    for key, heading in headings.items():
        old, new = before.get(key, ""), after.get(key, "")
        if old != new:
            parts.append(PartDifference(key, heading, tuple(_paragraphs(old, new))))
    return Difference(tuple(part for part in parts if part.paragraphs))


def _paragraphs(old: str, new: str) -> Iterator[ParagraphDifference]:
    a, b = _lines(old), _lines(new)
    for tag, a1, a2, b1, b2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        for left, right in _paired(a[a1:a2], b[b1:b2]):
            if left is None:
                yield ParagraphDifference(ADDED, (Run(ADDED, right),))
            elif right is None:
                yield ParagraphDifference(REMOVED, (Run(REMOVED, left),))
            else:
                yield ParagraphDifference(CHANGED, tuple(_runs(left, right)))


def _lines(text: str) -> list[str]:
    return [line for line in map(str.strip, text.split("\n")) if line]


def _paired(a: Sequence[str], b: Sequence[str]) -> list[tuple[str | None, str | None]]:
    """Each paragraph with the one that it became, None where there is none, in reading order."""
    if len(a) * len(b) > MOST_PAIRED:
        return [(line, None) for line in a] + [(None, line) for line in b]
    # best[i][j]: the most likeness that a[i:] and b[j:] can be paired with, keeping the order
    best = [[0.0] * (len(b) + 1) for _ in range(len(a) + 1)]
    alike = [[_likeness(x, y) for y in b] for x in a]
    for i in reversed(range(len(a))):
        for j in reversed(range(len(b))):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + alike[i][j])
    pairs, i, j = [], 0, 0
    while i < len(a) or j < len(b):
        both = i < len(a) and j < len(b) and alike[i][j]
        if both and best[i][j] == best[i + 1][j + 1] + alike[i][j]:
            pairs.append((a[i], b[j]))
            i, j = i + 1, j + 1
        elif i < len(a) and best[i][j] == best[i + 1][j]:
            pairs.append((a[i], None))
            i += 1
        else:
            pairs.append((None, b[j]))
            j += 1
    return pairs


def _likeness(x: str, y: str) -> float:
    """Of their characters, the share that both have; 0 where they are two paragraphs."""
    found = SequenceMatcher(None, x, y, autojunk=False).quick_ratio()
    return found if found >= ALIKE else 0.0


def _runs(old: str, new: str) -> list[Run]:
    a, b = ATOM.findall(old), ATOM.findall(new)
    if len(a) * len(b) <= MOST_COMPARED:
        return _without_crumbs(_opcodes(a, b))
    return _joined(_opcodes(_sentences(old), _sentences(new)))


def _sentences(text: str) -> list[str]:
    return [sentence for sentence in SENTENCE.findall(text) if sentence]


def _opcodes(a: list[str], b: list[str]) -> list[tuple[str, str]]:
    """(kind, words) in reading order, what was removed before what came in its place."""
    runs = []
    for tag, a1, a2, b1, b2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            runs.append((SAME, "".join(a[a1:a2])))
            continue
        if a2 > a1:
            runs.append((REMOVED, "".join(a[a1:a2])))
        if b2 > b1:
            runs.append((ADDED, "".join(b[b1:b2])))
    return runs


def _without_crumbs(runs: list[tuple[str, str]]) -> list[Run]:
    """What stays between two changes that are both as long as it is told as removed and added."""
    while True:
        for n, (kind, text) in enumerate(runs):
            size = Run(kind, text).size
            if kind == SAME and size <= min(_changed(runs[:n][::-1]), _changed(runs[n + 1 :])):
                runs[n : n + 1] = [(REMOVED, text), (ADDED, text)]
                runs = _ordered(runs)
                break
        else:
            return _joined(runs)


def _changed(runs) -> int:
    """The longer of what was removed and added right here, 0 at a stretch that stayed."""
    sizes = {ADDED: 0, REMOVED: 0}
    for kind, text in runs:
        if kind == SAME:
            break
        sizes[kind] += Run(kind, text).size
    return max(sizes.values())


def _ordered(runs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Between two stretches that stayed: all that was removed, then all that was added."""
    ordered = []
    for stays, group in groupby(runs, key=lambda run: run[0] == SAME):
        group = list(group)
        if stays:
            ordered += group
            continue
        for wanted in (REMOVED, ADDED):
            if text := "".join(text for kind, text in group if kind == wanted):
                ordered.append((wanted, text))
    return ordered


def _joined(runs: list[tuple[str, str]]) -> list[Run]:
    return [Run(kind, text) for kind, text in _ordered(runs)]
