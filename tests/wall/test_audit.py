"""The change log: every way of writing is in it, and the web role cannot touch it."""

import json

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from portal.errors import ActorMissing
from portal.models import ImportBatch, RoleAssignment, Submission, Unit, User
from portal.scope import scope_of_units
from tests.conftest import PASSWORD, as_command
from tests.wallapp.models import Neighbour, Paper

pytestmark = pytest.mark.django_db


@pytest.fixture
def entries(sql):
    """(op, row id, unit ids, before, after) of a table's entries in the present scope."""

    def read(model, *columns):
        rows = sql(
            "SELECT op, row_id, unit_ids, before::text, after::text FROM audit.log"
            " WHERE table_name = %s ORDER BY id",
            model._meta.db_table,
        )
        return [
            (op, row, units, json.loads(before or "null"), json.loads(after or "null"))
            for op, row, units, before, after in rows
        ]

    return read


def test_a_new_row_is_logged_whole(community, acting, entries, sql):
    with acting(community) as scope:
        paper = Paper.objects.create(unit=community, title="路灯不亮", urgent=True)
        [(op, row, units, before, after)] = entries(Paper)
        assert (op, row, units, before) == ("insert", paper.pk, [community.pk], None)
        assert after["title"] == "路灯不亮"
        assert after["urgent"] is True
        assert after["unit_id"] == community.pk
        assert sql("SELECT actor, request, txid FROM audit.log WHERE row_id = %s", paper.pk) == [
            ("command:test", scope.request, sql("SELECT pg_current_xact_id()::text::bigint")[0][0])
        ]


def test_a_change_is_logged_with_what_changed_only(paper, community, acting, entries):
    with acting(community):
        paper.title = "两盏路灯不亮"
        paper.save()
        paper.save()  # nothing but the version
        assert entries(Paper)[1:] == [
            ("update", paper.pk, [community.pk], {"title": "路灯不亮"}, {"title": "两盏路灯不亮"})
        ]


def test_a_deleted_row_is_logged_whole(paper, community, acting, entries):
    with acting(community):
        paper.delete()
        op, _, units, before, after = entries(Paper)[-1]
        assert (op, units, before["title"], after) == ("delete", [community.pk], "路灯不亮", None)


def test_bulk_writes_and_raw_sql_are_logged_row_by_row(community, acting, entries, sql):
    with acting(community):
        first, second = Paper.objects.bulk_create(
            [Paper(unit=community, title="a"), Paper(unit=community, title="b")]
        )
        Paper.objects.update(urgent=True)
        first.title = "c"
        Paper.objects.bulk_update([first], ["title"])
        sql("UPDATE wallapp_paper SET kind = 'report' WHERE id = %s", second.pk)
        sql("DELETE FROM wallapp_paper WHERE id = %s", first.pk)
        Paper.objects.all().delete()
        assert [(op, row) for op, row, *_ in entries(Paper)] == [
            ("insert", first.pk),
            ("insert", second.pk),
            ("update", first.pk),
            ("update", second.pk),
            ("update", first.pk),
            ("update", second.pk),
            ("delete", first.pk),
            ("delete", second.pk),
        ]


def test_an_upsert_is_logged_as_what_it_did(paper, community, acting, entries):
    with acting(community):
        Paper.objects.bulk_create(
            [
                Paper(pk=paper.pk, unit=community, title="changed"),
                Paper(pk=paper.pk + 1000, unit=community, title="new"),
            ],
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=["title"],
        )
        assert {(op, row) for op, row, *_ in entries(Paper)[1:]} == {
            ("insert", paper.pk + 1000),
            ("update", paper.pk),
        }


def test_a_rolled_back_write_leaves_no_entry(community, acting, entries):
    with acting(community):
        undone = transaction.savepoint()
        Paper.objects.create(unit=community, title="x")
        transaction.savepoint_rollback(undone)
        assert entries(Paper) == []


def test_a_moved_row_is_told_to_both_units(
    street, community, other_community, paper, acting, entries
):
    with acting(street):
        paper.unit = other_community
        paper.save()
    for unit in (community, other_community):
        with acting(unit):
            assert [op for op, *_ in entries(Paper)][-1] == "update"


def test_the_log_is_read_within_the_scope_alone(paper, foreign_paper, acting, entries, street):
    with acting(paper.unit):
        assert [row for _, row, *_ in entries(Paper)] == [paper.pk]
    with acting(street):
        assert [row for _, row, *_ in entries(Paper)] == [paper.pk, foreign_paper.pk]
    assert entries(Paper) == []


def test_a_persons_log_is_read_by_all_its_units(
    street, community, other_community, acting, entries
):
    with acting(street):
        Neighbour.objects.create(
            unit=community, unit_ids=[community.pk, other_community.pk], name="x"
        )
    with acting(other_community):
        assert [op for op, *_ in entries(Neighbour)] == ["insert"]


