"""Where sessions are kept: Django's table, under a hash of the key that the browser holds.

So nobody who reads the table, or a backup of it, can go on with somebody's session. Keys are random (32
characters of 36), which is why a plain hash will do.
"""

import hashlib

from django.contrib.sessions.backends import db
from django.utils import timezone

from portal.models import UserSession

STORED = 40  # hex digits: what the column of Django's table takes, 160 bits


def stored_key(session_key: str) -> str:
    return hashlib.sha256(f"session\0{session_key}".encode()).hexdigest()[:STORED]


class SessionStore(db.SessionStore):
    def _get_session_from_db(self):
        try:
            return self.model.objects.get(
                session_key=stored_key(self.session_key), expire_date__gt=timezone.now()
            )
        except self.model.DoesNotExist:
            self._session_key = None

    def exists(self, session_key):
        return super().exists(stored_key(session_key))

    def create_model_instance(self, data):
        row = super().create_model_instance(data)
        row.session_key = stored_key(row.session_key)
        return row

    def delete(self, session_key=None):
        key = session_key or self.session_key
        if key is not None:
            self.model.objects.filter(session_key=stored_key(key)).delete()

    def cycle_key(self):
        """The list of the owner's sign-ins follows the new key, within the owner's scope."""
        before = self.session_key
        super().cycle_key()
        if before:
            UserSession.objects.filter(key=stored_key(before)).update(
                key=stored_key(self.session_key)
            )
