"""网格责任: every grid of a community on a day, with its cleaners, and those without."""

from django.http import Http404
from django.shortcuts import render

from portal.figures import engine
from portal.ledgers.fields import sent_id
from portal.ledgers.registry import ledgers
from portal.marks import needs
from portal.models import Unit
from portal.models.units import UnitKind
from portal.periods import Period
from portal.scope import access_of
from residents.ledgers.pages import chosen_day
from sanitation.selectors.cleaners import lines_of

FIGURES = ("grids", "grids_covered", "grid_coverage", "grids_uncovered", "grids_unattended")


@needs("sanitation.view")
def grids(request):
    """``community`` narrows it to one; a foreign one is a missing page."""
    units = access_of(request.user).units("sanitation.view")
    communities = list(Unit.objects.filter(pk__in=units, kind=UnitKind.COMMUNITY).order_by("code"))
    asked = request.GET.get("community", "")
    one = next((each for each in communities if each.pk == sent_id(asked)), None)
    if asked and one is None:
        raise Http404
    shown = [one] if one else communities
    chosen = chosen_day(request.GET)
    codes = [f"sanitation.{code}" for code in FIGURES]
    keys = [each.pk for each in shown]
    readings = engine.read_all(codes, keys, Period(chosen.day, chosen.day))
    found = lines_of(keys, chosen.day)
    ledger = ledgers["grid-assignments"]
    context = {
        "chosen": chosen,
        "communities": communities,
        "one": one,
        "readings": readings.values(),
        "groups": [(each, found.get(each, [])) for each in shown],
        "ledger": ledger,
        "list_url": ledger.url(),
        "add_url": ledger.url("add") if access_of(request.user).may(ledger.edit_permission) else "",
        "cleaners": ledgers["cleaners"],
    }
    return render(request, "sanitation/grids.html", context)
