"""A merged record stays merged: in search, at entry, and after the next import."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from portal.bulk import load
from portal.imports.running import run
from portal.ledgers import ledgers
from portal.roles import Role
from residents.duplicates.deciding import propose
from residents.duplicates.merging import MERGED, Choices, merge
from residents.models import DuplicatePair, Resident
from residents.resolving import find_resident
from residents.selectors import search_residents
from residents.services import register_resident
from tests import factories
from tests.imports.conftest import xlsx

HEADER = ("姓名", "证件类型", "证件号码", "性别", "出生日期", "现居住地址")


@pytest.fixture
def clerk(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community)


@pytest.fixture
def one_of_two(community, clerk, acting):
    """(survivor, merged): each with a number of its own; the merged one's address was chosen."""
    with acting(clerk):
        survivor = factories.resident(community, "黄文发", address="春华路 8 号")
        other = factories.resident(community, "黄文法", address="春华路 9 号")
        other.spells.update(
            starts_on=date(2018, 1, 1), ends_on=date(2019, 12, 31), ended_by="moved"
        )
        pair = propose(survivor, other, by=clerk)
        pair = DuplicatePair.objects.select_related("first", "second").get(pk=pair.pk)
        merge(pair, survivor=survivor, choices=Choices({"address": MERGED}), by=clerk)
        survivor.refresh_from_db()
        other.refresh_from_db()
        yield survivor, other


def row(person, **changed):
    said = {"name": person.name, "number": person.id_number, "address": person.address} | changed
    return (said["name"], "居民身份证", said["number"], "男", "1970-05-17", said["address"])


def bring_in(clerk, unit, *rows):
    content = xlsx(居民=[HEADER, *rows])
    return run(content, ledger=ledgers["residents"], unit=unit, by=clerk, commit=True)


def test_merged_record_does_not_reappear_after_the_next_import(one_of_two, clerk, community):
    """DiscipleTools#2742: both rows of the old file mean the one person, and change nothing."""
    survivor, other = one_of_two
    report = bring_in(clerk, community, row(survivor), row(other))
    sheet = report.sheets[0]
    assert (report.errors, sheet.new, sheet.changed, sheet.unchanged) == ([], 0, 0, 2)
    assert Resident.objects.kept().get() == survivor
    survivor.refresh_from_db()
    assert (survivor.name, survivor.address) == ("黄文发", "春华路 9 号")


def test_import_by_the_merged_number_changes_the_survivor(one_of_two, clerk, community):
    survivor, other = one_of_two
    report = bring_in(clerk, community, row(other, address="桂花里 3 号"))
    assert report.errors == []
    number = survivor.id_number
    survivor.refresh_from_db()
    assert (survivor.address, survivor.id_number) == ("桂花里 3 号", number)


def test_a_person_without_number_stays_merged_too(community, clerk, acting):
    with acting(clerk):
        survivor = factories.resident(community, "黄文发")
        other = factories.resident(community, "黄文法", id_number="", no_id_reason="拒报")
        other.spells.update(
            starts_on=date(2018, 1, 1), ends_on=date(2019, 12, 31), ended_by="moved"
        )
        pair = propose(survivor, other, by=clerk)
        merge(pair, survivor=survivor, choices=Choices(), by=clerk)
        header = (*HEADER, "无证件原因")
        cells = ("黄文法", "暂无", "", "男", "1970-05-17", "", "拒报")
        content = xlsx(居民=[header, cells])
        report = run(content, ledger=ledgers["residents"], unit=community, by=clerk, commit=True)
        assert (report.errors, report.sheets[0].unchanged) == ([], 1)
        assert Resident.objects.kept().count() == 1


@pytest.mark.parametrize("words", ["黄文法", "huangwenfa", "hwf"])
def test_search_by_the_merged_name_finds_the_survivor(one_of_two, words):
    survivor, _ = one_of_two
    assert list(search_residents(Resident.objects.kept(), words)) == [survivor]


