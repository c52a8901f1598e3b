"""The pass of a phone: whose it is, until when it may read what it keeps, and the key that seals it.

The key follows from the account and the phone, so that the same person gets it again at the next
sign-in and nobody else ever does; it is not stored anywhere on the server.
"""

import base64
import uuid

from django.middleware.csrf import get_token

from portal.accounts import sessions
from portal.crypto import keyed_hash
from portal.offline.times import PASS


def sealing_key(user, device: uuid.UUID) -> bytes:
    """32 bytes for AES-256-GCM."""
    whose = f"{user.pk}:{device}"
    return bytes.fromhex(keyed_hash(whose, "offline-1") + keyed_hash(whose, "offline-2"))


def seconds_left(request) -> int:
    """Until the session ends, and no more than twelve hours."""
    return min(sessions.seconds_left(request.session), int(PASS.total_seconds()))


def pass_of(request, device: uuid.UUID) -> dict:
    """What a phone is told: with a fresh CSRF token, because it may have been away for long."""
    user = request.user
    return {
        "user": user.pk,
        "name": user.name,
        "key": base64.b64encode(sealing_key(user, device)).decode(),
        "seconds": seconds_left(request),
        "token": get_token(request),
    }
