"""撤销: offered after records were deleted or entered together, or one was done with by a click, for an hour.

What may be undone is named in the session, by keys and versions alone; the last act is the one.
"""

import time

from django.contrib import messages
from django.utils.crypto import get_random_string

SESSION_KEY = "undo"
LIFE = 60 * 60  # seconds
DELETED, ENTERED, CLICKED = "deleted", "entered", "clicked"
LABELS = {DELETED: "撤销", ENTERED: "撤销这一批"}
MARK = "undo"  # in front of a message's tags


def keep(request, slug: str, records, act: str) -> str:
    """Name in the session what was done last, and where: a ledger or a worklist. Gives its token."""
    token = get_random_string(16)
    request.session[SESSION_KEY] = {
        "token": token,
        "slug": slug,
        "act": act,
        "rows": [[record.pk, record.version] for record in records],
        "until": time.time() + LIFE,
    }
    return token


def offer(request, text: str, ledger, records, act: str) -> None:
    """Say that it is done, with 撤销 beside it."""
    token = keep(request, ledger.slug, records, act)
    messages.success(request, text, extra_tags=f"{MARK}:{act}:{ledger.slug}:{token}")


def kept_for(request, slug: str, token: str) -> dict | None:
    """What was offered with this token, while it may be undone."""
    kept = _last(request)
    fits = token and kept.get("slug") == slug and kept.get("token") == token
    return kept if fits else None


def last_click(request) -> dict | None:
    """What the user did last, where that was done with one click and may still be undone."""
    kept = _last(request)
    return kept if kept.get("act") == CLICKED else None


def forget(request) -> None:
    request.session.pop(SESSION_KEY, None)


def _last(request) -> dict:
    kept = request.session.get(SESSION_KEY)
    return kept if kept and kept["until"] >= time.time() else {}
