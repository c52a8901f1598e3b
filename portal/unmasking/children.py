"""Files of children under 14: their pages open once a reason was given, for a while, in one session.

Under that age all of a person's data is sensitive (PIPL art. 31); the age is the law's, no setting.
"""

import time

from django.utils import timezone

from portal.policies import policy

CHILD_UNDER = 14  # years
OPEN_SECONDS = 30 * 60
SESSION_KEY = "children_opened"  # {"<model>:<key>": until, in seconds since 1970}


class ReasonNeeded(Exception):
    """A page about a child was asked for, and no reason was given yet. ``page`` is where it is asked."""

    def __init__(self, page: str):
        super().__init__(page)
        self.page = page


def child_of(record):
    """The child whom the record is, or is about; None where that is nobody under 14.

    A record knows its person by ``resident``, or is a person itself; who is not yet born, or of whom no
    birth date is known, is no child here.
    """
    person = getattr(record, "resident", None) or record
    born = getattr(person, "born_on", None)
    if born is None:
        return None
    today = timezone.localdate()
    age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    return person if age < CHILD_UNDER else None


def is_closed(request, child) -> bool:
    """Whether this session must still say why it opens the child's file."""
    if not policy("minors_reason"):
        return False
    return _opened(request).get(_key(child), 0) <= time.time()


def open_for_a_while(request, child) -> None:
    """Keep the child's file open in this session; those that ended meanwhile are forgotten."""
    now = time.time()
    kept = {key: until for key, until in _opened(request).items() if until > now}
    request.session[SESSION_KEY] = kept | {_key(child): int(now) + OPEN_SECONDS}


def _opened(request) -> dict:
    return request.session.get(SESSION_KEY, {})


def _key(child) -> str:
    return f"{child._meta.label_lower}:{child.pk}"
