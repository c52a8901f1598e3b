"""What the database's own checks refuse, as exceptions that a view can answer.

The triggers of portal/wall/sql raise with the SQLSTATEs below; nothing here needs a model.
"""

from contextlib import contextmanager

from django.db import DatabaseError


class StaleRecord(Exception):
    """Somebody changed or removed the row after it was loaded; nothing of ours was written."""


class OutOfScope(Exception):
    """A unit was asked for, or written to, that the present scope does not contain."""


class ReferenceOutOfScope(Exception):
    """A row was made to refer to one that the writer cannot see."""


class ActorMissing(Exception):
    """A write outside any scope: nobody could be named in the log."""


STALE, FOREIGN_REFERENCE, NO_ACTOR = "PV001", "PR001", "PA001"
UNIQUE_VIOLATION, EXCLUSION_VIOLATION = "23505", "23P01"
LOCK_TIMEOUT, DEADLOCK, STATEMENT_TIMEOUT = "55P03", "40P01", "57014"
_BY_STATE = {
    STALE: StaleRecord,
    FOREIGN_REFERENCE: ReferenceOutOfScope,
    NO_ACTOR: ActorMissing,
}


def is_taken(error: Exception) -> bool:
    """Whether a row was refused because another one, perhaps out of sight, stands in its place."""
    return getattr(error.__cause__, "sqlstate", None) in {UNIQUE_VIOLATION, EXCLUSION_VIOLATION}


def is_overload(error: Exception) -> bool:
    """Whether the database gave up waiting: for a lock, for a deadlock, or for the time allowed."""
    return getattr(error.__cause__, "sqlstate", None) in {LOCK_TIMEOUT, DEADLOCK, STATEMENT_TIMEOUT}


def translated(error: Exception) -> Exception:
    """Our exception for a refusal of the wall; any other error as it is."""
    refusal = getattr(error, "__cause__", None) or error
    state = getattr(refusal, "sqlstate", None)
    if state in _BY_STATE:
        return _BY_STATE[state](str(error))
    # 42501 also stands for a missing grant, which is a fault of ours; texts depend on the locale.
    if state == "42501" and refusal.diag.source_function == "ExecWithCheckOptions":
        return OutOfScope(str(error))
    return error


@contextmanager
def translating():
    """Raise the refusals of the wall as our own exceptions."""
    try:
        yield
    except DatabaseError as error:
        ours = translated(error)
        if ours is error:
            raise
        raise ours from error
