"""All rules over all sections, in reading order."""

from collections.abc import Iterable

from reports.checks.counts import check_counts
from reports.checks.findings import TITLE, Finding, Grounds, Piece
from reports.checks.lists import check_lists, check_slogans
from reports.checks.percents import check_percents
from reports.checks.wording import (
    check_coverage,
    check_glyphs,
    check_length,
    check_placeholders,
    check_theme_days,
    check_tokens,
    check_years,
)

IN_SECTIONS = (
    check_tokens,
    check_counts,
    check_percents,
    check_lists,
    check_years,
    check_placeholders,
    check_theme_days,
    check_glyphs,
)


def check(title: str, sections: Iterable[Piece], grounds: Grounds) -> list[Finding]:
    """Findings of the whole document first, then by section and place."""
    sections = list(sections)
    findings = [*check_length(sections, grounds), *check_coverage(grounds)]
    findings += check_slogans(sections)
    for piece in [Piece(TITLE, "", title), *sections]:
        found = [finding for rule in IN_SECTIONS for finding in rule(piece, grounds)]
        findings += sorted(found, key=lambda finding: (finding.start, finding.end))
    return findings
