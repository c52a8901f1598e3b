"""Bulk loads store exactly what save() stores, meet the wall, and are all or nothing."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from portal import bulk
from portal.bulk import load
from portal.errors import translated
from residents.models import Resident, Visit
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True, params=["one insert", "by a stage"])
def way(request, monkeypatch):
    monkeypatch.setattr(bulk, "FEW", 200 if request.param == "one insert" else 0)
    return request.param


def unsaved(unit, name, **fields):
    person = Resident(unit=unit, unit_ids=[unit.pk], name=name, **fields)
    person.derive()
    return person


def test_loaded_rows_equal_saved_rows(acting, community):
    with acting(community):
        number = factories.id_number()
        fields = {"id_number": number, "phone": "13800138000", "born_on": date(1949, 5, 1)}
        [loaded] = load(Resident, [unsaved(community, "𠮷家宝", **fields)])
        again = Resident.objects.get(pk=loaded.pk)
        assert (again.name, again.id_number, again.phone, again.born_on) == (
            "𠮷家宝",
            number,
            "13800138000",
            date(1949, 5, 1),
        )
        visits = [
            Visit(
                unit=community, resident=again, occurred_on=date(2025, 1, 1), domains=["disability"]
            )
            for _ in range(3)
        ]
        load(Visit, visits)
        assert set(Visit.objects.values_list("pk", flat=True)) == {visit.pk for visit in visits}
        visits[0].content = "随后修改"
        visits[0].save()


def test_no_rows_are_no_work(django_assert_num_queries):
    with django_assert_num_queries(2):  # the savepoint alone
        assert load(Visit, []) == []


def test_a_refused_row_leaves_none(acting, community):
    with acting(community):
        twin = factories.resident(community)
        rows = [
            unsaved(community, "新人", no_id_reason="拒报"),
            unsaved(community, "重号", id_number=twin.id_number),
        ]
        with pytest.raises(IntegrityError), transaction.atomic():
            load(Resident, rows)
        assert Resident.objects.count() == 1


def test_rows_of_a_foreign_unit_are_refused(acting, community, other_community):
    rows = [unsaved(other_community, "外人", no_id_reason="拒报")]
    with acting(community), pytest.raises(Exception) as refused, transaction.atomic():  # noqa: PT011
        load(Resident, rows)
    assert type(translated(refused.value)).__name__ == "OutOfScope"


def test_few_rows_make_no_table(acting, community, way, django_assert_num_queries):
    """What a table made and dropped makes the session plan anew is dearer than the rows."""
    rows = [unsaved(community, f"黄{n}", no_id_reason="拒报") for n in range(3)]
    few = 4  # savepoint, keys, insert, release; by a stage also its making, filling and dropping
    with acting(community), django_assert_num_queries(few if way == "one insert" else few + 3):
        load(Resident, rows)
