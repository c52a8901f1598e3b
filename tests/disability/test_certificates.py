"""残疾人证: numbers that follow on, ten years, one at a time, and the dated acts on one."""

import uuid
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from disability.enums import CertificateStatus as Status
from disability.models import Certificate, CertificateFreeze, DisabilityFile
from disability.services import certificates as services
from portal.errors import StaleRecord
from portal.figures import engine
from portal.ledgers import ledgers
from portal.ledgers.forms import form_class_for
from portal.periods import Period
from portal.roles import Role
from residents.takeovers import Wish, take_over
from tests import factories

pytestmark = pytest.mark.django_db
DAY = date(2025, 3, 10)


@pytest.fixture
def staff(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community)


@pytest.fixture
def person(acting, community):
    with acting(community):
        return factories.resident(community)


@pytest.fixture
def judge(acting, staff):
    def form_of(person, number=None, instance=None, **fields):
        data = {"resident": person.pk, "category": "4", "level": "2", "status": "valid"}
        data |= {"number": number or f"{person.id_number}42", "occurred_on": "2025-03-10"} | fields
        if instance:
            data["version"] = instance.version
        ledger = ledgers["certificates"]
        return form_class_for(ledger)(data, instance=instance, ledger=ledger, user=staff)

    with acting(staff):
        yield form_of


def test_it_is_valid_for_ten_years_unless_said_otherwise(judge, person):
    form = judge(person)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["expires_on"] == date(2035, 3, 10)
    told = judge(person, expires_on="2030-01-01")
    assert told.is_valid()
    assert told.cleaned_data["expires_on"] == date(2030, 1, 1)


@given(st.dates(date(1996, 1, 1), date(2080, 12, 31)))
def test_ten_years_on_any_day(day):
    until = services.ten_years_after(day)
    assert (until.year, until.month) == (day.year + 10, day.month)
    assert until.day in (day.day, 28)


@pytest.mark.parametrize(
    ("earlier", "mark", "message"),
    [
        ([], "B1", ""),
        ([""], "B1", ""),
        (["", "B1"], "B2", ""),
        ([""], "B2", "补发标记应为B1"),
        (["", "B1"], "B3", "补发标记应为B2"),
    ],
)
def test_a_mark_follows_the_one_before(judge, person, earlier, mark, message):
    for number, before in enumerate(earlier):
        begins, ends = date(2010 + number, 1, 1), date(2011 + number, 1, 1)
        factories.certificate(
            person, occurred_on=begins, ended_on=ends, number=f"{person.id_number}42{before}"
        )
    form = judge(person, f"{person.id_number}42{mark}")
    assert message in str(form.errors.get("number", ""))
    assert form.is_valid() == (not message)
    assert bool(form.warnings) == (not earlier)


@pytest.mark.parametrize(
    ("fields", "at", "message"),
    [
        ({"status": "frozen"}, "frozen_on", "请填写冻结日期。"),
        ({"frozen_on": "2025-04-01"}, "frozen_on", "不填冻结日期"),
        ({"status": "cancelled"}, "ended_on", "请填写失效日期"),
        ({"ended_on": "2025-05-01"}, "status", "不是“有效”"),
        ({"moved_in_on": "2020-01-01"}, "moved_in_on", "不能早于"),
        ({"category": "1"}, "number", "视力"),
        ({"expires_on": "2020-01-01"}, "expires_on", "不能早于"),
    ],
)
def test_wrong_values_are_told_at_their_field(judge, person, fields, at, message):
    form = judge(person, **fields)
    assert message in str(form.errors.get(at)), form.errors


def test_nobody_holds_two_on_one_day(judge, person, acting, community):
    factories.certificate(person, occurred_on=date(2020, 1, 1), ended_on=date(2025, 3, 11))
    assert "已持有另一本残疾人证" in str(judge(person).errors)
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.certificate(person, occurred_on=DAY)
    factories.certificate(person, occurred_on=date(2025, 3, 11))


def status_of(unit, day):
    found = engine.by_category("disability.holders", "status", [unit.pk], Period(day, day))
    return {name: reading.value for name, reading in found.items() if reading.value}


def test_the_status_of_any_day_follows_from_dated_facts(acting, staff, person, community):
    with acting(staff):
        card = factories.certificate(person, expires_on=date(2025, 9, 30))
        services.freeze(card, on=date(2025, 3, 1), reason="户口迁移未办迁证", by=staff)
        card.refresh_from_db()
        services.thaw(card, on=date(2025, 4, 1), by=staff)
        card.refresh_from_db()
        services.freeze(card, on=date(2025, 6, 1), reason="失联", by=staff)
        card.refresh_from_db()
        services.end(card, Status.CANCELLED, on=date(2025, 12, 1), note="本人申请")
        for day, told in (
            ("2025-02-28", {"valid": 1}),
            ("2025-03-01", {"frozen": 1}),
            ("2025-03-31", {"frozen": 1}),
            ("2025-04-01", {"valid": 1}),
            ("2025-10-01", {"frozen": 1}),
            ("2025-12-01", {}),
        ):
            assert status_of(community, date.fromisoformat(day)) == told, day
        assert CertificateFreeze.objects.filter(ends_on__isnull=True).count() == 0


def test_run_out_follows_from_the_day(acting, staff, person, community):
    with acting(staff):
        card = factories.certificate(person, expires_on=date(2025, 3, 10))
        assert status_of(community, date(2025, 3, 10)) == {"valid": 1}
        assert status_of(community, date(2025, 3, 11)) == {"run_out": 1}
        assert (card.state_on(date(2025, 3, 10)), card.state_on(date(2025, 3, 11))) == (
            "有效",
            "到期未换",
        )


