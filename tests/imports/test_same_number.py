"""A row under the ID of somebody with another name: said at its cell, never stored in silence
(OpenSID#1032: a repeated ID silently overwrites the earlier person)."""

import pytest

from residents.models import Resident
from tests import factories
from tests.imports.conftest import PEOPLE, citizen, xlsx

REGISTER = ["户编号", "地址", "姓名", "证件号码", "与户主关系"]


@pytest.fixture
def known(acting, clerk, community):
    with acting(clerk):
        return factories.resident(community, "黄文发", id_number=citizen(1))


def people(name):
    return xlsx(居民=[PEOPLE, [name, citizen(1), "", ""]])


def register(name):
    return xlsx(居民户籍信息台账=[REGISTER, ["1-001", "明珠路 1 号", name, citizen(1), "户主"]])


def name_now(acting, clerk):
    with acting(clerk):
        return Resident.objects.get().name


@pytest.mark.parametrize(
    ("slug", "content", "cell"), [("residents", people, "A2"), ("households", register, "C2")]
)
def test_other_name_under_one_id_is_warned_of_at_its_cell(
    known, bring, acting, clerk, slug, content, cell
):
    report = bring(slug, content("黄文法"))

    assert report.errors == []
    said = [(p.cell, p.message) for p in report.warnings if "登记的姓名不同" in p.message]
    assert [place for place, _ in said] == [cell]
    assert "黄文" not in said[0][1]
    assert name_now(acting, clerk) == "黄文法"


@pytest.mark.parametrize(
    ("slug", "content", "cell", "field"),
    [("residents", people, "A2", "name"), ("households", register, "C2", "person.name")],
)
def test_name_without_a_common_character_is_refused_until_confirmed(
    known, bring, acting, clerk, slug, content, cell, field
):
    refused = bring(slug, content("韦英堃"))

    (problem,) = refused.errors
    assert (problem.cell, problem.field) == (cell, field)
    assert "没有一个字相同" in problem.message
    assert [choice["value"] for choice in problem.choices] == ["1", "0"]
    assert name_now(acting, clerk) == "黄文发"

    left_out = bring(slug, content("韦英堃"), decisions={problem.sheet: {"2": {field: "0"}}})
    assert (left_out.errors, name_now(acting, clerk)) == ([], "黄文发")

    confirmed = bring(slug, content("韦英堃"), decisions={problem.sheet: {"2": {field: "1"}}})
    assert confirmed.errors == []
    assert name_now(acting, clerk) == "韦英堃"


def test_same_name_is_no_doubt(known, bring):
    report = bring("residents", xlsx(居民=[PEOPLE, ["黄文发", citizen(1), "13800000009", ""]]))

    assert report.totals["changed"] == 1
    assert [p for p in report.problems if "姓名" in p.message] == []


def test_two_numbers_in_a_cell_become_phone_and_further_phone(bring, acting, clerk):
    cells = ["黄文发", citizen(1), "13800000001、13800000002", ""]
    report = bring("residents", xlsx(居民=[PEOPLE, cells]))

    assert [p.message for p in report.problems] == ["一格有两个号码，第二个登记为其他电话。"]
    with acting(clerk):
        person = Resident.objects.get()
        assert (person.phone, person.second_phone) == ("13800000001", "13800000002")
    again = bring("residents", xlsx(居民=[PEOPLE, cells]))
    assert again.totals == {"new": 0, "changed": 0, "unchanged": 1, "refused": 0}


@pytest.mark.parametrize("cell", ["13800000001、暂无", "13800000001、13800000002、13800000003"])
def test_other_further_numbers_are_left_to_the_clerk(bring, acting, clerk, cell):
    report = bring("residents", xlsx(居民=[PEOPLE, ["黄文发", citizen(1), cell, ""]]))

    assert report.errors == []
    assert "只登记了第一个" in report.warnings[0].message
    with acting(clerk):
        assert Resident.objects.get().second_phone == ""
