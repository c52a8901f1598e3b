"""Which figure does a typed number speak of? One whose words stand in its clause."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from portal.figures.declare import Figure
from portal.figures.engine import Reading
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


class Words:
    """The words of all figures of the present period, by measure; made once for a document."""

    def __init__(self, readings: Mapping[str, Reading]):
        self._by_measure: dict[str, list[tuple[str, Reading]]] = {}
        for key, reading in readings.items():
            if key != reading.figure.code:
                continue  # another period's
            found = self._by_measure.setdefault(same_measure(reading.figure.measure), [])
            found += [(word, reading) for word in filter(None, words_of(reading.figure))]

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
                found.append(Mention(reading, place, place + len(word)))
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
        if found := self.mentioned(flat, before, measure):
            return _readings([_first_of_chain(found), *sorted(found, key=lambda m: -m.end)])
        return _readings(self.mentioned(flat, (typed.wide_end, end), measure))


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
