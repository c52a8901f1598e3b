"""What a view says about itself: who may come in, and how it writes.

Every view carries exactly one scope mark; a test walks all URLs and fails where one is missing.
"""

from dataclasses import dataclass
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponseBase
from django.utils.cache import add_never_cache_headers

from portal.scope import NOBODY, Denied, Scope, above, access_of, scope
from portal.wall.public_role import public_role


def _mark(view, **marks):
    for name, value in marks.items():
        setattr(view, name, value)
    return view


def public(reason: str):
    """Open without sign-in, for the written reason."""
    return lambda view: _mark(login_not_required(view), scope_mark=f"public: {reason}")


def anonymous(reason: str):
    """A page for residents: open, and the same whoever is signed in. It runs as the public role of the
    database, which reads no table; all that it shows comes from reviewed functions (ADR 21)."""

    def decorate(view):
        @wraps(view)
        def shown(request, *args, **kwargs):
            request.user = AnonymousUser()
            with scope(NOBODY), public_role():
                response = view(request, *args, **kwargs)
            add_never_cache_headers(response)
            return response

        return _mark(public(reason)(shown), runs_as_public=True)

    return decorate


def signed_in(reason: str, *, own_too: bool = False):
    """Open to every signed-in user because it shows nothing of any unit, or only their own; with
    ``own_too`` also to accounts that are for their person's own page alone."""

    def decorate(view):
        @wraps(view)
        def checked(request, *args, **kwargs):
            if not own_too and access_of(request.user).sees_own_alone:
                raise Denied("您的账号只用于填写本人的记录，不能打开这个页面。")
            return view(request, *args, **kwargs)

        return _mark(checked, scope_mark=f"signed in: {reason}")

    return decorate


@dataclass(frozen=True)
class Holder:
    """Who came in by a person's own link: the record that it speaks for, what the change log calls
    them, and the unit in which they act."""

    key: int
    actor: str
    unit_id: int


def by_link(reason: str, find):
    """A page for whoever holds a person's own link: that is a sign-in of its own (ADR 23).

    ``find(request, …)`` runs as the public role and tells the Holder, or answers by itself. Only then
    the view acts as the web role, within the holder's unit, by the holder's name; it reaches no row
    but theirs by selectors that begin from ``request.holder``.
    """

    def decorate(view):
        @wraps(view)
        def shown(request, *args, **kwargs):
            request.user = AnonymousUser()
            with scope(NOBODY), public_role():
                found = find(request, *args, **kwargs)
            if isinstance(found, HttpResponseBase):
                response = found
            else:
                request.holder = found
                own = frozenset({found.unit_id})
                with scope(Scope(own, above(own), found.actor)):
                    response = view(request, *args, **kwargs)
            add_never_cache_headers(response)
            return response

        shown = login_not_required(shown)
        return _mark(shown, scope_mark=f"by link: {reason}", runs_as_public=True)

    return decorate


def needs(permission: str):
    """Open with the permission at some unit; the view itself starts from rows in that scope."""

    def decorate(view):
        def checked(request, *args, **kwargs):
            access_of(request.user).check(permission)
            return view(request, *args, **kwargs)

        checked.__name__ = view.__name__
        checked.__doc__ = view.__doc__
        checked.__dict__.update(view.__dict__)
        return _mark(checked, scope_mark=f"needs: {permission}")

    return decorate


def needs_one_of(*permissions: str):
    """Open with any of the permissions at some unit; the view itself starts from rows in that scope
    and asks for the right one before it writes."""

    def decorate(view):
        def checked(request, *args, **kwargs):
            access = access_of(request.user)
            if not any(access.may(permission) for permission in permissions):
                access.check(permissions[0])
            return view(request, *args, **kwargs)

        checked.__name__ = view.__name__
        checked.__doc__ = view.__doc__
        checked.__dict__.update(view.__dict__)
        return _mark(checked, scope_mark=f"needs one of: {', '.join(permissions)}")

    return decorate


def by_ledger(view):
    """Open by the permission of the ledger in the URL; the view checks it through its ledger."""
    return _mark(view, scope_mark="by ledger")


def by_figure(view):
    """Open by the permission of the figure in the URL; the view checks it through its figure."""
    return _mark(view, scope_mark="by figure")


def repeatable(view):
    """A POST that changes nothing, or may harmlessly be sent again (search, sign-in)."""
    return _mark(view, repeatable_post=True)


def writing_get(view):
    """A GET that leaves a trace of a sensitive read."""
    return _mark(view, writing_get=True)


def snapshot(view):
    """A POST whose numbers must all be of one moment: it runs REPEATABLE READ, as reads do."""
    return _mark(view, snapshot_post=True)


def counted(view):
    """A GET that is counted before it answers (how often somebody asked): it writes, and must see
    what others wrote a moment ago, so it does not read one moment."""
    return _mark(view, writing_get=True, counted_get=True)


def polled(view):
    """A page's own script asks it again and again; that is no sign of somebody at the desk."""
    return _mark(view, polled_view=True)


def of_primary(view):
    """A page about the primary database itself, which no replica can answer."""
    return _mark(view, of_primary_view=True)


def asks_sign_in(view) -> bool:
    return getattr(view, "login_required", True)


def is_polled(view) -> bool:
    return getattr(view, "polled_view", False)


def is_counted(view) -> bool:
    return getattr(view, "counted_get", False)


def is_of_primary(view) -> bool:
    return getattr(view, "of_primary_view", False)


def is_repeatable(view) -> bool:
    return getattr(view, "repeatable_post", False)


def writes_on_get(view) -> bool:
    return getattr(view, "writing_get", False)


def is_snapshot(view) -> bool:
    return getattr(view, "snapshot_post", False)
