"""Files of the street about its villages: orders, rounds, cards and programmes."""

from datetime import date

import pytest
from django.utils import timezone

from portal.imports.running import run
from portal.ledgers import ledgers
from portal.roles import Role
from sanitation.models import (
    RectificationOrder,
    RectificationProgramme,
    RectificationRound,
    WarningCard,
)
from tests.factories import sanitation_rectification as made
from tests.imports.conftest import xlsx

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
ORDERS = [
    "社区（村）",
    "下达日期",
    "问题",
    "地点",
    "整改期限（工作日）",
    "限期日期",
    "销号日期",
    "整改结果",
]
ROUNDS = [
    "整改单编号",
    "整改日期",
    "整改情况",
    "整改人",
    "复查日期",
    "复查人",
    "复查结果",
    "复查意见",
]
CARDS = [
    "社区（村）",
    "出牌日期",
    "牌色",
    "出牌单位",
    "级别",
    "出牌原因",
    "整改期限",
    "销牌日期",
    "销牌说明",
]
PROGRAMMES = [
    *("社区（村）", "整改名称", "警告牌日期", "开始日期", "完成日期", "镇（街）督查"),
    *("村（社区）整改", "户保持", "整改措施", "整改结果", "复查得分"),
]


@pytest.fixture
def inspector(make_user, street):
    return make_user(Role.SANITATION_INSPECTOR, street, "inspector", name="吴永刚")


@pytest.fixture
def bring(inspector, street, acting):
    def brought(slug, header, *rows):
        ledger = ledgers[slug]
        content = xlsx(**{ledger.title: [header, *rows]})
        with acting(inspector):
            return run(content, ledger=ledger, unit=street, by=inspector, commit=True)

    return brought


def told(report):
    return [problem.message for problem in report.problems]


def test_one_file_of_the_street_tells_of_two_villages_and_again_changes_nothing(
    bring, street, community, other_community, acting
):
    orders = [
        [community.name, "2025-03-12", "成堆垃圾 3 处", "桥头", 5, None, "2025-03-18", "已清除"],
        [community.name, "2025-03-12", "成堆垃圾 3 处", "村口", 5, None, None, None],
        [other_community.name, "2025-03-13", "垃圾池满溢", "三组", None, "2025-03-20", None, None],
    ]
    rounds = [
        [
            "整改〔2025〕1号",
            "2025-03-17",
            "已清理",
            "彭建国",
            "2025-03-18",
            "吴永刚",
            "通过",
            "同意",
        ],
        [
            "整改〔2025〕1号",
            "2025-03-13",
            "清了一半",
            "彭建国",
            "2025-03-14",
            "吴永刚",
            "未通过",
            "再清",
        ],
        ["整改〔2025〕3号", "2025-03-18", "已清运", "何建军", None, None, None, None],
    ]
    cards = [
        [
            other_community.name,
            "2025-09-10",
            "黄牌警告",
            "长沙市",
            "市级",
            "成堆垃圾",
            "2025-10-10",
            None,
            None,
        ],
    ]
    programmes = [
        [other_community.name, "专项整改", "2025-09-10", "2025-09-12", "2025-09-29",
         "每天督查", "清除", "保持", "调整制度", "全部清除", 92],
    ]  # fmt: skip
    sheets = [
        ("rectification-orders", ORDERS, orders),
        ("rectification-rounds", ROUNDS, rounds),
        ("warning-cards", CARDS, cards),
        ("rectification-programmes", PROGRAMMES, programmes),
    ]
    for slug, header, rows in sheets:
        report = bring(slug, header, *rows)
        assert told(report) == [], slug
        assert report.totals["new"] == len(rows), slug
    for slug, header, rows in sheets:
        report = bring(slug, header, *rows)
        assert told(report) == [], slug
        assert report.totals["unchanged"] == len(rows), slug
    with acting(street):
        first = RectificationOrder.objects.get(number="整改〔2025〕1号")
        assert (first.community, first.unit) == (community, street)
        assert (first.due_on, first.worked_days) == (date(2025, 3, 19), 4)
        assert {r.community for r in RectificationRound.objects.all()} == {
            community,
            other_community,
        }
        assert RectificationProgramme.objects.get().warning == WarningCard.objects.get()
    with acting(community):  # reads what the street registered of it, and nothing of another
        assert RectificationRound.objects.count() == 2
        assert not WarningCard.objects.exists()


@pytest.mark.parametrize(
    ("slug", "header", "row", "message"),
    [
        ("rectification-orders", ORDERS, ["明珠社区", "2025-03-12", "垃圾", "", None, None, None, None],
         "请填写整改期限或限期日期。"),
        ("rectification-orders", ORDERS, ["明珠社区", "2025-03-12", "垃圾", "", 300, None, None, None],
         "整改期限应在 1 到 250 个工作日之间。"),
        ("rectification-orders", ORDERS, ["明珠社区", "2025-03-12", "垃圾", "", 5, "2025-03-10", None, None],
         "限期日期不能早于下达日期。"),
        ("rectification-orders", ORDERS, ["明珠社区", "2025-03-12", "垃圾", "", 5, None, None, "已清"],
         "填写了整改结果的，请填写销号日期。"),
        ("rectification-orders", ORDERS, ["没有的村", "2025-03-12", "垃圾", "", 5, None, None, None],
         "本单位没有这个名称的社区（村），请核对名称。"),
        ("rectification-rounds", ROUNDS, ["整改〔2025〕9号", "2025-03-17", "清", "彭", None, None, None, None],
         "没有这个编号的整改单，请先登记整改单。"),
        ("warning-cards", CARDS, ["明珠社区", "2025-09-10", "黄牌警告", "市", "市级", "脏", None, "2025-09-01", ""],
         "销牌日期不能早于出牌日期。"),
        ("rectification-programmes", PROGRAMMES,
         ["明珠社区", "整改", "2025-09-10", "2025-09-12", None, "", "", "", "", "", None],
         "没有这一天给这个社区（村）的警告牌，请先登记。"),
    ],
)  # fmt: skip
def test_a_bad_row_says_what_is_wrong_and_stores_nothing(
    bring, community, acting, street, slug, header, row, message
):
    report = bring(slug, header, row)
    assert any(message in text for text in told(report)), told(report)
    with acting(street):
        assert not ledgers[slug].model.objects.exists()


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (["2025-03-10", "清", "彭", None, None, None, None], "不能早于整改单的下达日期"),
        (
            ["2025-03-20", "清", "彭", "2025-03-21", "吴", None, None],
            "复查日期和复查结果要一起填写",
        ),
        (["2025-03-20", "清", "彭", "2025-03-19", "吴", "通过", None], "复查日期不能早于整改日期"),
        (["2025-03-14", "清", "彭", None, None, None, None], "上一次整改情况还没有复查"),
    ],
)
def test_a_round_that_cannot_stand_among_the_others_is_refused(
    bring, street, community, acting, row, message
):
    with acting(street):
        order = made.order(street, community)
        if "上一次" in message:
            made.round_(order)
    report = bring("rectification-rounds", ROUNDS, [order.number, *row])
    assert any(message in text for text in told(report)), told(report)
