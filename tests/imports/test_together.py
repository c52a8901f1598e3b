"""Rows stored together are the rows that would have been stored one by one."""

import pytest

from portal.imports.running import run
from portal.ledgers import ledgers
from portal.ledgers.declare import Ledger
from residents.models import Membership, ResidencySpell, Resident, Visit
from tests import factories
from tests.imports.conftest import VISITS, citizen, xlsx

PEOPLE = xlsx(
    户=[["户编号", "地址"], ["1-001", "明珠路 1 号"]],
    居民=[
        [
            "姓名",
            "证件号码",
            "性别",
            "联系电话",
            "居住状态",
            "户编号",
            "与户主关系",
            "在册起始日期",
            "无证件原因",
        ],
        ["黄文发", citizen(1), "", "13800000001", "人在户不在", "1-001", "户主", "2020-01-01", ""],
        ["韦英堃", citizen(4), "男", "", "", "1-001", "配偶", "2021-02-03", ""],
        ["𠮷家宝", "110101800101007", "", "", "", "", "", "", ""],
        ["小宝", "", "", "", "", "", "", "", "新生儿未落户"],
    ],
)
PASSING = {"id", "recorded_at", "resident_id", "household_id", "id_number", "phone"}


def rows_of(model) -> list[dict]:
    order = "resident__name" if hasattr(model, "resident") else "pk"
    order = "name" if model is Resident else order
    return [
        {name: value for name, value in row.items() if name not in PASSING}
        for row in model.objects.order_by(order, "pk").values()
    ]


@pytest.fixture
def singly(monkeypatch):
    """Turns the storing of many rows off."""
    return lambda: monkeypatch.setattr(Ledger, "stores_many", False)


def test_residents_stored_together_equal_those_stored_singly(acting, clerk, community, singly):
    found = {}
    with acting(clerk):
        for way in ("together", "singly"):
            if way == "singly":
                singly()
            report = run(PEOPLE, ledger=None, unit=community, by=clerk, commit=True)
            assert report.errors == []
            people = [(p.id_number, p.phone) for p in Resident.objects.order_by("name")]
            models = (Resident, ResidencySpell, Membership)
            found[way] = [people, *map(rows_of, models), [p.message for p in report.warnings]]
            for model in (Membership, ResidencySpell, Resident):
                model.objects.all().delete()
    assert found["together"] == found["singly"]
    assert len(found["singly"][1]) == 4


def test_visits_stored_together_equal_those_stored_singly(acting, clerk, community, singly):
    cells = [["2025-03-10", "黄文发", "", "入户", "李梅", text] for text in ("一", "二", "=三")]
    found = []
    with acting(clerk):
        factories.resident(community)
        for turn in range(2):
            if turn:
                singly()
            content = xlsx(走访=[VISITS, *cells])
            report = run(content, ledger=ledgers["visits"], unit=community, by=clerk, commit=True)
            assert report.errors == []
            found.append(rows_of(Visit))
            Visit.objects.all().delete()
    assert found[0] == found[1]


def test_a_bad_row_among_many_is_named_and_costs_few_queries(bring, django_assert_max_num_queries):
    rows = [[f"黄文{chr(0x4E00 + n)}", citizen(n)] for n in range(1, 41)]
    rows[20][1] = citizen(5)  # a second time in the file
    with django_assert_max_num_queries(240):
        report = bring("residents", xlsx(居民=[["姓名", "证件号码"], *rows]))
    assert [(p.cell, p.message) for p in report.errors] == [
        ("B22", "与本表第 6 行重复，请只留一行。")
    ]
    assert report.totals["new"] == 39
