"""One file of the street tells of two villages; brought again it changes nothing."""

from datetime import date

import pytest

from portal.imports.running import run
from portal.ledgers import ledgers
from portal.roles import Role
from tests.factories import sanitation_waste as make
from tests.imports.conftest import xlsx

pytestmark = pytest.mark.django_db
A, B, DAY = "明珠社区", "和平社区", date(2025, 3, 12)
FILES = {
    "waste-hauls": (
        [
            *("清运日期", "社区（村）", "垃圾类别", "车牌号", "压缩站（处理场）", "磅单号"),
            *("毛重（公斤）", "皮重（公斤）", "净重（公斤）"),
        ],
        [DAY, A, "其他垃圾", "清a·d6018", "压缩站", "001", 11600, 7400, None],
        [DAY, B, "厨余垃圾", "清A·D6027", "压缩站", "", None, None, 2100],
        [DAY, B, "厨余垃圾", "清A·D6027", "压缩站", "", None, None, 2100],
    ),
    "buybacks": (
        ["回购日期", "社区（村）", "品类", "重量（公斤）", "单价（元/公斤）", "金额（元）", "兑换物品"],
        [DAY, A, "纸类", 12.5, 0.8, None, None],
        [DAY, B, "有害垃圾", 1.5, None, None, "洗衣皂"],
    ),
    "buyback-targets": (
        ["社区（村）", "起始日期", "截止日期", "任务（公斤）", "依据文件"],
        [A, date(2025, 1, 1), date(2025, 12, 31), 1200, "减量方案"],
        [B, date(2025, 1, 1), date(2025, 12, 31), 900, None],
    ),
    "material-deliveries": (
        ["发送日期", "社区（村）", "宣传品", "数量", "计量单位", "签收人"],
        [DAY, A, "宣传画报", 1500, "份", "李梅"],
        [DAY, B, "宣传画报", 1200, "份", None],
    ),
    "paste-checks": (
        ["抽查日期", "社区（村）", "网格（小组）", "抽查户数", "已粘贴户数", "抽查人"],
        [DAY, A, "第1网格", 20, 17, "吴永刚"],
        [DAY, B, None, 30, 30, "吴永刚"],
    ),
    "fee-standards": (
        ["收费项目", "标准（元）", "计费单位", "执行日期", "依据文件"],
        ["垃圾处理费", 60, "户·年", date(2025, 1, 1), "收取办法"],
    ),
    "fee-collections": (
        ["收费日期", "社区（村）", "网格（小组）", "垃圾费标准", "应缴户数", "已缴户数", "收费金额（元）"],
        [DAY, A, "第1网格", "农村生活垃圾处理费", 100, 90, 5400],
        [DAY, A, "第2网格", "农村生活垃圾处理费", 120, 60, 3600],
        [DAY, B, None, "农村生活垃圾处理费 60.00元/户·年", 300, 240, 14400],
    ),
    "sorting-states": (
        ["社区（村）", "网格（小组）", "分户减量", "分组分类", "分村收集", "处理的合作社", "参加户数", "起始日期"],
        [A, None, "是", "是", "否", None, 200, date(2025, 1, 1)],
        [A, "第1网格", "是", "是", "是", "环保合作社", 40, date(2025, 3, 1)],
        [B, None, "是", "否", "否", None, None, date(2025, 1, 1)],
    ),
}  # fmt: skip


@pytest.fixture
def bring(acting, street, community, other_community, make_user, make_grid):
    by = make_user(Role.SANITATION_INSPECTOR, street, "inspector")
    make_grid(community, 1), make_grid(community, 2)
    with acting(street):
        make.standard(street)

    def brought(slug, rows):
        ledger = ledgers[slug]
        with acting(by):
            report = run(
                xlsx(**{ledger.title: rows}), ledger=ledger, unit=street, by=by, commit=True
            )
            return report, list(ledger.queryset(by).order_by("pk"))

    return brought


@pytest.mark.parametrize("slug", FILES)
def test_a_file_of_two_villages_comes_in_once(bring, slug):
    heads, *rows = FILES[slug]
    report, there = bring(slug, [heads, *rows])
    assert [str(problem) for problem in report.problems] == []
    assert report.totals["new"] == len(rows)
    again, after = bring(slug, [heads, *rows])
    assert again.totals == {"new": 0, "changed": 0, "unchanged": len(rows), "refused": 0}
    assert after == there
    if slug == "waste-hauls":
        assert [row.net for row in there] == [4200, 2100, 2100]
    if slug == "buybacks":
        assert [str(row.amount) for row in there] == ["10.00", "0.00"]


def test_a_whole_community_beside_its_groups_is_refused_at_its_cell(bring):
    heads, *rows = FILES["fee-collections"]
    report, there = bring(
        "fee-collections", [heads, *rows, [DAY, A, None, "农村生活垃圾处理费", 220, 150, 9000]]
    )
    assert there == []
    assert "各小组相加" in report.errors[0].message


def test_a_foreign_village_and_a_wrong_weight_are_said_at_their_cells(bring):
    heads = FILES["waste-hauls"][0]
    row = [DAY, "月亮社区", "其他垃圾", "清A·D6018", "压缩站", "001", 11600, 7400, 4100]
    report, there = bring("waste-hauls", [heads, row])
    assert there == []
    assert {problem.label for problem in report.errors} == {"社区（村）", "净重（公斤）"}
