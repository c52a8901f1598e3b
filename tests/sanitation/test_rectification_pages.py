"""Pages of orders: who may take which step from which state, issuing, photos, and the paper."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from portal.attachments.services import files_of
from portal.models import AccessLog
from portal.roles import Role
from sanitation.enums.rectification import OrderState as S
from sanitation.models import RectificationOrder, RectificationRound
from sanitation.selectors.rectification import steps_open_to
from tests.attachments.files import picture
from tests.factories import sanitation as make
from tests.factories import sanitation_rectification as made

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
ROLES = {
    "inspector": (Role.SANITATION_INSPECTOR, "street"),
    "supervisor": (Role.STREET_SUPERVISOR, "street"),
    "worker": (Role.COMMUNITY_STAFF, "community"),
    "head": (Role.COMMUNITY_HEAD, "community"),
    "neighbour": (Role.COMMUNITY_STAFF, "other_community"),
}
KEEPER = {"inspector"}
COMMUNITY = {"worker", "head"}
MAY = {  # state: {step: who}
    S.OPEN: {"report": COMMUNITY, "extend": KEEPER},
    S.REPORTED: {"recheck": KEEPER, "extend": KEEPER},
    S.AGAIN: {"report": COMMUNITY, "extend": KEEPER},
    S.CLOSED: {"reopen": KEEPER},
}
STEPS = ("report", "recheck", "extend", "reopen")


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def people(make_user, street, community, other_community):
    units = {"street": street, "community": community, "other_community": other_community}
    return {name: make_user(role, units[unit], name) for name, (role, unit) in ROLES.items()}


def in_state(street, community, state):
    """An order of these days, in that state."""
    begun = TODAY - timedelta(days=6)
    closed = TODAY - timedelta(days=1) if state == S.CLOSED else None
    order = made.order(street, community, occurred_on=begun, closed_on=closed)
    if state == S.REPORTED:
        made.round_(order)
    elif state == S.AGAIN:
        made.round_(order, rechecked_on=TODAY - timedelta(days=2), passed=False)
    elif state == S.CLOSED:
        made.round_(order, rechecked_on=closed)
    return order


def sent(client, url, row, **fields):
    data = {"_key": str(uuid4()), "versions": f"{row.pk}:{row.version}"} | fields
    return client.post(url, data)


@pytest.mark.parametrize("state", S)
def test_each_step_is_open_to_whom_the_table_says(
    state, street, community, people, acting, client_of
):
    with acting(street):
        order = in_state(street, community, state)
    for name, user in people.items():
        wanted = {step for step in STEPS if name in MAY[state].get(step, ())}
        with acting(user):
            visible = RectificationOrder.objects.filter(pk=order.pk).first()
            assert (visible is None) == (name == "neighbour")
            if visible:
                assert steps_open_to(visible, user).keys() == wanted, (state, name)
        client = client_of(user)
        for step in STEPS:
            answer = client.get(f"/sanitation/orders/{order.pk}/{step}/")
            if step in wanted:
                assert answer.status_code == 200, (state, name, step)
            else:
                assert answer.status_code in {302, 403, 404}, (state, name, step)
                posted = sent(client, f"/sanitation/orders/{order.pk}/{step}/", order)
                assert posted.status_code in {200, 403, 404}, (state, name, step)
    with acting(street):
        assert RectificationOrder.objects.get(pk=order.pk).version == order.version


def test_orders_are_issued_in_two_steps_and_the_deadline_is_told_first(
    street, community, people, acting, client_of
):
    with acting(street):
        held = make.inspection(street, community, handed_in_on=TODAY, is_open=True)
        finding = make.finding(held, make.rubric(street).items.first().faults.first(), place="桥头")
    client = client_of(people["inspector"])
    url = f"/sanitation/orders/issue/?inspection={held.pk}"
    assert "桥头" in client.get(url).content.decode()
    data = {
        "findings": [finding.pk],
        "occurred_on": "2025-09-29",
        "working_days": "5",
        "demand": "立即清除",
    }
    page = client.post(url, data | {"_key": str(uuid4())}).content.decode()
    assert "限期 2025-10-13（周一），共 5 个工作日" in page
    assert "现在还没有任何改动" in page
    with acting(street):
        assert not RectificationOrder.objects.exists()
    answer = client.post(url, data | {"_key": str(uuid4()), "step": "confirm"})
    with acting(street):
        order = RectificationOrder.objects.get()
        assert answer["Location"] == f"/ledger/rectification-orders/{order.pk}/"
        assert (order.number, order.finding) == ("整改〔2025〕1号", finding)
    assert client.get(url).status_code == 302  # nothing is left to be issued
    assert (
        client_of(people["worker"])
        .get(f"/sanitation/orders/issue/?finding={finding.pk}")["Location"]
        .startswith("/ledger/rectification-orders")
    )


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"occurred_on": "2025-09-29", "working_days": "5"}, "限期 2025-10-13（周一），已经过了"),
        ({"occurred_on": "2025-09-29", "working_days": "0"}, "应在 1 到 250"),
        ({"occurred_on": "x", "working_days": "五"}, "按工作日历推算"),
        ({}, "按工作日历推算"),
    ],
)
def test_the_deadline_is_told_while_it_is_typed(asked, told, people, client_of):
    answer = client_of(people["inspector"]).get("/sanitation/orders/due/", asked)
    assert told in answer.content.decode()


def test_the_head_reports_with_photos_and_both_sides_see_them(
    street, community, people, acting, client_of
):
    with acting(street):
        order = in_state(street, community, S.OPEN)
    url = f"/sanitation/orders/{order.pk}/report/"
    told = {"content": "已清除", "reporter": "彭建国", "day": str(TODAY)}
    photo = SimpleUploadedFile("后.jpg", picture(), "image/jpeg")
    answer = sent(client_of(people["head"]), url, order, **told, photos=[photo])
    assert answer.status_code == 302, answer.content.decode()
    with acting(community):
        row = RectificationRound.objects.get()
        assert (row.unit, row.content) == (community, "已清除")
        [kept] = files_of(row)
        assert kept.caption == "整改后"
    for name in ("worker", "inspector", "supervisor"):
        client = client_of(people[name])
        page = client.get(f"/ledger/rectification-orders/{order.pk}/").content.decode()
        assert "待复查" in page
        assert f"/ledger/rectification-rounds/{row.pk}/files/{kept.pk}" in page
    url = f"/sanitation/orders/{order.pk}/recheck/"
    answer = sent(
        client_of(people["inspector"]),
        url,
        row,
        passed="yes",
        rechecker="吴永刚",
        day=str(TODAY),
        result="已清除",
        photos=[],
    )
    assert answer.status_code == 302, answer.content.decode()
    page = client_of(people["worker"]).get(f"/ledger/rectification-orders/{order.pk}/")
    assert "已销号" in page.content.decode()


def test_what_is_wrong_is_told_at_the_field_and_nothing_is_kept(
    street, community, people, acting, client_of
):
    with acting(street):
        order = in_state(street, community, S.OPEN)
    photo, text = SimpleUploadedFile("后.jpg", picture(), "image/jpeg"), "彭建国"
    tomorrow = str(TODAY + timedelta(days=1))
    url = f"/sanitation/orders/{order.pk}/report/"
    fields = {"content": "", "reporter": text, "day": tomorrow, "photos": [photo]}
    page = sent(client_of(people["worker"]), url, order, **fields).content.decode()
    assert "请填写整改情况。" in page
    assert "整改日期不能晚于今天。" in page
    with acting(street):
        assert not RectificationRound.objects.exists()
        row = made.round_(order)
    url = f"/sanitation/orders/{order.pk}/recheck/"
    fields = {"passed": "no", "rechecker": "吴永刚", "day": str(TODAY)}
    page = sent(client_of(people["inspector"]), url, row, **fields).content.decode()
    assert "复查未通过的，请写明还要怎样整改。" in page


def test_the_notice_is_a_paper_and_its_print_is_logged(
    street, community, people, acting, client_of
):
    with acting(street):
        order = in_state(street, community, S.OPEN)
    answer = client_of(people["worker"]).get(f"/sanitation/orders/{order.pk}/notice.pdf")
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF")
    with acting(community):
        log = AccessLog.objects.get(action=AccessLog.Action.PDF)
        assert (log.subject_id, log.field) == (order.pk, "notice")
    assert (
        client_of(people["neighbour"]).get(f"/sanitation/orders/{order.pk}/notice.pdf").status_code
        == 404
    )


def test_a_deadline_is_extended_in_two_steps(street, community, people, acting, client_of):
    with acting(street):
        order = made.order(street, community)
    url = f"/sanitation/orders/{order.pk}/extend/"
    fields = {"due_on": "2025-03-28", "extended_for": "连日下雨"}
    client = client_of(people["inspector"])
    assert "2025-03-28（周五）" in sent(client, url, order, **fields).content.decode()
    assert sent(client, url, order, **fields, step="confirm").status_code == 302
    with acting(street):
        order = RectificationOrder.objects.get()
        assert (order.first_due_on, order.due_on) == (date(2025, 3, 19), date(2025, 3, 28))
