"""A street's register of inspections and findings comes in, and again changes nothing."""

import io
from datetime import date
from decimal import Decimal as D

import openpyxl
import pytest
from django.utils import timezone

from portal.imports.running import run
from portal.ledgers import ledgers
from portal.models import RoleAssignment
from portal.roles import Role
from sanitation.enums.inspections import InspectionKind as K
from sanitation.enums.inspections import InspectionState as S
from sanitation.enums.inspections import SampleMethod
from sanitation.models import Finding, GroupDraw, Inspection
from sanitation.selectors.inspections import samples_of, state_of
from tests.conftest import as_command
from tests.factories import sanitation as make
from tests.factories import sanitation_inspect as more

pytestmark = pytest.mark.django_db
HEAD = (
    "日期", "社区（村）", "检查方式", "检查人", "检查评分表", "上级级别", "得分", "满分",
    "村推荐小组", "随机抽取小组", "提交日期", "公布日期",
)  # fmt: skip
NAME, BOTH = "村（社区）环境卫生评分表", "吴永刚、刘芳"
INSPECTIONS = [
    HEAD,
    ("2025-03-12", "明珠社区", "季度检查", BOTH, NAME, "", "", "", "第1网格", "第2网格、第3网格", "2025-03-12", ""),
    ("2025-03-13", "和平社区", "季度检查", BOTH, NAME, "", "", "", "", "", "2025-03-14", ""),
    ("2025-11-20", "明珠社区", "暗访", BOTH, NAME, "", "", "", "", "第1网格", "2025-11-20", "2025-12-01"),
    ("2025-11-21", "和平社区", "暗访", BOTH, NAME, "", "", "", "", "", "2025-11-21", ""),
    ("2025-08-14", "和平社区", "上级督查", "市城管局", "", "市级", "78.5", "100", "", "", "2025-08-15", ""),
]  # fmt: skip
FINDINGS = [
    ("问题类型", "社区（村）", "检查日期", "检查方式", "扣分情形", "处数", "网格（小组）", "具体位置", "户主姓名"),
    ("", "明珠社区", "2025-03-12", "季度检查", "散落垃圾", 3, "第1网格", "塘边", "易秋生"),
    ("", "明珠社区", "2025-03-12", "季度检查", "成堆垃圾", 2, "", "老街口", ""),
    ("", "和平社区", "2025-11-21", "", "成堆垃圾", 1, "", "桥头", ""),
    ("成堆垃圾", "和平社区", "2025-08-14", "上级督查", "", 4, "", "", ""),
]  # fmt: skip


ITEMS = [
    ("评分项目", "社区（村）", "检查日期", "检查方式", "不适用", "比率（%）"),
    ("公厕、户厕", "明珠社区", "2025-03-12", "季度检查", "是", ""),
    ("画报粘贴", "明珠社区", "2025-03-12", "季度检查", "", "85.5"),
]


def book(*rows) -> bytes:
    found = openpyxl.Workbook()
    for row in rows:
        found.active.append(row)
    out = io.BytesIO()
    found.save(out)
    return out.getvalue()


BOOK = (("inspections", INSPECTIONS), ("findings", FINDINGS), ("inspected-items", ITEMS))


@pytest.fixture
def inspector(make_user, street):
    """Who may publish besides."""
    user = make_user(Role.SANITATION_INSPECTOR, street)
    with as_command():
        RoleAssignment.objects.create(
            user=user, unit=street, role=Role.STREET_SUPERVISOR, valid_from=date(2020, 1, 1)
        )
    return user


@pytest.fixture
def bring(inspector, street, community, other_community, make_grid, acting):
    for number in (1, 2, 3):
        make_grid(community, number)
    with acting(street):
        make.item(make.rubric(street), 3, "画报粘贴", by_rate=True)

    def brought(slug, rows):
        with acting(inspector):
            return run(book(*rows), ledger=ledgers[slug], unit=street, by=inspector, commit=True)

    return brought


