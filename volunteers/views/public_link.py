"""Coming in by a volunteer's own link, and the phone that remembers it (ADR 23)."""

from django.conf import settings
from django.core import signing
from django.shortcuts import redirect
from django.views.decorators.debug import sensitive_post_parameters

from portal.intake.services import typed_code
from portal.marks import Holder, anonymous, counted, repeatable
from portal.public_pages import not_found, too_often
from portal.public_tries import DAY, TEN_MINUTES, address_of, may_try
from volunteers.forms.public import EnterForm
from volunteers.selectors import public
from volunteers.selectors.links import typed_number
from volunteers.selectors.public import Known
from volunteers.views.public import page

SALT = "volunteer phone"
KEPT_SECONDS = 180 * DAY
CROWD = 6  # times the tries of one address: all who come to an activity share its network


def cookie_name() -> str:
    return "__Host-volunteer" if settings.HTTPS else "volunteer"


def remember(response, known: Known, *, long: bool) -> None:
    """Keep who it is in the browser: signed, out of reach of scripts; not ``long``, until it closes."""
    response.set_cookie(
        cookie_name(),
        signing.dumps([known.number, known.holder.key, known.serial], salt=SALT),
        max_age=KEPT_SECONDS if long else None,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


def forget(response) -> None:
    response.delete_cookie(cookie_name(), samesite="Lax")


def known_to(request) -> Known | None:
    """Whom the phone remembers; asks as the public role."""
    try:
        told = signing.loads(
            request.COOKIES.get(cookie_name(), ""), salt=SALT, max_age=KEPT_SECONDS
        )
    except signing.BadSignature:
        return None
    return public.remembered(*told)


def own(request, **kwargs) -> Holder:
    """For ``by_link``: whom the phone remembers, else the page that asks for number and code."""
    known = known_to(request)
    return known.holder if known else ask(request)


def ask(request, *, shift="", not_known=False):
    """One and the same page for whoever is not known, whatever the reason."""
    context = {"form": EnterForm(initial={"shift": shift}), "not_known": not_known}
    return page(request, "enter", context, status=404 if not_known else 200)


def _asked(request, number: str, code: str, shift=""):
    """(who has the number and the code, None), else (None, the page that says so).

    All is counted by address, and what does not fit by number and address: a code that fits always gets
    in, whatever others tried with the number.
    """
    address = address_of(request)
    if not may_try("volunteer", address, CROWD * settings.PUBLIC_TRIES, TEN_MINUTES):
        return None, too_often(request)
    known = public.holder_of(number, code)
    if known is not None:
        return known, None
    tried = f"{number.upper()} {address}"
    if not may_try("volunteer number", tried, settings.PUBLIC_TRIES_PER_NUMBER, DAY):
        return None, too_often(request)
    return None, ask(request, shift=shift, not_known=True)


@sensitive_post_parameters()
@repeatable
@anonymous("a volunteer's number and code are compared; limited")
def enter(request):
    """By number and code, typed in or from the card's address; then the phone is remembered."""
    if request.method != "POST":
        return ask(request)
    form = EnterForm(request.POST)
    if not form.is_valid():
        return page(request, "enter", {"form": form})
    data = form.cleaned_data
    known, refusal = _asked(request, data["number"], data["code"], data["shift"])
    if known is None:
        return refusal
    back = data["shift"].split("/")
    response = redirect("public-shift", *back) if data["shift"] else redirect("public-me")
    remember(response, known, long=data["keep"])
    return response


@counted
@repeatable
@anonymous("a volunteer's number and code are compared; limited")
def link(request, number, code):
    """By the address that the card's QR carries. It only asks whose phone this is: a link that
    somebody else sent may not make this phone theirs."""
    number, code = typed_number(number), typed_code(code)
    known, refusal = _asked(request, number, code)
    if known is None:
        return refusal
    before = known_to(request)
    if before == known:
        return redirect("public-me")
    form = EnterForm(initial={"number": number, "code": code, "keep": True})
    return page(request, "link", {"form": form, "number": number, "other": before})


@repeatable
@anonymous("the phone forgets whose it is")
def forget_me(request):
    if request.method != "POST":
        return not_found(request)
    response = redirect("public-me")
    forget(response)
    return response
