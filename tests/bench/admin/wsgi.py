"""Served beside the portal, by the bench alone."""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