def test_a_write_without_an_actor_is_refused(community, sql):
    with pytest.raises(ActorMissing), transaction.atomic():
        Unit.objects.create(kind="district", code="440104000000", name="x")
    with pytest.raises(DatabaseError, match="no actor"), transaction.atomic():
        sql("UPDATE portal_unit SET name = 'x'")
    assert sql("UPDATE portal_unit SET name = 'x' WHERE false") == 0


def test_accounts_and_units_are_logged_though_exempt(community, make_user, acting, entries):
    user = make_user("community_staff", community)
    with acting(community):
        assert [op for op, *_ in entries(User)] == ["insert"]
        assert [(op, units) for op, _, units, *_ in entries(RoleAssignment)] == [
            ("insert", [community.pk])
        ]
        assert [(row, units) for _, row, units, *_ in entries(Unit)] == [
            (community.pk, [community.pk])
        ]
        Submission.objects.create(
            user=user, key="0" * 31 + "1", body_hash="x", created_at=timezone.now()
        )
        assert entries(Submission) == []
    assert entries(User) == []


def test_files_and_password_hashes_stay_out_of_the_log(community, make_user, acting, entries):
    user = make_user("community_staff", community)
    with acting(user):
        batch = ImportBatch.objects.create(
            unit=community, filename="x", sha256="1", content=b"secret file", uploaded_by=user
        )
        batch.content = b"another secret"
        batch.save()
        user.set_password("another " + PASSWORD)
        user.save()
        assert "content" not in entries(ImportBatch)[0][4]
        assert entries(ImportBatch)[1][3:] == ({"content": "(hidden)"}, {"content": "(hidden)"})
        assert "password" not in entries(User)[0][4]
        before, after = entries(User)[1][3:]
        assert before["password"] == after["password"] == "(hidden)"
        assert before.keys() == after.keys() == {"password", "password_set_at"}


def test_signing_in_is_not_a_change_of_the_account(
    community, make_user, client_of, entries, acting
):
    user = make_user("community_staff", community)
    client_of(user)
    with acting(community):
        assert [op for op, *_ in entries(User)] == ["insert"]


FORBIDDEN = [
    "INSERT INTO audit.log (actor, table_name, row_id, op, unit_ids) VALUES ('x', 'x', 1, 'insert', '{}')",
    "UPDATE audit.log SET actor = 'x'",
    "DELETE FROM audit.log",
    "TRUNCATE audit.log",
    "DROP TABLE audit.log",
    "CREATE TABLE audit.other (id int)",
    "ALTER TABLE audit.log DISABLE ROW LEVEL SECURITY",
    "CREATE OR REPLACE FUNCTION audit.record() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN END'",
    "SELECT audit.actor()",
    "SELECT setval('audit.log_id_seq', 1)",
    "DROP TRIGGER wall_audit_insert ON wallapp_paper",
    "ALTER TABLE wallapp_paper DISABLE TRIGGER wall_audit_insert",
    "ALTER TABLE wallapp_paper DISABLE TRIGGER ALL",
    "ALTER TABLE wallapp_paper DISABLE ROW LEVEL SECURITY",
    "ALTER TABLE wallapp_paper NO FORCE ROW LEVEL SECURITY",
    "DROP POLICY wall_read ON wallapp_paper",
    "CREATE POLICY mine ON wallapp_paper USING (true)",
    "TRUNCATE wallapp_paper",
    "SET session_replication_role = replica",
    "SET SESSION AUTHORIZATION portal_owner",
    "SET ROLE portal_owner",
    "SET ROLE portal_audit",
    "CREATE TABLE public.mine (id int)",
    "CREATE OR REPLACE FUNCTION public.app_scope() RETURNS bigint[] LANGUAGE sql AS 'SELECT NULL::bigint[]'",
    "UPDATE wall_state SET hash = 'x'",
    "DELETE FROM django_migrations",
]


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_the_web_role_may_not(statement, paper, acting, sql):
    refusal = "permission denied|must be owner"
    with acting(paper.unit):
        with pytest.raises(DatabaseError, match=refusal), transaction.atomic():
            sql(statement)
        assert Paper.objects.get() == paper


def test_row_security_off_raises_instead_of_showing_rows(paper, sql):
    sql("SET LOCAL row_security = off")
    with pytest.raises(DatabaseError, match="row-level security"):
        sql("SELECT * FROM wallapp_paper")


def test_a_bulk_update_after_single_ones_is_not_planned_for_one_row(community, acting, sql):
    with acting(community):
        Paper.objects.bulk_create([Paper(unit=community, title=str(n)) for n in range(4000)])
        for _ in range(10):
            Paper.objects.filter(title="1").update(urgent=True)
        sql("SET LOCAL statement_timeout = '20s'")  # nested loops would take a minute and more
        assert Paper.objects.update(kind="report") == 4000


def test_a_command_needs_its_own_actor(community):
    with as_command([community.pk]) as scope:
        assert scope.actor == "command:test"
    assert scope_of_units([community.pk], "job:nightly").actor == "job:nightly"
