"""The page of a case: the way that it goes in words, and the parts that other rooms add to it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from servicecenter.enums.cases import CaseState as S
from servicecenter.enums.catalogue import CaseKind
from servicecenter.models import Case
from servicecenter.workflow import FINISHED


@dataclass(frozen=True)
class Stop:
    """One stop of the way: ``day`` when it was reached, ``done`` and ``current`` where the case stands."""

    label: str
    day: date | None
    done: bool
    current: bool


# What each state waits for.
WAITS_FOR = {
    S.REGISTERED: "受理",
    S.SUPPLEMENT: "受理",
    S.ACCEPTED: "派办",
    S.ASSIGNED: "办理",
    S.HANDLING: "办理",
    S.SENT_UP: "街道办理",
    S.AT_STREET: "街道办理",
    S.DECIDED: "回复",
    S.REPLIED: "归档",
}


def way_of(case: Case, steps) -> list[Stop]:
    """The stops of the case, those behind it with their days; ``steps`` are its rows in order."""
    taken = {step.action: step.occurred_on for step in steps}
    stops = [("登记", case.occurred_on)]
    if case.told_on:
        stops.append(("告知补正", case.told_on))
    if case.turned_away_on:
        over = (case.get_state_display(), case.turned_away_on)
        return [Stop(*stop, done=True, current=stop is over) for stop in (*stops, over)]
    stops.append(("受理", case.accepted_on))
    at_once = case.kind == CaseKind.ON_SPOT and "assign" not in taken
    if not (at_once and case.state in FINISHED):
        stops += [("派办", taken.get("assign")), ("办理", taken.get("take"))]
    if case.sent_up_on or case.kind == CaseKind.SENT_UP:
        stops += [("上报街道", case.sent_up_on), ("街道办理", case.street_received_on)]
    stops += [("办结", case.decided_on), ("回复", case.replied_on), ("归档", case.archived_on)]
    waits_for = WAITS_FOR.get(case.paused_from or case.state)
    place = next((i for i, (label, _) in enumerate(stops) if label == waits_for), len(stops))
    return [
        Stop(label, day, done=i < place, current=i == place) for i, (label, day) in enumerate(stops)
    ]


@dataclass(frozen=True)
class Part:
    """A part of the page that another room gives. ``read(case, user)`` gives the template's context, None
    where there is nothing to show; ``side`` puts it into the narrow column."""

    place: int
    template: str
    read: Callable[[Case, object], dict | None]
    side: bool = False


_parts: list[Part] = []


def case_part(place: int, template: str, *, side: bool = False):
    """Decorates the reader of a part; parts stand in the order of their places."""

    def add(read):
        _parts.append(Part(place, template, read, side))
        return read

    return add


def parts_for(case: Case, user) -> dict[str, list[dict]]:
    """The parts of both columns, each with its template and what it shows."""
    found: dict[str, list[dict]] = {"main": [], "side": []}
    for part in sorted(_parts, key=lambda part: part.place):
        shown = part.read(case, user)
        if shown is not None:
            column = "side" if part.side else "main"
            found[column].append({"template": part.template, **shown})
    return found
