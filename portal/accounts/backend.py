"""Which accounts may be signed in: asked at sign-in and again at every request."""

from django.conf import settings
from django.contrib.auth.backends import ModelBackend

from portal.demo_accounts import is_demo_account


class AccountBackend(ModelBackend):
    """An enabled account; those of the demo, whose password is public, only in DEMO mode."""

    def user_can_authenticate(self, user):
        return user.is_active and (settings.DEMO or not is_demo_account(user.username))
