"""One section read closely, once for all rules: its clauses, its typed numbers, what it prints."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from portal.figures.declare import Ratio
from reports.checks.findings import Finding, Grounds, Piece
from reports.checks.keywords import Words
from reports.checks.printed import Printed, printed_value
from reports.checks.records import Records, Spans, proven_spans
from reports.checks.typed import Typed, fractions, plain, same_measure, typed_numbers
from reports.tokens import tokens_in

FURTHEST = 300  # characters before a total or a percentage in which its terms stand


class Count(NamedTuple):
    """A number told at ``start``; ``is_figure`` by a token."""

    start: int
    value: Decimal
    measure: str
    is_figure: bool = False


@dataclass(frozen=True)
class Passage:
    """A piece with what the rules ask of it."""

    piece: Piece
    grounds: Grounds
    words: Words
    records: Records = field(repr=False)

    @property
    def text(self) -> str:
        return self.piece.text

    @cached_property
    def flat(self) -> str:
        """The text with half-width digits and its tokens hidden; offsets stay."""
        return plain(self.text)

    @cached_property
    def printed(self) -> Printed:
        """The text with its figures filled in."""
        return Printed(self.text, self.grounds)

    @cached_property
    def numbers(self) -> list[Typed]:
        return list(typed_numbers(self.text, self.words.measures))

    @cached_property
    def loose_numbers(self) -> list[Typed]:
        """The typed numbers outside of the sentences that the records tell."""
        return [n for n in self.numbers if n.start not in self.proven]

    @cached_property
    def quotients(self) -> Spans:
        """The terms in brackets behind a percentage or an average."""
        return Spans(fractions(self.flat))

    @cached_property
    def proven(self) -> Spans:
        """The sentences exactly as the records tell them."""
        return proven_spans(self.printed, self.text, self.records)

    @cached_property
    def counts(self) -> list[Count]:
        """All counts of the text, typed or told by figures, in order of places."""
        found = [Count(n.wide_start, n.value, n.measure) for n in self.numbers]
        for item in tokens_in(self.text):
            reading = self.grounds.told_by(item)
            if reading and not isinstance(reading.figure, Ratio):
                measure = same_measure(reading.figure.measure)
                found.append(Count(item.start, printed_value(reading), measure, True))
        return sorted(c for c in found if c.measure not in {"", "%"})

    def counts_before(self, begin: int, end: int) -> list[Count]:
        """Those that stand in a sentence before a number, not further back than a reader would look."""
        begin = max(begin, end - FURTHEST)
        return self.counts[bisect_left(self.counts, (begin,)) : bisect_left(self.counts, (end,))]

    def finding(self, severity, rule, message, start=0, end=0, replacement=None, **more) -> Finding:
        return Finding(
            severity,
            rule,
            message,
            self.piece.key,
            start,
            end,
            self.text[start:end],
            replacement,
            **more,
        )


@dataclass(frozen=True)
class Document:
    """All passages, that of the title first."""

    title: Passage
    sections: tuple[Passage, ...]
    grounds: Grounds = field(repr=False)

    @property
    def passages(self) -> Iterator[Passage]:
        yield self.title
        yield from self.sections
