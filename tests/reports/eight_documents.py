"""The eight example summaries (issue 8): does the composed draft show all that domain §7 asks for, each number as
a chip with its proof, in clean words, and can the street above tell the same?

Asked within a case that its module has loaded. What the street tells of the one community in it has the same
numbers; its words may be others, so they are asked of the case's own document alone.
"""

import re
from collections.abc import Iterator

from portal.models.units import UnitKind
from reports.checks import Piece, check
from reports.compose import compose
from reports.drafts import Drafted, composed
from reports.facts import told_keys
from reports.grounds import grounds_of
from tests.disability.casework import Told
from tests.reports.asked import Figure, Row, Words
from tests.reports.shown import SHOWN

STYLE = frozenset({"punctuation", "numbering", "firstly", "repeated", "typo", "table"})
EMPTY = re.compile(
    r"^[。；：，、]|[。；：，、][。；：，、]|[“《（][”》）]|其中[。；]|共[，。；]|None|nan|[^。：；？！）”》]$",
    re.M,
)


def at_the_street(told: Told) -> Told | None:
    """The same outline of the street above; None where the case is a street's."""
    if told.unit.kind == UnitKind.STREET:
        return None
    return Told(told.unit.parent.code, told.outline.kind, told.period.key, told.printed)


def not_shown(case: str, told: Told) -> list[str]:
    """What §7 asks for and a draft lacks, tells as plain words, or with another number."""
    found = list(_lacks(case, told, (Figure, Row, Words)))
    if street := at_the_street(told):
        found += _lacks(case, street, (Figure, Row))
    return found


def _lacks(case: str, told: Told, kinds: tuple[type, ...]) -> Iterator[str]:
    with told.within():
        texts, drafted = _drafted(told)
    keys = set(told_keys(texts, told.outline))
    for item, asked in SHOWN[case].items():
        for what in asked:
            if isinstance(what, kinds) and (fault := _fault(what, keys, drafted)):
                yield f"{told.unit.name} {item}: {fault}"


def _drafted(told: Told) -> tuple[list[str], Drafted]:
    draft = compose(told.outline, told.unit, told.period)
    return [section.text for section in draft.sections], composed(draft)


def _fault(what, keys: set[str], drafted: Drafted) -> str:
    match what:
        case Figure(code, told):
            if code not in keys:
                value = drafted.facts.values.get(code)
                return f"{code} is no chip (would tell {value.told if value else 'nothing'})"
            said = drafted.facts.values[code].told
            return "" if said == told else f"{code} tells {said}, not {told}"
        case Row(title, cells):
            table = drafted.facts.tables.get(title)
            if table is None:
                return f"no table {title}"
            lines = (*table.rows, table.total)
            return "" if any(x[: len(cells)] == cells for x in lines) else f"{title}: {lines}"
        case Words(text):
            return "" if text in str(drafted.laid) else f"{text} is not told"


def blemishes(told: Told) -> list[str]:
    """Errors of the checker, and what of style it only warns of; sentences without their words."""
    found = _blemishes(told)
    if street := at_the_street(told):
        found += _blemishes(street)
    return found


def _blemishes(told: Told) -> list[str]:
    with told.within():
        draft = compose(told.outline, told.unit, told.period)
        drafted = composed(draft)
        pieces = [Piece(s.key, s.heading, s.text) for s in draft.sections]
        grounds = grounds_of(draft.title, pieces, drafted.facts)
        findings = check(draft.title, pieces, grounds)
    said = [f"{f.rule}: {f.words} {f.message}" for f in findings if f.is_error or f.rule in STYLE]
    paragraphs = [
        str(block)
        for section in drafted.laid.sections
        for block in section.blocks
        if block.kind == "paragraph"
    ]
    said += [f"no sentence: {line}" for line in paragraphs if EMPTY.search(line)]
    return [f"{told.unit.name}: {what}" for what in said]


def street_prints(told: Told, path) -> bool:
    """Whether the street's own document is printed with its title; a street's case prints itself anyway."""
    document = at_the_street(told) or told
    title = f"{document.unit.name}{document.period.label}{document.outline.name}"
    return title in document.printed_by_command(path)