def test_search_by_the_merged_number_or_its_tail_finds_the_survivor(one_of_two):
    survivor, other = one_of_two
    for words in (other.id_number, other.id_number[-4:]):
        assert list(search_residents(Resident.objects.kept(), words)) == [survivor]


def test_rows_about_the_merged_name_and_number_mean_the_survivor(one_of_two, clerk, community):
    survivor, other = one_of_two
    cells = {"姓名": "黄文法", "证件号码": other.id_number}
    assert find_resident(cells, clerk, community) == survivor
    assert find_resident({"姓名": "黄文法"}, clerk, community) == survivor
    with pytest.raises(ValidationError, match="姓名与这个证件号码"):
        find_resident(cells | {"姓名": "陈大文"}, clerk, community)


def test_the_page_of_the_merged_record_leads_to_the_survivor(one_of_two, clerk, client_of):
    survivor, other = one_of_two
    answer = client_of(clerk).get(f"/ledger/residents/{other.pk}/")
    assert answer["Location"] == f"/ledger/residents/{survivor.pk}/"


def test_the_merged_record_is_not_offered_in_the_recycle_bin(one_of_two, clerk):
    assert not ledgers["residents"].bin(clerk).exists()


# --- same number, on every way in (opencrvs-core#10169) -------------------------------------------
def test_known_number_is_refused_at_entry_with_a_link(one_of_two, clerk, client_of):
    survivor, other = one_of_two
    for number in (survivor.id_number, other.id_number):
        data = {"_key": "0" * 8 + "-0000-4000-8000-" + number[-12:].lower().replace("x", "a")}
        data |= {"name": "陈大文", "id_kind": "citizen", "id_number": number, "residency": "here"}
        page = client_of(clerk).post("/ledger/residents/add/", data).content.decode()
        assert "这个证件号码已登记给 黄文发（明珠社区）。" in page
        assert f'href="/ledger/residents/{survivor.pk}/"' in page


def test_number_known_elsewhere_says_only_that_and_whom_to_ask(
    community, other_community, clerk, make_user, acting, client_of
):
    with acting(other_community):
        person = factories.resident(other_community, "金丝雀")
    data = {"_key": "00000000-0000-4000-8000-000000000001", "name": "陈大文"}
    data |= {"id_kind": "citizen", "id_number": person.id_number, "residency": "here"}
    page = client_of(clerk).post("/ledger/residents/add/", data).content.decode()
    assert "这个证件号码已在册，可能登记在其他单位；请联系春华街道核对后办理迁入。" in page
    assert "金丝雀" not in page
    assert "和平社区" not in page


def entry_paths(number, unit, by):
    def fresh(**fields):
        fields = {
            "name": "陈大文",
            "id_number": number,
            "unit": unit,
            "unit_ids": [unit.pk],
        } | fields
        return Resident(**fields)

    yield "registering", lambda: register_resident(fresh(), since=date(2024, 1, 1), by=by)
    yield "saving", fresh().save

    def loading():
        person = fresh()
        person.derive()
        load(Resident, [person])

    yield "loading", loading

    def editing():
        Resident.objects.create(unit=unit, name="陈大文", no_id_reason="拒报")
        person = Resident.objects.get(name="陈大文")
        person.id_number = number
        person.save()

    yield "editing", editing


def test_check_is_not_skipped_when_a_number_enters_by_another_way(one_of_two, clerk, community):
    """opencrvs-core#10169: every entry path, the merged record's number included."""
    for person in one_of_two:
        for name, enter in entry_paths(person.id_number, community, clerk):
            with pytest.raises((ValidationError, IntegrityError)), transaction.atomic():
                enter()
            assert not Resident.objects.filter(name="陈大文").exists(), name


def test_known_number_is_refused_at_import(one_of_two, clerk, community):
    survivor, _ = one_of_two
    report = bring_in(clerk, community, row(survivor), row(survivor, name="陈大文"))
    assert "与本表第 2 行重复" in str(report.errors[0])
