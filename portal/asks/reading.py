"""Which asks and answers somebody sees, and in which order: by deadline, never by who was quick."""

from django.db.models import Count, Q

from portal.asks.workflow import DUE, GIVEN, AnswerState, AskState
from portal.models import Ask, AskAnswer


def sent_rows(user, *, closed: bool = False):
    """The asks of the user's units with how many communities were asked, answered, and wait to be looked at."""
    rows = Ask.objects.sent_by(user).select_related("unit", "made_by")
    rows = rows.annotate(
        communities=Count("answers"),
        answered=Count("answers", filter=Q(answers__state__in=GIVEN)),
        to_look_at=Count("answers", filter=Q(answers__state=AnswerState.CONFIRMED)),
    )
    if closed:
        return rows.exclude(state=AskState.OPEN).order_by("-made_at", "-pk")
    return rows.filter(state=AskState.OPEN).order_by("due_at", "pk")


def to_answer(user, *, closed: bool = False):
    """The answers of the user's communities: those that wait first by deadline, then the given ones."""
    rows = AskAnswer.objects.for_answering(user).select_related("ask__unit", "unit")
    if closed:
        return rows.exclude(ask__state=AskState.OPEN).order_by("-ask__made_at", "-pk")
    return rows.filter(ask__state=AskState.OPEN).order_by("ask__due_at", "pk")


def due_in(units):
    """Whose turn it is at these communities, by deadline."""
    rows = AskAnswer.objects.filter(unit__in=units, state__in=DUE, ask__state=AskState.OPEN)
    return rows.select_related("ask__unit", "unit").order_by("ask__due_at", "pk")


def confirmed_for(units):
    """The answers to asks of these units that nobody looked at yet."""
    rows = AskAnswer.objects.filter(
        ask__unit__in=units, state=AnswerState.CONFIRMED, ask__state=AskState.OPEN
    )
    return rows.select_related("ask", "unit").order_by("given__taken_at", "pk")
