"""Every quarter of an hour: deadlines that come near are told to the communities, those that passed to
whoever asked. Told once, however often it runs."""

from django.utils import timezone
from procrastinate.contrib.django import app

from portal.asks.deadlines import is_near
from portal.asks.telling import tell_late, tell_near
from portal.asks.workflow import DUE, AskState
from portal.models import Ask, Unit
from portal.scope import NOBODY, Scope, scope
from portal.workdays import calendar


@app.periodic(cron="*/15 * * * *")
@app.task(name="ask-deadlines", queueing_lock="ask-deadlines", pass_context=False)
def ask_deadlines(timestamp: int) -> dict[str, int]:
    return tell_deadlines()


def tell_deadlines(now=None) -> dict[str, int]:
    """How many asks were near, and how many over, each in a transaction of its own."""
    now = now or timezone.now()
    done = {"near": 0, "late": 0}
    with scope(_everywhere()):
        rows = Ask.objects.filter(state=AskState.OPEN, answers__state__in=DUE).distinct()
        asks = list(rows.values_list("pk", "due_at"))
        near = {
            pk
            for pk, due in asks
            if is_near(timezone.localtime(now), timezone.localtime(due), calendar())
        }
    for pk, due in asks:
        if pk not in near and due > now:
            continue
        with scope(_everywhere()):
            ask = Ask.objects.select_related("unit", "made_by").get(pk=pk)
            if pk in near:
                tell_near(ask)
                done["near"] += 1
            else:
                tell_late(ask)
                done["late"] += 1
    return done


def _everywhere() -> Scope:
    units = Unit.objects.values_list("pk", flat=True)
    return Scope(frozenset(units), NOBODY.above, "job:ask-deadlines")
