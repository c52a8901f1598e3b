"""Row-level security with the code's own filter taken away: .all() and raw SQL."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from portal.errors import OutOfScope, StaleRecord
from portal.models import AccessLog
from tests.wallapp.models import Neighbour, Notice, Paper

pytestmark = pytest.mark.django_db
TABLE = "wallapp_paper"
INSERT = (
    f"INSERT INTO {TABLE} (unit_id, title, kind, urgent, topics, scan, version, recorded_at)"
    " VALUES (%s, 'x', 'letter', false, '{}', '', 1, now())"
)
REFUSED = "row-level security"


# --- own --------------------------------------------------------------------------------------
def test_rows_of_another_unit_are_not_read(paper, foreign_paper, community, acting, sql):
    with acting(community):
        assert list(Paper.objects.all()) == [paper]
        assert sql(f"SELECT id FROM {TABLE}") == [(paper.pk,)]
        assert sql(f"SELECT count(*) FROM {TABLE}") == [(1,)]


def test_a_street_reads_all_its_communities(paper, foreign_paper, street, other_street, acting):
    with acting(street):
        assert set(Paper.objects.all()) == {paper, foreign_paper}
    with acting(other_street):
        assert not Paper.objects.exists()


def test_without_a_scope_there_are_no_rows(paper, sql):
    assert not Paper.objects.exists()
    assert sql(f"SELECT count(*) FROM {TABLE}") == [(0,)]
    assert sql(f"UPDATE {TABLE} SET title = 'x'") == 0
    assert sql(f"DELETE FROM {TABLE}") == 0


def test_an_insert_for_another_unit_is_refused(community, other_community, acting, sql):
    with acting(community):
        assert sql(INSERT, community.pk) == 1
        with pytest.raises(DatabaseError, match=REFUSED), transaction.atomic():
            sql(INSERT, other_community.pk)
        with pytest.raises(OutOfScope), transaction.atomic():
            Paper.objects.create(unit=other_community, title="x")


def test_a_row_of_another_unit_is_not_changed_or_deleted(foreign_paper, community, acting, sql):
    with acting(community):
        assert sql(f"UPDATE {TABLE} SET title = 'x' WHERE id = %s", foreign_paper.pk) == 0
        assert sql(f"DELETE FROM {TABLE} WHERE id = %s", foreign_paper.pk) == 0
        with pytest.raises(StaleRecord):
            foreign_paper.save()
    with acting(foreign_paper.unit):
        assert Paper.objects.get().title == "水管漏水"


def test_a_row_is_not_moved_to_another_unit(paper, community, other_community, acting, sql):
    with acting(community):
        with pytest.raises(DatabaseError, match=REFUSED), transaction.atomic():
            sql(f"UPDATE {TABLE} SET unit_id = %s", other_community.pk)
        paper.unit = other_community
        with pytest.raises(OutOfScope):
            paper.save()


def test_a_unique_key_of_another_unit_is_refused_not_overwritten(
    foreign_paper, community, acting, sql
):
    with acting(community), pytest.raises((DatabaseError, IntegrityError)), transaction.atomic():
        sql(
            INSERT.replace("(unit_id", "(id, unit_id").replace("(%s", "(%s, %s")
            + " ON CONFLICT (id) DO UPDATE SET title = 'x'",
            foreign_paper.pk,
            community.pk,
        )
    with acting(foreign_paper.unit):
        assert Paper.objects.get().title == "水管漏水"


# --- append-only ------------------------------------------------------------------------------
def test_an_append_only_table_takes_no_update_and_no_delete(community, make_user, acting):
    user = make_user("community_staff", community)
    with acting(user):
        row = AccessLog.objects.create(unit=community, user=user, action="unmask", subject="x")
        for change in (lambda: AccessLog.objects.update(purpose="x"), row.delete, row.save):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                change()
        assert AccessLog.objects.get().purpose == ""


# --- person -----------------------------------------------------------------------------------
def test_a_person_is_read_by_former_units_and_written_by_the_present_one(
    community, other_community, street, acting
):
    with acting(street):
        person = Neighbour.objects.create(unit=community, unit_ids=[community.pk], name="黄文发")
        person.unit, person.unit_ids = other_community, [community.pk, other_community.pk]
        person.save()
    with acting(community):
        assert Neighbour.objects.get().name == "黄文发"
        assert Neighbour.objects.update(name="x") == 0
        assert Neighbour.objects.all()._raw_delete("default") == 0
    with acting(other_community):
        assert Neighbour.objects.update(name="黄文法") == 1


def test_a_person_of_other_units_is_not_read(foreign_neighbour, community, acting):
    with acting(community):
        assert not Neighbour.objects.exists()


def test_a_persons_unit_must_be_in_its_list(community, other_community, street, acting):
    with acting(street), pytest.raises(OutOfScope), transaction.atomic():
        Neighbour.objects.create(unit=community, unit_ids=[other_community.pk], name="x")


def test_a_unit_is_never_taken_from_a_persons_list(street, community, other_community, acting):
    both = [community.pk, other_community.pk]
    with acting(street):
        person = Neighbour.objects.create(unit=community, unit_ids=both, name="x")
        person.unit_ids = [community.pk]
        with pytest.raises(DatabaseError, match="never taken from the list"):
            person.save()
        assert Neighbour.objects.update(unit_ids=both[::-1]) == 1  # the order means nothing


# --- down -------------------------------------------------------------------------------------
def test_a_streets_notice_is_read_below_and_written_by_the_street_alone(
    street, community, other_street, acting, sql
):
    with acting(street):
        Notice.objects.create(unit=street, text="关于开展活动的通知")
    with acting(community):
        assert Notice.objects.get().text == "关于开展活动的通知"
        assert Notice.objects.update(text="x") == 0
        with pytest.raises(DatabaseError, match=REFUSED), transaction.atomic():
            Notice.objects.create(unit=street, text="x")
    with acting(other_street):
        assert not Notice.objects.exists()
    assert not Notice.objects.exists()


def test_a_communitys_notice_is_not_read_by_its_neighbour(community, other_community, acting):
    with acting(community):
        Notice.objects.create(unit=community, text="x")
    with acting(other_community):
        assert not Notice.objects.exists()


# --- the plan ---------------------------------------------------------------------------------
def test_the_policy_is_evaluated_once_and_uses_an_index(community, acting, sql):
    with acting(community):
        sql("SET LOCAL enable_seqscan = off")
        plan = "\n".join(line for (line,) in sql(f"EXPLAIN SELECT * FROM {TABLE}"))
    assert "InitPlan" in plan
    assert "Index Cond: (unit_id = ANY ($0))" in plan
