"""A web process of ours and signed-in browsers that ask it over HTTP."""

import os
import subprocess
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from urllib.parse import urlencode

from tests.bench.cluster import ROOT, Databases

PYTHON = str(ROOT / ".venv" / "bin" / "python")
GUNICORN = (PYTHON, "-m", "gunicorn", "--config", "python:portal.gunicorn")
CSRF = "c" * 32
START = 120  # seconds


@dataclass
class Page:
    status: int
    body: bytes
    headers: dict


@dataclass
class Browser:
    """One session. Each request opens a connection, as after a pause; that costs 0.2 ms."""

    port: int
    session: str = ""
    statuses: set = field(default_factory=set)

    def _asked(self, method: str, path: str, body=None, headers=None) -> Page:
        cookies = f"csrftoken={CSRF}" + (f"; session={self.session}" if self.session else "")
        connection = HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            connection.request(method, path, body, {"Cookie": cookies, **(headers or {})})
            answer = connection.getresponse()
            page = Page(answer.status, answer.read(), dict(answer.getheaders()))
        finally:
            connection.close()
        if page.status != 200:
            raise RuntimeError(f"{method} {path}: {page.status} {page.body[:300]!r}")
        return page

    def get(self, path: str, **headers) -> Page:
        return self._asked("GET", path, headers=headers)

    def post(self, path: str, fields: dict, **headers) -> Page:
        headers |= {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-CSRFToken": CSRF,
        }
        return self._asked("POST", path, urlencode(fields), headers)


@contextmanager
def served(databases: Databases, database: str, application: str = "portal.wsgi", **environ: str):
    """The port of a web process with one thread, so that what is measured is one request's own time."""
    from cluster import free_port

    port = free_port()
    log = ROOT / "var" / "bench-web.log"
    given = databases.environ(database) | {"WEB_WORKERS": "1", "WEB_THREADS": "1"} | environ
    with log.open("ab") as told:
        process = subprocess.Popen(
            [*GUNICORN, "--bind", f"127.0.0.1:{port}", application],
            cwd=ROOT,
            env=given,
            stdout=told,
            stderr=told,
            start_new_session=True,
        )
    try:
        _wait_for(process, port, log)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait_for(process, port: int, log) -> None:
    ends = time.monotonic() + START
    while time.monotonic() < ends and process.poll() is None:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=20)
            connection.request("GET", "/login/")
            if connection.getresponse().status < 500:
                return
        except OSError:
            pass
        time.sleep(0.3)
    raise RuntimeError(f"the web process does not come up; see {log}")


@contextmanager
def browsers(databases: Databases, database: str, *names: str):
    """A browser for each account, signed in at a web process of that database."""
    sessions = [session_of(database, name) for name in names]
    with served(databases, database) as port:
        found = [Browser(port, session) for session in sessions]
        for each in found:
            each.get("/")
        yield found


def session_of(database: str, name: str) -> str:
    """The key of a session as a sign-in leaves it."""
    from django.conf import settings

    from portal.models import User
    from tests.conftest import signed_in
    from tests.database import connect_to

    connect_to(database)
    client = signed_in(User.objects.get(username=name))
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@contextmanager
def acting(database: str, name: str):
    """The account's scope in this process, connected as the web role; one moment, as pages read."""
    from portal.isolation import one_moment
    from portal.models import User
    from portal.scope import access_of, scope
    from tests.database import connect_to

    connect_to(database)
    user = User.objects.get(username=name)
    within = access_of(user).scope()
    with one_moment(), scope(within):
        yield user


def environment() -> dict[str, str]:
    """Of the machine and what runs on it."""
    import platform

    import django
    import psycopg

    model = ""
    with open("/proc/cpuinfo", encoding="utf-8") as told:
        model = next((x.split(":")[1].strip() for x in told if x.startswith("model name")), "")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "processor": f"{os.cpu_count()} × {model or platform.machine()}",
        "memory": f"{memory:.0f} GB",
        "python": platform.python_version(),
        "django": django.get_version(),
        "psycopg": psycopg.__version__,
    }
