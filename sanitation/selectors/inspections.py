"""What pages and services read of an inspection: its lines, its state, its photos."""

import re
from dataclasses import dataclass, field

from django.db.models import F, Q

from portal.models import Attachment, Unit
from sanitation import marking
from sanitation.enums.inspections import (
    MARKED,
    Grade,
    InspectionKind,
    InspectionState,
    SampleMethod,
)
from sanitation.models import (
    Finding,
    GroupDraw,
    InspectedItem,
    Inspection,
    InspectionReply,
    RubricItem,
    SampledGroup,
)
from sanitation.selectors.rubrics import items_of

S = InspectionState
SEPARATORS = re.compile(r"[、，,；;/\s]+")
# What the community is asked to sign; a patrol or a superior's check it may answer, unasked.
TO_SIGN = frozenset({InspectionKind.QUARTER, InspectionKind.UNANNOUNCED, InspectionKind.SPECIAL})


@dataclass
class ItemLine:
    """One item of the rubric in one inspection: its marks and why."""

    item: RubricItem
    line: marking.Line
    said: InspectedItem | None = None
    findings: list[Finding] = field(default_factory=list)


def findings_of(inspection) -> list[Finding]:
    kept = inspection.findings.kept().select_related("fault__item", "point", "grid")
    return list(kept.order_by("fault__item__ordinal", "fault__ordinal", "pk"))


def lines_of(inspection, findings=None) -> list[ItemLine]:
    """Every item of the inspection's rubric in order; none where it has no rubric. Findings without a
    fault belong to no line."""
    if inspection.rubric_id is None:
        return []
    findings = findings_of(inspection) if findings is None else findings
    said = {row.item_id: row for row in inspection.items.kept()}
    items = items_of(inspection.rubric)
    told = [each for each in findings if each.fault_id]
    marked = marking.mark(
        [marking.Item(item.pk, item.title, item.maximum, item.cap, item.by_rate) for item in items],
        {key for key, row in said.items() if row.is_na},
        {key: row.rate for key, row in said.items() if row.rate is not None},
        [(each.fault.item_id, each.points) for each in told],
    )
    lines = {
        item.pk: ItemLine(item, line, said.get(item.pk))
        for item, line in zip(items, marked.lines, strict=True)
    }
    for each in told:
        lines[each.fault.item_id].findings.append(each)
    return list(lines.values())


def marking_of(lines: list[ItemLine]) -> marking.Marking:
    return marking.Marking(tuple(each.line for each in lines))


def is_marked(inspection) -> bool:
    """Whether a score follows from its lines."""
    return inspection.kind in MARKED and inspection.rubric_id is not None


def percent_of(inspection):
    return marking.percent(inspection.score, inspection.full)


def grade_of(inspection) -> Grade | None:
    if inspection.rubric_id is None:
        return None
    return marking.grade(inspection.score, inspection.full, inspection.rubric)


def reply_of(inspection) -> InspectionReply | None:
    """As a list read it along, else asked now."""
    if "reply" in inspection._state.fields_cache:
        reply = inspection._state.fields_cache["reply"]
        return reply if reply is not None and reply.deleted_at is None else None
    return InspectionReply.objects.kept().filter(inspection=inspection.pk).first()


def state_of(inspection, reply=None) -> InspectionState:
    """``reply`` is the community's, None where it has not answered."""
    if inspection.handed_in_on is None:
        return S.BEGUN
    if not inspection.is_open:
        return S.HELD
    if reply is not None:
        if reply.agrees:
            return S.SIGNED
        return {None: S.OBJECTED, True: S.UPHELD, False: S.REFUSED}[reply.upheld]
    if inspection.kind not in TO_SIGN or inspection.unit_id == inspection.community_id:
        return S.DONE
    return S.WAITING


_OPEN = Q(handed_in_on__isnull=False, is_open=True)
_UNANSWERED = _OPEN & (Q(reply__isnull=True) | Q(reply__deleted_at__isnull=False))
_ANSWERED = _OPEN & Q(reply__isnull=False, reply__deleted_at__isnull=True)
_ASKED = Q(kind__in=TO_SIGN) & ~Q(unit=F("community"))
# The same states as conditions, so that lists find what pages tell.
IN_STATE = {
    S.BEGUN: Q(handed_in_on__isnull=True),
    S.HELD: Q(handed_in_on__isnull=False, is_open=False),
    S.WAITING: _UNANSWERED & _ASKED,
    S.SIGNED: _ANSWERED & Q(reply__agrees=True),
    S.OBJECTED: _ANSWERED & Q(reply__agrees=False, reply__upheld__isnull=True),
    S.UPHELD: _ANSWERED & Q(reply__agrees=False, reply__upheld=True),
    S.REFUSED: _ANSWERED & Q(reply__agrees=False, reply__upheld=False),
    S.DONE: _UNANSWERED & ~_ASKED,
}


def without_photo(findings) -> list[Finding]:
    """Those whose item asks for a photo and that have none; a scanned PDF is no photo."""
    asked = [each for each in findings if each.fault_id and each.fault.item.needs_photo]
    files = Attachment.objects.kept().filter(
        subject=Finding._meta.label_lower,
        subject_id__in=[each.pk for each in asked],
        media_type=Attachment.Media.JPEG,
    )
    have = set(files.values_list("subject_id", flat=True))
    return [each for each in asked if each.pk not in have]


def inspectors_of(inspection: Inspection) -> list[str]:
    """The names, each once."""
    return list(dict.fromkeys(name for name in SEPARATORS.split(inspection.inspectors) if name))


def samples_of(inspection) -> dict[str, list[Unit]]:
    """Its groups by the method by which they were chosen."""
    found: dict[str, list[Unit]] = {}
    for row in kept_samples(inspection):
        found.setdefault(row.method, []).append(row.grid)
    return found


def kept_samples(inspection) -> list[SampledGroup]:
    """As a list read them ahead, else asked now."""
    ahead = getattr(inspection, "samples_ahead", None)
    if ahead is not None:
        return ahead
    return list(inspection.samples.kept().select_related("grid").order_by("grid__code"))


def all_draws_are_kept(units, period) -> bool:
    """Whether groups were drawn at random in the period, and each stands in the stored result of a draw
    of its inspection: lists from paper name groups without the draw."""
    drawn = SampledGroup.objects.kept().filter(
        community__in=units,
        is_open=True,
        method=SampleMethod.RANDOM,
        inspection__occurred_on__range=(period.start, period.end),
    )
    groups = list(drawn.values_list("inspection", "grid__code"))
    draws = GroupDraw.objects.kept().filter(inspection__in={key for key, _ in groups})
    kept = {(d.inspection_id, code) for d in draws for code in d.result}
    return bool(groups) and kept.issuperset(groups)
