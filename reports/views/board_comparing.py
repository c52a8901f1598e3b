"""Numbers side by side, and how a difference comes about."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.boards import Line
from portal.figures import Ratio, figures
from portal.marks import by_figure, needs
from portal.models import Unit
from portal.scope import access_of
from portal.summaries import Telling
from reports.boards.asked import asked, choices
from reports.boards.comparing import (
    MOST_SIDES,
    Side,
    charts,
    compared_lines,
    worked_out,
)
from reports.boards.places import units_for
from reports.boards.reading import drill_url, shown_codes
from reports.boards.shown import Shown, along, first_board, kept, shown_board
from reports.boards.when import label_of
from reports.rollup.page import reconciled

MOST_FIGURES = 24


@require_safe
@needs("figures.view")
def board_compare(request):
    """Two periods of one unit, or two to six units in one period, in the figures of a board or in one."""
    shown = _shown(request)
    found = asked(request, shown)
    units = _units(request)
    if len(units) > 1:
        sides = [Side(unit, found.span.period) for unit in units]
    elif found.place is not None:
        periods = (found.span.earlier, found.span.period)
        sides = [Side(found.place.unit, period) for period in periods]
    else:
        sides = []
    lines = []
    if sides:
        codes = shown_codes(shown.lines[:MOST_FIGURES], found.place)
        lines = compared_lines(codes, sides, request.user)
    context = {
        "shown": shown,
        "boards": [*kept(request.user), *along(request.user)],
        "asked": found,
        "sides": [side.name(sides) for side in sides],
        "of_units": len(units) > 1,
        "lines": lines,
        "charts": charts(lines, sides),
        "compared_units": [(u.pk, str(u), u in units) for u in units_for(request.user)],
        "most": MOST_SIDES,
        "as_of": timezone.localtime(),
        **choices(request, shown, found),
    }
    return render(request, "boards/compare.html", context)


def _shown(request) -> Shown:
    if code := request.GET.get("code"):
        if code not in figures:
            raise Http404
        return Shown("", figures[code].label, (Line(code),))
    if key := request.GET.get("board"):
        return shown_board(request.user, key)
    shown = first_board(request.user)
    if shown is None:
        raise Http404
    return shown


def _units(request) -> list[Unit]:
    """Those asked for, in their order; a foreign one is a missing page, one too many is left out."""
    known = {str(unit.pk): unit for unit in units_for(request.user)}
    asked_for = list(dict.fromkeys(request.GET.getlist("units")))[:MOST_SIDES]
    if any(key not in known for key in asked_for):
        raise Http404
    return [known[key] for key in asked_for]


@require_safe
@by_figure
def board_difference(request, code):
    """Two numbers and their difference: what the change on a tile says."""
    figure, found = _figure_asked(request, code)
    known = {str(unit.pk): unit for unit in units_for(request.user)}
    beside = request.GET.get("beside", "")
    if beside and beside not in known:
        raise Http404
    own = request.GET.get("own") == "1"
    side = Side(found.place.unit, found.span.period, own)
    base = Side(known[beside] if beside else side.unit, found.span.earlier, own and not beside)
    if not base.seen_by(request.user, code):
        raise Http404
    label = str(base.unit) if beside else label_of(side.period, base.period)
    context = {
        "figure": figure,
        "asked": found,
        "drill_url": drill_url(code, side.unit.pk, found.span),
        "as_of": timezone.localtime(),
        **worked_out(code, base, side, label),
    }
    return render(request, "boards/difference.html", context)


def _figure_asked(request, code):
    """Raises Http404 for an unknown figure, or where the user does not see it."""
    figure = figures.get(code)
    if figure is None:
        raise Http404
    access_of(request.user).check("figures.view")
    access_of(request.user).check(figure.permission)
    found = asked(request, Shown("", figure.label, (Line(code),)))
    if found.place is None or not found.place.sees(figure):
        raise Http404
    return figure, found


@require_safe
@by_figure
def board_sum(request, code):
    """Why the whole is not the sum of the units below: who is counted in several."""
    figure, found = _figure_asked(request, code)
    if isinstance(figure, Ratio) or not found.place.has_units:
        raise Http404
    telling = Telling(found.place.unit, found.place.reach, found.span.period)
    context = {
        "figure": figure,
        "asked": found,
        "place": found.place,
        "drill_url": drill_url(code, found.place.unit.pk, found.span),
        "as_of": timezone.localtime(),
        **reconciled(figure, telling, [], request.user, request.GET.get("page", "1")),
    }
    return render(request, "boards/sum.html", context)
