"""撤销 beside the message: what was deleted comes back, what was entered together goes; all or nothing."""

import re
import uuid

import pytest
from django.utils import timezone

from portal.ledgers import undoing
from residents.models import Visit
from tests import factories

pytestmark = pytest.mark.django_db
LIST = "/ledger/visits/"


@pytest.fixture
def client(client_of, staff):
    return client_of(staff)


@pytest.fixture
def visit(acting, community, people):
    with acting(community):
        return factories.visit(people[0])


def delete(client, visit):
    data = {"_key": str(uuid.uuid4()), "version": visit.version}
    return client.post(f"/ledger/visits/{visit.pk}/delete/", data, follow=True)


def undo(client, page, label, **changes):
    body = page.content.decode()
    assert label in body
    token = re.search(r'name="token" value="(\w+)"', body)[1]
    data = {"_key": str(uuid.uuid4()), "token": token} | changes
    return client.post("/ledger/visits/undo/", data, follow=True)


def kept(acting, who):
    with acting(who):
        return Visit.objects.filter(deleted_at__isnull=True).count()


def test_a_deleted_record_comes_back(client, visit, acting, staff):
    page = delete(client, visit)
    assert kept(acting, staff) == 0
    answer = undo(client, page, "撤销")
    assert "已撤销删除" in answer.content.decode()
    assert answer.request["PATH_INFO"] == f"/ledger/visits/{visit.pk}/"
    assert kept(acting, staff) == 1


def test_it_is_undone_once_and_only_with_its_token(client, visit, acting, staff):
    page = delete(client, visit)
    assert "已经不能撤销" in undo(client, page, "撤销", token="x").content.decode()
    assert "已经不能撤销" in undo(client, page, "撤销", token="").content.decode()
    undo(client, page, "撤销")
    assert "已经不能撤销" in undo(client, page, "撤销").content.decode()
    assert kept(acting, staff) == 1


def test_not_after_an_hour(client, visit, acting, staff, monkeypatch):
    monkeypatch.setattr(undoing, "LIFE", -1)
    page = delete(client, visit)
    assert "已经不能撤销" in undo(client, page, "撤销").content.decode()
    assert kept(acting, staff) == 0


def test_a_colleague_cannot_undo_it(client, client_of, colleague, visit, acting, staff):
    page = delete(client, visit)
    other = client_of(colleague)
    assert "已经不能撤销" in undo(other, page, "撤销").content.decode()
    assert kept(acting, staff) == 0


def test_restored_by_hand_first(client, visit, acting, staff):
    page = delete(client, visit)
    client.post("/ledger/visits/bin/", {"_key": str(uuid.uuid4()), "pk": visit.pk})
    assert "已经恢复" in undo(client, page, "撤销").content.decode()
    assert kept(acting, staff) == 1


@pytest.fixture
def entered(client, people, visit_of):
    data = visit_of(None) | {"lines": "10"}
    for number, person in enumerate(people):
        data |= {f"l{number}-resident": person.pk, f"l{number}-resident_text": person.name}
        data |= {f"l{number}-content": "一批"}
    return client.post(f"{LIST}add-many/", data, follow=True)


def test_what_was_entered_together_goes_together(client, entered, acting, staff):
    assert "已登记 3 条" in entered.content.decode()
    answer = undo(client, entered, "撤销这一批")
    assert "已撤销这一批：3 条" in answer.content.decode()
    assert kept(acting, staff) == 0


def test_one_was_changed_meanwhile_and_all_stay(client, entered, acting, staff, community):
    with acting(community):
        visit = Visit.objects.order_by("-pk").first()
        visit.content = "改过了"
        visit.save()
    answer = undo(client, entered, "撤销这一批")
    assert "没有撤销：其中有记录已被修改" in answer.content.decode()
    assert kept(acting, staff) == 3


def test_one_is_referred_to_meanwhile_and_all_stay(client, entered, acting, staff, community):
    with acting(community):
        visit = Visit.objects.order_by("-pk").first()
        factories.problem(community, visit=visit, occurred_on=timezone.localdate())
    answer = undo(client, entered, "撤销这一批")
    assert "没有撤销：还有 1 条" in answer.content.decode()
    assert kept(acting, staff) == 3
