"""Ends sessions that are over, and leads back to where somebody was."""

from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect

from portal.accounts import sessions
from portal.marks import asks_sign_in, is_polled
from portal.public_tries import address_of

ENDED = "ended"  # the parameter that tells the page of sign-in why


class SessionLimits:
    """Before the transaction of the request begins: a read-only page may then be the one that is stamped."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.session_ended = self.look_at(request)
        return self.get_response(request)

    def look_at(self, request) -> str:
        user, session = request.user, request.session
        if not user.is_authenticated:
            carried = settings.SESSION_COOKIE_NAME in request.COOKIES
            return sessions.OVER if carried and session.is_empty() else ""
        why = sessions.why_over(session, user)
        if not why and sessions.needs_stamp(session) and not is_asked_by_script(request):
            why = "" if sessions.stamp(session, user) else sessions.OVER
        if why:
            sessions.close(session, user, why, address_of(request))
            request.user = AnonymousUser()
        return why

    def process_view(self, request, view, args, kwargs):
        if not (request.session_ended and asks_sign_in(view)):
            return None
        return to_sign_in(request, {"next": came_from(request), ENDED: request.session_ended})


def is_navigation(request) -> bool:
    """Whether a person opened the page; scripts ask for parts of it, or for data."""
    mode = request.headers.get("Sec-Fetch-Mode", "navigate")  # older browsers do not say
    return not request.htmx and mode == "navigate" and request.accepts("text/html")


def is_asked_by_script(request) -> bool:
    """Whether this comes by itself every few seconds from a page that is only left open."""
    if request.method == "GET" and is_navigation(request):
        return False
    try:
        return is_polled(resolve(request.path_info).func)
    except Resolver404:
        return False


def to_sign_in(request, query: dict):
    """A part of a page leads the whole page there."""
    answer = HttpResponseClientRedirect if request.htmx else HttpResponseRedirect
    return answer(f"{reverse('login')}?{urlencode(query)}")


def came_from(request) -> str:
    """The page on which somebody was: that of the form that was sent, or the part of a page."""
    if request.htmx:
        try:
            return request.htmx.current_url_abs_path or reverse("home")
        except ValueError:  # the header is no address
            return reverse("home")
    if request.method != "POST":
        return request.get_full_path()
    referer = request.headers.get("Referer", "")
    here = {request.get_host()}
    if not referer or not url_has_allowed_host_and_scheme(referer, allowed_hosts=here):
        return request.get_full_path()
    parts = urlsplit(referer)
    return parts.path + (f"?{parts.query}" if parts.query else "")
