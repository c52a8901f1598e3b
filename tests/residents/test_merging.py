"""Merging two records and taking them apart again (issue 3, line 4; peers D)."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from disability.models import DisabilityFile
from portal.errors import StaleRecord
from portal.figures import engine
from portal.periods import Period
from portal.roles import Role
from portal.scope import Denied
from residents.duplicates.deciding import propose
from residents.duplicates.images import image_of
from residents.duplicates.merging import MERGED, SURVIVOR, Choices, merge
from residents.duplicates.references import conflicts, references
from residents.duplicates.undoing import changed_since, undo
from residents.enums import Relation
from residents.models import CareKind, CareTag, DuplicatePair, Membership, Merge, Resident, Visit
from tests import factories

YEAR = Period.parse("2025")


@pytest.fixture
def clerk(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community)


@pytest.fixture
def twins(community, clerk, acting):
    """Two records of one person: the second has a later spell, its own visit, file and tag."""
    with acting(clerk):
        one = factories.resident(community, "黄文发", phone="13800000001")
        other = factories.resident(
            community, "黄文法", phone="", no_id_reason="拒报", id_number="", address="春华路 8 号"
        )
        other.spells.update(
            starts_on=date(2018, 1, 1), ends_on=date(2019, 12, 31), ended_by="moved"
        )
        factories.visit(one, date(2025, 3, 10))
        factories.visit(other, date(2025, 4, 10))
        CareTag.objects.create(
            unit=community,
            resident=other,
            kind=CareKind.objects.first(),
            starts_on=date(2024, 1, 1),
        )
        yield one, other


def pair_of(one, other, by) -> DuplicatePair:
    pair = propose(one, other, by=by)
    return DuplicatePair.objects.select_related("first", "second", "unit").get(pk=pair.pk)


def state() -> dict:
    """All rows that a merge could touch, without versions."""
    found = {}
    for model in {reference.model for reference in references()}:
        for row in model._base_manager.values():
            row.pop("version")
            found[model.__name__, row["id"]] = row
    return found


def merged(twins, by, **choices) -> Merge:
    one, other = twins
    return merge(pair_of(one, other, by), survivor=one, choices=Choices(**choices), by=by)


def test_merge_moves_every_reference_and_keeps_both_originals(twins, clerk):
    one, other = twins
    done = merged(twins, clerk)
    for reference in references():
        if reference.model is not Resident:
            assert not reference.rows(other).exists(), reference.key
    assert Visit.objects.filter(resident=one).count() == 2
    other.refresh_from_db()
    assert (other.merged_into, other.name) == (one, "黄文法")
    assert other.deleted_at is not None
    assert done.before[MERGED]["name"] == "黄文法"
    assert {entry["reference"] for entry in done.moved} >= {
        "residents.Visit.resident",
        "residents.CareTag.resident",
        "residents.ResidencySpell.resident",
    }


def test_the_chosen_values_stay(twins, clerk):
    one, _ = twins
    merged(twins, clerk, values={"name": MERGED, "address": MERGED, "phone": SURVIVOR})
    one.refresh_from_db()
    assert (one.name, one.pinyin) == ("黄文法", "huangwenfa")
    assert (one.address, one.phone) == ("春华路 8 号", "13800000001")


def test_the_survivor_may_take_the_number_of_the_other(community, clerk, acting):
    with acting(clerk):
        one = factories.resident(community, "黄文发")
        other = factories.resident(community, "黄文发", since=date(2021, 1, 1))
        other.spells.update(deleted_at=one.recorded_at)
        number = other.id_number
        done = merged((one, other), clerk, values={"id_number": MERGED})
        one.refresh_from_db()
        assert one.id_number == number
        undo(done, by=clerk)
        one.refresh_from_db(), other.refresh_from_db()
        assert one.id_number != number == other.id_number


def test_undo_restores_both_exactly(twins, clerk):
    before = state()
    done = merged(twins, clerk, values={"name": MERGED, "address": MERGED})
    assert state() != before
    undo(done, by=clerk)
    assert state() == before
    assert DuplicatePair.objects.get().decision == "open"
    with pytest.raises(ValidationError, match="已经撤销过"):
        undo(done, by=clerk)


def test_undo_is_refused_for_rows_changed_since_which_are_listed(twins, clerk):
    one, other = twins
    done = merged(twins, clerk)
    visit = Visit.objects.get(occurred_on=date(2025, 4, 10))
    visit.content = "补记"
    visit.save()
    assert [str(each) for each in changed_since(done)] == [f"走访：{visit}"]
    with pytest.raises(ValidationError, match="走访：2025-04-10"):
        undo(done, by=clerk)
    undo(done, by=clerk, leaving=True)
    visit.refresh_from_db()
    assert visit.resident_id == one.pk
    assert CareTag.objects.get().resident_id == other.pk
    assert Resident.objects.kept().count() == 2


def test_after_a_merge_persons_count_once(twins, clerk, community):
    def persons():
        return engine.read("visits.persons", [community.pk], YEAR).value

    assert persons() == 2
    done = merged(twins, clerk)
    assert persons() == 1
    undo(done, by=clerk)
    assert persons() == 2


def test_conflicts_are_told_before_and_need_a_choice(community, clerk, acting):
    """unicef/hope#935, #945: one household, one membership, one file of the person."""
    with acting(clerk):
        one, other = (factories.resident(community, name) for name in ("黄文发", "黄文法"))
        home = factories.household(community)
        kept = factories.member(home, one)
        second = factories.household(community, "1-102")
        lost = factories.member(second, other, Relation.HEAD, date(2021, 1, 1))
        files = [factories.disability_file(each) for each in (one, other)]
        found = conflicts(one, other)
        assert {type(each.row).__name__ for each in found} == {
            "ResidencySpell",
            "Membership",
            "DisabilityFile",
        }
        with pytest.raises(ValidationError, match="户成员"):
            merged((one, other), clerk)
        assert Resident.objects.kept().count() == 2
        rows = dict.fromkeys((each.name for each in found), SURVIVOR)
        file = next(each for each in found if isinstance(each.row, DisabilityFile))
        done = merged((one, other), clerk, rows=rows | {file.name: MERGED})
        assert list(Membership.objects.kept()) == [kept]
        assert DisabilityFile.objects.kept().get().pk == files[1].pk
        undo(done, by=clerk)
        assert set(Membership.objects.kept()) == {kept, lost}
        assert {f.pk: f.resident_id for f in DisabilityFile.objects.kept()} == {
            files[0].pk: one.pk,
            files[1].pk: other.pk,
        }


