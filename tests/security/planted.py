"""The portal with two faulty pages, which the fuzz must find. No test but that of the fuzz uses these URLs."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import include, path

from portal.marks import public, repeatable, signed_in
from residents.models import Resident

FORM = '<form method="post"><input name="word" value="a"></form>'
NOTES = "".join(f'<textarea name="note{number}"></textarea>' for number in range(8))


@repeatable
@public("planted")
def falls(request):
    if "\0" in request.POST.get("word", ""):
        raise ValueError("planted: NUL")
    return HttpResponse(FORM)


@repeatable
@signed_in("planted")
def stores(request):
    """Stores what was typed as it came."""
    if request.method != "POST":
        return HttpResponse(f'<form method="post">{NOTES}</form>')
    person = Resident.objects.order_by("pk").first()
    if person is not None:
        person.note = "".join(request.POST.values()).replace("\0", "")[:200]
        person.save()
    return redirect("home")


handler500 = "portal.running.failing.broken"
urlpatterns = [
    path("planted/falls/", falls, name="planted-falls"),
    path("planted/stores/", stores, name="planted-stores"),
    path("", include("portal.urls")),
]
