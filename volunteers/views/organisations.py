"""组织架构图: the tree of organisations as of any day, to be read and printed."""

from django.shortcuts import render

from portal.figures.together import read_all
from portal.ledgers.registry import ledgers
from portal.marks import needs
from portal.periods import Period
from portal.scope import access_of
from residents.ledgers.pages import chosen_day
from volunteers.selectors.tree import tree_on

FIGURES = ("volunteers.orgs", "volunteers.registered", "volunteers.members")


@needs("volunteers.view")
def tree(request):
    chosen = chosen_day(request.GET)
    units = access_of(request.user).units("volunteers.view")
    readings = read_all(FIGURES, units, Period(chosen.day, chosen.day))
    context = {
        "chosen": chosen,
        "roots": tree_on(request.user, chosen.day),
        "readings": readings.values(),
        "ledger": ledgers["volunteer-orgs"],
        "list_url": ledgers["volunteer-orgs"].url(),
    }
    return render(request, "volunteers/tree.html", context)
