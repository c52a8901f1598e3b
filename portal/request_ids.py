"""The id of the request that is being answered: in its scope, its log lines and its audit entries."""

import uuid
from contextlib import contextmanager
from contextvars import ContextVar

_present: ContextVar[str] = ContextVar("request_id", default="")


def present() -> str:
    """ "" outside any request."""
    return _present.get()


def present_or_new() -> str:
    return _present.get() or uuid.uuid4().hex


@contextmanager
def new_id():
    """An id of our own: one that came from outside could be anything, also somebody else's."""
    token = _present.set(uuid.uuid4().hex)
    try:
        yield _present.get()
    finally:
        _present.reset(token)
