"""The installer, the guard, the checks: what the registry asks is what the database has."""

from types import SimpleNamespace

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import DatabaseError, connections, transaction

from portal.wall import guard, install
from portal.wall.classes import Down, Exempt, Inspected, Own, Person, Personal
from portal.wall.marking import marked_tables
from portal.wall.registry import tables, wall_of
from tests.wallapp.models import Neighbour, Notice, Paper, Shelf

ALL_TABLES = """
SELECT relname, relrowsecurity, relforcerowsecurity,
  ARRAY(SELECT polname::text FROM pg_policy WHERE polrelid = c.oid ORDER BY 1),
  ARRAY(SELECT tgname::text FROM pg_trigger WHERE tgrelid = c.oid AND NOT tgisinternal
        AND tgname LIKE 'wall\\_%' ORDER BY 1),
  ARRAY(SELECT privilege_type::text FROM aclexplode(relacl)
        WHERE grantee = 'portal_web'::regrole ORDER BY 1),
  EXISTS (SELECT FROM aclexplode(relacl) WHERE grantee = 0)
FROM pg_class c WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace
"""
AUDIT = ["wall_audit_delete", "wall_audit_insert", "wall_audit_update"]
CLOSED = ["wall_closed_delete", "wall_closed_insert", "wall_closed_update"]
REFERENCES = ["wall_references_insert", "wall_references_update"]
POLICIES = ["wall_delete", "wall_insert", "wall_owner", "wall_read", "wall_update"]


def _expected_triggers(table):
    found = [*AUDIT, "wall_key"] if table.is_audited else []
    found += CLOSED if table.closes else []
    found += REFERENCES if table.references else []
    found += ["wall_version"] if table.is_versioned else []
    found += ["wall_guard"] if getattr(table.wall, "guard", "") else []
    found += ["wall_units"] if isinstance(table.wall, Person) else []
    found += ["wall_emptied"] if getattr(table.wall, "emptied", ()) else []
    found += ["wall_emptied_when"] if getattr(table.wall, "when", "") else []
    found += marked_tables().get(table.name, [])
    return sorted(found)


def _expected_policies(wall):
    match wall:
        case Exempt():
            return []
        case Own(append_only=True, emptied=columns) if columns:
            return ["wall_insert", "wall_owner", "wall_read", "wall_update"]
        case Own(kept=columns) if columns:
            return ["wall_insert", "wall_owner", "wall_read", "wall_update"]
        case Own(append_only=True) | Down(append_only=True):
            return ["wall_insert", "wall_owner", "wall_read"]
        case Own(intake=condition) if condition:
            return sorted([*POLICIES, "wall_intake"])
    return POLICIES


def _expected_grants(wall):
    match wall:
        case Exempt(web=grants):
            return sorted(grants.split(", "))
        case Own(kept=columns) if columns:
            return ["INSERT", "SELECT"]  # and UPDATE of those columns
        case Own(append_only=True) | Down(append_only=True):
            return ["INSERT", "SELECT"]
    return ["DELETE", "INSERT", "SELECT", "UPDATE"]


@pytest.mark.django_db
def test_every_table_has_its_class_and_what_it_asks(sql):
    known = {table.name: table for table in tables()}
    present = {name: rest for name, *rest in sql(ALL_TABLES)}
    assert present.keys() == known.keys()
    for name, (secured, forced, policies, triggers, grants, public) in present.items():
        table = known[name]
        protected = isinstance(table.wall, Own | Person | Down | Inspected | Personal)
        assert (name, secured, forced) == (name, protected, protected)
        assert (name, policies) == (name, _expected_policies(table.wall))
        assert (name, triggers) == (name, _expected_triggers(table))
        assert (name, grants) == (name, _expected_grants(table.wall))
        assert not public


def test_every_exemption_gives_its_reason():
    for table in tables():
        if isinstance(table.wall, Exempt):
            assert table.wall.reason


def test_classes_are_found_where_models_state_them():
    assert wall_of(Paper) == Own()
    assert wall_of(Neighbour) == Person()
    assert wall_of(Notice) == Down()
    assert isinstance(wall_of(Shelf), Exempt)


def test_every_table_of_ours_has_a_class_or_the_check_fails():
    assert [e for e in run_checks(tags=["models"]) if e.id.startswith("portal.wall")] == []


