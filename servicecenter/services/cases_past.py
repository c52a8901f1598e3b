"""A case from a register that was kept before: its days say how far it went, its number is kept."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from portal.bulk import load, prepared
from portal.scope import access_of
from portal.workcalendar.days import Calendar
from portal.workdays import calendar
from servicecenter.clock import reckon
from servicecenter.enums.cases import CaseState as S
from servicecenter.enums.cases import Outcome
from servicecenter.enums.catalogue import CaseKind
from servicecenter.models import Case, CaseStep
from servicecenter.services import cases_beginning as beginning
from servicecenter.services.cases import LATER, give_number
from servicecenter.services.cases_effects import begin_clock
from servicecenter.services.clock import hold_calendar
from servicecenter.services.numbers import CaseNumber, keep_number, written_number
from servicecenter.workflow import CLERK, HANDLER, UNACCEPTED

# What a register tells of the way that a case went, in the order in which it goes.
DAYS = (
    *("told_on", "turned_away_on", "accepted_on", "receipt_on", "sent_up_on"),
    *("street_received_on", "decided_on", "replied_on", "archived_on"),
)
WORDS = (
    *("number", "missing", "supply_by", "turned_away_for"),
    *("outcome", "decision", "reply_mode", "reply"),
)
PAST = (*DAYS, *WORDS)
NOTE = "补录"
# (this day, that it follows): without the one there is not the other.
FOLLOWS = (
    ("receipt_on", "accepted_on"),
    ("sent_up_on", "accepted_on"),
    ("street_received_on", "sent_up_on"),
    ("decided_on", "accepted_on"),
    ("replied_on", "decided_on"),
    ("archived_on", "replied_on"),
)
WITH = (("outcome", "decided_on"), ("decision", "decided_on"), ("reply_mode", "replied_on"),
        ("reply", "replied_on"), ("turned_away_for", "turned_away_on"), ("missing", "told_on"),
        ("supply_by", "told_on"), ("number", "accepted_on"))  # fmt: skip


def state_of(case: Case) -> str:
    """How far the days say that the case went."""
    ways = (
        (case.archived_on, S.ARCHIVED),
        (case.replied_on, S.REPLIED),
        (case.decided_on, S.DECIDED),
        (case.turned_away_on, S.REFUSED),
        (case.street_received_on, S.AT_STREET),
        (case.sent_up_on, S.SENT_UP),
        (case.accepted_on and (case.station_id or case.handler_id), S.HANDLING),
        (case.accepted_on, S.ACCEPTED),
        (case.told_on, S.SUPPLEMENT),
    )
    return next((state for reached, state in ways if reached), S.REGISTERED)


def problems(case: Case) -> dict[str, str]:
    """By field: what the days and words of the unsaved case lack or contradict; order and future are the
    model's own rules."""
    label = {name: str(Case._meta.get_field(name).verbose_name) for name in PAST}
    found = {}
    for name, before in FOLLOWS:
        if getattr(case, name) and not getattr(case, before):
            found[before] = f"填了{label[name]}的，也要填{label[before]}。"
    for name, day in WITH:
        if getattr(case, name) and not getattr(case, day):
            found[name] = f"没有{label[day]}的，不填{label[name]}。"
    if case.turned_away_on and case.accepted_on:
        found["turned_away_on"] = "受理了的办件没有不予受理日期。"
    if case.turned_away_on and not case.turned_away_for:
        found["turned_away_for"] = "请填写不予受理理由。"
    if case.told_on and not case.missing:
        found["missing"] = "请填写需要补正的内容。"
    if case.told_on and not case.accepted_on and not case.turned_away_on and not case.supply_by:
        found["supply_by"] = "还在等补正的，请填写补正期限。"
    if case.decided_on and not case.outcome:
        found["outcome"] = "办结了的请填写办理结果。"
    if case.told_on and case.accepted_on and case.accepted_on < case.told_on:
        found["accepted_on"] = "受理日期不能早于告知日期。"
    return found


