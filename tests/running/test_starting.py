"""The web process started before its database: 503 with what was typed, then served; never past a wrong wall."""

import os
import re
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from configparser import RawConfigParser
from contextlib import suppress

import pytest
from django.conf import settings
from django.db import connections

DEPLOY = settings.BASE_DIR / "docs" / "deploy"
pytestmark = pytest.mark.django_db


class LateDatabase:
    """The address of a database that takes connections only from ``arrives`` on."""

    def __init__(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.server = None

    def url(self, alias="default"):
        given = connections[alias].settings_dict
        name = connections["default"].settings_dict["NAME"]
        return f"postgres://{given['USER']}:{given['PASSWORD']}@127.0.0.1:{self.port}/{name}"

    def arrives(self):
        self.server = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._take, daemon=True).start()

    def _take(self):
        given = connections["default"].settings_dict
        with suppress(OSError):
            while True:
                near, _ = self.server.accept()
                far = socket.create_connection((given["HOST"], int(given["PORT"])))
                for one, other in ((near, far), (far, near)):
                    threading.Thread(target=_hand_on, args=(one, other), daemon=True).start()


def _hand_on(one, other):
    with suppress(OSError):
        while said := one.recv(65536):
            other.sendall(said)
    with suppress(OSError):
        other.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def database():
    late = LateDatabase()
    yield late
    if late.server:
        late.server.shutdown(socket.SHUT_RDWR)
        late.server.close()


def environment(url):
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_OWNER_URL"}
    return kept | {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "portal.settings_test",
        "WEB_WORKERS": "1",
    }


@pytest.fixture
def web(tmp_path):
    """``web(url)``: the process as its unit starts it; ``ask(path, data)`` gives status and page."""
    started = []

    class Web:
        def __init__(self, url):
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", 0))
                self.port = probe.getsockname()[1]
            self.words = tmp_path / "web.log"
            command = [sys.executable, "-m", "gunicorn", "--config", "python:portal.gunicorn"]
            with self.words.open("wb") as words:
                self.process = subprocess.Popen(
                    [*command, "--bind", f"127.0.0.1:{self.port}", "portal.wsgi"],
                    cwd=settings.BASE_DIR,
                    env=environment(url),
                    stdout=words,
                    stderr=words,
                )
            started.append(self.process)

        def ask(self, path, data=None):
            body = urllib.parse.urlencode(data).encode() if data else None
            url = f"http://127.0.0.1:{self.port}{path}"
            try:
                answer = urllib.request.urlopen(url, body, timeout=30)
            except urllib.error.HTTPError as told:
                answer = told
            return answer.status, answer.read().decode()

        def comes_up(self):
            until = time.monotonic() + 120  # a loaded machine
            while time.monotonic() < until and self.process.poll() is None:
                with suppress(OSError):
                    return self.ask("/health/")[0]
                time.sleep(0.2)
            return None

    yield Web
    for process in started:
        process.terminate()
        process.wait()


def test_it_waits_for_its_database_and_serves_soon_after(database, web):
    served = web(database.url())
    assert served.comes_up() == 200
    status, page = served.ask("/ledger/visits/add/", {"note": "张三来过"})
    assert status == 503
    assert "数据库暂时连不上" in page
    assert 'name="note" value="张三来过"' in page
    assert served.ask("/ready/")[0] == 503
    assert served.process.poll() is None
    database.arrives()
    began = time.monotonic()
    while served.ask("/login/")[0] != 200 and time.monotonic() - began < 60:
        time.sleep(0.1)
    took = time.monotonic() - began
    print(f"serves {took:.1f} s after its database came")
    assert served.ask("/login/")[0] == 200
    assert "waiting for the database" in served.words.read_text()


def test_a_role_that_sees_past_the_wall_is_never_served(database, web):
    """Neither when it is found out late, nor at the start: then the process ends, as an error."""
    late = web(database.url("owner"))
    assert late.comes_up() == 200
    database.arrives()
    time.sleep(1.1)
    assert late.ask("/login/")[0] == 503
    assert "owns tables" in late.words.read_text()
    early = web(database.url("owner"))
    assert early.process.wait(timeout=120) != 0
    assert "owns tables" in early.words.read_text()


def test_the_worker_ends_and_its_unit_starts_it_again_for_ever(database):
    done = subprocess.run(
        [sys.executable, "manage.py", "worker"],
        cwd=settings.BASE_DIR,
        env=environment(database.url()),
        capture_output=True,
        timeout=120,
    )
    assert done.returncode not in {0, None}
    unit = RawConfigParser(strict=False)
    unit.optionxform = str
    unit.read(DEPLOY / "shequ-workbench-worker.service")
    assert unit["Service"]["Restart"] == "always"
    # systemd gives up after 5 starts within 10 seconds: with this pause there are never more than 2.
    assert int(unit["Service"]["RestartSec"]) >= 5
    assert not re.search(
        r"^StartLimit", (DEPLOY / "shequ-workbench-worker.service").read_text(), re.M
    )
    assert "restart: unless-stopped" in (DEPLOY / "compose.yaml").read_text()
