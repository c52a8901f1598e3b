"""One file of the street brings enforcement, clean-ups and events; brought again, nothing changes."""

from datetime import date

import pytest

from portal.imports.running import run
from portal.ledgers import ledgers
from portal.roles import Role
from residents.models import Activity, Problem
from sanitation.models import CleanupDetail, EnforcementAction, EnforcementItem
from tests.factories import sanitation_market as make
from tests.factories import volunteers
from tests.imports.conftest import xlsx

pytestmark = pytest.mark.django_db
MAY, AUGUST = date(2025, 5, 26), date(2025, 8, 4)
ITEM = ["行动日期", "整治内容", "整治对象", "数量", "面积（平方米）", "处理", "路段"]
BOOK = {
    "集镇整治行动": [["行动名称", "开始日期"], ["集镇综合整治", date(2025, 5, 1)]],
    "整治出动": [
        ["行动日期", "整治内容", "整治行动", "路段", "参加单位", "出动人员"],
        [MAY, "违章广告整治", "集镇综合整治", "S207、春垅公路", "城管办、派出所", 26],
        [AUGUST, "店外经营整治", "集镇综合整治", "开元东路东延线", "城管办", 18],
    ],
    "整治事项": [
        ITEM,
        [MAY, "违章广告整治", "门窗建材店", "9户", "1320㎡", "取缔", "S207"],
        [MAY, "违章广告整治", "流动摊点", "70家", None, "劝离", "S207"],
        [AUGUST, "店外经营整治", "违章广告招牌", "65块", 500, "拆除", None],
        [AUGUST, "店外经营整治", "乱停乱放", "3辆", None, "劝离", None],
    ],
    "集中清理": [
        ["日期", "名称", "结束日期", "清理范围", "参加人次", "出动车辆", "清理垃圾（吨）"],
        [
            date(2025, 1, 20),
            "春节大扫除",
            date(2025, 1, 24),
            "主次干道、通村公路、水域、集镇、主街，田边菜地",
            420,
            12,
            38.615,
        ],
    ],
    "环卫竞赛": [
        ["日期", "活动名称", "参加单位数", "参加人次"],
        [date(2025, 6, 5), "新环保法知识竞赛", 14, 318],
    ],
    "环境卫生热点问题": [
        ["日期", "问题", "来源", "状态", "办结日期", "办理结果"],
        [date(2025, 3, 3), "老街后河垃圾成堆", "来访", "已解决", date(2025, 3, 18), "清运 3 车"],
    ],
}


@pytest.fixture
def inspector(make_user, street):
    return make_user(Role.SANITATION_INSPECTOR, street)


def bring(user, unit, content, slug=None):
    ledger = ledgers[slug] if slug else None
    return run(content, ledger=ledger, unit=unit, by=user, commit=True)


def test_the_streets_workbook_twice(inspector, street, acting):
    with acting(inspector):
        first = bring(inspector, street, xlsx(**BOOK))
        assert first.problems == []
        assert first.totals["new"] == 10
        told = EnforcementItem.objects.order_by("occurred_on", "pk")
        assert [(i.kind, i.quantity, i.area and float(i.area)) for i in told] == [
            ("window_shop", 9, 1320.0),
            ("stall", 70, None),
            ("signboard", 65, 500.0),
            ("parking", 3, None),
        ]
        assert EnforcementAction.objects.filter(operation__name="集镇综合整治").count() == 2
        cleaned = CleanupDetail.objects.get()
        assert float(cleaned.tonnes) == 38.615
        assert cleaned.scopes == ["road", "water", "market", "field"]
        assert Activity.objects.get(kind="contest").parties == 14
        assert Problem.objects.get().state == "solved"
        again = bring(inspector, street, xlsx(**BOOK))
        assert again.problems == []
        assert again.totals == {"new": 0, "changed": 0, "unchanged": 10, "refused": 0}


def test_an_unknown_action_is_told_at_its_row(inspector, street, acting):
    rows = [ITEM, [MAY, "没有的整治", "流动摊点", 70, None, "劝离", None]]
    with acting(inspector):
        report = bring(inspector, street, xlsx(整治事项=rows), "enforcement-items")
        assert [p.message for p in report.errors] == [
            "没有这一天、这个内容的整治出动，请先登记整治出动。"
        ]
        assert not EnforcementItem.objects.exists()


def test_inexact_numbers_are_refused(inspector, street, acting):
    with acting(inspector):
        make.action(street)
        rows = [ITEM, [MAY, None, "流动摊点", "70余家", None, "劝离", None]]
        report = bring(inspector, street, xlsx(整治事项=rows), "enforcement-items")
        assert len(report.errors) == 1
        assert not EnforcementItem.objects.exists()


def test_a_file_completes_what_volunteers_held_and_changes_nothing_else(
    make_user, community, acting
):
    staff = make_user(Role.COMMUNITY_STAFF, community)
    head = ["日期", "名称", "清理范围", "参加人次", "清理垃圾（吨）"]
    with acting(staff):
        held = volunteers.held(community, date(2025, 4, 11), title="春季大扫除")
        held.activity.participants = 30
        held.activity.save()
        same = [date(2025, 4, 11), "春季大扫除", "水域", 30, 1.5]
        report = bring(staff, community, xlsx(集中清理=[head, same]), "cleanups")
        assert report.problems == []
        assert report.totals["changed"] == 1
        assert held.activity.cleanup.scopes == ["water"]
        other = [date(2025, 4, 11), "春季大扫除", "水域", 99, 1.5]
        report = bring(staff, community, xlsx(集中清理=[head, other]), "cleanups")
        assert [p.message for p in report.errors] == [
            "这次清理在“志愿活动”台账中登记，参加人次请到那里修改。"
        ]
        assert Activity.objects.get().participants == 30
