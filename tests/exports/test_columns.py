"""Which columns, in which order: ticked by hand, remembered for one user and one ledger."""

import uuid

import pytest

from portal.ledgers import ledgers
from portal.models import ColumnChoice
from portal.roles import Role
from tests import factories

COLUMNS = "/ledger/visits/columns/"
pytestmark = pytest.mark.django_db


def send(client, order, shown, **buttons):
    data = {"_key": str(uuid.uuid4()), "order": order, "shown": shown} | buttons
    return client.post(COLUMNS, data)


def headers(client, slug="visits"):
    page = client.get(f"/ledger/{slug}/")
    return [header["label"] for header in page.context["headers"]]


@pytest.fixture
def client(client_of, staff, acting, person):
    with acting(staff):
        factories.visit(person)
    return client_of(staff)


def test_the_choice_drives_the_list_of_this_user_and_ledger_only(
    client, client_of, make_user, community
):
    own = headers(client, "assistance")
    assert (
        send(client, ["姓名", "后续事项", "日期"], ["姓名", "后续事项"], save=1).status_code == 302
    )
    assert headers(client) == ["姓名", "后续事项"]
    assert headers(client, "assistance") == own
    colleague = client_of(make_user(Role.COMMUNITY_STAFF, community))
    assert headers(colleague)[0] == "日期"


@pytest.mark.parametrize(
    ("move", "order"),
    [
        ("up:方式", ["方式", "日期", "姓名"]),
        ("down:日期", ["方式", "日期", "姓名"]),
        ("up:日期", ["日期", "方式", "姓名"]),
        ("down:姓名", None),
        ("sideways:方式", ["日期", "方式", "姓名"]),
        ("up:没有的栏", ["日期", "方式", "姓名"]),
    ],
)
def test_arrows_are_plain_buttons_that_store_nothing(client, move, order):
    answer = send(client, ["日期", "方式", "姓名"], ["日期"], move=move)
    assert answer.status_code == 200
    items = [item["label"] for item in answer.context["items"]]
    if order:
        assert items[:3] == order
    else:
        assert items[2] != "姓名"
    assert [i["label"] for i in answer.context["items"] if i["shown"]] == ["日期"]
    assert not ColumnChoice.objects.exists()


def test_nothing_ticked_is_told_at_the_list(client):
    answer = send(client, ["日期"], [], save=1)
    assert "请至少勾选一栏" in answer.content.decode()
    assert not ColumnChoice.objects.exists()


def test_reset_and_the_ledgers_own_order_are_no_choice(client):
    own = headers(client)
    send(client, ["姓名"], ["姓名"], save=1)
    send(client, [], [], reset=1)
    assert headers(client) == own
    assert send(client, own, own, save=1).status_code == 302
    assert not ColumnChoice.objects.exists()


def test_unknown_columns_are_dropped(client):
    send(client, ["姓名", "<b>", "证件号码明文"], ["姓名", "<b>", "证件号码明文"], save=1)
    assert headers(client) == ["姓名"]


def test_a_column_that_the_ledger_no_longer_has_is_passed_over(client, staff):
    ColumnChoice.objects.create(user=staff, ledger="visits", columns=["旧栏目", "姓名"])
    assert headers(client) == ["姓名"]
    ColumnChoice.objects.update(columns=["旧栏目"])
    assert headers(client)[0] == "日期"


def test_the_choice_keeps_the_lists_filter_on_the_way_back(client):
    answer = client.post(
        COLUMNS + "?period=2025", {"_key": str(uuid.uuid4()), "shown": ["姓名"], "save": 1}
    )
    assert answer["Location"] == "/ledger/visits/?period=2025"


@pytest.mark.parametrize("slug", [ledger.slug for ledger in ledgers])
def test_the_columns_of_a_ledger_have_names_of_their_own(slug):
    labels = [column.label for column in ledgers[slug].shown_columns]
    assert len(labels) == len(set(labels))
