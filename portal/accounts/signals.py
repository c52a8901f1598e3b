"""What follows a sign-in and a sign-out."""

from django.contrib.auth.signals import user_logged_in, user_logged_out

from portal.accounts import second_factor, sessions

user_logged_in.connect(sessions.begin, dispatch_uid="sessions.begin")
user_logged_in.connect(second_factor.ask, dispatch_uid="second_factor.ask")
user_logged_out.connect(sessions.signed_out, dispatch_uid="sessions.signed_out")
