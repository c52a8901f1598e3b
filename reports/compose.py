"""A draft made from the records: the same records always give the same text; nothing is written."""

from collections.abc import Mapping
from dataclasses import dataclass

from portal.figures.engine import Reading
from portal.models import Unit, UnitGroup
from portal.periods import Period
from portal.summaries import Outline, Part, Telling
from reports.paragraphs import paragraphs_of
from reports.readings import Readings, told_in
from reports.rollup.standings import issued_below

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
    return composed(outline, Telling.of(unit, period, group), {})


def composed(outline: Outline, telling: Telling, known: Mapping[str, Reading]) -> Draft:
    """As ``compose``, but the figures ``known`` by key were read of this telling already."""
    readings = Readings(telling, told_in(outline), known)
    sections = []
    for part in outline.parts:
        if text := _text_of(outline, part, readings):
            sections.append(DraftSection(part.key, part.heading, text))
    return Draft(outline, telling, title_of(outline, telling), tuple(sections))


def _text_of(outline: Outline, part: Part, readings: Readings) -> str:
    more = [issued_below(outline, readings.telling)] if part.key == GAPS else []
    return "\n".join(paragraphs_of(outline, part, readings, filter(None, more)))
