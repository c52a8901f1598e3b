"""A finding of the checker, and the grounds on which it is made."""

import hashlib
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from portal.figures.engine import Reading
from portal.periods import Period
from reports.changes import changed
from reports.tokens import CHANGE, PREVIOUS, Token

ERROR, WARNING = "error", "warning"
TITLE = "title"  # the section key of the document's title
WHOLE = ""  # ... of what concerns the whole document
NEARBY = 12  # characters around the words by which an answered finding is known again
LONG = 24  # words of such a length are known again by themselves


@dataclass(frozen=True)
class Piece:
    """A section to be checked: its key, heading and stored text."""

    key: str
    heading: str
    text: str


@dataclass(frozen=True)
class Elsewhere:
    """What another document tells: of the same unit before, or of a unit beside, above or below.

    ``lines`` are its paragraphs as printed, numbers filled in.
    """

    title: str
    period: Period
    lines: tuple[str, ...]


def unknown(code: str, period: Period | None, unit: str) -> None:
    """Nothing is known of a part of the period or of a unit below."""


@dataclass(frozen=True)
class Grounds:
    """What is true, and what else is known about the document.

    ``readings`` are by code, ``earlier`` those of the period compared with; ``narrower(code, period,
    unit)`` reads a figure for a part of the period (None: all of it) and a unit below ('': all of
    them), or gives None. ``tables`` are the titles that the outline declares, ``counted`` those in
    use (rows and last row as texts). ``composed`` are the stored lines that the records make now,
    ``phrases`` the words by which the outline's sentences name figures (code, words).
    ``labels`` are the names of all figures, for a misspelt token; ``unprintable`` the characters for
    which no typeface is installed. ``unmeasured`` are figures that count records without an amount.
    ``above`` are the names of the units above, from the top, ``own`` the name of the unit, ``below``
    those of the units in it, ``others`` of all others. ``persons`` are residents whose names occur in
    the text, ``minors`` those under 18, ``consented`` those who agreed to be named; none of it may be told
    apart to a reader for whom ``persons_are_told`` is false.
    ``first_day`` and ``last_day`` are those of the evidence.
    """

    period: Period
    readings: Mapping[str, Reading] = field(default_factory=dict)
    earlier: Mapping[str, Reading] = field(default_factory=dict)
    tables: Container[str] = frozenset()
    labels: Mapping[str, str] = field(default_factory=dict)
    empty_months: Sequence[Period] = ()
    unprintable: frozenset[str] = frozenset()
    today: date | None = None
    first_day: date | None = None
    last_day: date | None = None
    counted: Mapping[str, object] = field(default_factory=dict)
    narrower: Callable[[str, Period | None, str], Reading | None] = unknown
    composed: Iterable[str] = ()
    phrases: Iterable[tuple[str, str]] = ()
    unmeasured: Iterable[str] = ()
    above: Sequence[str] = ()
    own: str = ""
    below: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()
    former: Sequence[Elsewhere] = ()
    elsewhere: Sequence[Elsewhere] = ()
    persons: frozenset[str] = frozenset()
    minors: frozenset[str] = frozenset()
    consented: frozenset[str] = frozenset()
    persons_are_told: bool = True

    def told_by(self, token: Token) -> Reading | None:
        """The reading whose number a token prints; None for a change, which is told in words."""
        known = {"": self.readings, PREVIOUS: self.earlier}.get(token.period, {})
        return known.get(token.code)

    def printed(self, token: Token) -> str:
        """What a token prints; "" for what is no figure."""
        now, then = self.readings.get(token.code), self.earlier.get(token.code)
        if token.period == CHANGE:
            return changed(now, then) if now and then else ""
        reading = self.told_by(token)
        if reading is None:
            return ""
        return reading.text if token.bare and reading.numerator is None else reading.full


@dataclass(frozen=True)
class Finding:
    """``words`` stand at ``start``–``end`` of the section's stored text; ``replacement`` is stored
    text for them, None where only a person can mend it. Errors stop what comes next unless each is
    answered; an answer is found again by ``answer_key``.

    ``hint`` says what a person can do. ``figure`` is the code whose records settle the matter.
    """

    severity: str
    rule: str
    message: str
    section: str = WHOLE
    start: int = 0
    end: int = 0
    words: str = ""
    replacement: str | None = None
    hint: str = ""
    figure: str = ""
    nearby: str = ""

    @property
    def is_error(self) -> bool:
        return self.severity == ERROR

    @property
    def key(self) -> str:
        """Names the finding in a form, so that a button mends this very place or nothing."""
        return _hash(self.rule, self.section, str(self.start), self.words, self.replacement or "")

    @property
    def answer_key(self) -> str:
        """Names what an answer is about: the same rule, section, words and words nearby. Text that
        changes elsewhere leaves it as it is; other words right beside it ask the question anew."""
        return _hash(self.rule, self.section, self.words, self.nearby)

    def mended(self, text: str) -> str:
        """The section's text with the replacement in place."""
        if self.replacement is None or text[self.start : self.end] != self.words:
            raise ValueError("this finding has no replacement in that text")
        return text[: self.start] + self.replacement + text[self.end :]


def _hash(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def words_nearby(text: str, start: int, end: int) -> str:
    """What stands right before and behind, within the line; nothing where the words say enough."""
    if end - start >= LONG:
        return ""
    begin = max(text.rfind("\n", 0, start) + 1, start - NEARBY)
    stop = text.find("\n", end)
    stop = min(len(text) if stop < 0 else stop, end + NEARBY)
    return f"{text[begin:start]}\x1e{text[end:stop]}"
