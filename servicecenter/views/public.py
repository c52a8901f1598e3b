"""Pages for residents, without sign-in: units, guides, and where a case stands.

Each runs as the public role of the database and has nothing to show but what reviewed functions tell.
"""

from django.conf import settings
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters

from portal.codes import typed_number
from portal.intake.services import typed_code
from portal.marks import anonymous, counted, repeatable
from portal.public_pages import not_found, too_often
from portal.public_tries import DAY, TEN_MINUTES, address_of, may_try
from portal.text import typed_words
from servicecenter.forms.public import GuideSearch, StatusForm
from servicecenter.selectors import public

STREET = "street"


def page(request, name, context=None, status=200):
    return render(request, f"servicecenter/public/{name}.html", context or {}, status=status)


def unit_of(code: str) -> dict | None:
    """The unit of the address, with ``above``, the street's name."""
    known = {unit["id"]: unit for unit in public.units()}
    for unit in known.values():
        if unit["code"] == code:
            above = known.get(unit["parent_id"])
            return unit | {"above": above["name"] if above else ""}
    return None


@anonymous("names of public bodies, the way to their guides")
def start(request):
    known = public.units()
    streets = [
        {"unit": unit, "communities": [u for u in known if u["parent_id"] == unit["id"]]}
        for unit in known
        if unit["kind"] == STREET
    ]
    return page(request, "start", {"streets": streets})


@repeatable
@anonymous("guides that the office published")
def unit(request, code):
    """The unit's items, those that the typed words find first of all; words are posted (ADR 6)."""
    found = unit_of(code)
    if found is None:
        return not_found(request)
    form = GuideSearch(request.POST if request.method == "POST" else None)
    words = typed_words(form.cleaned_data["words"]) if form.is_bound and form.is_valid() else ""
    shown = public.found_guides(found["id"], words)
    context = {"unit": found, "guides": shown, "words": words}
    return page(request, "unit", context)


@anonymous("a guide that the office published")
def item(request, code, pk):
    found = unit_of(code)
    shown = next((g for g in public.guides(found["id"]) if g.id == pk), None) if found else None
    if shown is None:
        return not_found(request)
    return page(request, "item", {"unit": found, "guide": shown})


@anonymous("figures, facts and promises that the office published")
def board(request, code):
    """The monthly figures as they were published, the newest first; what is made public; promises."""
    found = unit_of(code)
    if found is None:
        return not_found(request)
    shown = {
        "months": public.months(found["id"]),
        "promised": public.promised(found["id"]),
        "disclosed": public.disclosed(found["id"]),
    }
    return page(request, "board", {"unit": found, **shown})


@sensitive_post_parameters()
@repeatable
@anonymous("where a case stands, for whoever holds its receipt")
def case(request):
    """By number and code typed in."""
    form = StatusForm(request.POST or None)
    if not form.is_valid():
        return page(request, "case", {"form": form})
    return answer(request, form.cleaned_data["number"], form.cleaned_data["code"])


@counted
@anonymous("where a case stands, for whoever scans its receipt")
def receipt(request, number, code):
    """By the address that the receipt's QR carries."""
    return answer(request, typed_number(number), typed_code(code))


def answer(request, number, code):
    """The same answer, after the same work, for a wrong code, a missing number and a foreign one."""
    if not may_try("address", address_of(request), settings.PUBLIC_TRIES, TEN_MINUTES):
        return too_often(request)  # an address that is refused uses up nobody's number
    if not may_try("number", number, settings.PUBLIC_TRIES_PER_NUMBER, DAY):
        return too_often(request)
    status = public.status_of(number, code)
    if status is None:
        return page(request, "case", {"form": StatusForm(), "not_known": True}, status=404)
    return page(request, "status", {"status": status, "number": number})
