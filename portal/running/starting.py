"""The web process comes up without its database, and answers 503 until it has seen that the wall stands.

A power cut starts both at once, and PostgreSQL may take minutes to read its log again. A process that gave up meanwhile
would leave people before an error of the proxy instead of a page that keeps what they typed.
"""

import logging
import threading
import time

from django.core.exceptions import ImproperlyConfigured
from django.db import Error as DatabaseError
from django.db import connections

from portal.accounts.default_accounts import refuse_demo_accounts
from portal.errors import is_out_of_reach
from portal.running.failing import out_of_reach
from portal.wall.guard import refuse_unsafe_start

log = logging.getLogger("portal.running")
PAUSE = 1.0  # seconds between two looks at a database that was not there
PROBES = {"/health/", "/ready/"}  # they say for themselves what is missing


class Gate:
    """Open everywhere but in a web process whose database was not there when it began."""

    def __init__(self):
        self.is_open = True
        self._looking = threading.Lock()
        self._next_look = 0.0

    def begin(self) -> None:
        """Look once, before anything is served. Raises ImproperlyConfigured behind a wrong wall."""
        self.is_open = False
        self._look()

    def opens(self) -> bool:
        """Whether pages may be served; looks again when it is time, in one thread alone."""
        if self.is_open or time.monotonic() < self._next_look:
            return self.is_open
        if not self._looking.acquire(blocking=False):
            return False
        try:
            self._look()
        except (ImproperlyConfigured, DatabaseError) as error:
            log.critical("not serving: %s", error)
        finally:
            self._looking.release()
        return self.is_open

    def _look(self) -> None:
        try:
            refuse_unsafe_start()
            refuse_demo_accounts()
            self.is_open = True
        except DatabaseError as error:
            if not is_out_of_reach(error):
                raise
            log.warning("waiting for the database: %s", str(error).partition("\n")[0])
        finally:
            connections["default"].close()
            self._next_look = time.monotonic() + PAUSE


gate = Gate()


class WallFirst:
    """No page before the wall was seen: until then 503, with what was typed."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path_info in PROBES or gate.opens():
            return self.get_response(request)
        return out_of_reach(request)
