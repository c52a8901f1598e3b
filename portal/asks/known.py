"""最多报一次: what was said already of a figure and a period, so that nobody is asked twice.

Confirmed answers of other asks are found here; apps declare in ``told_before.py`` where they told the
figure, as in an issued summary.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from portal.asks.counting import covers
from portal.asks.workflow import GIVEN, SENDS
from portal.models import Ask, AskAnswer
from portal.periods import Period
from portal.registry import Registry
from portal.scope import access_of

RECENT = timedelta(days=90)


@dataclass(frozen=True)
class Known:
    """``unit`` told it ``at`` that moment: ``what``, on the page ``url``."""

    unit: int
    what: str
    at: datetime
    url: str


Teller = Callable[[Iterable[str], Iterable[int], Period], Iterable[Known]]
told_before: Registry[Teller] = Registry("told_before")


def confirmed_before(ask: Ask, units: Iterable[int], by) -> dict[int, AskAnswer]:
    """By community its newest answer to an ask that ``by`` may read, given within 90 days and found right,
    that answers this ask too."""
    rows = AskAnswer.objects.filter(
        unit__in=units,
        state__in=GIVEN,
        given__right=True,
        ask__unit__in=access_of(by).units(SENDS),
        given__as_of__gte=timezone.now() - RECENT,
        ask__period_key=ask.period_key,
        ask__category=ask.category,
        ask__figures__contains=ask.figures,
    ).exclude(ask=ask.pk)
    found = {}
    for row in rows.select_related("given__taken_by", "ask", "unit").order_by("given__as_of"):
        if covers(row.given.content, ask):
            found[row.unit_id] = row
    return found


def known_of(ask: Ask, units: Iterable[int], by) -> list[Known]:
    """All that was said of just these figures and this period by these communities, the newest first."""
    units = list(units)
    found = [
        Known(
            unit,
            f"已在《{row.ask}》中确认（{row.given.taken_by}）",
            row.given.as_of,
            reverse("ask-answer", args=[row.pk]),
        )
        for unit, row in confirmed_before(ask, units, by).items()
    ]
    for teller in told_before:
        found += teller(ask.figures, units, ask.period)
    return sorted(found, key=lambda each: each.at, reverse=True)