def test_a_record_changed_meanwhile_is_stale(twins, clerk):
    one, other = twins
    pair = pair_of(one, other, clerk)
    Resident.objects.get(pk=other.pk).save()
    with pytest.raises(StaleRecord):
        merge(pair, survivor=one, choices=Choices(), by=clerk)


def test_a_clerk_merges_only_what_lies_wholly_in_their_scope(
    twins, clerk, street, make_user, acting
):
    """Records of a unit that the clerk cannot see would stay behind; it is told without them."""
    one, other = twins
    section = make_user(Role.STREET_SECTION, street)
    with acting(section):
        factories.visit(other, date(2025, 5, 1), unit=street)
    with acting(clerk):
        with pytest.raises(Denied, match="请联系春华街道") as refusal:
            merged(twins, clerk)
        assert "走访" not in str(refusal.value)
        assert Resident.objects.kept().count() == 2
    with acting(section):
        done = merged(twins, section)
        assert Visit.objects.filter(resident=one).count() == 3
        undo(done, by=section)


def test_two_communities_are_merged_by_the_street_and_taken_apart_exactly(
    community, other_community, street, make_user, acting
):
    section = make_user(Role.STREET_SECTION, street)
    with acting(section):
        one = factories.resident(community, "黄文发")
        other = factories.resident(other_community, "黄文法")
        other.spells.update(
            starts_on=date(2018, 1, 1), ends_on=date(2019, 12, 31), ended_by="moved"
        )
        before = image_of(one)
        pair = pair_of(one, other, section)
        assert pair.unit == street
        done = merge(pair, survivor=one, choices=Choices(), by=section)
        one.refresh_from_db()
        assert set(one.unit_ids) == {community.pk, other_community.pk}
        undo(done, by=section)
        assert image_of(one) | {"version": 0} == before | {"version": 0}


@pytest.mark.parametrize(
    "role", [Role.WINDOW_CLERK, Role.STATION_HANDLER, Role.REHABILITATION_WORKER]
)
def test_without_the_permission_nobody_merges(twins, clerk, make_user, community, acting, role):
    pair = pair_of(*twins, clerk)
    user = make_user(role, community)
    with acting(user), pytest.raises(Denied):
        merge(pair, survivor=twins[0], choices=Choices(), by=user)


def test_a_merge_of_a_merge_is_undone_in_turn(twins, clerk, community):
    one, other = twins
    first = merged(twins, clerk)
    third = factories.resident(community, "黄文发", since=date(2010, 1, 1))
    third.spells.update(ends_on=date(2012, 1, 1), ended_by="moved")
    one.refresh_from_db()
    second = merge(pair_of(one, third, clerk), survivor=third, choices=Choices(), by=clerk)
    other.refresh_from_db()
    assert other.merged_into == third
    with pytest.raises(ValidationError, match="请先撤销那次合并"):
        undo(first, by=clerk)
    undo(second, by=clerk)
    other.refresh_from_db()
    assert other.merged_into == one
    undo(first, by=clerk)
    assert Resident.objects.kept().count() == 3
