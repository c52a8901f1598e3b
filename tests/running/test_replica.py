"""A replica answers what only reads: near enough, never older than one's own writes, and never in the way."""

import os
import sys
import time
from pathlib import Path

import psycopg
import pytest
from django.db import connection, connections
from django.urls import reverse

from portal import replica
from portal.roles import Role

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "script"))
try:
    from cluster import Cluster
finally:
    sys.path.remove(str(ROOT / "script"))

SLACK = 10.0  # seconds that streaming may take on a busy machine


def told_as(url: str) -> dict:
    """As settings say it of a database."""
    given = psycopg.conninfo.conninfo_to_dict(url)
    return connections.settings["default"] | {
        "NAME": given["dbname"],
        "USER": given["user"],
        "PASSWORD": given["password"],
        "HOST": given["host"],
        "PORT": given["port"],
        "ATOMIC_REQUESTS": False,
    }


def allow(database) -> None:
    """Django's test cases forbid databases that the settings of the tests do not name."""

    def ensure_connection():
        if database.connection is None:
            with database.wrap_database_errors:
                database.connect()

    database.ensure_connection = ensure_connection


@pytest.fixture
def named(monkeypatch):
    """``named(url)``: that database is the replica, with nothing known of it yet."""

    def name(url):
        monkeypatch.setitem(connections.settings, replica.ALIAS, told_as(url))
        monkeypatch.setattr(replica, "replica", replica.Replica())
        allow(connections[replica.ALIAS])
        return replica.replica

    yield name
    if hasattr(connections._connections, replica.ALIAS):
        connections[replica.ALIAS].close()
        del connections[replica.ALIAS]


@pytest.fixture(scope="module")
def pair():
    """(primary, standby), streaming; both are removed afterwards."""
    primary, standby = (Cluster(f"scratch-{name}-{os.getpid()}") for name in ("first", "second"))
    try:
        port = primary.start()
        standby._make_folder(standby.home)
        primary._run(
            "pg_basebackup",
            *(f"--host={primary.socket_dir}", f"--port={port}", "--username=postgres"),
            *(f"--pgdata={standby.data}", "--checkpoint=fast", "--write-recovery-conf"),
        )
        standby._start_server()
        yield primary, standby
    finally:
        standby.remove()
        primary.remove()


def until(told, wanted=True) -> bool:
    end = time.monotonic() + SLACK
    while time.monotonic() < end:
        if told() == wanted:
            return True
        time.sleep(0.05)
    return False


def write(primary) -> str:
    """Commits something; the place behind it."""
    with psycopg.connect(primary.url("owner", primary.running_port()), autocommit=True) as owner:
        owner.execute("CREATE TABLE IF NOT EXISTS written (at timestamptz)")
        owner.execute("INSERT INTO written VALUES (clock_timestamp())")
        return owner.execute("SELECT pg_current_wal_insert_lsn()::text").fetchone()[0]


def psql(cluster, statement):
    cluster._run(
        "psql", *cluster._psql_options(cluster.running_port(), "portal"), "--command", statement
    )


@pytest.mark.django_db
def test_it_is_near_once_it_has_what_was_written(pair, named):
    primary, standby = pair
    known = named(standby.url("web", standby.running_port()))
    place = write(primary)
    assert until(lambda: known.is_near(place))
    psql(standby, "SELECT pg_wal_replay_pause()")
    later = write(primary)
    assert not known.is_near(later)
    assert known.is_near(place)  # who wrote nothing since may still read there
    psql(standby, "SELECT pg_wal_replay_resume()")
    assert until(lambda: known.is_near(later))
    assert not known.is_near("FFFFFFFF/0")


@pytest.mark.django_db
def test_one_that_lags_is_left_alone(pair, named, settings):
    primary, standby = pair
    known = named(standby.url("web", standby.running_port()))
    place = write(primary)
    assert until(lambda: known.is_near(place))
    settings.REPLICA_LAG_SECONDS = 0
    assert not known.is_near(place)


@pytest.mark.django_db
def test_a_role_that_no_policy_binds_reads_nothing_there(pair, named):
    primary, standby = pair
    known = named(standby.url("web", standby.running_port()))
    place = write(primary)
    assert until(lambda: known.is_near(place))
    psql(primary, "ALTER ROLE portal_web BYPASSRLS")
    try:
        assert until(lambda: known.is_near(place), False)
    finally:
        psql(primary, "ALTER ROLE portal_web NOBYPASSRLS")


@pytest.mark.django_db
def test_a_primary_is_no_replica(pair, named):
    """One that was promoted takes writes of its own: nothing of it may be told any more."""
    primary, _ = pair
    assert not named(primary.url("web", primary.running_port())).is_near(replica.BEGINNING)


@pytest.mark.django_db(transaction=True)
def test_one_out_of_reach_is_never_in_the_way(named, client_of, make_user, community):
    known = named("postgres://portal_web:none@127.0.0.1:1/portal")
    browser = client_of(make_user(Role.COMMUNITY_STAFF, community))
    assert browser.get(reverse("home")).status_code == 200
    assert known._next_try > time.monotonic()
    began = time.monotonic()
    assert not known.is_near(replica.BEGINNING)
    assert time.monotonic() - began < 0.01  # not even asked


@pytest.mark.django_db(transaction=True)
def test_a_write_leaves_its_place_with_the_browser(pair, named, client_of, make_user, community):
    _, standby = pair
    named(standby.url("web", standby.running_port()))
    browser = client_of(make_user(Role.COMMUNITY_STAFF, community))
    browser.get(reverse("home"))
    assert replica.COOKIE not in browser.cookies
    browser.post(reverse("logout"))
    assert replica.PLACE.fullmatch(browser.cookies[replica.COOKIE].value)


@pytest.mark.django_db
@pytest.mark.parametrize("sent", ["", "0", "0/0 ", "x'; SELECT 1", "٠/٠", "123456789/0"])
def test_an_odd_place_is_no_place(sent):
    assert not replica.PLACE.fullmatch(sent)


@pytest.mark.django_db
def test_within_its_place_every_query_is_its_own(pair, named):
    _, standby = pair
    named(standby.url("web", standby.running_port()))
    with replica.in_its_place(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_is_in_recovery()")
        assert cursor.fetchone() == (True,)
        assert replica.is_in_place()
    assert not replica.is_in_place()
