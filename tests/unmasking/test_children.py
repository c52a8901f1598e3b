"""Pages about a child under 14 open once a reason was given, for half an hour (SECURITY row 28)."""

import time
import uuid
from datetime import date, timedelta

import pytest
from django.utils import timezone

from portal.models import AccessLog
from portal.unmasking import children
from tests import factories


@pytest.fixture
def child(acting, community):
    today = timezone.localdate()
    with acting(community):
        return factories.resident(community, "黄小宝", born_on=date(today.year - 9, 1, 2))


def page_of(child) -> str:
    return f"/ledger/residents/{child.pk}/"


def opened(client, child, **sent):
    asked = client.get(page_of(child))
    return client.post(asked["Location"], {"purpose": "入户走访、关爱探视"} | sent | key())


def key() -> dict:
    return {"_key": str(uuid.uuid4())}


@pytest.mark.parametrize("page", ["", "edit/", "files/", "unmask/id_number/", "delete/"])
def test_each_page_of_a_child_asks_a_reason_first(client_of, staff, child, page):
    answer = client_of(staff).get(page_of(child) + page)
    assert answer.status_code == 302
    assert answer["Location"].startswith(f"{page_of(child)}reason/?to=")


def test_files_about_a_child_ask_too(acting, client_of, staff, child):
    with acting(staff):
        file, visit = factories.disability_file(child), factories.visit(child)
    for url in (f"/ledger/disability-files/{file.pk}/", f"/ledger/visits/{visit.pk}/"):
        assert client_of(staff).get(url)["Location"].startswith(f"{url}reason/")


def test_a_reason_opens_the_page_that_was_asked_for_and_is_logged(acting, client_of, staff, child):
    client = client_of(staff)
    answer = opened(client, child, words="家访回访")
    assert answer["Location"] == page_of(child)
    assert child.name in client.get(page_of(child)).content.decode()
    with acting(staff):
        look = AccessLog.objects.get()
    assert (look.action, look.subject_id, look.purpose) == (
        "child",
        child.pk,
        "入户走访、关爱探视：家访回访",
    )


def test_without_a_reason_the_page_stays_closed(acting, client_of, staff, child):
    client = client_of(staff)
    answer = opened(client, child, purpose="其他")
    assert "请写明事由" in answer.content.decode()
    assert client.get(page_of(child)).status_code == 302
    with acting(staff):
        assert not AccessLog.objects.exists()


def test_one_reason_holds_for_one_child_in_one_session(acting, client_of, staff, community, child):
    with acting(community):
        other = factories.resident(community, "黄小妹", born_on=child.born_on)
    client = client_of(staff)
    opened(client, child)
    assert client.get(page_of(child)).status_code == 200
    assert client.get(page_of(other)).status_code == 302
    assert client_of(staff).get(page_of(child)).status_code == 302


def test_after_half_an_hour_the_reason_is_asked_again(client_of, staff, child, monkeypatch):
    client, now = client_of(staff), time.time()
    opened(client, child)
    monkeypatch.setattr(children.time, "time", lambda: now + children.OPEN_SECONDS + 5)
    assert client.get(page_of(child)).status_code == 302


@pytest.mark.parametrize(("days", "status"), [(0, 200), (1, 302)])
def test_the_fourteenth_birthday_is_the_bound(acting, client_of, staff, community, days, status):
    today = timezone.localdate()
    if (today.month, today.day) == (2, 29):
        today -= timedelta(1)
    born = today.replace(year=today.year - 14) + timedelta(days)
    with acting(community):
        person = factories.resident(community, born_on=born)
    assert client_of(staff).get(page_of(person)).status_code == status


@pytest.mark.parametrize("to", ["https://evil.example/", "//evil.example/", "javascript:1"])
def test_the_reason_leads_to_no_other_site(client_of, staff, child, to):
    client = client_of(staff)
    sent = {"purpose": "上级核查"} | key()
    answer = client.post(f"{page_of(child)}reason/?to={to}", sent)
    assert answer["Location"] == page_of(child)


def test_of_a_grown_up_no_reason_is_asked(client_of, staff, person):
    client = client_of(staff)
    assert client.get(page_of(person)).status_code == 200
    assert client.get(f"{page_of(person)}reason/").status_code == 404
