"""What a step does besides setting its fields: the clock, the hands that a case goes through."""

from datetime import date

from django.utils import timezone

from servicecenter.enums.agents import AgentKind
from servicecenter.enums.cases import (
    CaseState,
    HandOverAnswer,
    HandOverKind,
    Outcome,
    ReplyMode,
)
from servicecenter.models import Agent, Case, CaseHandOver, CasePause
from servicecenter.services import ratings
from servicecenter.services.cases_guards import waiting_hand_over
from servicecenter.services.cases_shared import follow
from servicecenter.services.clock import set_due
from servicecenter.services.news import ASSIGNING, tell_assigned

DONE_AT_ONCE = "当场办结，已当面告知。"
HAND_OVERS = {"assign": HandOverKind.ASSIGN, "transfer": HandOverKind.TRANSFER}


def apply(case: Case, name: str, values: dict, day: date, note: str, source: str, by) -> None:
    """Set what follows from the step, in the unsaved case and in the rows that belong to it."""
    effect = EFFECTS.get(name)
    if effect:
        effect(case, name, values, day, note, source, by)


def begin_clock(case: Case, day: date) -> None:
    """The limits of the version that the case goes by, running from that day."""
    version = case.item
    case.kind, case.legal_days = version.kind, version.legal_days
    case.promised_days, case.clock_from = version.promised_days, day


def _accept(case, name, values, day, note, source, by):
    begin_clock(case, day)


def _at_once(case, name, values, day, note, source, by):
    begin_clock(case, day)
    case.decided_on = case.replied_on = day
    case.reply_mode, case.reply = ReplyMode.IN_PERSON, case.decision or DONE_AT_ONCE


def _hand_over(case, name, values, day, note, source, by):
    former = Case.objects.select_related("station", "handler").get(pk=case.pk)
    transferred = name == "transfer"
    case.handler = values.get("handler")
    CaseHandOver.objects.create(
        unit=case.unit,
        case=case,
        kind=HAND_OVERS[name],
        from_station=former.station if transferred else None,
        from_handler=former.handler if transferred else None,
        station=case.station,
        handler=case.handler,
        occurred_on=day,
        note=note,
        recorded_by=by,
    )


def _answer(offer: CaseHandOver | None, answer: str, day: date, note: str = "") -> None:
    if offer is None:
        return
    offer.answer, offer.answered_on = answer, day
    offer.note = note or offer.note
    offer.save()


def own_handler(case: Case, user) -> Agent | None:
    """The account as handler at the case's station, else anywhere in its unit."""
    rows = Agent.objects.in_force(timezone.localdate()).filter(user=user, kind=AgentKind.HANDLER)
    found = list(rows.order_by("pk"))
    at_station = [a for a in found if a.station_id and a.station_id == case.station_id]
    in_unit = [a for a in found if a.station_id is None and a.unit_id == case.unit_id]
    return next(iter([*at_station, *in_unit]), None)


def _take(case, name, values, day, note, source, by):
    offer = waiting_hand_over(case)
    case.handler = (
        values.get("handler") or own_handler(case, by) or _offered_to(offer) or case.handler
    )
    _answer(offer, HandOverAnswer.TAKEN, day)


def _offered_to(offer):
    return offer.handler if offer else None


def _return(case, name, values, day, note, source, by):
    """Back to the station that transferred it, else to the clerk who assigned it."""
    offer = waiting_hand_over(case)
    former = offer.from_station if offer else None
    case.state = CaseState.HANDLING if former else CaseState.ACCEPTED
    case.station = former
    case.handler = offer.from_handler if former else None
    _answer(offer, HandOverAnswer.RETURNED, day, note)


def _pause(case, name, values, day, note, source, by):
    case.paused_from, case.due_on = source, None
    CasePause.objects.create(
        unit=case.unit,
        case=case,
        reason=values["reason"],
        evidence=values["evidence"],
        starts_on=day,
        recorded_by=by,
    )


def _end_pause(case, day: date) -> None:
    for pause in case.pauses.filter(ends_on__isnull=True, deleted_at__isnull=True):
        pause.ends_on = day
        pause.save()


def _resume(case, name, values, day, note, source, by):
    case.state, case.paused_from = case.paused_from, ""
    _end_pause(case, day)


def _withdraw(case, name, values, day, note, source, by):
    case.outcome, case.paused_from = Outcome.WITHDRAWN, ""
    _end_pause(case, day)
    _answer(waiting_hand_over(case), HandOverAnswer.RETURNED, day, "申请人撤回")


def _extend(case, name, values, day, note, source, by):
    case.extended_on = day


def _reopen(case, name, values, day, note, source, by):
    case.clock_from = case.reopened_on = day
    case.reopened_times += 1


EFFECTS = {
    "accept": _accept,
    "at_once": _at_once,
    "assign": _hand_over,
    "transfer": _hand_over,
    "take": _take,
    "return": _return,
    "pause": _pause,
    "resume": _resume,
    "withdraw": _withdraw,
    "extend": _extend,
    "reopen": _reopen,
}


ANSWERED = frozenset({"reply", "at_once"})  # the applicant may rate it from then on
REDATED = frozenset({"accept", "at_once", "pause", "resume", "extend", "reopen"})


def told(case: Case, name: str, by) -> None:
    """What other rooms do when the step is stored."""
    if name in REDATED:
        set_due(case)
    follow(case)
    if name in ASSIGNING:
        tell_assigned(case, by)
    if name in ANSWERED:
        ratings.invite(case, by)
    elif name == "reopen":
        ratings.revoke(case)
