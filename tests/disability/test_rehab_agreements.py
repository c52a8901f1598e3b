"""Agreements: with the living only, one at a time with a provider, signed by many at once."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from disability.enums.steps import AGREEMENT
from disability.models import RehabAgreement
from disability.worklists.agreements import pressing, span_of
from portal.figures import engine
from portal.periods import Period
from portal.roles import Role
from portal.worklists import worklists
from tests import factories

pytestmark = pytest.mark.django_db
YEAR = Period.parse("2025")


@pytest.fixture
def staff(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community, name="李梅")


@pytest.fixture
def client(client_of, staff):
    return client_of(staff)


@pytest.fixture
def hospital(acting, community):
    with acting(community):
        return factories.office.partner(community, domains=["disability"])


@pytest.fixture
def people(acting, community):
    with acting(community):
        people = [factories.resident(community, name) for name in ("黄文发", "王秀兰", "李大海")]
        for each in people:
            factories.disability_file(each)
        return people


def post(client, url, **fields):
    return client.post(url, {"_key": str(uuid.uuid4())} | fields)


def said(person, hospital, **fields):
    usual = {"resident": person.pk, "provider": hospital.pk, "signed_on": "2025-03-10"}
    usual |= {"ends_on": "2026-03-09", "kinds": ["function"], "times": "2", "every": "month"}
    return usual | {"state": "in_force"} | fields


def value(code, unit, period=YEAR):
    return engine.read(f"disability.{code}", {unit.pk}, period).value


def test_an_agreement_takes_effect_when_it_is_signed(acting, client, community, people, hospital):
    assert (
        post(client, "/ledger/rehab-agreements/add/", **said(people[0], hospital)).status_code
        == 302
    )
    with acting(community):
        agreement = RehabAgreement.objects.get()
        assert agreement.starts_on == agreement.signed_on == date(2025, 3, 10)


@pytest.mark.parametrize(
    ("field", "fields", "message"),
    [
        ("signed_on", {}, "这位居民已于2025-03-01去世，签约日期不能在此之后"),
        ("kinds", {"signed_on": "2025-02-01", "kinds": []}, "请选择约定项目"),
        (
            "starts_on",
            {"signed_on": "2025-02-01", "starts_on": "2025-01-01"},
            "生效日期不能早于签约日期",
        ),
        (
            "starts_on",
            {"signed_on": "2025-02-01", "starts_on": "2025-04-01"},
            "去世，生效日期不能在此之后",
        ),
        (
            "ends_on",
            {"signed_on": "2025-02-01", "ends_on": "2025-01-01"},
            "有效期至不能早于生效日期",
        ),
        ("provider", {"provider": ""}, "请选择服务机构"),
    ],
)
def test_a_contract_that_cannot_be_is_refused_at_its_field(
    acting, client, community, people, hospital, field, fields, message
):
    with acting(community):
        factories.life_event(people[0], "died", date(2025, 3, 1))
    answer = post(client, "/ledger/rehab-agreements/add/", **said(people[0], hospital, **fields))
    assert message in str(answer.context["form"].errors[field])
    with acting(community):
        assert not RehabAgreement.objects.exists()


def test_one_agreement_with_a_provider_at_a_time(acting, client, community, people, hospital):
    with acting(community):
        other = factories.office.partner(community, name="卫生服务中心", domains=["disability"])
        factories.rehab_agreement(people[0], hospital)
    answer = post(client, "/ledger/rehab-agreements/add/", **said(people[0], hospital))
    assert "在这段时间已有签约" in str(answer.context["form"].errors)
    assert (
        post(client, "/ledger/rehab-agreements/add/", **said(people[0], other)).status_code == 302
    )
    with acting(community), pytest.raises(IntegrityError), transaction.atomic():
        factories.rehab_agreement(people[0], hospital, date(2025, 12, 31))


def sign(client, people, hospital, **fields):
    usual = {"provider": hospital.pk, "signed_on": "2025-03-10", "ends_on": "2026-03-09"}
    usual |= {"kinds": ["function", "record"], "times": "2", "every": "quarter"}
    usual |= {"people": [p.pk for p in people]}
    return post(client, "/disability/agreements/sign/", **usual | fields)


def test_many_sign_on_one_screen_and_nobody_twice(acting, client, community, people, hospital):
    with acting(community):
        factories.rehab_agreement(people[0], hospital)
    page = client.get("/disability/agreements/sign/").content.decode()
    assert "已签约" in page
    answer = sign(client, people, hospital)
    told = client.get(answer["Location"]).content.decode()
    assert "已登记签约 2 人" in told
    assert "另有 1 人在这段时间已有签约，没有重复登记：黄文发" in told
    with acting(community):
        rows = RehabAgreement.objects.filter(signed_on=date(2025, 3, 10))
        assert {row.resident for row in rows} == set(people[1:])
        assert {(row.every, row.times, row.unit) for row in rows} == {("quarter", 2, community)}


def test_a_dead_person_stops_the_signing_of_all(acting, client, community, people, hospital):
    with acting(community):
        factories.life_event(people[1], "died", date(2025, 3, 1))
    for fields, field, message in (
        ({}, "people", "王秀兰在2025-03-10已去世"),
        ({"ends_on": "2025-01-01"}, "ends_on", "不能早于"),
        ({"kinds": []}, "kinds", "请选择约定项目"),
        ({"provider": ""}, "provider", "请选择服务机构"),
    ):
        answer = sign(client, people, hospital, **fields)
        assert message in str(answer.context["form"].errors[field])
    nobody = sign(client, [], hospital)
    assert "请勾选签约的人" in str(nobody.context["form"].errors["people"])
    with acting(community):
        assert not RehabAgreement.objects.exists()


def test_who_may_only_look_does_not_sign(client_of, make_user, community, people, hospital):
    head = client_of(make_user(Role.COMMUNITY_HEAD, community))
    assert head.get("/disability/agreements/sign/").status_code == 403
    assert sign(head, people, hospital).status_code == 403


def test_the_steps_of_an_agreement(acting, client, community, people, hospital):
    assert {name: (sorted(s.sources), s.target) for name, s in AGREEMENT.steps.items()} == {
        "end": (["in_force"], "ended"),
        "resume": (["ended"], "in_force"),
    }
    with acting(community):
        agreement = factories.rehab_agreement(people[0], hospital)
    url = f"/ledger/rehab-agreements/{agreement.pk}/step/end/"
    versions = f"{agreement.pk}:{agreement.version}"
    bare = post(client, url, ends_on="2025-06-30", versions=versions)
    assert "请填写终止原因" in bare.content.decode()
    done = post(client, url, ends_on="2025-06-30", end_reason="迁出", versions=versions)
    assert done.status_code == 302
    with acting(community):
        agreement.refresh_from_db()
        assert (agreement.state, agreement.ends_on) == ("ended", date(2025, 6, 30))
        assert value("agreements_signed", community) == 0
        assert value("agreements_signed", community, Period.parse("2025H1")) == 1


def test_signed_is_told_of_the_last_day_and_among_holders(acting, community, people, hospital):
    with acting(community):
        for each in people:
            factories.rehab_agreement(each, hospital)
        factories.certificate(people[0])
        factories.certificate(people[1])
        factories.certificate(factories.resident(community))
        factories.life_event(people[1], "died", date(2025, 12, 31))
        assert value("agreements_signed", community) == 2
        assert value("agreements_new", community) == 3
        rate = engine.read("disability.signing_rate", {community.pk}, YEAR)
        assert (rate.numerator.value, rate.denominator.value) == (1, 3)
        assert value("agreements_signed", community, Period.parse("2026Q1")) == 0


def test_the_span_of_agreed_services():
    assert span_of("month", date(2024, 2, 29)) == (date(2024, 2, 1), date(2024, 2, 29))
    assert span_of("quarter", date(2025, 5, 1)) == (date(2025, 4, 1), date(2025, 6, 30))
    assert span_of("year", date(2025, 5, 1)) == (date(2025, 1, 1), date(2025, 12, 31))
    assert not pressing("month", date(2025, 3, 20))
    assert pressing("month", date(2025, 3, 21))
    assert pressing("quarter", date(2025, 3, 31))


def test_what_is_due_of_agreements(acting, community, people, hospital, monkeypatch):
    today = timezone.localdate()
    with acting(community):
        soon = factories.rehab_agreement(people[0], hospital, date(2025, 1, 1), ends_on=today)
        later = factories.rehab_agreement(
            people[1], hospital, date(2025, 1, 1), ends_on=today + timedelta(days=31)
        )
        dead = factories.rehab_agreement(people[2], hospital, date(2025, 1, 1), ends_on=None)
        factories.life_event(people[2], "died", date(2025, 12, 1))

        def listed(code):
            return list(worklists[f"disability.{code}"].rows({community.pk}))

        assert listed("agreement_running_out") == [soon]
        assert listed("agreement_of_dead") == [dead]
        for each in (soon, later):
            each.times, each.every = 1, "month"
            each.save()
        factories.rehab_service(people[1], occurred_on=today, agreement=later)
        monkeypatch.setattr("disability.worklists.agreements.pressing", lambda every, day: True)
        assert listed("agreement_owed") == [soon]
        [row] = listed("agreement_owed")
        assert "本月约定 1 次，已服务 0 次" in worklists["disability.agreement_owed"].due(row)
        monkeypatch.setattr("disability.worklists.agreements.pressing", lambda every, day: False)
        assert listed("agreement_owed") == []
