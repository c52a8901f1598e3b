"""A finding of the checker, and the grounds on which it is made."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from portal.figures.engine import Reading
from portal.periods import Period
from reports.changes import changed
from reports.tokens import CHANGE, PREVIOUS, Token

ERROR, WARNING = "error", "warning"
TITLE = "title"  # the section key of the document's title
WHOLE = ""  # ... of what concerns the whole document


@dataclass(frozen=True)
class Piece:
    """A section to be checked: its key, heading and stored text."""

    key: str
    heading: str
    text: str


@dataclass(frozen=True)
class Grounds:
    """What is true: the period, the readings by figure code, the titles of known tables, and the
    months without any record. ``earlier`` are the readings of the period compared with. ``labels`` are
    the names of all figures, for a misspelt token; ``unprintable`` are the characters for which no
    typeface is installed."""

    period: Period
    readings: Mapping[str, Reading] = field(default_factory=dict)
    earlier: Mapping[str, Reading] = field(default_factory=dict)
    tables: frozenset[str] = frozenset()
    labels: Mapping[str, str] = field(default_factory=dict)
    empty_months: Sequence[Period] = ()
    unprintable: frozenset[str] = frozenset()

    def told_by(self, token: Token) -> Reading | None:
        """The reading whose number a token prints; None for a change, which is told in words."""
        known = {"": self.readings, PREVIOUS: self.earlier}.get(token.period, {})
        return known.get(token.code)

    def printed(self, token: Token) -> str:
        """What a token prints, with its measure; "" for what is no figure."""
        if token.period == CHANGE and token.code in self.readings and token.code in self.earlier:
            return changed(self.readings[token.code], self.earlier[token.code])
        reading = self.told_by(token)
        return reading.full if reading else ""


@dataclass(frozen=True)
class Finding:
    """``words`` stand at ``start``–``end`` of the section's stored text; ``replacement`` is stored
    text for them, None where only a person can mend it. Errors stop issuing."""

    severity: str
    rule: str
    message: str
    section: str = WHOLE
    start: int = 0
    end: int = 0
    words: str = ""
    replacement: str | None = None

    @property
    def is_error(self) -> bool:
        return self.severity == ERROR

    @property
    def key(self) -> str:
        """Names the finding in a form, so that a button mends this very place or nothing."""
        parts = (self.rule, self.section, str(self.start), self.words, self.replacement or "")
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]

    def mended(self, text: str) -> str:
        """The section's text with the replacement in place."""
        if self.replacement is None or text[self.start : self.end] != self.words:
            raise ValueError("this finding has no replacement in that text")
        return text[: self.start] + self.replacement + text[self.end :]
