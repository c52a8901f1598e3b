"""Which accounts may be signed in: asked at sign-in and again at every request."""

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.utils import timezone

from portal.accounts.aging import is_too_late_for
from portal.accounts.locking import Place, settle
from portal.demo_accounts import is_demo_account


class AccountBackend(ModelBackend):
    """An enabled account, until the day on which a leaver's ends; those of the demo, whose password is
    public, only in DEMO mode.

    One hash is computed for every try, also for names that do not exist (ModelBackend does that), and
    only then the counters of failures are asked: all refusals take the same time.
    """

    def authenticate(self, request, username=None, password=None, **kwargs):
        user = super().authenticate(request, username=username, password=password, **kwargs)
        if request is None or username is None:
            return user
        return user if settle(Place.of(request, username), right=user is not None) else None

    def user_can_authenticate(self, user):
        if is_too_late_for(user):
            return False
        left = user.disabled_from is not None and user.disabled_from <= timezone.localdate()
        return user.is_active and not left and (settings.DEMO or not is_demo_account(user.username))
