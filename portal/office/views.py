"""The overview of the office's ledgers, and how far a plan has come."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from portal.figures import engine
from portal.ledgers.registry import ledgers
from portal.marks import needs
from portal.office.models import WorkPlan
from portal.office.progress import progress_of
from portal.periods import Period
from portal.scope import access_of


@needs("office.view")
def overview(request):
    """One card a ledger, by the sections of the menu, with this year's figure of each."""
    access = access_of(request.user)
    period = Period.year_of(timezone.localdate())
    sections = {}
    for ledger in ledgers:
        if ledger.domain == "office" and ledger.in_menu and access.may(ledger.view_permission):
            card = _card(ledger, access, period)
            sections.setdefault(ledger.section, []).append(card)
    context = {
        "sections": [{"title": title, "cards": cards} for title, cards in sections.items()],
        "period_label": period.label,
        "counted": access.may("figures.view"),
    }
    return render(request, "office/overview.html", context)


def _card(ledger, access, period):
    """The ledger's first figure over the units where the user may see figures, if any."""
    units = access.units(ledger.view_permission) & access.units("figures.view")
    card = {
        "title": ledger.title,
        "icon": ledger.icon,
        "url": ledger.url(),
        "add_url": ledger.url("add") if access.may(ledger.edit_permission) else "",
    }
    if ledger.footer and units:
        reading = engine.read(ledger.footer[0], units, period)
        card |= {
            "label": reading.figure.label,
            "value": reading.text,
            "measure": reading.measure,
            "figure_url": reverse("figure-detail", args=[reading.figure.code])
            + "?"
            + urlencode({"period": period.key}),
        }
    return card


@needs("figures.view")
def plan(request, pk):
    """A plan's tasks with target and progress; progress by a figure is counted, never typed."""
    access = access_of(request.user)
    access.check("office.view")
    found = get_object_or_404(WorkPlan.objects.visible_to(request.user), pk=pk)
    if not access.may("figures.view", found.unit_id):
        raise Http404
    rows = progress_of(found, seen=lambda figure: access.may(figure.permission, found.unit_id))
    context = {"plan": found, "rows": rows, "back": ledgers["work-plans"].url("detail", found)}
    return render(request, "office/plan.html", context)
