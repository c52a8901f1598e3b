"""A full number: for a purpose, one at a time, counted, shown by POST alone (SECURITY row 28)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from portal.models import AccessLog
from portal.unmasking import limits

PURPOSE = "办理业务核对"


@pytest.fixture
def few(monkeypatch):
    """Three looks an hour, five a day."""
    values = {"unmask_per_hour": 3, "unmask_per_day": 5}
    monkeypatch.setattr(limits, "policy", values.__getitem__)


@pytest.fixture
def url(person):
    return f"/ledger/residents/{person.pk}/unmask/id_number/"


def actions(acting, who) -> list[str]:
    with acting(who):
        return list(AccessLog.objects.order_by("pk").values_list("action", flat=True))


def test_the_number_stands_only_in_the_answer_to_a_purpose(client_of, staff, person, url):
    client = client_of(staff)
    assert person.id_number not in client.get(url).content.decode()
    shown = client.post(url, {"purpose": PURPOSE})
    assert person.id_number in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    assert 'data-reveal="60"' in shown.content.decode()
    assert person.id_number not in client.get(url).content.decode()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "请选择查看用途"),
        ({"purpose": "好奇"}, "请选择查看用途"),
        ({"purpose": "其他"}, "请写明事由"),
        ({"purpose": "其他", "words": "看看"}, "请写明事由"),
        ({"purpose": "其他", "words": "核对 13812345678 这个号"}, "不要写证件号"),
        ({"purpose": PURPOSE, "words": "字" * 101}, "最多 100 个字"),
    ],
)
def test_without_a_purpose_nothing_is_shown_and_nothing_logged(
    acting, client_of, staff, person, url, sent, said
):
    page = client_of(staff).post(url, sent).content.decode()
    assert said in page
    assert person.id_number not in page
    assert actions(acting, staff) == []


def test_words_are_kept_with_the_purpose(acting, client_of, staff, url):
    client_of(staff).post(url, {"purpose": "其他", "words": "民政来函核对"})
    with acting(staff):
        look = AccessLog.objects.get()
    assert (look.action, look.field, look.purpose) == ("unmask", "id_number", "其他：民政来函核对")


def test_after_the_limit_no_number_and_one_sign_for_the_auditor(
    few, acting, client_of, staff, person, url
):
    client = client_of(staff)
    pages = [client.post(url, {"purpose": PURPOSE}) for _ in range(5)]
    assert [page.status_code for page in pages] == [200, 200, 200, 429, 429]
    refused = pages[3].content.decode()
    assert person.id_number not in refused
    again = timezone.localtime(timezone.now() + timedelta(hours=1))
    assert any(f"{again - timedelta(minutes=late):%H:%M}" in refused for late in (0, 1))
    assert actions(acting, staff) == ["unmask"] * 3 + ["limit"]


def test_the_hour_passes_and_the_day_still_counts(few, acting, client_of, staff, url, monkeypatch):
    real = timezone.now()
    states = []
    for minutes in (0, 0, 0, 10, 61, 62, 63, 25 * 60):
        now = real + timedelta(minutes=minutes)
        monkeypatch.setattr(timezone, "now", lambda now=now: now)
        states.append(client_of(staff).post(url, {"purpose": PURPOSE}).status_code)
    assert states == [200, 200, 200, 429, 200, 200, 429, 200]


def test_another_account_has_looks_of_its_own(few, client_of, make_user, staff, community, url):
    for _ in range(3):
        client_of(staff).post(url, {"purpose": PURPOSE})
    other = make_user("community_staff", community)
    assert client_of(other).post(url, {"purpose": PURPOSE}).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_looks_at_once_do_not_slip_past_the_limit(few, client_of, staff, url):

    def look(client):
        try:
            return client.post(url, {"purpose": PURPOSE}).status_code
        finally:
            connection.close()

    clients = [client_of(staff) for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        states = sorted(pool.map(look, clients))
    assert states == [200] * 3 + [429] * 5
