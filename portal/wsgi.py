"""WSGI entry point; serves nothing before the database wall was seen to be the one this code expects."""

import os

from django.core.wsgi import get_wsgi_application

from portal.codings import utf8_only

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

application = utf8_only(get_wsgi_application())

from portal.running.starting import gate  # noqa: E402  needs the app registry

gate.begin()
