"""Reads answered by a streaming replica, where there is one (ADR 58).

A signed-in GET that writes nothing is one transaction of one moment, so it may be asked of another server as well: one
that has replayed what this browser wrote last, and lags no more than REPLICA_LAG_SECONDS. Whatever stands in the way,
the primary answers.
"""

import logging
import re
import time
from contextlib import contextmanager

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db import Error as DatabaseError
from django.urls import Resolver404, resolve

from portal.errors import is_out_of_reach, is_overload
from portal.marks import is_of_primary, writes_on_get

log = logging.getLogger("portal.replica")

ALIAS = "replica"
COOKIE = "written"  # the place in the primary's log behind this browser's last write
KEPT = 60 * 60  # seconds; a replica that lags by more is out of use anyway
PLACE = re.compile(r"[0-9A-F]{1,8}/[0-9A-F]{1,8}", re.ASCII)
BEGINNING = "0/0"
PAUSE = 10.0  # seconds until a replica that did not answer is asked again
# The age is that of the last commit it replayed. The worker's sign of life is a commit every ten seconds, so a quiet
# primary looks no older than that, and a replica that lost its primary soon looks old. A role that no policy binds
# reads nothing there.
IS_NEAR = """
    SELECT pg_is_in_recovery() AND pg_last_wal_replay_lsn() >= %s::pg_lsn
      AND clock_timestamp() - pg_last_xact_replay_timestamp() <= make_interval(secs => %s)
      AND NOT (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user)
"""


class Replica:
    """What a process knows of its replica: when to ask it next after a failure."""

    def __init__(self):
        self._next_try = 0.0

    def is_near(self, since: str) -> bool:
        """Whether it answers, and has all that was committed before the place ``since`` of the primary's log."""
        if not is_there() or time.monotonic() < self._next_try:
            return False
        try:
            with connections[ALIAS].cursor() as cursor:
                cursor.execute(IS_NEAR, [since, settings.REPLICA_LAG_SECONDS])
                return bool(cursor.fetchone()[0])
        except DatabaseError as error:
            self.failed(error)
            return False

    def failed(self, error: Exception) -> None:
        log.warning("the replica did not answer: %s", str(error).partition("\n")[0])
        # Else it only cancelled a read that stood in the way of replaying.
        if is_out_of_reach(error):
            self._next_try = time.monotonic() + PAUSE
            connections[ALIAS].close()


replica = Replica()


def is_there() -> bool:
    return ALIAS in connections.settings


def may_answer(request) -> bool:
    """Whether the replica may be asked for the page, and is near enough for this browser."""
    if not is_there() or not request.user.is_authenticated:
        return False
    if request.method not in {"GET", "HEAD"} or connection.in_atomic_block:
        return False
    try:
        view = resolve(request.path_info).func
    except Resolver404:
        return False
    if writes_on_get(view) or is_of_primary(view):
        return False
    since = request.COOKIES.get(COOKIE, BEGINNING)
    return bool(PLACE.fullmatch(since)) and replica.is_near(since)


@contextmanager
def in_its_place():
    """Within, this thread's default database is the replica."""
    primary = connections[DEFAULT_DB_ALIAS]
    connections[DEFAULT_DB_ALIAS] = connections[ALIAS]
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = primary


def is_in_place() -> bool:
    return connection.alias == ALIAS


def is_its_fault(error: Exception) -> bool:
    """Whether the primary may know better; what takes too long would do so there too."""
    return isinstance(error, DatabaseError) and not is_overload(error)


def remember_write(request, response) -> None:
    """Let this browser's next reads wait for what it has just committed."""
    if not is_there() or connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_wal_insert_lsn()::text")
        [place] = cursor.fetchone()
    response.set_cookie(
        COOKIE,
        place,
        max_age=KEPT,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
