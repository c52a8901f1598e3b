"""Pages for everybody, without sign-in: where volunteers are sought, and the hours that are posted.

Each runs as the public role of the database and has nothing to show but what reviewed functions tell.
"""

from django.shortcuts import render

from portal.marks import anonymous
from portal.public_pages import not_found
from volunteers.selectors import public

STREET = "street"


def page(request, name, context=None, status=200):
    return render(request, f"volunteers/public/{name}.html", context or {}, status=status)


@anonymous("names of public bodies, the way to what their volunteers do")
def start(request):
    known = public.units()
    streets = [
        {"unit": unit, "communities": [u for u in known if u["parent_id"] == unit["id"]]}
        for unit in known
        if unit["kind"] == STREET
    ]
    return page(request, "start", {"streets": streets})


@anonymous("activities for which the office publicly seeks volunteers")
def recruit(request, code):
    unit = public.unit_of(code)
    if unit is None:
        return not_found(request)
    return page(request, "recruit", {"unit": unit, "sought": public.recruiting(unit["id"])})


@anonymous("hours that are posted for everybody to object; names only with consent")
def posted(request, code):
    unit = public.unit_of(code)
    if unit is None:
        return not_found(request)
    return page(request, "posted", {"unit": unit, "postings": public.posted(unit["id"])})
