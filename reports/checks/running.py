"""All rules over all sections, in reading order."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import replace

from reports.checks.findings import TITLE, WHOLE, Finding, Grounds, Piece, words_nearby
from reports.checks.keywords import Words
from reports.checks.passage import Document, Passage
from reports.checks.records import Records
from reports.checks.rules import IN_DOCUMENT, IN_PASSAGES

# Of several findings about the same number the first of these says what the others do; what is not
# named here is about something else and always stands.
ABOUT_A_NUMBER = (
    *("record", "table-cell", "percent-wrong", "percent-alone", "double", "sum", "contradiction"),
    *("share", "twice", "vague", "part", "typed", "unproven"),
)


def check(title: str, sections: Iterable[Piece], grounds: Grounds) -> list[Finding]:
    """Findings of the whole document first, then by section and place."""
    document = document_of(title, sections, grounds)
    findings = [finding for rule in IN_DOCUMENT for finding in rule(document)]
    findings += [f for p in document.passages for rule in IN_PASSAGES for f in rule(p)]
    order = {p.piece.key: number for number, p in enumerate(document.passages, 1)} | {WHOLE: 0}
    texts = {p.piece.key: p.text for p in document.passages}
    kept = sorted(_said_once(findings), key=lambda f: (order[f.section], f.start, f.end))
    return [
        replace(f, nearby=words_nearby(texts[f.section], f.start, f.end)) if f.section else f
        for f in kept
    ]


def document_of(title: str, sections: Iterable[Piece], grounds: Grounds) -> Document:
    words = Words(grounds.readings, grounds.phrases)
    records = Records(grounds.composed, grounds)
    first, *others = (
        Passage(piece, grounds, words, records) for piece in (Piece(TITLE, "", title), *sections)
    )
    return Document(first, tuple(others), grounds)


def _said_once(findings: list[Finding]) -> list[Finding]:
    """Errors silence what else is said of the same number; so does the stronger of two warnings."""
    ranks = {rule: rank for rank, rule in enumerate(ABOUT_A_NUMBER)}
    kept: list[Finding] = []
    taken: dict[str, list[tuple[int, int]]] = {}
    for finding in sorted(findings, key=lambda f: (not f.is_error, ranks.get(f.rule, -1))):
        is_placed = finding.rule in ranks and finding.section
        spans = taken.setdefault(finding.section, [])
        if not is_placed or _free(spans, finding.start, finding.end):
            kept.append(finding)
    return kept


def _free(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether nothing was said of these characters yet; they are taken from now on."""
    place = bisect_left(taken, (start, end))
    before, behind = taken[place - 1 : place], taken[place : place + 1]
    if any(first < end and start < last for first, last in [*before, *behind]):
        return False
    taken.insert(place, (start, end))
    return True
