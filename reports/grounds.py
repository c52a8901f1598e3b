"""The grounds of the checker: what the records, the tree of units, the register and other summaries know."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Max, Min, Q
from django.utils import timezone

from portal.figures import Flow, figures
from portal.figures.engine import Reading, read
from portal.models import Unit
from portal.models.units import UnitKind
from portal.pdf import missing_glyphs
from portal.people_named import people_named
from portal.periods import Period
from portal.scope import below
from portal.summaries import Clauses, Sentence, Telling, outlines
from reports.checks import Grounds, Piece
from reports.checks.keywords import phrases_in
from reports.compose import composed
from reports.facts import Facts, empty_months
from reports.others import former, told_elsewhere
from reports.tables import tables_of

NAMED_KINDS = (UnitKind.STREET, UnitKind.COMMUNITY)  # the names of districts and grids are words
NARROWEST = 60  # readings of parts of a period or a unit that one check asks for at most


def grounds_of(title: str, sections: list[Piece], facts: Facts) -> Grounds:
    """Read now, in the present transaction and scope. Raises OutOfScope."""
    telling, text = facts.telling, "\n".join([title, *(piece.text for piece in sections)])
    today = timezone.localdate()
    named = list(people_named(telling.units, text, min(today, facts.period.end)))
    return Grounds(
        period=facts.period,
        readings=facts.readings,
        earlier=facts.earlier,
        tables=frozenset(tables_of(facts.outline)),
        counted=facts.tables,
        labels={figure.code: figure.label for figure in figures},
        unprintable=frozenset(missing_glyphs(text)),
        today=today,
        composed=_composed(facts),
        phrases=_phrases(),
        narrower=Narrower(telling, frozenset(facts.outline.domains), frozenset(facts.readings)),
        unmeasured=outlines.unmeasured_of(facts.outline.kind),
        former=former(facts.outline, telling),
        elsewhere=told_elsewhere(facts.outline, telling),
        persons=frozenset(each.name for each in named),
        minors=frozenset(each.name for each in named if each.is_minor),
        consented=frozenset(each.name for each in named if each.consented),
        **_coverage(facts),
        **_units(telling, text),
    )


def _composed(facts: Facts) -> list[str]:
    """What the records make now, by which a sentence of the draft is known again."""
    draft = composed(facts.outline, facts.telling, facts.read)
    return [line for section in draft.sections for line in section.text.split("\n")]


def _phrases() -> list[tuple[str, str]]:
    """The words by which sentences of any outline name figures."""
    texts: list[str] = []
    for paragraph in outlines.paragraphs:
        match paragraph:
            case Sentence(text=text):
                texts.append(text)
            case Clauses(clauses=clauses):
                texts += [words for words, *_ in clauses]
    return [pair for text in texts for pair in phrases_in(text)]


@dataclass
class Narrower:
    """Reads a figure for a part of the period and a unit below by name; each once, and not too many. Only
    those of the ``domains`` that every reader of the summary sees, and those ``told`` in it."""

    telling: Telling
    domains: frozenset[str]
    told: frozenset[str]
    known: dict = field(default_factory=dict)

    def __call__(self, code: str, period: Period | None, unit: str) -> Reading | None:
        key = (code, period, unit)
        if key not in self.known:
            within = len(self.known) < NARROWEST and self._may_be_read(code)
            self.known[key] = self._read(*key) if within else None
        return self.known[key]

    def _may_be_read(self, code: str) -> bool:
        return code in figures and (code in self.told or figures[code].domain in self.domains)

    def _read(self, code, period, unit) -> Reading | None:
        units = self.telling.units
        if unit:
            found = Unit.objects.filter(name=unit, pk__in=units).values_list("pk", flat=True)
            units = frozenset(below(list(found))) & units
        return read(code, units, period or self.telling.period) if units else None


def _coverage(facts: Facts) -> dict:
    """The months without a record; where there are any, also the first and last day of the evidence."""
    empty = empty_months(facts)
    days = list(_evidence_days(facts)) if empty else []
    known = {"empty_months": empty}
    if days:
        known |= {"first_day": min(d for d, _ in days), "last_day": max(d for _, d in days)}
    return known


def _evidence_days(facts: Facts) -> Iterator[tuple[date, date]]:
    """(first, last) of the rows behind the flows that counted anything; one question for all that count
    rows of one model by one date."""
    conditions = defaultdict(list)
    for figure in (reading.figure for reading in facts.readings.values() if reading.value):
        if isinstance(figure, Flow) and not callable(figure.where):
            conditions[figure.model, figure.date, figure.unit].append(figure.where)
    for (model, day, unit), wheres in conditions.items():
        # An empty condition is that of every row, and would be dropped from an "or".
        where = reduce(or_, wheres) if all(wheres) else Q()
        rows = model._default_manager.filter(where, **{f"{unit}__in": facts.telling.units})
        if hasattr(model, "deleted_at"):
            rows = rows.filter(deleted_at__isnull=True)
        span = rows.filter(**{f"{day}__range": (facts.period.start, facts.period.end)}).order_by()
        first, last = span.aggregate(first=Min(day), last=Max(day)).values()
        if first and last:
            yield first, last


def _units(telling: Telling, text: str) -> dict:
    """Names of the units above and below, and of those others that the text holds."""
    rows = list(Unit.objects.filter(kind__in=NAMED_KINDS).values_list("pk", "name"))
    above, unit = [], telling.unit.parent
    while unit is not None:
        above.insert(0, unit)
        unit = unit.parent
    known = {telling.unit.pk, *telling.units, *(each.pk for each in above)}
    within = {name for pk, name in rows if pk in telling.units and pk != telling.unit.pk}
    ours = {telling.unit.name, telling.name, *within, *(each.name for each in above)}
    return {
        "above": tuple(each.name for each in above),
        "own": telling.name,
        "below": frozenset(within),
        "others": frozenset(
            name for pk, name in rows if pk not in known and name not in ours and name in text
        ),
    }
