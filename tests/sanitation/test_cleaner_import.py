"""One file of the street about two villages is brought in, and again: nothing changes."""

from datetime import date

import pytest

from portal.imports.running import run
from portal.roles import Role
from sanitation.models import Cleaner, CleanerAttendance, GridAssignment, InspectionPoint
from tests.factories import sanitation_cleaners as make
from tests.imports.conftest import citizen, xlsx

pytestmark = pytest.mark.django_db
NUMBER = citizen(122, "19660501")
SINCE = date(2024, 1, 1)
SHEETS = {
    "检查点位": [
        ["点位名称", "类别", "社区（村）", "网格（小组）", "责任人", "设立日期"],
        ["老街公厕", "公厕、户厕", "明珠社区", "第1网格", "李梅", SINCE],
        ["老街公厕", "公厕、户厕", "和平社区", "第1网格", None, SINCE],
    ],
    "重点单位": [
        ["单位名称", "类别", "社区（村）", "负责人", "联系电话", "列入日期"],
        ["兴旺养殖场", "养殖场", "和平社区", "周兴旺", "13800000022", SINCE],
    ],
    "环境卫生代表": [
        ["姓名", "身份", "社区（村）", "网格（小组）", "负责的户和范围", "任职日期"],
        ["龙秀英", "乐和代表", "明珠社区", "第1网格", "塘边十二户", SINCE],
    ],
    "保洁员": [
        [
            "姓名",
            "社区（村）",
            "性别",
            "出生日期",
            "证件号码",
            "联系电话",
            "上岗日期",
            "月报酬（元）",
        ],
        ["彭建国", "明珠社区", "男", date(1966, 5, 1), None, "13800000011", SINCE, 1800],
        ["彭建国", "和平社区", None, None, NUMBER, "13800000012", SINCE, None],
    ],
    "保洁网格责任": [
        ["姓名", "社区（村）", "网格（小组）", "责任区域", "起始日期"],
        ["彭建国", "明珠社区", "第1网格", "主干道", SINCE],
        ["彭建国", "和平社区", "第1网格", "水渠", SINCE],
    ],
    "保洁员请假": [
        ["姓名", "社区（村）", "类别", "请假起", "请假止", "顶岗人"],
        ["彭建国", "和平社区", "病假", date(2025, 7, 1), date(2025, 7, 5), "胡小兰"],
    ],
    "保洁员培训": [
        ["日期", "培训名称", "地点", "参加人次"],
        [make.DAY, "垃圾分类培训", "街道会议室", 20],
    ],
    "保洁员参训": [
        ["姓名", "社区（村）", "培训名称", "考核合格"],
        ["彭建国", "明珠社区", "垃圾分类培训", "是"],
        ["彭建国", "和平社区", "垃圾分类培训", None],
    ],
}


@pytest.fixture
def clerk(make_user, street):
    return make_user(Role.SANITATION_INSPECTOR, street)


@pytest.fixture
def villages(community, other_community, make_grid):
    return [make_grid(each, 1) for each in (community, other_community)]


def brought(clerk, street, acting, **sheets):
    with acting(clerk):
        return run(xlsx(**sheets), ledger=None, unit=street, by=clerk, commit=True)


def test_a_file_of_two_villages_is_brought_in_and_again(
    clerk, street, other_community, villages, acting
):
    first = brought(clerk, street, acting, **SHEETS)
    assert first.problems == []
    rows = sum(len(sheet) - 1 for sheet in SHEETS.values())
    assert first.totals == {"new": rows, "changed": 0, "unchanged": 0, "refused": 0}
    again = brought(clerk, street, acting, **SHEETS)
    assert again.problems == []
    assert again.totals == {"new": 0, "changed": 0, "unchanged": rows, "refused": 0}
    with acting(street):
        who = Cleaner.objects.get(community=other_community)
        assert (who.sex, who.born_on, who.unit) == (2, date(1966, 5, 1), street)
        assert {row.community for row in GridAssignment.objects.all()} == {
            grid.parent for grid in villages
        }
        assert CleanerAttendance.objects.count() == 2
        assert InspectionPoint.objects.get(community=other_community).grid == villages[1]


def cleaner_row(community, number=None):
    return ["彭建国", community, None, None, number, None, SINCE, None]


OTHER = citizen(124, "19660502")


@pytest.mark.parametrize(
    ("sheet", "row", "message"),
    [
        ("保洁员", cleaner_row("远方村"), "没有这个名称的社区"),
        ("保洁员", cleaner_row("和平社区", OTHER), "另一个证件号码"),
        ("保洁网格责任", ["某某", "和平社区", "第1网格", "", SINCE], "没有这个姓名的保洁员"),
        ("保洁网格责任", ["彭建国", "和平社区", "第9网格", "", SINCE], "没有这个名称的网格"),
        ("保洁网格责任", ["彭建国", "", "第1网格", "", SINCE], "有同名的保洁员"),
    ],
)
def test_what_a_file_may_not_say_is_told_at_its_cell(
    clerk, street, villages, acting, sheet, row, message
):
    brought(clerk, street, acting, **{name: SHEETS[name] for name in ("保洁员", "保洁网格责任")})
    report = brought(clerk, street, acting, **{sheet: [SHEETS[sheet][0], row]})
    assert any(message in problem.message for problem in report.problems), report.problems
    assert report.totals["refused"] == 1
