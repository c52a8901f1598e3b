"""Who reckons dates by the calendar, and who changes it, take their turns.

Dates are reckoned under a shared lock that is kept until they are stored; nobody waits for anybody
then. After a notice is stored, its job waits once until all those are done that may have read the
calendar before it, and dates anew what they left. Notices themselves are stored one after the other.
"""

from django.db import connection, transaction

RECKONING, STORING = 5_402_023, 5_402_024  # any numbers


def _take(function: str, key: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [key])


def hold_calendar() -> None:
    """Until this transaction ends, no re-dating passes over what it stores."""
    _take("pg_advisory_xact_lock_shared", RECKONING)


def wait_for_reckoners() -> None:
    """Return when all have ended that held the calendar before."""
    with transaction.atomic():
        _take("pg_advisory_xact_lock", RECKONING)


def store_alone() -> None:
    """Until this transaction ends, nobody else stores a notice."""
    _take("pg_advisory_xact_lock", STORING)
