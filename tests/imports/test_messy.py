"""A messy workbook: every defect named at its cell, and nothing stored by half."""

import pytest

from residents.models import Household, Membership, Resident
from tests.imports.messy import EXT_B, EXT_I, messy

CONTENT, DEFECTS = messy()


def test_every_defect_is_named_at_its_cell_and_nothing_is_stored(bring, acting, clerk):
    report = bring("households", CONTENT)

    said = {p.cell: p.message for p in report.errors}
    assert said.keys() == DEFECTS.keys()
    assert [cell for cell, words in DEFECTS.items() if words not in said[cell]] == []
    assert len(DEFECTS) == 3 + 2 + 5 + 4 + 1
    assert not report.stored
    with acting(clerk):
        assert not Household.objects.exists()
        assert not Resident.objects.exists()


def test_good_rows_alone_are_stored_whole(bring, acting, clerk):
    report = bring("households", CONTENT, good_only=True)

    assert report.stored
    with acting(clerk):
        people = Resident.objects.count()
        assert people == Membership.objects.count() == 20 * 3 - 4 * 3 - 11
        assert Household.objects.count() == 16
        assert not Household.objects.filter(memberships__isnull=True).exists()
        assert Resident.objects.filter(name__in=[EXT_B, EXT_I]).count() == 2
        assert not Resident.objects.filter(id_hash__isnull=True).exists()
        assert not Resident.objects.filter(born_on__isnull=True).exists()


@pytest.mark.parametrize("again", [messy()[0]])
def test_the_builder_is_deterministic(again):
    from portal.imports.reading import read_workbook

    first, second = read_workbook(CONTENT)[0], read_workbook(again)[0]
    assert (first.rows, first.merged, first.errors) == (second.rows, second.merged, second.errors)
