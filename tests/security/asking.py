"""Less around an asking, for sweeps of hundreds of addresses that want to know whether one opens and what it
holds: refusals without the page that is drawn for them, and views asked without the middleware.

What stands around is proven where whole requests are made: every address by the matrix
(``test_matrix.py``), the pages of refusals by ``tests/architecture/test_urls.py``.
"""

from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from django.contrib.messages.storage.fallback import FallbackStorage
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.template import Template, engines
from django.test import RequestFactory
from django.urls import resolve
from django_htmx.middleware import HtmxDetails

from portal.accounts.session_store import SessionStore
from portal.scope import Denied, OutOfScope


def _missing(request, exception=None):
    return HttpResponse(status=404)


def _denied(request, exception=None):
    return HttpResponse(str(exception or ""), status=403)


@contextmanager
def bare_refusals():
    """403 answers with its reason alone, 404 with nothing: drawing the page costs more than the refusal."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("portal.urls.handler403", _denied)
        patch.setattr("portal.urls.handler404", _missing)
        yield


@contextmanager
def without_frame():
    """Pages without menu and top bar, which hold no row and are the same on all of them."""
    engine = engines["django"].engine
    [loader] = engine.template_loaders
    with pytest.MonkeyPatch.context() as patch:
        for name in ("components/sidebar.html", "components/topbar.html"):
            patch.setitem(loader.get_template_cache, name, Template("", engine=engine))
        yield


class _Unprinted:
    """In the renderer's place: the page that a paper would be drawn from."""

    @staticmethod
    def write(html, style, kept=None) -> bytes:
        return html.encode()


@contextmanager
def unprinted():
    """Papers as the pages they are drawn from, which hold every word of them: drawing one takes as long as
    twenty answers."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("portal.pdf._writer", _Unprinted)
        yield


@contextmanager
def unstamped():
    """Sessions that are not stamped again, and templates whose contexts are not copied for the test client:
    where each answer is undone, every one after the first minute would stamp anew."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("portal.accounts.sessions.STAMP_EVERY", 3600)
        patch.setattr("django.test.client.store_rendered_templates", lambda *args, **kwargs: None)
        yield


@dataclass(frozen=True)
class Told:
    """What a view answered: refusals by the status that a request would get."""

    status: int
    body: str = ""
    location: str = ""


class Asking:
    """The views of addresses asked by one account, whose scope the caller has entered: marks, permissions
    and rows are those of a request."""

    def __init__(self, user):
        self.user, self.session, self.factory = user, SessionStore(), RequestFactory()

    def get(self, url: str) -> Told:
        return self._told(self.factory.get(url))

    def post(self, url: str, data=None) -> Told:
        return self._told(self.factory.post(url, data or {}))

    def _told(self, request) -> Told:
        request.user, request.session = self.user, self.session
        request.htmx = HtmxDetails(request)
        request._messages = FallbackStorage(request)
        request.resolver_match = match = resolve(request.path_info)
        try:
            answer = match.func(request, *match.args, **match.kwargs)
        except (Http404, OutOfScope):
            return Told(404)
        except (PermissionDenied, Denied) as refusal:
            return Told(403, str(refusal))
        body = answer.getvalue().decode(errors="ignore")
        return Told(answer.status_code, body, answer.get("Location", ""))
