"""The harness itself: what is flushed, what is spared, and that no test leaves this machine."""

import os
import socket

import psycopg
import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from portal.models import Unit, User
from tests.wallapp.models import Paper, Shelf

# The two tests of each pair run in this order on one connection; the second sees what is left.


def test_tests_run_as_the_web_role_on_a_clone(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_database()")
        role, database = cursor.fetchone()
    assert role == "portal_web"
    assert database.startswith("test_portal_run_")


def test_the_flush_truncates_ours_and_spares_reference_tables(
    transactional_db, community, make_user, acting
):
    from tests.database import flush

    user = make_user("community_staff", community)
    with acting(user):
        Shelf.objects.create(name="甲")
        Paper.objects.create(unit=community, title="x")
    flush()
    assert (Unit.objects.count(), User.objects.count()) == (0, 0)
    assert Shelf.objects.count() == 1
    assert ContentType.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_migrations")
        assert cursor.fetchone()[0] > 0
        cursor.execute("SELECT set_config('app.scope', '1', false)")
        cursor.execute("SELECT count(*) FROM audit.log")
        assert cursor.fetchone()[0] == 0
        cursor.execute("SELECT set_config('app.scope', '', false)")
    Shelf.objects.all().delete()


def test_a_database_is_dropped_though_the_web_role_is_connected(django_db_setup):
    from tests import database

    name = f"{database.PREFIX}run_{os.getpid()}_dropped"
    with database.administration() as owner:
        owner.execute(f"CREATE DATABASE {name}")
        with database.connection_beside("default", name) as web:
            database.drop_database(owner, name)
            with pytest.raises(psycopg.OperationalError):
                web.execute("SELECT 1")
        found = owner.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchall()
    assert found == []


def test_addresses_beyond_this_machine_are_refused():
    with socket.socket() as probe, pytest.raises(OSError, match="may not open"):
        probe.connect(("192.0.2.1", 80))
    with socket.socket() as server, socket.socket() as client:
        server.bind(("127.0.0.1", 0))
        server.listen()
        client.connect(server.getsockname())


@pytest.mark.xdist_group("harness")
def test_a_group_of_tests_is_told_to_the_scheduler(request):
    """Else each worker makes anew what the group shares."""
    if os.environ.get("PYTEST_XDIST_WORKER") and request.config.getoption("loadgroup"):
        assert request.node.nodeid.endswith("@harness")
