"""The pages of help; nothing of any unit stands on them."""

from collections import defaultdict

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from portal.help import services
from portal.help.about_ledgers import dates_of, fields_of, figures_of
from portal.help.examples import examples
from portal.help.guides import GUIDES
from portal.help.news import NEWS
from portal.help.tours import steps_for, steps_of
from portal.help.words import WORDS
from portal.ledgers.registry import ledgers
from portal.marks import by_ledger, signed_in
from portal.pdf import render_pdf
from portal.pdf.response import pdf_response
from portal.roles import DOMAINS, DUTIES, Role
from portal.scope import access_of


@signed_in("how the portal is used; no unit's data", own_too=True)
def index(request):
    access = access_of(request.user)
    roles = _roles_of(request.user)
    context = {
        "steps": steps_for(access),
        "guides": [{"label": role.label, "role": role.value} for role in roles],
        "domains": list(_ledgers_by_domain(access)),
        "news": NEWS[:3],
    }
    return render(request, "help/index.html", context)


def _roles_of(user) -> list[Role]:
    held = {assignment.role for assignment in access_of(user).assignments}
    return [role for role in Role if role.value in held]


def _ledgers_by_domain(access):
    found = defaultdict(list)
    for ledger in ledgers:
        if ledger.in_menu and access.may(ledger.view_permission):
            found[ledger.domain].append(ledger)
    for domain, title in DOMAINS.items():
        if found[domain]:
            yield {"title": title, "ledgers": found[domain]}


@by_ledger
def ledger(request, slug):
    """What one ledger is for, how its form is filled, what counts its rows and on which date."""
    shown = ledgers.get(slug)
    if shown is None:
        raise Http404
    access = access_of(request.user)
    access.check(shown.view_permission)
    counted = figures_of(shown, access)
    context = {
        "ledger": shown,
        "fields": fields_of(shown, request.user),
        "figures": [
            {"figure": figure, "url": reverse("figure-detail", args=[figure.code])}
            for figure in counted
        ],
        "dates": dates_of(counted),
        "example": examples.get(slug) or "",
        "may_add": shown.by_hand and access.may(shown.edit_permission),
        "may_import": access.may(shown.edit_permission) and access.may("records.import"),
    }
    return render(request, "help/ledger.html", context)


@signed_in("words explained", own_too=True)
def words(request):
    return render(request, "help/words.html", {"groups": WORDS})


@signed_in("what is new", own_too=True)
def news(request):
    return render(request, "help/news.html", {"news": NEWS})


@signed_in("what a role does, without anybody's data", own_too=True)
def guide(request, role):
    """One page of A4 to pin up beside the desk."""
    if role not in Role.values:
        raise Http404
    named = Role(role)
    context = {
        "title": f"{named.label}一页通",
        "duty": DUTIES[named].sentence,
        "lines": GUIDES[named],
        "steps": steps_of(DUTIES[named].permissions),
    }
    data = render_pdf("help/guide_paper.html", context, base="onepage")
    return pdf_response(data, context["title"], inline=True)


@require_POST
@signed_in("remembers what this user was shown", own_too=True)
def put_away(request, key):
    if key not in (services.TOUR, services.NEWS):
        raise Http404
    services.put_away(key, by=request.user)
    return redirect("home")
