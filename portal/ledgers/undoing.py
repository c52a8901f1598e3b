"""撤销: offered beside the message after records were deleted or entered together, for an hour.

What may be undone is named in the session, by keys and versions alone; the last act is the one.
"""

import time

from django.contrib import messages
from django.utils.crypto import get_random_string

SESSION_KEY = "undo"
LIFE = 60 * 60  # seconds
DELETED, ENTERED = "deleted", "entered"
LABELS = {DELETED: "撤销", ENTERED: "撤销这一批"}
MARK = "undo"  # in front of a message's tags


def offer(request, text: str, ledger, records, act: str) -> None:
    """Say that it is done, with 撤销 beside it."""
    token = get_random_string(16)
    request.session[SESSION_KEY] = {
        "token": token,
        "slug": ledger.slug,
        "act": act,
        "rows": [[record.pk, record.version] for record in records],
        "until": time.time() + LIFE,
    }
    messages.success(request, text, extra_tags=f"{MARK}:{act}:{ledger.slug}:{token}")


def kept_for(request, slug: str, token: str) -> dict | None:
    """What was offered with this token, while it may be undone."""
    kept = request.session.get(SESSION_KEY) or {}
    fits = token and kept.get("slug") == slug and kept.get("token") == token
    return kept if fits and kept["until"] >= time.time() else None
