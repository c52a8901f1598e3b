"""Signing in, failing to, and out, as Django tells them."""

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver

from portal.audit.notes import Kind, note
from portal.models import User


@receiver(user_logged_in)
def signed_in(sender, request, user, **kwargs):
    note(Kind.SIGNED_IN, user=user)


@receiver(user_logged_out)
def signed_out(sender, request, user, **kwargs):
    if user is not None:
        note(Kind.SIGNED_OUT, user=user)


@receiver(user_login_failed)
def failed(sender, credentials, request=None, **kwargs):
    """The typed name is kept only as the account it names: people type passwords into that field."""
    typed = str(credentials.get(User.USERNAME_FIELD) or "").replace("\0", "")
    username = User.normalize_username(typed[:150])
    user = User.objects.filter(username=username).first() if username else None
    note(Kind.SIGN_IN_FAILED, user=user, detail="" if user else "没有这个账号")
