"""WSGI entry point; refuses to serve when the database wall is not the one this code expects."""

import os

from django.core.wsgi import get_wsgi_application

from portal.codings import utf8_only

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

application = utf8_only(get_wsgi_application())

from portal.accounts.default_accounts import refuse_demo_accounts  # noqa: E402  needs the app registry
from portal.wall.guard import refuse_unsafe_start  # noqa: E402

refuse_unsafe_start()
refuse_demo_accounts()
