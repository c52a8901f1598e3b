"""``note``: one entry for each thing that happens to an account; the caller's transaction keeps it."""

from django.db import connection

from portal.models import SecurityEvent
from portal.scope import access_of, current_scope

Kind = SecurityEvent.Kind
LONGEST = SecurityEvent._meta.get_field("detail").max_length


def note(kind, *, user=None, by=None, detail="", rows=0, address=None) -> SecurityEvent | None:
    """Store the event within the present scope; ``detail`` is for the auditor and holds no typed value.

    ``address`` is where it came from, for whoever notes before the request announced it.
    Outside any scope (a test's or a shell's sign-in) nothing can be written, and nothing is.
    """
    if not current_scope().actor:
        return None
    home = access_of(user).home if user else None
    return SecurityEvent.objects.create(
        kind=Kind(kind),
        user=user,
        by=by,
        unit=home,
        address=present_address() if address is None else address,
        detail=detail[:LONGEST],
        rows=rows,
    )


def present_address() -> str:
    """Where the present request comes from, as announced to the database; "" for jobs and commands."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('app.address', true), '')")
        return cursor.fetchone()[0]