@transaction.atomic
def record_past(case: Case, *, by) -> Case:
    """Store a case with the days that it has; a number that it has is kept, a missing one is given."""
    hold_calendar()
    _begin(case, by)
    if case.state not in UNACCEPTED:
        _number([case])
        _reckon(case, calendar())
    case.full_clean(exclude=LATER)
    case.save()
    CaseStep.objects.bulk_create(_steps(case, by))
    return case


@transaction.atomic
def record_past_many(cases: Sequence[Case], *, by) -> list[Case]:
    """Just as ``record_past`` for each, in few statements. The fields are clean already; what the
    database holds against one of them, it says itself, and stores none."""
    hold_calendar()
    known = calendar()
    for case in cases:
        _begin(case, by)
        case.clean()
        if case.state not in UNACCEPTED:
            _reckon(case, known)
    _number(case for case in cases if case.state not in UNACCEPTED)
    stored = load(Case, [prepared(case) for case in cases])
    load(CaseStep, [step for case in stored for step in _steps(case, by)])
    return stored


def _begin(case: Case, by) -> None:
    """Check the unsaved case and set where its days say that it stands."""
    access_of(by).check(CLERK, case.unit_id)
    case.kind, case.recorded_by = case.item.kind, by
    if case.decided_on and case.kind != CaseKind.ON_SPOT:
        access_of(by).check(HANDLER, case.unit_id)  # whoever may not decide writes down no decision
    beginning.check(case)
    if wrong := problems(case):
        raise ValidationError(wrong)
    case.state = state_of(case)
    if case.state not in UNACCEPTED:
        begin_clock(case, case.accepted_on)


def _reckon(case: Case, known: Calendar) -> None:
    """The day on which it was due: a register tells of no pauses."""
    case.due_on = reckon(case.clock_from, case.limit_days, (), known).due


def _number(cases: Iterable[Case]) -> None:
    """Keep the numbers that the cases have, of each year the last one for all; give the others theirs."""
    last: dict[tuple, CaseNumber] = {}
    bare = []
    for case in cases:
        number = written_number(case.number) if case.number else None
        if number:
            case.number = str(number)
            case.number_year, case.number_serial = number.year, number.serial
            key = (case.unit, number.year)
            last[key] = max(last.get(key, number), number, key=lambda each: each.serial)
        elif not case.number:
            bare.append(case)
    for (unit, _), number in last.items():
        keep_number(unit, number)
    for case in bare:
        give_number(case)


def _way(case: Case) -> list[tuple[str, str, date | None]]:
    """(action, state afterwards, day), in order."""
    at_once = case.kind == CaseKind.ON_SPOT and case.accepted_on == case.replied_on
    decided = "approve" if case.street_received_on else "decide"
    if case.outcome == Outcome.WITHDRAWN:
        decided = "withdraw"
    in_hand = case.accepted_on if case.station_id or case.handler_id else None
    way = [
        ("register", S.REGISTERED, case.occurred_on),
        ("supplement", S.SUPPLEMENT, case.told_on),
        ("refuse", S.REFUSED, case.turned_away_on),
    ]
    if at_once and case.accepted_on:
        way.append(("at_once", S.REPLIED, case.accepted_on))
    else:
        way += [
            ("accept", S.ACCEPTED, case.accepted_on),
            ("assign", S.ASSIGNED, in_hand),
            ("take", S.HANDLING, in_hand),
            ("send_up", S.SENT_UP, case.sent_up_on),
            ("receive", S.AT_STREET, case.street_received_on),
            (decided, S.DECIDED, case.decided_on),
            ("reply", S.REPLIED, case.replied_on),
        ]
    return [*way, ("archive", S.ARCHIVED, case.archived_on)]


def _steps(case: Case, by) -> list[CaseStep]:
    found, source = [], ""
    for action, target, day in _way(case):
        if day is None:
            continue
        found.append(
            CaseStep(
                unit=case.unit,
                case=case,
                action=action,
                source=source,
                target=target,
                occurred_on=day,
                note=NOTE,
                recorded_by=by,
            )
        )
        source = target
    return found
