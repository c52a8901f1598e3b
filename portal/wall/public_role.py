"""The role of pages without sign-in: it reads no table, only reviewed functions answer it (ADR 21).

A function for it is made by a migration: SECURITY DEFINER, of the owner, with a pinned search_path,
open to this role alone (``add_function``).
"""

from contextlib import contextmanager

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction

REMEDY = (
    "Run docs/deploy/roles.sql again as a superuser (docs/deploy/README.md, Upgrade), "
    "then script/manage migrate."
)
_FOUND = """
SELECT pg_has_role(%(web)s, oid, 'MEMBER'), pg_has_role(%(web)s, oid, 'USAGE')
FROM pg_roles WHERE rolname = %(public)s
"""


def require_public_role(connection) -> None:
    """Raise ImproperlyConfigured, with the remedy, unless web may become the role and inherits nothing."""
    names = {
        "web": settings.DATABASES["default"]["USER"],
        "public": settings.DATABASE_PUBLIC_ROLE,
    }
    with connection.cursor() as cursor:
        cursor.execute(_FOUND, names)
        found = cursor.fetchone()
    if found is None:
        fault = "does not exist"
    elif not found[0]:
        fault = f"is not granted to {names['web']}"
    elif found[1]:
        fault = f"is inherited by {names['web']}"
    else:
        return
    raise ImproperlyConfigured(
        f"The database role {names['public']} of pages without sign-in {fault}. {REMEDY}"
    )


@contextmanager
def public_role():
    """Act as the public role inside; an exception rolls back to here, and with it the role."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                f"SET LOCAL ROLE {connection.ops.quote_name(settings.DATABASE_PUBLIC_ROLE)}"
            )
        yield
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE NONE")


def add_function(schema_editor, signature: str, sql: str) -> None:
    """For migrations: make the function, or replace it, and open it to the public role alone."""
    require_public_role(schema_editor.connection)
    role = schema_editor.quote_name(settings.DATABASE_PUBLIC_ROLE)
    schema_editor.execute(sql, params=None)
    schema_editor.execute(f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC")
    schema_editor.execute(f"GRANT EXECUTE ON FUNCTION {signature} TO {role}")
