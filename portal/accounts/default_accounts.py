"""No account whose password is public: the demo's open nothing outside DEMO mode, and may not wait there."""

from django.conf import settings
from django.core.checks import Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connections

from portal.demo_accounts import DEMO_ACCOUNTS
from portal.models import User

REMEDY = (
    "Take the sample data away (script/manage demo --clear), disable these accounts, or set DEMO=1."
)


def waiting_demo_accounts(using: str = "default") -> list[str]:
    """Enabled accounts of the demo in an installation that is not one."""
    if settings.DEMO:
        return []
    names = [account.username for account in DEMO_ACCOUNTS]
    found = User.objects.using(using).filter(username__in=names, is_active=True)
    return sorted(found.values_list("username", flat=True))


def refuse_demo_accounts() -> None:
    """Raise ImproperlyConfigured, with the remedy, when such accounts are enabled."""
    if found := waiting_demo_accounts():
        raise ImproperlyConfigured(
            f"Demo accounts, whose password is public, are enabled outside DEMO mode: "
            f"{', '.join(found)}. {REMEDY}"
        )
    connections["default"].close()  # as after the guard of the wall: a server may fork now


@register(Tags.database)
def no_demo_accounts(databases=None, **kwargs):
    found = []
    for alias in databases or []:
        try:
            found += waiting_demo_accounts(alias)
        except DatabaseError:  # before the first migrate there is no table, and so no account
            continue
    if not found:
        return []
    listed = ", ".join(dict.fromkeys(found))
    return [
        Error(
            f"Demo accounts are enabled outside DEMO mode: {listed}.",
            hint=REMEDY,
            id="portal.accounts.E001",
        )
    ]
