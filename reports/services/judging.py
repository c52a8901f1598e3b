"""What the checker says of a draft, with the facts of now as its grounds."""

from dataclasses import replace

from reports.checks import Finding, Piece, check
from reports.facts import Facts, facts_for
from reports.grounds import grounds_of
from reports.models import Summary
from reports.rollup.gaps import check_below
from reports.rollup.unnumbered import unnumbered


class NotReady(Exception):
    """The check still finds errors that nobody answered, or reasons of a return are open."""

    def __init__(self, findings=(), remarks=()):
        super().__init__(f"{len(findings)} errors, {len(remarks)} remarks")
        self.findings, self.remarks = list(findings), list(remarks)


def facts_of(summary: Summary, texts) -> Facts:
    facts = facts_for(summary.outline, summary.telling, texts)
    quoted = summary.quotations.values_list("section_key", "words")
    return replace(facts, quoted=tuple(quoted))


def findings_of(title: str, sections: list[Piece], facts: Facts) -> list[Finding]:
    """What the checker says; the grounds are those of the words as they stand. Raises OutOfScope."""
    said_here = [replace(p, text=unnumbered(p.text, _quoted_in(p, facts))) for p in sections]
    below = check_below(facts.outline, facts.telling, sections)
    return [*below, *check(title, said_here, grounds_of(title, sections, facts))]


def _quoted_in(piece: Piece, facts: Facts) -> list[str]:
    return [words for key, words in facts.quoted if key == piece.key]


def judged(summary: Summary, facts: Facts | None = None) -> list[Finding]:
    """The findings in the draft as it is stored; counts the facts unless they are given."""
    pieces = [Piece(s.key, s.heading, s.text) for s in summary.sections.all()]
    facts = facts or facts_of(summary, [piece.text for piece in pieces])
    return findings_of(summary.title, pieces, facts)
