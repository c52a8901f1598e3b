"""Verifying a certificate without sign-in: by its QR, or by number and code typed in."""

from django.conf import settings
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters

from portal.intake.services import typed_code
from portal.marks import anonymous, counted, repeatable
from portal.public_pages import too_often
from portal.public_tries import DAY, TEN_MINUTES, address_of, may_try
from volunteers.forms.certificates import VerifyForm
from volunteers.selectors.verification import verified

WHAT = "what a paper says, for whoever holds it"


@sensitive_post_parameters()
@repeatable
@anonymous(WHAT)
def verify(request):
    """By number and code typed in."""
    form = VerifyForm(request.POST or None)
    if not form.is_valid():
        return render(request, "volunteers/public/verify.html", {"form": form})
    return answer(request, form.cleaned_data["code"], form.cleaned_data["number"])


@counted
@anonymous(WHAT)
def scanned(request, code):
    """By the address that the QR of the paper carries."""
    return answer(request, typed_code(code))


def answer(request, code, number=None):
    """The same answer, after the same work, for every code that fits no certificate."""
    if not may_try("address", address_of(request), settings.PUBLIC_TRIES, TEN_MINUTES):
        return too_often(request)  # an address that is refused uses up nobody's code
    if not may_try("certificate", code.upper(), settings.PUBLIC_TRIES_PER_NUMBER, DAY):
        return too_often(request)
    found = verified(code, number)
    if found is None:
        context = {"form": VerifyForm(), "not_known": True}
        return render(request, "volunteers/public/verify.html", context, status=404)
    context = {"paper": found.paper, "revoked_on": found.revoked_on}
    return render(request, "volunteers/public/verified.html", context)
