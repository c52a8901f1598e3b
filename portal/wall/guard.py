"""The start-up check: a process that could see past the wall, or beside it, does not start."""

from django.core.exceptions import ImproperlyConfigured
from django.db import connections

from portal.wall.install import state_of, wall_hash
from portal.wall.public_role import require_public_role

REMEDY = "Run script/manage migrate (manage.py migrate --database owner)."
_POWERS = """
SELECT rolsuper, rolbypassrls,
  EXISTS (
    SELECT FROM pg_class
    WHERE relkind IN ('r', 'p') AND pg_has_role(current_user, relowner, 'MEMBER')
      AND relnamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
      AND relpersistence <> 't'
  )
FROM pg_roles WHERE rolname = current_user
"""


def refuse_unsafe_start(using: str = "default") -> None:
    """Raise ImproperlyConfigured, with the remedy, unless this role is held by this very wall."""
    connection = connections[using]
    require_wall(connection)
    connection.close()  # a server may fork after this; a connection must not be shared


def require_wall(connection) -> None:
    """The same question on a connection that stays in use."""
    with connection.cursor() as cursor:
        cursor.execute(_POWERS)
        superuser, bypasses, owns = cursor.fetchone()
    role = connection.settings_dict["USER"]
    if superuser or bypasses or owns:
        power = "is a superuser" if superuser else "has BYPASSRLS" if bypasses else "owns tables"
        raise ImproperlyConfigured(
            f"The database role {role} {power}, so row-level security would not hold. "
            "DATABASE_URL must name the web role of docs/deploy/roles.sql."
        )
    require_public_role(connection)
    installed, deviations = state_of(connection)
    if installed != wall_hash():
        raise ImproperlyConfigured(f"The database wall is not the one of this code. {REMEDY}")
    if deviations:
        listed = "\n  ".join(deviations)
        raise ImproperlyConfigured(f"The database wall was changed:\n  {listed}\n{REMEDY}")
