"""What asks tell in the app, and to whom: to who may answer at a community, to who asked at the street."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from portal.asks import deadlines
from portal.asks.workflow import ANSWERS, DUE, SENDS
from portal.models import Ask, AskAnswer
from portal.notifying import holders, holding, notify

# Which kind of message a step sends: to the community, or to whoever asked.
TO_COMMUNITY = {"return": "asks.returned", "accept": "asks.accepted"}


def due_of(ask: Ask) -> str:
    return deadlines.told(timezone.localtime(ask.due_at))


def _url(answer: AskAnswer) -> str:
    return reverse("ask-answer", args=[answer.pk])


def _askers(ask: Ask) -> list:
    """Who made it, while still in office there; else all who ask for that unit."""
    people = holders(SENDS, ask.unit_id)
    own = [user for user in people if user.pk == ask.made_by_id]
    return own or people


def _to_communities(ask: Ask, answers: Iterable[AskAnswer], kind: str, *, by, once="", **words):
    answers = list(answers)
    people = holding((ANSWERS, "figures.view"), [answer.unit_id for answer in answers])
    for answer in answers:
        notify(
            kind,
            to=people[answer.unit_id],
            url=_url(answer),
            unit=answer.unit_id,
            by=by,
            once=once and f"{once}:{answer.pk}",
            title=ask.title,
            **words,
        )
    return len(answers)


def tell_asked(ask: Ask, units: Iterable[int], by) -> None:
    rows = ask.answers.filter(unit__in=list(units))
    _to_communities(ask, rows, "asks.asked", by=by, street=ask.unit, due=due_of(ask))


def tell_step(answer: AskAnswer, name: str, by) -> None:
    ask = answer.ask
    if name == "confirm":
        notify(
            "asks.confirmed",
            to=_askers(ask),
            url=_url(answer),
            unit=answer.unit_id,
            by=by,
            community=answer.unit,
            title=ask.title,
        )
    elif kind := TO_COMMUNITY.get(name):
        _to_communities(ask, [answer], kind, by=by)


def _waiting(ask: Ask):
    return ask.answers.filter(state__in=DUE)


def tell_extended(ask: Ask, by) -> None:
    _to_communities(ask, _waiting(ask), "asks.extended", by=by, due=due_of(ask))


def tell_ended(ask: Ask, by) -> None:
    _to_communities(ask, _waiting(ask), "asks.ended", by=by, state=ask.get_state_display())


def tell_reminded(ask: Ask, by) -> int:
    return _to_communities(
        ask, _waiting(ask), "asks.reminded", by=by, street=ask.unit, due=due_of(ask)
    )


def tell_near(ask: Ask) -> int:
    """Once for each deadline, however often it is asked."""
    once = f"near:{ask.due_at.timestamp():.0f}"
    return _to_communities(ask, _waiting(ask), "asks.near", by=None, once=once, due=due_of(ask))


def tell_late(ask: Ask) -> int:
    """Those who asked, once for each deadline, that somebody has not answered."""
    return notify(
        "asks.late",
        to=_askers(ask),
        url=reverse("ask", args=[ask.pk]),
        unit=ask.unit_id,
        once=f"late:{ask.pk}:{ask.due_at.timestamp():.0f}",
        title=ask.title,
    )
