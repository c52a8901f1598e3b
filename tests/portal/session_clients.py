"""Clients that signed in by the page, as tests of sessions need them."""

import uuid

from django.test import Client
from django.urls import reverse

from tests.conftest import PASSWORD

EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/120.0 Safari/537.36 Edg/120.0"
NEW = "明珠社区的一把新钥匙 2025"
PAGE = "/roles/table/"
MINUTE = 60


def sign_in(username="chensufen", **extra):
    client = Client(**extra)
    data = {"username": username, "password": PASSWORD, "_key": str(uuid.uuid4())}
    answer = client.post(reverse("login"), data)
    assert answer.status_code == 302
    return client


def post(client, name, *args, **data):
    return client.post(reverse(name, args=args), data | {"_key": str(uuid.uuid4())})


def sent_back(seconds, client, *stamps):
    """The session as if the stamps were so many seconds older."""
    session = client.session
    for stamp in stamps:
        session[stamp] -= seconds
    session.save()
