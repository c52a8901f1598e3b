"""Boards to be read: the page, its table alone, and the way down from a figure to its records."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from portal.boards import Line
from portal.figures import figures
from portal.marks import by_figure, needs
from portal.roles import DOMAINS
from portal.scope import access_of
from reports.boards.asked import asked, choices
from reports.boards.drilling import drilled, parent_of
from reports.boards.heads import heads_of
from reports.boards.page import page_of
from reports.boards.reading import drill_url
from reports.boards.shown import Shown, along, first_board, kept, shown_board
from reports.boards.table import table_of


@require_safe
@needs("figures.view")
def board_home(request):
    """The board that the user begins with."""
    shown = first_board(request.user)
    if shown is None:
        return render(request, "boards/none.html")
    return board_page(request, shown)


@require_safe
@needs("figures.view")
def board(request, key):
    return board_page(request, shown_board(request.user, key))


def board_page(request, shown: Shown):
    found = asked(request, shown)
    context = {
        "shown": shown,
        "boards": [*kept(request.user), *along(request.user)],
        "asked": found,
        "as_of": timezone.localtime(),
        **choices(request, shown, found),
    }
    if found.place is not None:
        context |= page_of(shown, found) | _ways_on(shown, found)
    return render(request, "boards/board.html", context)


def _ways_on(shown: Shown, found) -> dict:
    """The same unit and period on paper, in the whole table, beside others."""
    query = found.address(sort="")
    same = {"unit": found.place.unit.pk, "period": found.span.period.key}
    domains = {figures[line.code].domain for line in shown.lines if line.code in figures}
    table = {**same, "domain": domains.pop() if len(domains) == 1 else ""}
    compare = {**same, "board": shown.key, "with": found.span.earlier.key}
    return {
        "pdf_url": reverse("board-pdf", args=[shown.key]) + query,
        "xlsx_url": reverse("board-xlsx", args=[shown.key]) + query,
        "table_url": f"{reverse('board-table')}?{urlencode(table)}",
        "compare_url": f"{reverse('board-compare')}?{urlencode(compare)}",
    }


@require_safe
@needs("figures.view")
def board_table(request):
    """All figures of a department for each unit below, in the same table as on boards."""
    access = access_of(request.user)
    counted = {figure.domain for figure in figures}
    domains = [key for key in DOMAINS if key in counted and access.may(f"{key}.view")]
    domain = request.GET.get("domain")
    domain = domain if domain in domains else next(iter(domains), "")
    lines = tuple(Line(figure.code) for figure in figures if figure.domain == domain)
    shown = Shown("", DOMAINS.get(domain, ""), lines)
    found = asked(request, shown)
    context = {
        "shown": shown,
        "asked": found,
        "domains": [(key, DOMAINS[key], key == domain) for key in domains],
        "as_of": timezone.localtime(),
        **choices(request, shown, found),
    }
    found.query["domain"] = domain
    if found.place is not None:
        codes = [line.code for line in lines]
        table = table_of(codes, found.place, found.span.period, found.query["sort"])
        context |= {"table": table, "heads": heads_of(table, found)}
    return render(request, "boards/table.html", context)


@require_safe
@needs("figures.view")
def street_numbers(request):
    """The former address of the table."""
    query = request.GET.urlencode()
    response = redirect("board-table")
    response["Location"] += f"?{query}" if query else ""
    return response


@require_safe
@by_figure
def board_figure(request, code):
    """One figure: itself, the units below, the year before, twelve months, and what the sum leaves out."""
    figure = figures.get(code)
    if figure is None:
        raise Http404
    access_of(request.user).check("figures.view")
    access_of(request.user).check(figure.permission)
    shown = Shown("", figure.label, (Line(code),))
    found = asked(request, shown)
    if found.place is None or not found.place.sees(figure):
        raise Http404
    above = parent_of(found.place)
    same = {"code": code, "unit": found.place.unit.pk, "period": found.span.period.key}
    compare = urlencode(same | {"with": found.span.earlier.key})
    context = {
        "figure": figure,
        "shown": shown,
        "asked": found,
        "as_of": timezone.localtime(),
        "above": above,
        "above_url": drill_url(code, above.pk, found.span) if above else "",
        "compare_url": f"{reverse('board-compare')}?{compare}",
        **choices(request, shown, found),
        **drilled(figure, found),
    }
    return render(request, "boards/figure.html", context)