@pytest.mark.parametrize(
    ("act", "before", "on", "message"),
    [
        ("freeze", "", "2019-12-31", "不能早于这本证的起始日期"),
        ("freeze", "", "2099-01-01", "不能晚于今天"),
        ("freeze", "frozen", "2025-05-01", "已经冻结"),
        ("thaw", "", "2025-05-01", "没有冻结"),
        ("thaw", "frozen", "2025-04-01", "应晚于冻结日期"),
        ("end", "ended", "2025-05-01", "已于2025-04-01失效"),
    ],
)
def test_acts_that_cannot_be(acting, staff, person, act, before, on, message):
    with acting(staff):
        card = factories.certificate(person)
        if before == "frozen":
            services.freeze(card, on=date(2025, 4, 1), reason="失联", by=staff)
        elif before == "ended":
            services.end(card, Status.CANCELLED, on=date(2025, 4, 1))
        card.refresh_from_db()
        day = date.fromisoformat(on)
        acts = {
            "freeze": lambda: services.freeze(card, on=day, reason="失联", by=staff),
            "thaw": lambda: services.thaw(card, on=day, by=staff),
            "end": lambda: services.end(card, Status.CANCELLED, on=day),
        }
        with pytest.raises(ValidationError, match=message):
            acts[act]()


def test_a_stale_card_is_not_ended(acting, staff, person):
    with acting(staff):
        card = factories.certificate(person)
        services.freeze(card, on=date(2025, 4, 1), reason="失联", by=staff)
        with pytest.raises(StaleRecord):
            services.end(card, Status.CANCELLED, on=date(2025, 5, 1))


def test_acts_are_described_first_and_done_on_their_page(client_of, acting, staff, person):
    with acting(staff):
        card = factories.certificate(person)
    client = client_of(staff)
    url = f"/disability/certificates/{card.pk}/cancel/"
    data = {"on": "2025-03-10", "word": "本人申请", "versions": f"{card.pk}:{card.version}"}
    asked = client.post(url, data | {"_key": str(uuid.uuid4())})
    assert "从2025年3月10日起注销" in asked.content.decode()
    with acting(staff):
        assert Certificate.objects.get(pk=card.pk).ended_on is None
    done = client.post(url, data | {"step": "confirm", "_key": str(uuid.uuid4())})
    assert done.status_code == 302, done.content.decode()[:500]
    with acting(staff):
        card.refresh_from_db()
        assert (card.status, card.ended_on, card.end_note) == ("cancelled", DAY, "本人申请")


# --- a transfer between communities -------------------------------------------------------------------


@pytest.fixture
def moved(acting, staff, person, make_user, other_community):
    """The holder lives in 和平社区 from 2025-06-01, which took him over by his whole ID."""
    other = make_user(Role.COMMUNITY_STAFF, other_community)
    with acting(staff):
        card = factories.certificate(person, expires_on=date(2030, 1, 1))
        factories.disability_file(person, cause="疾病")
        factories.visit(person, occurred_on=date(2025, 2, 1), domains=["disability"])
    with acting(other):
        take_over(
            Wish(person.id_number, other_community, date(2025, 6, 1), "搬家", "here", True),
            by=other,
        )
    return card, other


def holders(acting, street, *units):
    def at(year, code="disability.holders"):
        with acting(street):
            period = Period.parse(str(year))
            return [engine.read(code, [unit.pk], period).value for unit in units]

    return at


def test_a_transfer_moves_the_holder_from_its_date_and_leaves_the_past(
    acting, staff, street, community, other_community, moved
):
    card, other = moved
    at = holders(acting, street, community, other_community)
    assert at(2025) == [1, 0]
    with acting(staff):
        new = services.move_out(card, on=date(2025, 6, 1), to="和平社区", by=staff)
    assert at(2024) == [1, 0]
    assert at(2025) == [0, 1]
    assert at(2024, "disability.registered") == [1, 0]
    assert at(2025, "disability.registered") == [0, 1]
    assert at(2025, "disability.visits") == [1, 0]
    with acting(other):
        here = Certificate.objects.get(pk=new.pk)
        assert (here.unit, here.moved_in_on, here.occurred_on) == (
            other_community,
            date(2025, 6, 1),
            date(2020, 1, 1),
        )
        assert here.number == f"{here.resident.id_number}42"
        assert DisabilityFile.objects.get(unit=other_community).cause == "疾病"
    with acting(staff):
        card.refresh_from_db()
        assert (card.status, card.ended_on) == ("moved", date(2025, 6, 1))
        assert not Certificate.objects.filter(pk=new.pk).exists()  # it is the other's now


def test_who_was_not_taken_over_yet_is_entered_by_the_next_unit(acting, staff, person, community):
    with acting(staff):
        card = factories.certificate(person)
        assert services.move_out(card, on=date(2025, 6, 1), to="外地", by=staff) is None
        card.refresh_from_db()
        assert (card.status, card.ended_on, card.end_note) == (
            "moved",
            date(2025, 6, 1),
            "迁往外地",
        )


def test_the_door_answers_only_for_a_card_of_ones_own_that_moved(acting, staff, moved):
    card, other = moved
    for who in (staff, other):
        with (
            acting(who),
            pytest.raises(DatabaseError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(
                "SELECT disability_move_certificate(%s, %s)", [card.pk, date(2025, 6, 1)]
            )


def test_cancelled_in_march_counts_last_year_and_not_this(acting, street, community, person):
    with acting(street):
        card = factories.certificate(person)
        services.end(card, Status.CANCELLED, on=DAY, note="死亡")
    at = holders(acting, street, community)
    assert (at(2024), at(2025)) == ([1], [0])
    assert at(2025, "disability.certificates_cancelled") == [1]
