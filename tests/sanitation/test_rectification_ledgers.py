"""Ledgers of orders, rounds, cards and programmes: files of the street, forms, filters, what is locked."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from portal.imports.running import run
from portal.ledgers import ledgers
from portal.models import Unit
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
def worker(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community, "worker", name="李梅")


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
        [other_community.name, "专项整改", "2025-09-10", "2025-09-12", "2025-09-29", "每天督查", "清除", "保持", "调整制度", "全部清除", 92],
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
        made.round_(order)
    report = bring("rectification-rounds", ROUNDS, [order.number, *row])
    assert any(message in text for text in told(report)), told(report)


def sent(client, url, record=None, **fields):
    version = {"version": record.version} if record else {}
    return client.post(url, {"_key": str(uuid4())} | version | fields)


def values(order, **changed):
    fields = ("problem", "place", "demand", "responsible", "number", "extended_for")
    data = {name: getattr(order, name) for name in fields}
    days = {name: str(getattr(order, name)) for name in ("occurred_on", "due_on", "working_days")}
    return data | days | {"community": order.community_id} | changed


@pytest.mark.parametrize(
    ("changed", "due", "first"),
    [
        ({"due_on": "2025-03-18"}, date(2025, 3, 18), None),
        ({"due_on": "2025-03-25"}, date(2025, 3, 19), None),
        ({"due_on": "2025-03-25", "extended_for": "下雨"}, date(2025, 3, 25), date(2025, 3, 19)),
        ({"working_days": "3"}, date(2025, 3, 17), None),
        ({"working_days": "8"}, date(2025, 3, 19), None),
    ],
    ids=["earlier", "later", "later with reason", "fewer days", "more days"],
)
def test_a_later_deadline_asks_for_its_reason(
    changed, due, first, street, community, inspector, client_of, acting
):
    with acting(street):
        order = made.order(street, community)
    client = client_of(inspector)
    answer = sent(
        client, f"/ledger/rectification-orders/{order.pk}/edit/", order, **values(order, **changed)
    )
    refused = due == order.due_on
    assert (answer.status_code == 200) == refused
    if refused:
        assert "请写明延期原因" in answer.content.decode()
    with acting(street):
        row = RectificationOrder.objects.get()
        assert (row.due_on, row.first_due_on) == (due, first)


def test_an_order_with_rounds_is_not_closed_by_hand_and_a_rechecked_round_stands(
    street, community, inspector, worker, client_of, acting
):
    with acting(street):
        order = made.order(street, community)
        row = made.round_(order, rechecked_on=date(2025, 3, 17), passed=False)
        open_one = made.round_(order, date(2025, 3, 18))
    client = client_of(inspector)
    url = f"/ledger/rectification-orders/{order.pk}/edit/"
    sent(client, url, order, **values(order, closed_on="2025-03-19"))
    with acting(street):
        assert RectificationOrder.objects.get().closed_on is None
    rounds = "/ledger/rectification-rounds/"
    for user in (inspector, worker):
        client = client_of(user)
        assert client.get(f"{rounds}{row.pk}/edit/").status_code == 403
        assert client.get(f"{rounds}{row.pk}/").status_code == 200
        assert client.get(f"{rounds}{open_one.pk}/edit/").status_code == 200


def test_a_community_registers_no_recheck_of_a_street_order(
    street, community, worker, client_of, acting
):
    with acting(street):
        order = made.order(street, community)
    told_of = {"order": order.pk, "occurred_on": "2025-03-14", "content": "清", "reporter": "彭"}
    recheck = {"rechecked_on": "2025-03-17", "passed": "True", "rechecker": "彭"}
    client = client_of(worker)
    page = sent(client, "/ledger/rectification-rounds/add/", **told_of, **recheck)
    assert "复查由下达整改单的单位登记。" in page.content.decode()
    assert sent(client, "/ledger/rectification-rounds/add/", **told_of).status_code == 302
    with acting(street):
        assert RectificationRound.objects.get().passed is None


def test_a_round_comes_back_from_the_bin_only_where_it_can_stand(
    street, community, worker, client_of, acting
):
    with acting(street):
        order = made.order(street, community)
        row = made.round_(order)
    client = client_of(worker)
    url = f"/ledger/rectification-rounds/{row.pk}/delete/"
    assert sent(client, url, row).status_code == 302
    with acting(street):
        made.round_(order)
    page = client.post("/ledger/rectification-rounds/bin/", {"_key": str(uuid4()), "pk": row.pk})
    assert page.status_code == 302
    with acting(street):
        assert RectificationRound.objects.kept().count() == 1


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("", {"1", "2", "3", "4"}),
        ("state=open", {"1", "4"}),
        ("state=reported", {"2"}),
        ("state=closed", {"3"}),
        ("state=again", set()),
        ("timing=late", {"1"}),
        ("timing=soon", {"4"}),
        ("state=open&timing=late", {"1"}),
    ],
)
def test_the_list_is_filtered_by_state_and_deadline(
    query, numbers, street, community, inspector, worker, client_of, acting
):
    day = timedelta(days=1)
    with acting(street):
        past = {"occurred_on": TODAY - 20 * day, "due_on": TODAY - 5 * day}
        made.order(street, community, "N1", **past)
        made.round_(made.order(street, community, "N2", **past), TODAY - 6 * day)
        made.order(street, community, "N3", closed_on=TODAY - 6 * day, **past)
        made.order(street, community, "N4", occurred_on=TODAY - 3 * day, due_on=TODAY)
    for user in (inspector, worker):
        page = client_of(user).get(f"/ledger/rectification-orders/?{query}").content.decode()
        assert {n for n in "1234" if f">N{n}</a>" in page} == numbers
        if "1" in numbers:
            assert "待整改（逾期 5 天）" in page


def test_a_card_is_lifted_with_its_reason_once(
    street, community, inspector, worker, client_of, acting
):
    with acting(street):
        card = made.card(street, community)
    url = f"/sanitation/cards/{card.pk}/lift/"
    assert client_of(worker).get(url).status_code in {403, 404}
    client = client_of(inspector)

    def lifted(**fields):
        data = {"_key": str(uuid4()), "versions": f"{card.pk}:{card.version}"} | fields
        return client.post(url, data)

    assert "请填写销牌说明。" in lifted(lifted_on="2025-04-02").content.decode()
    early = lifted(lifted_on="2025-03-01", lifted_for="合格").content.decode()
    assert "销牌日期不能早于出牌日期。" in early
    assert lifted(lifted_on="2025-04-02", lifted_for="复查合格").status_code == 302
    assert client.get(url).status_code == 302
    page = client_of(worker).get(f"/ledger/warning-cards/{card.pk}/").content.decode()
    assert "已销牌" in page
    assert "2025-03-12 长沙市爱国卫生运动委员会，2025-04-02 销牌" in page  # the ladder


def test_the_ladder_is_told_where_a_card_does_not_climb(
    street, community, inspector, client_of, acting
):
    with acting(street):
        made.card(street, community)
    fields = {
        "unit": street.pk,
        "community": community.pk,
        "occurred_on": "2025-05-06",
        "colour": "blue",
        "rank": "city",
        "issuer": "长沙市",
        "reason": "满溢",
    }
    client = client_of(inspector)
    answer = sent(client, "/ledger/warning-cards/add/", **fields)
    page = client.get(answer["Location"]).content.decode()
    assert "还没有销牌，再次出牌一般应升一级" in page


def test_a_programme_takes_the_card_of_its_own_community(
    street, community, other_community, inspector, client_of, acting
):
    with acting(street):
        card = made.card(street, community)
    fields = {
        "unit": street.pk,
        "community": other_community.pk,
        "warning": card.pk,
        "title": "专项整改",
        "starts_on": "2025-03-10",
        "result": "全部清除",
    }
    page = sent(client_of(inspector), "/ledger/rectification-programmes/add/", **fields)
    text = page.content.decode()
    assert "这张警告牌不是这个社区（村）的" in text
    assert "开始日期不能早于出牌日期" in text
    assert "填写了整改结果的，请填写完成日期。" in text
    with acting(street):
        assert Unit.objects.filter(pk=card.community_id).exists()
        assert not RectificationProgramme.objects.exists()
