"""Forms and lists of orders, rounds, cards and programmes: deadlines, what is locked, filters, the ladder."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from portal.models import Unit
from portal.roles import Role
from sanitation.models import (
    RectificationOrder,
    RectificationProgramme,
    RectificationRound,
)
from tests.factories import sanitation_rectification as made

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def inspector(make_user, street):
    return make_user(Role.SANITATION_INSPECTOR, street, "inspector", name="吴永刚")


@pytest.fixture
def worker(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community, "worker", name="李梅")


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
    today = f"{timezone.localdate()}"
    told_of = {"order": order.pk, "occurred_on": today, "content": "清", "reporter": "彭"}
    recheck = {"rechecked_on": today, "passed": "True", "rechecker": "彭"}
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
            assert "待整改（超期 5 天）" in page


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
