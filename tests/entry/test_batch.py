"""One text for many people: ticked from a list, each gets a record of their own, all or nothing."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.ledgers import batch, ledgers
from portal.ledgers.dealt_with import dealt_with
from residents.life_events import LifeEventKind
from residents.models import Assistance, Participation, Visit
from tests import factories

pytestmark = pytest.mark.django_db
URL = "/ledger/visits/add-batch/"
TOMORROW = timezone.localdate() + timedelta(days=1)


@pytest.fixture
def client(client_of, staff):
    return client_of(staff)


def batch_of(visit_of, people, **changes):
    data = visit_of(None, **changes)
    del data["resident"], data["resident_text"]
    return data | {"resident": [person.pk for person in people]}


def stored(acting, who, model=Visit):
    with acting(who):
        return list(model.objects.order_by("resident__pk").values_list("resident__name", flat=True))


def test_each_of_the_ticked_gets_a_record_of_their_own(client, people, visit_of, acting, staff):
    answer = client.post(URL, batch_of(visit_of, people[:2], content="一同慰问"), follow=True)
    assert "已登记 2 条" in answer.content.decode()
    with acting(staff):
        visits = list(Visit.objects.order_by("resident__pk"))
        assert [visit.resident for visit in visits] == people[:2]
        for visit in visits:
            assert (visit.content, visit.occurred_on, visit.purposes, visit.recorded_by) == (
                "一同慰问",
                date(2025, 3, 10),
                ["greeting"],
                staff,
            )


def test_those_beyond_the_list_are_typed(client, people, visit_of, acting, staff):
    data = batch_of(visit_of, people[:1]) | {"resident_text": "赵大年"}
    assert client.post(URL, data).status_code == 302
    assert stored(acting, staff) == ["黄文发", "赵大年"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"occurred_on": TOMORROW.isoformat()}, "日期不能晚于今天"),
        ({"mode": ""}, "请选择"),
        ({"resident": []}, "请勾选至少一位居民"),
        ({"resident": ["999999"]}, "名单已有变化"),
        ({"resident_text": "没有这个人"}, "没有找到"),
    ],
)
def test_what_is_wrong_is_said_once_and_nothing_is_stored(
    client, people, visit_of, acting, staff, changes, said
):
    data = batch_of(visit_of, people, content="留着的内容") | changes
    page = client.post(URL, data)
    body = page.content.decode()
    assert page.status_code == 200
    assert said in body
    assert "留着的内容" in body
    assert [len(texts) for texts in page.context["form"].errors.values()] == [1]
    assert 'class="error-summary"' in body
    assert stored(acting, staff) == []


def test_one_person_is_refused_by_name_and_nobody_is_stored(
    client, people, acting, staff, community
):
    with acting(community):
        event = factories.activity(community)
        factories.participation(event, people[1], attendee="self")
    data = {
        "_key": str(uuid.uuid4()),
        "activity": event.pk,
        "activity_text": event.title,
        "occurred_on": event.occurred_on.isoformat(),
        "attendee": "self",
        "resident": [person.pk for person in people],
    }
    page = client.post("/ledger/participations/add-batch/", data)
    told = page.context["form"].errors["resident"]
    assert len(told) == 1
    assert told[0].startswith("李小红")
    assert stored(acting, staff, Participation) == ["李小红"]


def test_the_database_refuses_one_and_nobody_is_stored(
    client, people, visit_of, acting, staff, monkeypatch
):
    """As where a rule that no form knows breaks at the last person."""
    ledger = ledgers["visits"]
    belongs = type(ledger).check_belongs

    def refuse_the_last(self, record):
        if record.resident_id == people[-1].pk:
            raise batch.ValidationError("不属于这里")
        belongs(self, record)

    monkeypatch.setattr(type(ledger), "check_belongs", refuse_the_last)
    page = client.post(URL, batch_of(visit_of, people))
    assert "赵大年：不属于这里" in page.content.decode()
    assert stored(acting, staff) == []


def test_too_many_at_once(client, people, visit_of, acting, staff, monkeypatch):
    monkeypatch.setattr(batch, "MOST", 2)
    assert "一次最多 2 人" in client.post(URL, batch_of(visit_of, people)).content.decode()
    assert stored(acting, staff) == []


@pytest.fixture
def lists(acting, community, people, make_grid, staff):
    """黄文发 is cared for, 李小红 lives in a building, 赵大年 was met lately."""
    with acting(community):
        kind = factories.care_tag(people[0]).kind
        house = factories.building(community)
        home = factories.household(community, dwelling=factories.dwelling(house))
        factories.member(home, people[1])
        factories.visit(people[2], recorded_by=staff)
        return {f"care:{kind.pk}": 0, f"building:{house.pk}": 1, "lately": 2, "nonsense": 2}


def ticks(page) -> list[str]:
    name = page.context["people_name"]
    field = page.context["form"].fields[name]
    return [candidate.name for candidate in field.widget.offered()]


def test_people_are_listed_by_care_by_building_or_as_met_lately(client, lists, people):
    for key, number in lists.items():
        assert ticks(client.get(f"{URL}?by={key}")) == [people[number].name], key
    assert len(ticks(client.get(f"{URL}?by=all"))) == 3


def test_another_list_keeps_ticks_and_text(client, lists, people, visit_of, acting, staff):
    care = next(key for key in lists if key.startswith("care"))
    data = batch_of(visit_of, people[1:2], content="先写好的") | {"list": "1", "by": care}
    page = client.post(URL, data)
    body = page.content.decode()
    assert "先写好的" in body
    assert f'value="{people[1].pk}"' in body
    assert body.count("checked") >= 1
    assert ticks(page) == ["黄文发"]
    assert stored(acting, staff) == ["赵大年"]  # met before


def test_the_dead_are_not_listed(client, acting, community, people):
    with acting(community):
        factories.life_event(people[0], kind=LifeEventKind.DIED)
    assert "黄文发" not in ticks(client.get(f"{URL}?by=all"))


def test_assistance_takes_batches_too(client, people, acting, staff):
    data = {
        "_key": str(uuid.uuid4()),
        "occurred_on": "2025-01-20",
        "kind": ledgers["assistance"].model._meta.get_field("kind").flatchoices[0][0],
        "giver": "明珠社区",
        "amount": "200",
        "domains": ["residents"],
        "resident": [person.pk for person in people],
    }
    assert client.post("/ledger/assistance/add-batch/", data).status_code == 302
    assert len(stored(acting, staff, Assistance)) == 3


@pytest.mark.parametrize("slug", ["residents", "households", "cases", "nothing"])
def test_ledgers_of_which_each_is_by_itself_have_no_batch(client, slug):
    assert client.get(f"/ledger/{slug}/add-batch/").status_code == 404


def test_recent_people_are_the_users_own_newest_first(acting, staff, colleague, people, community):
    ledger = ledgers["residents"]
    with acting(staff):
        factories.visit(people[0], recorded_by=staff)
        factories.assistance(people[2], recorded_by=staff)
        factories.visit(people[0], recorded_by=staff)
        factories.visit(people[1], recorded_by=colleague)
        assert dealt_with(ledger, staff) == [people[0], people[2]]
        assert dealt_with(ledger, staff, 1) == [people[0]]
        assert dealt_with(ledger, colleague) == [people[1]]


def test_an_empty_picker_offers_them_without_a_look_at_names(client, acting, staff, people):
    with acting(staff):
        factories.visit(people[1], recorded_by=staff)
    page = client.post("/ledger/residents/pick/", {"q": ""}).content.decode()
    assert "data-recent" in page
    assert "李小红" in page
    assert "黄文发" not in page


def test_one_and_three_people_ask_equally_often(client, acting, staff, people):
    def asked():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.post("/ledger/residents/pick/", {"q": ""})
        return len(queries)

    with acting(staff):
        factories.visit(people[0], recorded_by=staff)
    client.post("/ledger/residents/pick/", {"q": ""})
    one = asked()
    with acting(staff):
        for person in people[1:]:
            factories.visit(person, recorded_by=staff)
    assert asked() == one