def test_a_register_comes_in_and_again_changes_nothing(bring, street, community, acting):
    for slug, rows in BOOK:
        report = bring(slug, rows)
        assert not report.errors, "\n".join(report.lines())
    with acting(street):
        check = Inspection.objects.get(community=community, kind=K.QUARTER)
        assert (check.unit, check.score, check.full, check.is_open) == (
            street,
            D("15.1"),  # 12 − 5.5, and 85.5 % of 10
            D(22),
            True,
        )
        found = samples_of(check)
        assert [grid.name for grid in found[SampleMethod.RECOMMENDED]] == ["第1网格"]
        assert [grid.name for grid in found[SampleMethod.RANDOM]] == ["第2网格", "第3网格"]
        assert not GroupDraw.objects.exists()
        published, held = Inspection.objects.filter(kind=K.UNANNOUNCED).order_by("occurred_on")
        assert (published.is_open, state_of(held), held.score) == (True, S.HELD, D(16))
        assert Finding.objects.get(place="桥头").is_open is False
        city = Inspection.objects.get(kind=K.SUPERIOR)
        assert (city.score, city.rank, city.findings.get().occurrences) == (D("78.5"), "city", 4)
        versions = sorted(Inspection.objects.values_list("pk", "version"))
        findings = sorted(Finding.objects.values_list("pk", "version"))
    for slug, rows in BOOK:
        report = bring(slug, rows)
        assert not report.errors, "\n".join(report.lines())
    with acting(street):
        assert sorted(Inspection.objects.values_list("pk", "version")) == versions
        assert sorted(Finding.objects.values_list("pk", "version")) == findings


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"随机抽取小组": "第9网格"}, "没有这些网格"),
        ({"社区（村）": "无名社区"}, "没有这个名称的社区"),
        ({"检查评分表": "别的表"}, "没有这个名称和版次"),
        ({"提交日期": "2025-03-01"}, "不能早于检查日期"),
        ({"公布日期": "2025-03-20"}, "只有暗访另行公布"),
        ({"检查方式": "上级督查", "检查评分表": ""}, "上级级别"),
    ],
)
def test_a_bad_row_is_told_at_its_cell_and_nothing_is_stored(bring, street, acting, changes, told):
    row = dict(zip(HEAD, INSPECTIONS[1], strict=True)) | changes
    report = bring("inspections", [HEAD, tuple(row.values())])
    assert told in " ".join(report.lines())
    with acting(street):
        assert not Inspection.objects.exists()


def test_findings_come_in_until_the_community_answered(bring, street, community, acting):
    bring("inspections", INSPECTIONS[:2])
    with acting(street):
        more.reply(Inspection.objects.get())
    report = bring("findings", FINDINGS[:2])
    assert "不能再补录" in " ".join(report.lines())
    with acting(street):
        assert not Finding.objects.exists()


def test_findings_of_an_inspection_of_today_do_not_come_in_by_the_back_door(
    bring, street, community, acting
):
    today = timezone.localdate()
    with acting(street):
        more.handed_in(street, community, occurred_on=today, handed_in_on=today)
    row = list(FINDINGS[2])
    row[2] = f"{today}"
    row[4] = ""
    row[0] = "成堆垃圾"
    report = bring("findings", [FINDINGS[0], tuple(row)])
    assert "已经提交" in " ".join(report.lines())


def test_only_who_publishes_brings_in_a_day_of_publishing(bring, street, acting):
    row = (HEAD, INSPECTIONS[3])
    with as_command():
        RoleAssignment.objects.filter(role=Role.STREET_SUPERVISOR).update(role=Role.STATION_HANDLER)
    assert "没有公布的权限" in " ".join(bring("inspections", row).lines())
    with acting(street):
        assert not Inspection.objects.exists()


def test_a_running_inspection_is_not_handed_in_by_a_file(bring, street, community, acting):
    with acting(street):
        running = make.inspection(
            street, community, K.QUARTER, occurred_on=date(2025, 3, 12), rubric=None
        )
    assert "请在检查的页面上提交" in " ".join(bring("inspections", INSPECTIONS[:2]).lines())
    with acting(street):
        assert Inspection.objects.get(pk=running.pk).handed_in_on is None


def test_an_inspection_of_today_is_handed_in_on_its_page(bring, street, acting):
    today = f"{timezone.localdate()}"
    row = dict(zip(HEAD, INSPECTIONS[2], strict=True)) | {"日期": today, "提交日期": today}
    report = bring("inspections", [HEAD, tuple(row.values())])
    assert "提交日期应在今天以前" in " ".join(report.lines())
    with acting(street):
        assert not Inspection.objects.exists()


def test_what_may_not_be_changed_is_not_changed_by_a_file(bring, street, acting):
    """A finding of an inspection whose result was signed stands, whoever sends the file."""
    bring("inspections", INSPECTIONS[:2])
    bring("findings", FINDINGS[:2])
    with acting(street):
        more.reply(Inspection.objects.get())
    report = bring("findings", [FINDINGS[0], (*FINDINGS[1][:5], 9, *FINDINGS[1][6:])])
    assert "不能再补录" in " ".join(report.lines())
    with acting(street):
        assert Finding.objects.get().occurrences == 3