def test_a_model_without_a_class_fails_the_check(monkeypatch):
    monkeypatch.delattr(Notice, "wall")
    [error] = [e for e in run_checks(tags=["models"]) if e.id == "portal.wall.E001"]
    assert "wallapp_notice" in error.msg
    with pytest.raises(ImproperlyConfigured, match="wallapp_notice"):
        install.wall_sql()


def test_a_class_naming_a_missing_column_fails_the_check(monkeypatch):
    monkeypatch.setattr(Notice, "wall", Person())
    [error] = [e for e in run_checks(tags=["models"]) if e.id == "portal.wall.E002"]
    assert "unit_ids" in error.msg


def test_a_plain_many_to_many_of_a_protected_model_has_no_class():
    through = SimpleNamespace(_meta=SimpleNamespace(db_table="x", auto_created=Paper))
    assert wall_of(through) is None
    through = SimpleNamespace(_meta=SimpleNamespace(db_table="x", auto_created=Shelf))
    assert wall_of(through) == Shelf.wall


# --- the owner ----------------------------------------------------------------------------------
both = pytest.mark.django_db(databases=["default", "owner"], transaction=True)


@both
def test_a_data_migration_of_the_owner_changes_rows_and_is_logged_as_owner(paper, acting, sql):
    assert Paper.objects.using("owner").update(title="x") == 1
    with acting(paper.unit):
        assert Paper.objects.get().title == "x"
        assert sql("SELECT actor FROM audit.log WHERE op = 'update'") == [("owner",)]


@both
def test_the_owner_may_load_a_child_before_its_parent(paper, neighbour):
    with transaction.atomic(using="owner"):
        assert Paper.objects.using("owner").update(writer=neighbour.pk + 1) == 1
        neighbour.pk = neighbour.pk + 1
        neighbour.save(using="owner", force_insert=True)


@both
def test_installing_again_changes_nothing():
    assert install.install() is False


@pytest.fixture
def repaired(monkeypatch):
    """After a test that broke the wall of this process's clone."""
    yield
    monkeypatch.undo()  # before the wall is put back, or the changed one would be
    install.install()
    assert install.state_of(connections["owner"]) == (install.wall_hash(), [])


# Statement of a careless administrator: what the guard must name.
BREAKAGES = {
    "DROP POLICY wall_read ON wallapp_paper": "missing: policy wall_read on public.wallapp_paper",
    "ALTER POLICY wall_delete ON wallapp_paper USING (true)": "to {portal_web} using true check",
    "CREATE POLICY mine ON wallapp_paper USING (true)": "added: policy mine on",
    "ALTER TABLE wallapp_paper NO FORCE ROW LEVEL SECURITY": "wallapp_paper: owner portal_owner,"
    " row security t, forced f",
    "ALTER TABLE wallapp_notice DISABLE ROW LEVEL SECURITY": "wallapp_notice: owner portal_owner,"
    " row security f, forced t",
    "DROP TRIGGER wall_audit_delete ON wallapp_paper": "missing: trigger CREATE TRIGGER"
    " wall_audit_delete AFTER DELETE ON public.wallapp_paper",
    "ALTER TABLE wallapp_notice DISABLE TRIGGER wall_audit_delete": "enabled D",
    "GRANT UPDATE ON portal_accesslog TO portal_web": "added: grant UPDATE on"
    " public.portal_accesslog to portal_web",
    "GRANT UPDATE (purpose) ON portal_accesslog TO portal_web": "public.portal_accesslog.purpose",
    "GRANT SELECT ON wallapp_paper TO PUBLIC": "added: grant SELECT on public.wallapp_paper to -",
    "CREATE OR REPLACE FUNCTION app_scope() RETURNS bigint[] STABLE LANGUAGE sql"
    " SET search_path = pg_catalog, pg_temp AS 'SELECT NULL::bigint[]'": "added: function"
    " public.app_scope()",
    "ALTER FUNCTION wall_references() RESET search_path": "wall_references(): owner portal_owner,"
    " definer f, settings , ",
    "GRANT EXECUTE ON FUNCTION wall_version() TO PUBLIC": "wall_version(): owner portal_owner",
}


