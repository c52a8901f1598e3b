"""Which figure does a typed number speak of? One whose words stand in its clause."""

from dataclasses import dataclass

from portal.figures.declare import Figure
from portal.figures.engine import Reading
from reports.checks.findings import Grounds
from reports.checks.typed import Typed, same_measure


@dataclass(frozen=True)
class Mention:
    """Words of a figure in a text."""

    reading: Reading
    start: int
    end: int

    def inside(self, other: "Mention") -> bool:
        longer = other.end - other.start > self.end - self.start
        return longer and other.start <= self.start and self.end <= other.end


def words_of(figure: Figure) -> tuple[str, ...]:
    return tuple(figure.keywords) or (figure.label,)


def measure_of(figure: Figure) -> str:
    return same_measure(figure.measure)


def mentions(flat: str, span: tuple[int, int], measure: str, grounds: Grounds) -> list[Mention]:
    """The figures of ``measure`` named in the span; a word within a longer one is not meant
    (走访 within 入户走访)."""
    found = []
    for reading in grounds.readings.values():
        if measure_of(reading.figure) != measure:
            continue
        for word in filter(None, words_of(reading.figure)):
            position = flat.find(word, *span)
            while position >= 0:
                found.append(Mention(reading, position, position + len(word)))
                position = flat.find(word, position + 1, span[1])
    return [m for m in found if not any(m.inside(other) for other in found)]


def meant(flat: str, typed: Typed, grounds: Grounds, span=None) -> list[Reading]:
    """The readings that the number may speak of, the likeliest first.

    Words before the number and behind the number before it count; only where there are none, words
    behind it. In 入户走访 both words may be a figure's; what stands first narrows what follows.
    """
    begin, end = span or typed.clause
    before = mentions(flat, (max(begin, typed.after), typed.wide_start), typed.measure, grounds)
    if span is not None:
        before = mentions(flat, span, typed.measure, grounds)
    if before:
        return _readings([_first_of_chain(before), *sorted(before, key=lambda m: -m.end)])
    return _readings(mentions(flat, (typed.wide_end, end), typed.measure, grounds))


def _first_of_chain(found: list[Mention]) -> Mention:
    """The first of the words that follow each other without a gap up to the last one."""
    first = max(found, key=lambda mention: (mention.end, mention.start))
    while True:
        joined = [m for m in found if m.start < first.start <= m.end]
        if not joined:
            return first
        first = min(joined, key=lambda mention: mention.start)


def _readings(found: list[Mention]) -> list[Reading]:
    return list({mention.reading.figure.code: mention.reading for mention in found}.values())
