"""A draft made from the records: the same records always give the same text; nothing is written."""

from dataclasses import dataclass

from portal.models import Unit, UnitGroup
from portal.periods import Period
from portal.summaries import FigureTable, Narrative, Outline, Part, Sentence, Telling, outlines
from reports.readings import Readings, told_in
from reports.rollup.standings import issued_below
from reports.tables import tabulate
from reports.tokens import table_token

GAPS = "gaps"  # the key of the part 存在问题, where an outline has one


@dataclass(frozen=True)
class DraftSection:
    """A told part; ``text`` has one paragraph a line and figures as ``{code}``."""

    key: str
    heading: str
    text: str


@dataclass(frozen=True)
class Draft:
    """What the records tell of a unit in a period. Parts with nothing to tell are left out."""

    outline: Outline
    telling: Telling
    title: str
    sections: tuple[DraftSection, ...]


def title_of(outline: Outline, telling: Telling) -> str:
    """〔unit〕〔period〕〔words〕, with the unit's name at the period's end."""
    return f"{telling.name}{telling.period.label}{outline.name}"


def compose(outline: Outline, unit: Unit, period: Period, group: UnitGroup | None = None) -> Draft:
    """Read the figures and records and tell them by the outline. Raises OutOfScope."""
    telling = Telling.of(unit, period, group)
    readings = Readings(telling, told_in(outline))
    sections = []
    for part in outline.parts:
        if text := _text_of(outline, part, readings):
            sections.append(DraftSection(part.key, part.heading, text))
    return Draft(outline, telling, title_of(outline, telling), tuple(sections))


def _text_of(outline: Outline, part: Part, readings: Readings) -> str:
    """The part's lines: sentences that follow each other are one paragraph."""
    lines, sentences = [], []

    def close_paragraph():
        if sentences:
            lines.append("".join(sentences))
            sentences.clear()

    for paragraph in outlines.told_in(outline.kind, part.key):
        if isinstance(paragraph, Sentence):
            if _is_told(paragraph, readings):
                sentences.append(paragraph.text.strip())
            continue
        close_paragraph()
        match paragraph:
            case Narrative():
                texts = paragraph.compose(readings.telling)
                lines += [_one_line(text) for text in texts if text.strip()]
            case FigureTable():
                if tabulate(paragraph, readings.telling, readings) is not None:
                    lines.append(table_token(paragraph.title))
    close_paragraph()
    if part.key == GAPS and (said := issued_below(outline, readings.telling)):
        lines.append(said)
    return "\n".join(lines)


def _is_told(sentence: Sentence, readings: Readings) -> bool:
    return not sentence.when or any(readings[code].value for code in sentence.when)


def _one_line(text: str) -> str:
    return " ".join(text.split())