@both
def test_a_changed_wall_is_noticed_by_guard_and_check_and_mended(repaired, sql):
    guard.refuse_unsafe_start()
    sound = set(sql("SELECT wall_catalog()"))
    with connections["owner"].cursor() as cursor:
        for statement in BREAKAGES:
            cursor.execute(statement)
    _, deviations = install.state_of(connections["owner"])
    for fragment in BREAKAGES.values():
        assert [line for line in deviations if fragment in line], fragment
    with pytest.raises(ImproperlyConfigured, match="was changed"):
        guard.refuse_unsafe_start()
    warnings = run_checks(tags=["database"], databases=["default"])
    assert {line.msg for line in warnings if line.id == "portal.wall.W001"} == set(deviations)
    assert install.install() is True
    assert set(sql("SELECT wall_catalog()")) == sound
    guard.refuse_unsafe_start()


@both
def test_a_view_is_noticed_and_closed_to_the_web_role(repaired, sql):
    with connections["owner"].cursor() as cursor:
        cursor.execute("CREATE VIEW all_papers AS SELECT * FROM wallapp_paper")
        cursor.execute("GRANT SELECT ON all_papers TO portal_web")
        try:
            with pytest.raises(ImproperlyConfigured, match="all_papers"):
                guard.refuse_unsafe_start()
            install.install()
            with pytest.raises(DatabaseError, match="permission denied"):
                sql("SELECT * FROM all_papers")
        finally:
            cursor.execute("DROP VIEW all_papers")


@both
def test_a_table_that_no_longer_is_protected_is_opened_again(repaired, monkeypatch, sql):
    monkeypatch.setattr(Notice, "wall", Exempt("public for this test"))
    assert install.install() is True
    flags = "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE relname = %s"
    assert sql(flags, "wallapp_notice") == [(False, False)]


@both
def test_code_with_another_wall_does_not_start(monkeypatch):
    monkeypatch.setattr(Notice, "wall", Own())
    with pytest.raises(ImproperlyConfigured, match="script/manage migrate"):
        guard.refuse_unsafe_start()


@both
def test_an_owner_does_not_start():
    with pytest.raises(ImproperlyConfigured, match="owns tables"):
        guard.refuse_unsafe_start("owner")


@pytest.mark.parametrize(
    ("powers", "reason"), [((True, True, False), "superuser"), ((False, True, False), "BYPASSRLS")]
)
def test_a_role_above_the_wall_does_not_start(powers, reason, monkeypatch, db):
    # No superuser's password is known here: the query answers for one.
    monkeypatch.setattr(guard, "_POWERS", "SELECT {}, {}, {}".format(*powers))
    with pytest.raises(ImproperlyConfigured, match=reason):
        guard.refuse_unsafe_start()


@pytest.mark.django_db
def test_the_powers_of_a_superuser_are_seen(sql):
    query = guard._POWERS.replace("rolname = current_user", "rolname = 'postgres'")
    assert sql(query)[0][:2] == (True, True)
    assert sql(guard._POWERS) == [(False, False, False)]


@both
def test_an_unfinished_migration_gets_no_wall(monkeypatch):
    monkeypatch.setattr(install, "_unapplied", lambda connection: True)
    monkeypatch.setattr(Notice, "wall", Own())
    assert install.install() is False


@both
def test_migrating_another_alias_installs_nothing(monkeypatch):
    monkeypatch.setattr(Notice, "wall", Own())
    install.install_after_migrate(sender=None, using="default")
    with pytest.raises(ImproperlyConfigured):
        guard.refuse_unsafe_start()


@both
def test_migrate_installs_what_changed(repaired, monkeypatch):
    monkeypatch.setattr(Notice, "wall", Own())
    call_command("migrate", database="owner", verbosity=0)
    guard.refuse_unsafe_start()


@pytest.mark.django_db
def test_functions_pin_their_search_path(sql):
    unpinned = """
    SELECT proname FROM pg_proc JOIN pg_namespace n ON n.oid = pronamespace
    WHERE prosqlbody IS NULL  -- else its names are bound already
      AND (nspname = 'audit' OR proname LIKE 'wall\\_%' OR proname LIKE 'app\\_%')
      AND nspname IN ('public', 'audit')
      AND NOT coalesce(proconfig @> ARRAY['search_path=pg_catalog, pg_temp'], false)
    """
    assert sql(unpinned) == []


def test_the_sql_names_no_role_so_that_the_web_process_can_hash_it():
    text = "\n".join(install.wall_sql())
    assert "portal_owner" not in text
    assert "portal_web" not in text
