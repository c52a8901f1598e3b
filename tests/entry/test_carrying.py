"""What a new form begins with: carried from the last record, copied from a like one, never a day."""

from datetime import date, timedelta

import pytest
from django.db import models
from django.utils import timezone

from portal.ledgers import ledgers
from portal.ledgers.carrying import carried, carried_fields, like
from portal.records import Kept
from residents.models import Activity, Visit
from tests import factories

pytestmark = pytest.mark.django_db
ADD = "/ledger/visits/add/"


@pytest.fixture
def client(client_of, staff):
    return client_of(staff)


def begun(client, url=ADD) -> dict:
    form = client.get(url).context["form"]
    return {name: form[name].value() for name in form.fields}


def last(acting, staff, people, *, ago=timedelta(0), **fields):
    with acting(staff):
        known = {"mode": "phone", "visitor": "李梅、陈彩霞", "recorded_by": staff}
        visit = factories.visit(people[0], **known | fields)
        Visit.objects.filter(pk=visit.pk).update(recorded_at=timezone.now() - ago)
        return visit


@pytest.mark.parametrize(("ago", "carries"), [(0, True), (6, True), (8, False)])
def test_the_last_record_of_the_week_is_gone_on_from(client, acting, staff, people, ago, carries):
    last(acting, staff, people, ago=timedelta(days=ago))
    values = begun(client)
    assert (values["mode"] == "phone") is carries
    assert values["visitor"] == ("李梅、陈彩霞" if carries else "李梅")
    assert values["occurred_on"] == timezone.localdate()  # never the day of another record
    assert not values["resident"]
    assert not values["content"]


def test_it_is_said_and_can_be_left(client, acting, staff, people):
    last(acting, staff, people)
    page = client.get(ADD).content.decode()
    assert "已沿用您上一条" in page
    assert "方式“电话" in page
    assert begun(client, ADD + "?fresh=1")["mode"] != "phone"


def test_a_colleagues_record_carries_nothing(client_of, colleague, acting, staff, people):
    last(acting, staff, people)
    assert begun(client_of(colleague))["mode"] != "phone"


def test_what_the_address_says_counts_more(client, acting, staff, people):
    last(acting, staff, people)
    assert begun(client, ADD + "?mode=home")["mode"] == "home"


def test_a_record_that_may_no_longer_be_picked_is_not_carried(client, acting, staff, community):
    with acting(staff):
        event = factories.activity(community)
        person = factories.resident(community)
        factories.participation(event, person, recorded_by=staff)
    add = "/ledger/participations/add/"
    assert begun(client, add)["activity"] == event.pk
    with acting(staff):
        Activity.objects.update(deleted_at=timezone.now())
    assert not begun(client, add)["activity"]


def test_all_of_the_last_is_copied_but_its_day(client, acting, staff, people):
    last(acting, staff, people, content="上次的情况", follow_up="下月再访")
    values = begun(client, ADD + "?copy=last")
    assert (values["content"], values["follow_up"]) == ("上次的情况", "下月再访")
    assert values["resident"] == people[0].pk
    assert values["occurred_on"] == timezone.localdate()


def test_a_record_page_offers_one_like_it(client, acting, community, people):
    with acting(community):
        visit = factories.visit(people[1], content="照这条", mode="office")
    page = client.get(f"/ledger/visits/{visit.pk}/").content.decode()
    assert f"/ledger/visits/add/?like={visit.pk}" in page
    values = begun(client, f"{ADD}?like={visit.pk}")
    assert (values["content"], values["mode"]) == ("照这条", "office")


def test_a_strangers_record_is_not_copied(client, acting, other_community):
    with acting(other_community):
        visit = factories.visit(factories.resident(other_community))
    assert client.get(f"{ADD}?like={visit.pk}").status_code == 404


def test_a_copied_person_keeps_no_number_and_no_sealed_value(client, acting, community):
    with acting(community):
        person = factories.resident(
            community,
            "黄文发",
            phone="13800138000",
            address="春华路 8 号",
            born_on=date(1970, 5, 17),
        )
    values = begun(client, f"/ledger/residents/add/?like={person.pk}")
    assert values["address"] == "春华路 8 号"
    assert not any(values[name] for name in ("id_number", "phone", "born_on"))


def test_what_is_concealed_is_not_copied(acting, staff, people, monkeypatch):
    ledger = ledgers["residents"]
    monkeypatch.setattr(type(ledger), "concealed", lambda self, record: (("address",), "已迁出"))
    with acting(staff):
        people[0].address = "新住址"
        assert "address" not in like(ledger, people[0], staff).values


def test_what_is_concealed_is_not_carried_either(acting, staff, people, monkeypatch):
    last(acting, staff, people)
    ledger = ledgers["visits"]
    with acting(staff):
        assert carried(ledger, staff).values["mode"] == "phone"
        monkeypatch.setattr(type(ledger), "concealed", lambda self, record: (("mode",), "保密"))
        left = carried(ledger, staff)
        assert "mode" not in left.values
        assert left.values["visitor"] == "李梅、陈彩霞"
        assert "方式" not in "".join(left.told)


def test_saved_and_next_begins_with_what_the_round_keeps(client, people, visit_of):
    sent = visit_of(people[0], mode="phone", visitor="陈彩霞", next="again")
    page = client.get(client.post(ADD, sent)["Location"])
    form = page.context["form"]
    assert [form[name].value() for name in ("occurred_on", "mode", "visitor")] == [
        "2025-03-10",
        "phone",
        "陈彩霞",
    ]


BY_HAND = [ledger.slug for ledger in ledgers if ledger.by_hand]


@pytest.mark.parametrize("slug", BY_HAND)
def test_no_ledger_carries_a_day_a_state_or_a_sealed_value(slug):
    ledger = ledgers[slug]
    assert issubclass(ledger.model, Kept)
    fields = [ledger.model._meta.get_field(name) for name in carried_fields(ledger)]
    assert not [field.name for field in fields if isinstance(field, models.DateField)]
    assert not ledger.workflow or ledger.workflow.field not in carried_fields(ledger)
    for name in ledger.carries or ():
        assert ledger.model._meta.get_field(name)
    # Whom a record is about is never carried.
    targets = {field.related_model.__name__ for field in fields if field.is_relation}
    assert not targets & {"Resident", "Household", "Volunteer", "DisabilityFile"}


def test_the_keys_of_a_form_are_told(client):
    page = client.get(ADD).content.decode()
    assert 'id="keys"' in page
    assert 'aria-keyshortcuts="Alt+N"' in page
