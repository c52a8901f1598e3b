"""What the checker says of a draft, with the facts of now as its grounds."""

from portal.figures import figures
from portal.pdf import missing_glyphs
from reports.checks import Finding, Grounds, Piece, check
from reports.facts import Facts, empty_months, facts_for
from reports.models import Summary
from reports.tables import tables_of


def facts_of(summary: Summary, texts) -> Facts:
    return facts_for(summary.outline, summary.telling, texts)


def findings_of(title: str, sections: list[Piece], facts: Facts) -> list[Finding]:
    """What the checker says, with the facts as its grounds."""
    grounds = Grounds(
        period=facts.period,
        readings=facts.readings,
        earlier=facts.earlier,
        tables=frozenset(tables_of(facts.outline)),
        labels={figure.code: figure.label for figure in figures},
        empty_months=empty_months(facts),
        unprintable=frozenset(missing_glyphs(title + "".join(p.text for p in sections))),
    )
    return check(title, sections, grounds)
