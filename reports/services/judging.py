"""What the checker says of a draft, with the facts of now as its grounds."""

from dataclasses import replace

from reports.checks import Finding, Piece, check
from reports.facts import Facts, facts_for
from reports.grounds import grounds_of
from reports.models import Summary
from reports.permissions import sees_residents
from reports.rollup.gaps import check_below
from reports.rollup.unnumbered import as_stored, unnumbered


class NotReady(Exception):
    """The check still finds errors that nobody answered, or reasons of a return are open."""

    def __init__(self, findings=(), remarks=()):
        super().__init__(f"{len(findings)} errors, {len(remarks)} remarks")
        self.findings, self.remarks = list(findings), list(remarks)


def facts_of(summary: Summary, texts) -> Facts:
    facts = facts_for(summary.outline, summary.telling, texts)
    quoted = summary.quotations.values_list("words", flat=True)
    return replace(facts, quoted=tuple(quoted))


def findings_of(title: str, sections: list[Piece], facts: Facts, *, by=None) -> list[Finding]:
    """What the checker says to ``by``: to those who do not see the residents' register, of a name only that
    it stands there. Without ``by``, as when it is signed, all that is known. Raises OutOfScope."""
    said_here = [replace(p, text=unnumbered(p.text, facts.quoted)) for p in sections]
    grounds = grounds_of(title, sections, facts)
    if by is not None and not sees_residents(by, facts.telling):
        grounds = replace(grounds, persons_are_told=False)
    found = as_stored(check(title, said_here, grounds), {p.key: p.text for p in sections})
    return [*check_below(facts.outline, facts.telling, sections), *found]


def judged(summary: Summary, facts: Facts | None = None, *, by=None) -> list[Finding]:
    """The findings in the draft as it is stored, as ``findings_of``; counts the facts unless they are given."""
    pieces = [Piece(s.key, s.heading, s.text) for s in summary.sections.all()]
    facts = facts or facts_of(summary, [piece.text for piece in pieces])
    return findings_of(summary.title, pieces, facts, by=by)
