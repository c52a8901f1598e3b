"""Waste by community, the feedback sheet of one, and where 三分一处 is in place."""

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from portal.days import parse_date
from portal.ledgers.filters import parsed_period, period_choices
from portal.ledgers.registry import ledgers
from portal.marks import needs
from portal.models import Unit
from portal.models.units import UnitKind
from portal.pdf import render_substituted
from portal.pdf.response import pdf_response
from portal.periods import Period
from portal.scope import access_of
from sanitation.selectors.feedback import feedback_of
from sanitation.selectors.waste import base_of
from sanitation.selectors.waste_pages import communities_of, shares, sorting_rows, tables

VIEW, EDIT = "sanitation.view", "sanitation.edit"


def asked_period(params) -> Period:
    """The chosen period; this year where none is, or none that can be read."""
    found = parsed_period(params.get("period", ""))
    return found or Period.year_of(timezone.localdate())


def base_choices(period: Period, usual: Period, chosen: Period) -> list[tuple[str, str]]:
    """The same days of the year before (asked for by nothing), the period just before, the chosen one."""
    others = [span for span in dict.fromkeys([period.previous(), chosen]) if span != usual]
    return [("", f"上年同期（{usual.label}）"), *((span.key, span.label) for span in others)]


def opened(cell, unit, user) -> dict:
    """A cell with the way to the rows that it counts, for who may see them."""
    if not cell.code or not access_of(user).may("figures.view"):
        return {"text": cell.text, "url": ""}
    query = {"period": cell.period.key} | ({"unit": unit.pk, "own": "1"} if unit else {})
    return {
        "text": cell.text,
        "url": f"{reverse('figure-detail', args=[cell.code])}?{urlencode(query)}",
    }


def shown(table, user) -> dict:
    return {
        "title": table.title,
        "note": table.note,
        "heads": [{"label": label, "measure": measure} for label, measure in table.heads],
        "rows": [
            {"unit": unit, "cells": [opened(cell, unit, user) for cell in cells]}
            for unit, cells in table.rows
        ],
        "total": [opened(cell, None, user) for cell in table.total],
    }


@needs(VIEW)
def overview(request):
    """Hauls, targets, posters and fees of the user's communities."""
    user, today = request.user, timezone.localdate()
    period = asked_period(request.GET)
    usual = base_of(period, today)
    base = parsed_period(request.GET.get("base", "")) or usual
    communities = communities_of(access_of(user).units(VIEW), min(period.end, today))
    context = {
        "period": period,
        "periods": period_choices(period.key),
        "base": base,
        "base_key": "" if base == usual else base.key,
        "bases": base_choices(period, usual, base),
        "tables": [shown(table, user) for table in tables(communities, period, base)],
        "shares": [
            {"label": label, "tonnes": tonnes.text, "share": share.text}
            for label, tonnes, share in shares(communities, period)
        ],
        "communities": communities,
        "several": len(communities) > 1,
        "as_of": timezone.localtime(),
        "hauls": ledgers["waste-hauls"],
        "sorting_url": reverse("sanitation-sorting"),
    }
    return render(request, "sanitation/waste.html", context)


@needs(VIEW)
def feedback(request, pk):
    """反馈表 of one community, as PDF."""
    rows = Unit.objects.filter(pk__in=access_of(request.user).units(VIEW))
    unit = get_object_or_404(rows.select_related("parent"), pk=pk, kind=UnitKind.COMMUNITY)
    period = parsed_period(request.GET.get("period", ""))
    if period is None or period.days > 366:
        raise Http404
    document = feedback_of(unit, period, timezone.localdate())
    data = render_substituted("pdf/official.html", {"doc": document}, base="official")
    return pdf_response(data, f"反馈表_{unit.name}_{period.label}", inline=True)


def asked_day(params):
    today = timezone.localdate()
    try:
        return parse_date(params.get("day") or "") or today
    except ValidationError:
        return today


@needs(VIEW)
def sorting(request):
    """What of 三分一处 is in place where, on a day."""
    user, day = request.user, asked_day(request.GET)
    access, ledger = access_of(user), ledgers["sorting-states"]
    communities = communities_of(access.units(VIEW), day)
    rows = sorting_rows(user, communities, day)
    context = {
        "day": day,
        "ledger": ledger,
        "rows": [
            {
                "unit": unit,
                "states": [
                    {"state": state, "url": ledger.url("detail", state)} for state in states
                ],
                "add_url": f"{ledger.url('add')}?community={unit.pk}" if access.may(EDIT) else "",
            }
            for unit, states in rows
        ],
    }
    return render(request, "sanitation/sorting.html", context)
