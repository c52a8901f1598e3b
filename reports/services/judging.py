"""What the checker says of a draft, with the facts of now as its grounds."""

from reports.checks import Finding, Piece, check
from reports.facts import Facts, facts_for
from reports.grounds import grounds_of
from reports.models import Summary


def facts_of(summary: Summary, texts) -> Facts:
    return facts_for(summary.outline, summary.telling, texts)


def findings_of(title: str, sections: list[Piece], facts: Facts) -> list[Finding]:
    """What the checker says. Raises OutOfScope."""
    return check(title, sections, grounds_of(title, sections, facts))
