"""What the address of a board asks: which unit, which period, compared with which, sorted how."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404
from django.utils import timezone
from django.utils.http import urlencode

from portal.ledgers.filters import parsed_period, period_choices
from portal.periods import Period
from reports.boards.places import Place, units_for
from reports.boards.shown import Shown, unit_for
from reports.boards.when import Against, Span, When, so_far


@dataclass(frozen=True)
class Asked:
    """``query`` is what was asked as it goes on to other pages."""

    place: Place | None
    span: Span
    query: dict

    def address(self, **changes) -> str:
        kept = {name: value for name, value in (self.query | changes).items() if value}
        return "?" + urlencode(kept)


def asked(request, shown: Shown) -> Asked:
    """Raises Http404 for a foreign unit or a malformed period."""
    params, today = request.GET, timezone.localdate()
    unit = unit_for(request.user, shown, params.get("unit", ""))
    key, against = params.get("period", ""), params.get("against", "")
    if against not in Against.values:
        against = ""
    span = shown.span(whole_of(key, today), against, today)
    if earlier := whole_of(params.get("with", ""), today):
        span = Span.between(span.period, so_far(earlier, today))
    query = {"unit": params.get("unit", ""), "period": key, "against": against}
    query |= {"with": params.get("with", ""), "sort": params.get("sort", "")}
    return Asked(Place(request.user, unit) if unit else None, span, query)


def whole_of(key: str, today: date) -> Period | None:
    """今年, 本月 … or a period's key; None for none. Raises Http404 for a malformed one."""
    if not key:
        return None
    if key in When.values:
        return When(key).whole(today)
    period = parsed_period(key)
    if period is None:
        raise Http404
    return period


def choices(request, shown: Shown, found: Asked) -> dict:
    """For the form above a board: each choice with whether it is the present one."""
    key = found.query["period"] or shown.when
    periods = [*When.choices, *period_choices("" if key in When.values else key)]
    units = units_for(request.user)
    return {
        "periods": [(value, label, value == key) for value, label in periods],
        "againsts": [
            (value, label, value == (found.query["against"] or shown.against))
            for value, label in Against.choices
        ],
        "units": [
            (unit.pk, str(unit), found.place is not None and unit == found.place.unit)
            for unit in units
        ]
        if len(units) > 1
        else [],
    }
