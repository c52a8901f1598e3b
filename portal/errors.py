"""What the database's own checks refuse, as exceptions that a view can answer.

The triggers of portal/wall/sql raise with the SQLSTATEs below; nothing here needs a model.
"""

import errno
from contextlib import contextmanager
from datetime import date

from django.core.exceptions import BadRequest, SuspiciousOperation, ValidationError
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.http import UnreadablePostError
from django.http.multipartparser import MultiPartParserError

# A form that cannot be read: cut off, too long, too many fields, no boundary. A page that tells of an
# error meets it when it is the first to ask for the form, where nothing would answer it any more.
UNREADABLE_FORM = (UnreadablePostError, MultiPartParserError, BadRequest, SuspiciousOperation)


class StaleRecord(Exception):
    """Somebody changed or removed the row after it was loaded; nothing of ours was written."""


class OutOfScope(Exception):
    """A unit was asked for, or written to, that the present scope does not contain."""


class ReferenceOutOfScope(Exception):
    """A row was made to refer to one that the writer cannot see."""


class PeriodClosed(Exception):
    """The row lies in a period that was closed after it was reported; a correction must say why.

    ``starts_on`` and ``ends_on`` are the first and the last day of the period.
    """

    def __init__(self, starts_on: date, ends_on: date):
        super().__init__(starts_on, ends_on)
        self.starts_on, self.ends_on = starts_on, ends_on

    @property
    def span(self) -> str:
        return "至".join(f"{day.year}年{day.month}月{day.day}日" for day in self.args)

    def __str__(self):
        return f"{self.span}的记录已经上报并关账，不能直接登记、修改或删除。"


class Unreadable(Exception):
    """What is kept cannot be read: altered, sealed with a key that is gone, or written by another release.

    The message says where to look, and never holds any part of what is kept.
    """


class RuleBroken(ValidationError):
    """A rule that spans rows, kept by a deferred trigger; the message is for the user, in Chinese."""


class ActorMissing(Exception):
    """A write outside any scope: nobody could be named in the log."""


STALE, FOREIGN_REFERENCE, NO_ACTOR, RULE, CLOSED = "PV001", "PR001", "PA001", "PH001", "PC001"
# What the wall may answer to one row, which another way of writing it would not.
WALL_REFUSALS = (StaleRecord, OutOfScope, ReferenceOutOfScope, PeriodClosed, RuleBroken)
TAKEN = "与已有的记录冲突，那条记录可能由其他单位登记；请核对，或联系街道办理。"
UNIQUE_VIOLATION, EXCLUSION_VIOLATION = "23505", "23P01"
DISK_FULL = "53100"
# Too many connections; shut down by an administrator, after a crash, or not up yet.
OUT_OF_REACH = {"53300", "57P01", "57P02", "57P03"}
LOCK_TIMEOUT, DEADLOCK, STATEMENT_TIMEOUT = "55P03", "40P01", "57014"
_BY_STATE = {
    STALE: StaleRecord,
    FOREIGN_REFERENCE: ReferenceOutOfScope,
    NO_ACTOR: ActorMissing,
}


def is_taken(error: Exception) -> bool:
    """Whether a row was refused because another one, perhaps out of sight, stands in its place."""
    return getattr(error.__cause__, "sqlstate", None) in {UNIQUE_VIOLATION, EXCLUSION_VIOLATION}


def is_out_of_reach(error: BaseException | None) -> bool:
    """Whether the database is down, starting, hung, cut off or out of connections."""
    if not isinstance(error, (OperationalError, InterfaceError)):
        return False
    state = getattr(error.__cause__, "sqlstate", None)
    return state is None or state[:2] == "08" or state in OUT_OF_REACH


def is_disk_full(error: BaseException | None) -> bool:
    """Whether a disk had no room: ours for files, or the database's."""
    if isinstance(error, OSError):
        return error.errno in {errno.ENOSPC, errno.EDQUOT}
    return getattr(getattr(error, "__cause__", None), "sqlstate", None) == DISK_FULL


def is_overload(error: Exception) -> bool:
    """Whether the database gave up waiting: for a lock, for a deadlock, or for the time allowed."""
    return getattr(error.__cause__, "sqlstate", None) in {LOCK_TIMEOUT, DEADLOCK, STATEMENT_TIMEOUT}


def translated(error: Exception) -> Exception:
    """Our exception for a refusal of the wall; any other error as it is."""
    refusal = getattr(error, "__cause__", None) or error
    state = getattr(refusal, "sqlstate", None)
    if state == RULE:
        return RuleBroken(refusal.diag.message_primary)
    if state == CLOSED:
        return PeriodClosed(*map(date.fromisoformat, refusal.diag.message_detail.split()))
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


def settle() -> None:
    """Ask now what the database would ask at commit, so that a refusal is a message, not a fault.

    Raises RuleBroken. Call it within a savepoint when all rows of an act are written: what is
    refused leaves the savepoint unusable.
    """
    with translating(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
