"""The role of pages without sign-in: it reads nothing, and only reviewed functions answer it."""

import pytest
from django.conf import settings
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection, connections, transaction

from portal.wall import guard, install, public_role
from portal.wall.classes import Own
from portal.wall.registry import tables
from tests.wallapp.models import Paper, Postcard

ALLOWED = {  # each reviewed in the migration that makes it
    "portal_public_try",
    "servicecenter_public_rating",
    "servicecenter_public_case",
    "servicecenter_public_disclosed",
    "servicecenter_public_echoes",
    "servicecenter_public_items",
    "servicecenter_public_letter",
    "servicecenter_public_months",
    "servicecenter_public_promised",
    "servicecenter_public_units",
    "servicecenter_rate",
    "servicecenter_rating_offer",
    "volunteers_public_certificate",
    "volunteers_public_application",
    "volunteers_public_link",
    "volunteers_public_posted",
    "volunteers_public_recruiting",
    "volunteers_public_units",
}
INTAKE = {table.name for table in tables() if getattr(table.wall, "intake", "")}
DEFINERS = """
SELECT proname::text FROM pg_proc WHERE prosecdef AND has_function_privilege(oid, 'EXECUTE')
  AND pronamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
"""
UNPINNED = """
SELECT proname::text FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace
  AND NOT coalesce(proconfig @> ARRAY['search_path=pg_catalog, pg_temp'], false)
"""
both = pytest.mark.django_db(databases=["default", "owner"], transaction=True)


def refused(sql, statement, match="permission denied"):
    with pytest.raises(DatabaseError, match=match), transaction.atomic():
        sql(statement)


@pytest.mark.django_db
def test_the_role_reads_and_changes_no_table(sql, paper, community, acting):
    """Not even within a scope that shows web the rows."""
    names = [f'"{table.name}"' for table in tables()] + ["audit.log"]
    with acting(community), public_role.public_role():
        for name in names:
            refused(sql, f"SELECT 1 FROM {name}")
            refused(sql, f"DELETE FROM {name}")
            refused(sql, f"TRUNCATE {name}")
            if name.strip('"') not in INTAKE:
                refused(sql, f"INSERT INTO {name} DEFAULT VALUES")
    with acting(community):
        assert sql("SELECT count(*) FROM wallapp_paper") == [(1,)]


@pytest.mark.django_db
def test_the_role_calls_the_reviewed_functions_and_no_other(sql):
    with public_role.public_role():
        assert {name for (name,) in sql(DEFINERS)} == ALLOWED
        refused(sql, "SELECT wall_catalog()")
        refused(sql, "SELECT app_scope()")
        refused(sql, "SELECT * FROM residents_take_over('', 1, now()::date, '', '', true, 1, true)")


@pytest.mark.django_db
def test_web_does_not_inherit_what_the_role_may(sql):
    assert not {name for (name,) in sql(DEFINERS)} & ALLOWED
    refused(sql, "SELECT * FROM servicecenter_public_units()")


@pytest.mark.django_db
def test_functions_of_the_role_pin_their_search_path(sql):
    assert sql(UNPINNED) == []


@pytest.mark.django_db
def test_the_role_makes_nothing(sql):
    with public_role.public_role():
        refused(sql, "CREATE TABLE mine (id int)")
        refused(sql, f"SET LOCAL ROLE {settings.DATABASE_AUDIT_ROLE}")
        refused(sql, f"SET LOCAL ROLE {settings.DATABASES['owner']['USER']}")


@pytest.mark.django_db
def test_the_role_ends_with_the_block_and_with_an_exception(sql):
    web, public = settings.DATABASES["default"]["USER"], settings.DATABASE_PUBLIC_ROLE
    with public_role.public_role():
        assert sql("SELECT current_user::text") == [(public,)]
    assert sql("SELECT current_user::text") == [(web,)]
    with pytest.raises(ZeroDivisionError), public_role.public_role():
        raise ZeroDivisionError
    assert sql("SELECT current_user::text") == [(web,)]


# --- what comes in from outside -------------------------------------------------------------------
INSERT = (
    "INSERT INTO wallapp_postcard (unit_id, text, state, version, recorded_at)"
    " VALUES (%s, '您好', %s, 1, now())"
)


@pytest.mark.django_db
def test_the_role_adds_rows_of_an_intake_and_sees_none(sql, community, other_community, acting):
    assert isinstance(Postcard.wall, Own)
    with acting(community), public_role.public_role():
        assert sql(INSERT, community.pk, "sent") == 1
        assert sql(INSERT, other_community.pk, "sent") == 1
        refused(sql, "SELECT text FROM wallapp_postcard")
        refused(sql, "UPDATE wallapp_postcard SET text = 'x'")
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            sql(INSERT, community.pk, "answered")
    with acting(community):
        assert [card.unit for card in Postcard.objects.all()] == [community]
        assert sql("SELECT actor FROM audit.log WHERE table_name = 'wallapp_postcard'") == [
            ("command:test",)
        ]


def test_an_intake_that_refers_to_protected_rows_fails_the_check(monkeypatch):
    monkeypatch.setattr(Paper, "wall", Own(intake="true"))
    [error] = [e for e in run_checks(tags=["models"]) if e.id == "portal.wall.E004"]
    assert "wallapp.Paper" in error.msg
    assert "writer_id" in error.msg


# --- the start-up check -----------------------------------------------------------------------------
@both
@pytest.mark.parametrize(
    ("row", "told"),
    [
        (None, "does not exist"),
        ((False, False), "is not granted to portal_web"),
        ((True, True), "is inherited by portal_web"),
    ],
)
def test_without_the_role_nothing_starts_and_the_remedy_is_named(row, told, monkeypatch):
    answer = f"SELECT {row[0]}, {row[1]}" if row else "SELECT true, true WHERE false"
    monkeypatch.setattr(public_role, "_FOUND", answer)
    for check in (guard.refuse_unsafe_start, install.install):
        with pytest.raises(ImproperlyConfigured, match=told) as refusal:
            check()
        assert "docs/deploy/roles.sql" in str(refusal.value)


@both
def test_a_grant_to_the_role_by_another_hand_is_noticed_and_taken_away():
    with connections["owner"].cursor() as cursor:
        cursor.execute("GRANT SELECT ON wallapp_paper TO portal_public")
        cursor.execute("GRANT EXECUTE ON FUNCTION app_scope() TO portal_public")
        cursor.execute(
            "CREATE FUNCTION leak() RETURNS text LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'"
        )
    try:
        _, deviations = install.state_of(connections["owner"])
        for fragment in ("grant SELECT on public.wallapp_paper to portal_public", "leak()"):
            assert [line for line in deviations if fragment in line], fragment
        with pytest.raises(ImproperlyConfigured, match="was changed"):
            guard.refuse_unsafe_start()
    finally:
        with connections["owner"].cursor() as cursor:
            cursor.execute("DROP FUNCTION leak()")
        install.install()
    guard.refuse_unsafe_start()


@pytest.mark.django_db
def test_the_catalogue_tells_what_the_role_is(sql):
    [line] = [text for (text,) in sql("SELECT wall_catalog()") if text.startswith("role ")]
    assert "portal_public: sign-in f, superuser f, past policies f, web may become it t" in line
    assert "inherits it f, member of {}" in line
    assert connection.alias == "default"
