"""Complications, treatments, advice, carers and appointments: their rules, figures and sentences."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from disability.enums.conditions import APPOINTMENT, AppointmentState
from disability.models import Complication, TherapyAppointment, Treatment
from portal.figures import engine
from portal.ledgers import ledgers
from portal.periods import Period
from portal.roles import Role
from residents.life_events import LifeEventKind
from tests import factories
from tests.factories import conditions as made

pytestmark = pytest.mark.django_db
DAY = date(2025, 3, 10)
YEAR = Period.parse("2025")
S = AppointmentState
APPOINTMENT_TABLE = {
    S.PLANNED: {"keep", "miss", "cancel", "postpone"},
    S.KEPT: {"reopen"},
    S.MISSED: {"reopen"},
    S.CANCELLED: {"reopen"},
}
SENT = {"therapist": "林医生", "note": "下雨", "planned_on": "2025-03-12", "planned_at": "9:30"}


@pytest.fixture
def staff(client_of, make_user, community):
    return client_of(make_user(Role.COMMUNITY_STAFF, community))


@pytest.fixture
def person(acting, community):
    with acting(community):
        return factories.resident(community)


def send(client, url, **fields):
    return client.post(url, {"_key": str(uuid.uuid4())} | fields)


def value(code, community, period=YEAR, **category):
    reading = engine.read(f"disability.{code}", [community.pk], period, category or None)
    return reading.full


def errors(answer):
    assert answer.status_code == 200
    return {name: list(said) for name, said in answer.context["form"].errors.items()}


# --- complications and treatments -----------------------------------------------------------------
def test_the_same_complication_is_not_open_twice(acting, staff, community, person):
    with acting(community):
        made.complication(person, found_on=DAY, resolved_on=date(2025, 4, 1))
        made.complication(person, found_on=date(2025, 4, 2))
        with pytest.raises(IntegrityError, match="complication_once"), transaction.atomic():
            made.complication(person, found_on=date(2025, 6, 1))
    fields = {"resident": person.pk, "gravity": "mild", "found_on": "2025-05-01"}
    answer = send(staff, "/ledger/complications/add/", kind="pressure_sore", **fields)
    assert "已登记同一种并发症" in answer.content.decode()
    assert (
        send(staff, "/ledger/complications/add/", kind="constipation", **fields).status_code == 302
    )


def test_other_complications_have_a_name_and_may_stand_together(acting, staff, community, person):
    fields = {"resident": person.pk, "gravity": "mild", "found_on": "2025-05-01", "kind": "other"}
    assert errors(send(staff, "/ledger/complications/add/", **fields)) == {
        "name": ["选“其他”的，请填写具体名称。"]
    }
    for name in ("静脉血栓", "骨质疏松"):
        assert send(staff, "/ledger/complications/add/", name=name, **fields).status_code == 302


@pytest.mark.parametrize(
    ("fields", "field", "said"),
    [
        ({"found_on": "2025-06-02"}, "found_on", "已于2025-06-01去世"),
        ({"found_on": "1960-01-01"}, "found_on", "早于这位居民的出生日期"),
        ({"found_on": "2099-01-01"}, "found_on", "不能晚于今天"),
        ({"found_on": "2025-05-01", "resolved_on": "2025-04-01"}, "resolved_on", "不能早于"),
    ],
)
def test_days_of_a_complication_lie_within_the_life(
    acting, staff, community, person, fields, field, said
):
    with acting(community):
        factories.life_event(person, LifeEventKind.DIED, date(2025, 6, 1))
    answer = send(
        staff,
        "/ledger/complications/add/",
        resident=person.pk,
        kind="lung",
        gravity="mild",
        **fields,
    )
    [told] = errors(answer)[field]
    assert said in told
    with acting(community):
        assert not Complication.objects.exists()


def test_a_treatment_is_of_the_person_s_own_complication(acting, staff, community, person):
    with acting(community):
        sore = made.complication(factories.resident(community, "韦英"))
    fields = {"resident": person.pk, "occurred_on": "2025-03-12", "method": "换药"}
    answer = send(staff, "/ledger/treatments/add/", complication=sore.pk, **fields)
    assert errors(answer) == {"complication": ["这是另一位居民的并发症，请重新选择。"]}
    with acting(community):
        own = made.complication(person, found_on=date(2025, 3, 20))
    answer = send(staff, "/ledger/treatments/add/", complication=own.pk, **fields)
    assert "不能早于并发症的发现日期" in str(errors(answer)["occurred_on"])
    answer = send(staff, "/ledger/treatments/add/", complaint="夜间疼痛", **fields)
    assert answer.status_code == 302
    with acting(community):
        assert Treatment.objects.get().complaint == "夜间疼痛"
    page = staff.get(answer["Location"]).content.decode()
    assert "夜间疼痛" not in page


def test_a_complication_is_found_by_person_kind_and_day(acting, community, person):
    with acting(community):
        sore = made.complication(person)
        made.complication(person, kind="lung")
        made.complication(factories.resident(community, "韦英"))
        ledger, rows = ledgers["complications"], Complication.objects.all()
        assert list(ledger.found(rows, str(sore))) == [sore]
        assert list(ledger.found(rows, "hwf 压疮")) == [sore]
        assert not ledger.found(rows, "黄文发 便秘").exists()


def test_complications_are_counted_by_their_days(acting, community, person):
    with acting(community):
        factories.disability_file(person)
        other = factories.resident(community, "韦英")
        factories.disability_file(other)
        without_file = factories.resident(community, "无档")
        made.complication(person, found_on=date(2024, 5, 1), resolved_on=date(2025, 2, 1))
        made.complication(other, kind="urinary", found_on=date(2025, 12, 31))
        made.complication(without_file)
        made.complication(other, kind="fall", deleted_at=timezone.now())
        assert value("complications_found", community) == "2例"
        assert value("complications_found", community, kind="urinary") == "1例"
        assert value("complications_resolved", community) == "1例"
        assert value("complications_open", community) == "2例"
        assert value("complication_rate", community) == "50.0%（1/2）"
        assert value("complication_rate_before", community) == "50.0%（1/2）"
        assert value("complication_rate_after", community) == "50.0%（1/2）"
        first_half = Period.parse("2025H1")
        assert value("complication_rate_after", community, first_half) == "0.0%（0/2）"


# --- advice and carers ----------------------------------------------------------------------------
def test_advice_counts_times_items_and_persons(acting, staff, community, person):
    fields = {"resident": person.pk, "occurred_on": "2025-03-10", "adviser": "陈护士"}
    answer = send(staff, "/ledger/nursing-advice/add/", advised=["family"], **fields)
    assert errors(answer) == {"items": ["请填写指导内容。"]} or "items" in errors(answer)
    for items in (["diet", "turning", "massage"], ["excretion"]):
        answer = send(
            staff, "/ledger/nursing-advice/add/", items=items, advised=["self", "family"], **fields
        )
        assert answer.status_code == 302
    with acting(community):
        assert value("nursing_advice", community) == "2人次"
        assert value("nursing_advice", community, items="massage") == "1人次"
        assert value("nursing_items", community) == "4条"
        assert value("nursing_persons", community) == "1人"


def test_a_carer_counts_once_and_a_course_elsewhere(acting, community, person):
    with acting(community):
        made.carer_training(person)
        made.carer_training(person, occurred_on=date(2025, 4, 10))
        made.carer_training(factories.resident(community, "韦英"))  # a namesake at another bed
        event = factories.activity(community)
        factories.participation(event, person, attendee="family", family_name="黄秀英")
        assert value("carers_trained", community) == "2人"
        assert value("carer_trainings", community) == "3人次"
        assert value("family_trainees", community) == "1人"


# --- appointments ---------------------------------------------------------------------------------
def appointment_in(person, state):
    return made.appointment(person, state=state, note="下雨" if state == S.MISSED else "")


@pytest.mark.parametrize("step", APPOINTMENT.steps)
@pytest.mark.parametrize("state", S)
def test_steps_of_an_appointment(acting, staff, community, person, state, step):
    with acting(community):
        row = appointment_in(person, state)
    url = f"/ledger/therapy-appointments/{row.pk}/step/{step}/"
    answer = send(staff, url, versions=f"{row.pk}:{row.version}", **SENT)
    with acting(community):
        row.refresh_from_db()
    if step in APPOINTMENT_TABLE[state]:
        assert answer.status_code == 302, answer.context["form"].errors
        assert row.state == (APPOINTMENT.steps[step].target or state)
        if step == "postpone":
            assert (row.planned_on, row.planned_at) == (date(2025, 3, 12), "09:30")
    else:
        assert (answer.status_code, row.state) == (200, state)
        assert "不能" in answer.content.decode()


@pytest.mark.parametrize(
    ("role", "where", "expected"),
    [
        (Role.REHABILITATION_WORKER, "community", 302),
        (Role.COMMUNITY_HEAD, "community", 403),
        (Role.STREET_SECTION, "street", 403),
        (Role.WINDOW_CLERK, "community", 403),
        (Role.COMMUNITY_STAFF, "other_community", 404),
    ],
)
def test_who_may_say_that_somebody_came(
    request, acting, client_of, make_user, community, person, role, where, expected
):
    with acting(community):
        row = appointment_in(person, S.PLANNED)
    client = client_of(make_user(role, request.getfixturevalue(where)))
    url = f"/ledger/therapy-appointments/{row.pk}/step/keep/"
    assert send(client, url, versions=f"{row.pk}:{row.version}").status_code == expected


@pytest.mark.parametrize(
    ("fields", "field", "said"),
    [
        ({"planned_at": "九点"}, "planned_at", "时间请写成 09:30"),
        ({"planned_at": "24:10"}, "planned_at", "时间请写成 09:30"),
        ({"state": "missed"}, "note", "未到的请写明原因"),
        ({"planned_on": "2099-01-01", "state": "kept"}, "planned_on", "还没有到"),
    ],
)
def test_what_an_appointment_refuses(staff, person, fields, field, said):
    fields = {
        "resident": person.pk,
        "kind": "physical",
        "planned_on": "2025-03-10",
        "state": "planned",
    } | fields
    [told] = errors(send(staff, "/ledger/therapy-appointments/add/", **fields))[field]
    assert said in told


def test_nobody_is_at_two_places_at_once(acting, staff, community, person):
    with acting(community):
        made.appointment(person, planned_at="09:30", state=S.CANCELLED)
        made.appointment(person, planned_at="09:30")
    fields = {"resident": person.pk, "kind": "speech", "planned_on": "2025-03-10"}
    answer = send(
        staff, "/ledger/therapy-appointments/add/", planned_at="9:30", state="planned", **fields
    )
    assert "这个时间已有预约" in answer.content.decode()


def test_attendance_is_of_those_that_came_or_did_not(acting, community, person):
    with acting(community):
        for n, state in enumerate((S.KEPT, S.KEPT, S.MISSED, S.CANCELLED, S.PLANNED)):
            made.appointment(person, planned_on=DAY + timedelta(days=n), state=state)
        assert value("appointments", community) == "4人次"
        assert value("appointments_kept", community) == "2人次"
        assert value("appointments_missed", community) == "1人次"
        assert value("appointment_attendance", community) == "66.7%（2/3）"


def test_many_appointments_are_keyed_on_one_screen(acting, staff, community, person):
    with acting(community):
        other = factories.resident(community, "韦英")
    fields = {"planned_on": "2025-03-10", "kind": "physical", "lines": "10", "state": "planned"}
    for n, each in enumerate((person, other)):
        fields |= {f"l{n}-resident": each.pk, f"l{n}-resident_text": each.name}
        fields |= {f"l{n}-planned_at": "9:00"}
    answer = send(staff, "/ledger/therapy-appointments/add-many/", **fields)
    assert answer.status_code == 302, errors(answer)
    with acting(community):
        assert set(TherapyAppointment.objects.values_list("planned_at", "state")) == {
            ("09:00", "planned")
        }
        assert TherapyAppointment.objects.count() == 2
