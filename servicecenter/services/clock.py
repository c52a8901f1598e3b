"""Due dates are set here, and set anew when the calendar changes."""

from django.db import connection

from servicecenter.selectors.clock import due_of

# Whoever reckons a date holds this lock together with others until it is stored; who dates cases anew
# after a notice first waits until nobody does who may still have read the calendar before it.
LOCK = 5_402_023  # any number


def hold_calendar() -> None:
    """Until the transaction ends, no re-dating passes over what it stores."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [LOCK])


def set_due(case):
    """Reckon and store the day on which the case is due; the new value.

    None while its clock stands or before it is accepted. Call it within the transaction of the act,
    when state, limits and pauses are stored. Raises StaleRecord where somebody changed the case.
    """
    hold_calendar()
    due = due_of(case)
    if due != case.due_on:
        case.due_on = due
        case.save(update_fields=["due_on"])
    return due
