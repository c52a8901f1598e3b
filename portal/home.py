"""The first page of the day, and the pages for what went wrong."""

from collections import defaultdict

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from portal.figures import figures
from portal.figures.together import read_all
from portal.ledgers.registry import ledgers
from portal.marks import signed_in
from portal.menu import OWN, entries_of, quick_entries
from portal.middleware import message_page
from portal.periods import Period
from portal.recent import recent_records
from portal.roles import DOMAINS
from portal.scope import access_of
from portal.tiles import tiles
from portal.today.home import WEEKDAYS, overview
from portal.today.lists import Wanted, Work, wanted_of
from portal.today.views import just_done


@signed_in("counts and lists only what the roles of the user show", own_too=True)
def home(request):
    access = access_of(request.user)
    if access.sees_own_alone:
        return redirect(entries_of(OWN, access)[0].url)
    today = timezone.localdate()
    period = Period.parse(str(today.year))
    recent = recent_records(request.user)
    context = {
        "today": f"{today.year}年{today.month}月{today.day}日 星期{WEEKDAYS[today.weekday()]}",
        "period_label": period.label,
        "tiles": list(_tiles(access, period)),
        "done": just_done(request),
        "back": "home",
        **overview(Work(request.user, Wanted(whose=wanted_of(request.GET, request.user).whose))),
        "ledgers": _latest_first(_quick_links(access), recent),
        "recent": recent,
    }
    return render(request, "portal/home.html", context)


def _tiles(access, period):
    """This year's headline figures of the domains that the user sees, over their units."""
    seen = defaultdict(list)
    for code in tiles:
        if units := access.units(figures[code].permission) & access.units("figures.view"):
            seen[units].append(code)
    readings = {}
    for units, codes in seen.items():
        readings |= read_all(codes, units, period)
    for code in tiles:
        if code in readings:
            figure, reading = figures[code], readings[code]
            yield {
                "label": figure.label,
                "value": reading.text,
                "unit": reading.measure,
                "url": reverse("figure-detail", args=[code])
                + "?"
                + urlencode({"period": period.key}),
                "note": f"{period.label} · {DOMAINS[figure.domain]}",
            }


def _quick_links(access):
    for entry in quick_entries(access):
        yield {"title": entry.title, "url": reverse(entry.url), "icon": entry.icon}
    for ledger in ledgers:
        if ledger.in_menu and ledger.quick and access.may(ledger.edit_permission):
            yield {
                "title": ledger.title,
                "url": ledger.url(),
                "add_url": ledger.url("add"),
                "icon": ledger.icon,
            }


def _latest_first(links, recent) -> list[dict]:
    """Those in which the user recorded last, then the others in the order of the menu."""
    places = {entry["ledger"]: place for place, entry in reversed(list(enumerate(recent)))}
    return sorted(links, key=lambda link: places.get(link["title"], len(places)))


def denied(request, exception=None):
    text = str(exception or "") or "您的角色没有这项权限。"
    return message_page(request, "没有权限", text, 403)


def missing(request, exception=None):
    return message_page(request, "没有找到", "您要的内容不存在，或不在您的工作范围内。", 404)
