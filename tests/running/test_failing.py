"""Row 32 and 33: the database down, hung or started anew, a full disk: a page of our own, soon, nothing half."""

import errno
import socket
import threading
import time
from contextlib import contextmanager

import psycopg
import pytest
from django.db import OperationalError, connection, connections

from portal.running.failing import broken
from tests.conftest import PASSWORD
from tests.database import connection_beside

MOST_SECONDS = 3.5


@contextmanager
def database_at(port):
    """The web role's connection looks for its server at another port; the real one returns after."""
    mine = connections["default"]
    held, mine.connection = mine.connection, None
    former, mine.settings_dict["PORT"] = mine.settings_dict["PORT"], port
    try:
        yield
    finally:
        mine.settings_dict["PORT"] = former
        mine.connection = held


@pytest.fixture
def closed_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def silent_port():
    """A server that takes connections and never answers: what a stopped process looks like."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(8)
        yield server.getsockname()[1]


@pytest.fixture
def stranger(client):
    client.raise_request_exception = False
    return client


def timed(ask):
    began = time.monotonic()
    response = ask()
    return response, time.monotonic() - began


pytestmark = pytest.mark.django_db(transaction=True)


def test_without_a_database_a_page_of_our_own_answers_soon(stranger, closed_port):
    with database_at(closed_port):
        response, took = timed(lambda: stranger.get("/login/"))
    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert "数据库暂时连不上" in response.content.decode()
    assert took < MOST_SECONDS


def test_a_hung_database_is_not_waited_for(stranger, silent_port):
    with database_at(silent_port):
        response, took = timed(lambda: stranger.get("/login/"))
    assert response.status_code == 503
    assert took < MOST_SECONDS


def test_what_was_typed_stays_on_the_page(stranger, closed_port):
    typed = {"name": "张三<b>", "note": "两行\n字", "csrfmiddlewaretoken": "x"}
    with database_at(closed_port):
        page = stranger.post("/ledger/visits/add/?a=1", typed).content.decode()
    assert 'name="name" value="张三&lt;b&gt;"' in page
    assert 'name="note" value="两行\n字"' in page
    assert 'action="/ledger/visits/add/?a=1"' in page


def test_a_password_is_not_written_back(stranger, closed_port):
    with database_at(closed_port):
        page = stranger.post("/login/", {"username": "a", "password": PASSWORD}).content.decode()
    assert PASSWORD not in page
    assert "再试一次" in page


def test_a_program_is_told_in_json_that_it_may_ask_again(stranger, closed_port):
    with database_at(closed_port):
        response = stranger.get("/offline/pass/", headers={"Accept": "application/json"})
    assert response.status_code == 503
    assert response.json()["again"] is True


def test_it_works_again_at_once_after_a_restart(stranger):
    """The kept connection was cut: the first request afterwards is answered as ever."""
    assert stranger.get("/login/").status_code == 200
    backend = connection.connection.info.backend_pid
    with connection_beside("default", connection.settings_dict["NAME"]) as beside:
        beside.execute("SELECT pg_terminate_backend(%s, 5000)", [backend])
    connection.close_if_unusable_or_obsolete()
    assert stranger.get("/login/").status_code == 200


def test_a_kept_connection_that_hangs_is_thrown_away(stranger):
    """Held busy from its own side, it gives no answer within the patience of the engine."""
    connection.ensure_connection()
    held = connection.connection
    sleeper = threading.Thread(target=lambda: held.execute("SELECT pg_sleep(3)"))
    assert connection.is_usable()
    sleeper.start()
    time.sleep(0.2)
    usable, took = timed(connection.is_usable)
    sleeper.join()
    assert not usable
    assert took < 2


def test_a_database_without_room_is_told_apart_from_a_fault_of_ours(rf):
    full = OperationalError("could not extend file")
    full.__cause__ = psycopg.errors.DiskFull()
    for error, status in ((full, 507), (OSError(errno.ENOSPC, "full"), 507), (KeyError("x"), 500)):
        try:
            raise error
        except Exception:
            assert broken(rf.get("/")).status_code == status
