"""The worker of an installation, as a process of its own, on the database of a test."""

import os
import subprocess
import sys
from contextlib import contextmanager
from urllib.parse import quote

from django.conf import settings
from django.db import connection


def _address() -> str:
    given = connection.settings_dict
    host = quote(given["HOST"], safe="")
    login = f"{given['USER']}:{quote(given['PASSWORD'], safe='')}"
    return f"postgres://{login}@{host}:{given['PORT']}/{given['NAME']}"


def start_worker() -> subprocess.Popen:
    """The very worker that is installed, as the web role."""
    environment = os.environ | {
        "DATABASE_URL": _address(),
        "DJANGO_SETTINGS_MODULE": "portal.settings_test",
    }
    environment.pop("DATABASE_OWNER_URL", None)
    return subprocess.Popen(
        [sys.executable, "manage.py", "worker"],
        cwd=settings.BASE_DIR,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@contextmanager
def working():
    """A worker runs for as long as this lasts."""
    worker = start_worker()
    try:
        yield worker
    finally:
        worker.terminate()
        worker.wait(timeout=30)
