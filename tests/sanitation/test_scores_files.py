"""Files of the street: rules, special checks and a run; brought again they change nothing."""

from datetime import date

import pytest

from portal.exports.xlsx import workbook
from portal.imports.running import run
from portal.ledgers import ledgers
from portal.models import RoleAssignment
from portal.roles import Role
from sanitation.models import QuarterRun, QuarterScore, ScoreRule
from tests.conftest import as_command
from tests.factories import sanitation_scores as also
from tests.imports.conftest import xlsx

pytestmark = pytest.mark.django_db
A, B, DAY = "明珠社区", "和平社区", date(2025, 8, 12)
FILES = {
    "special-assessments": (
        ["考核日期", "社区（村）", "考核内容", "考核项目", "抽查户数", "得分", "满分"],
        [DAY, A, "分类减量", "垃圾分类", 20, 85, 100],
        [DAY, B, "画报粘贴", "画报粘贴", None, 9.5, 10],
    ),
    "quarter-runs": (
        ["年度", "季度", "备注"],
        [2025, "三季度", "按年初方案"],
        [2025, "四季度", None],
    ),
}


@pytest.fixture
def bring(acting, street, community, other_community, inspector):
    def brought(slug, content):
        ledger = ledgers[slug]
        with acting(inspector):
            report = run(content, ledger=ledger, unit=street, by=inspector, commit=True)
            return report, ledger.queryset(inspector).count()

    return brought


@pytest.mark.parametrize("slug", FILES)
def test_a_file_of_the_street_is_brought_once(bring, street, inspector, acting, slug):
    with acting(street):
        also.score_rule(street)
    content = xlsx(**{ledgers[slug].title: FILES[slug]})
    report, rows = bring(slug, content)
    assert report.problems == []
    assert rows == 2
    again, rows = bring(slug, content)
    assert (again.totals["new"], again.totals["changed"], rows) == (0, 0, 2)
    with acting(inspector):
        ledger = ledgers[slug]
        ours = workbook(ledger.title, ledger.shown_columns, ledger.queryset(inspector))[0]
    again, rows = bring(slug, ours)
    assert again.problems == []
    assert (again.totals["unchanged"], rows) == (2, 2)


def test_a_run_that_is_brought_is_computed(bring, street, community, acting):
    with acting(street):
        also.score_rule(street)
        also.handed_in(street, community, 90)
    bring("quarter-runs", xlsx(季度考核=FILES["quarter-runs"]))
    with acting(street):
        made = QuarterRun.objects.get(quarter=3)
        assert QuarterScore.objects.get(run=made, community=community).total == 90


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ([2024, "三季度", None], "没有生效的季度计分规则"),
        ([2099, "三季度", None], "还没有开始"),
        ([2025, "五季度", None], "一季度、二季度"),
    ],
)
def test_a_run_that_cannot_be_is_told_at_its_cell(bring, street, acting, row, message):
    with acting(street):
        also.score_rule(street)
    report, rows = bring("quarter-runs", xlsx(季度考核=[FILES["quarter-runs"][0], row]))
    assert rows == 0
    assert message in report.problems[0].message


def test_rules_are_brought_by_who_keeps_them(street, community, make_user, acting):
    section = make_user(Role.STREET_SECTION, street, "rules")
    with as_command():  # whoever brings files as well
        RoleAssignment.objects.create(
            user=section, unit=street, role=Role.SANITATION_INSPECTOR, valid_from=date(2020, 1, 1)
        )
    rows = [
        ["名称", "年度", "季度", "入户排名末几位扣分", "并列的", "收费加分", "收费率达到（%）"],
        ["考核办法", 2025, "四季度", "10、5、3", "取各档平均", 2, 90],
    ]
    ledger = ledgers["score-rules"]
    with acting(section):
        for total in ("new", "unchanged"):
            content = xlsx(**{ledger.title: rows})
            report = run(content, ledger=ledger, unit=street, by=section, commit=True)
            assert report.problems == []
            assert report.totals[total] == 1
        rule = ScoreRule.objects.get()
        assert [int(step) for step in rule.ranking_penalties] == [10, 5, 3]
        assert (rule.ties, rule.ceiling, rule.least_communities) == ("average", 100, 4)
        content = workbook(ledger.title, ledger.shown_columns, ledger.queryset(section))[0]
        report = run(content, ledger=ledger, unit=street, by=section, commit=True)
        assert (report.problems, report.totals["unchanged"]) == ([], 1)
