"""Does the checker see a mistyped digit? Measured on the clean draft of a loaded case.

A figure in the text cannot be mistyped; so the draft's figures are typed out first, as a clerk who copies
would leave them. Then one digit at a time is changed, at places drawn by a fixed seed, and the document is
checked with the grounds that the page of a draft has. A change is *caught* when an error stands at that
number and gives the true sentence or number, by its replacement or its message.
"""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from reports.checks import Grounds, Piece, check
from reports.checks.printed import Printed
from reports.checks.typed import NUMBER
from reports.compose import compose
from reports.facts import facts_for
from reports.grounds import grounds_of
from reports.layout import table_alone

SEED, PLACES = 20250518, 60


@dataclass(frozen=True)
class Clean:
    """A draft as composed, the same with its figures typed out, and what is known besides."""

    title: str
    chips: list[Piece]
    typed: list[Piece]
    grounds: Grounds

    def findings(self, pieces, grounds=None):
        return check(self.title, pieces, grounds or self.grounds)

    def errors(self, pieces, grounds=None):
        return [f for f in self.findings(pieces, grounds) if f.is_error]


def clean_draft(told) -> Clean:
    """Of a case (``tests.disability.casework.Told``), within its scope."""
    draft = compose(told.outline, told.unit, told.period)
    facts = facts_for(told.outline, draft.telling, [s.text for s in draft.sections])
    chips = [Piece(s.key, s.heading, s.text) for s in draft.sections]
    grounds = grounds_of(draft.title, chips, facts)
    typed = [replace(piece, text=typed_out(piece.text, grounds)) for piece in chips]
    return Clean(draft.title, chips, typed, grounds)


def typed_out(text: str, grounds: Grounds) -> str:
    """The figures as words; tables stay."""
    lines = text.split("\n")
    return "\n".join(x if table_alone(x) else str(Printed(x, grounds)) for x in lines)


def digits(pieces: list[Piece]) -> list[tuple[int, int]]:
    """(piece, place) of each digit of each number in running text."""
    return [
        (index, place)
        for index, piece in enumerate(pieces)
        for number in NUMBER.finditer(piece.text)
        if not table_alone(line_at(piece.text, number.start()))
        for place in range(*number.span())
        if piece.text[place].isdecimal()
    ]


def line_at(text: str, place: int) -> str:
    start = text.rfind("\n", 0, place) + 1
    end = text.find("\n", place)
    return text[start : end if end >= 0 else len(text)]


def changed(clean: Clean) -> Iterator[tuple[str, list[Piece], Piece, int]]:
    """(the number as it was, all pieces, the changed one, place), one digit changed at a time."""
    chance = random.Random(SEED)
    places = digits(clean.typed)
    for index, place in chance.sample(places, min(PLACES, len(places))):
        piece = clean.typed[index]
        digit = chance.choice([d for d in "0123456789" if d != piece.text[place]])
        mutant = replace(piece, text=piece.text[:place] + digit + piece.text[place + 1 :])
        was = next(n[0] for n in NUMBER.finditer(piece.text) if n.start() <= place < n.end())
        yield was, [*clean.typed[:index], mutant, *clean.typed[index + 1 :]], mutant, place


def is_caught(clean: Clean, was: str, pieces, mutant: Piece, place: int) -> bool:
    return any(
        finding.section == mutant.key
        and finding.start <= place < finding.end
        and (was in finding.message or was in Printed(finding.replacement or "", clean.grounds))
        for finding in clean.errors(pieces)
    )


def escaped(told) -> list[str]:
    """The changed sentences that no error marks, after printing what was measured."""
    with told.within():
        clean = clean_draft(told)
        mutants = list(changed(clean))
        missed = [
            line_at(mutant.text, place)
            for was, pieces, mutant, place in mutants
            if not is_caught(clean, was, pieces, mutant, place)
        ]
        alone = replace(clean.grounds, composed=())
        print(
            f"{clean.title}: {len(digits(clean.typed))} digits, {len(mutants)} changed,"
            f" {len(mutants) - len(missed)} caught; false alarms {len(clean.errors(clean.typed))},"
            f" without the records' own sentences {len(clean.errors(clean.typed, alone))}"
        )
    return missed


def false_alarms(told) -> list[str]:
    """Errors in the clean draft, as composed and typed out."""
    with told.within():
        clean = clean_draft(told)
        found = clean.errors(clean.chips) + clean.errors(clean.typed)
    return [f"{f.rule}: {f.message}" for f in found]


def warnings(told) -> list[str]:
    """What the clean draft is asked about as composed, after printing how often by rule."""
    with told.within():
        clean = clean_draft(told)
        found = [f for f in clean.findings(clean.chips) if not f.is_error]
    rules = Counter(f.rule for f in found)
    print(f"{clean.title}: {len(found)} warnings, {dict(rules)}")
    return [f"{f.rule}: {f.message}" for f in found]
