"""Placements: who may confirm and appraise, whichever way it is typed, and what an appraisal shuts."""

import uuid
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from portal.ledgers import ledgers
from portal.roles import Role
from portal.scope import Denied
from tests.factories import volunteers as make
from volunteers.enums.placements import TaskKind
from volunteers.models import Trainee, TraineeLog
from volunteers.services import placements as services

pytestmark = pytest.mark.django_db
DAY = date(2025, 7, 8)
CONFIRMED = {"confirmed_on": date(2025, 7, 9), "confirmed_by": "赵主任"}
VERDICT = {"mentor_words": "踏实。", "grade": "good", "appraised_on": date(2025, 8, 16)}


@pytest.fixture
def clerk(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community, name="赵主任")


@pytest.fixture
def person(acting, clerk, community):
    with acting(clerk):
        yield make.trainee(community)


@pytest.fixture
def clerk_on_placement(person, clerk):
    """The person is staff too, so that their own account may edit."""
    person.user = clerk
    person.save()
    return clerk


def draft(person, **fields) -> TraineeLog:
    fields = {"task": TaskKind.PHONE, "minutes": 120, "what": "接听来电"} | fields
    return TraineeLog(unit=person.unit, trainee=person, occurred_on=DAY, **fields)


def loaded(log) -> TraineeLog:
    return TraineeLog.objects.get(pk=log.pk)


def appraised(person) -> Trainee:
    Trainee.objects.filter(pk=person.pk).update(**VERDICT)
    return Trainee.objects.get(pk=person.pk)


def changed(row, **fields):
    for name, value in fields.items():
        setattr(row, name, value)
    return row


# --- confirming ---------------------------------------------------------------------------------
def test_nobody_types_their_own_confirmation(person, clerk_on_placement):
    clerk = clerk_on_placement
    with pytest.raises(Denied, match="本人不能确认"):
        services.store_log(draft(person, **CONFIRMED), by=clerk)
    log = services.store_log(draft(person), by=clerk)
    with pytest.raises(Denied, match="本人不能确认"):
        services.store_log(changed(loaded(log), **CONFIRMED), by=clerk)
    TraineeLog.objects.filter(pk=log.pk).update(**CONFIRMED)
    for fields in ({"minutes": 300}, {"confirmed_on": None, "confirmed_by": ""}):
        with pytest.raises(Denied, match="本人不能确认"):
            services.store_log(changed(loaded(log), **fields), by=clerk)
    services.store_log(changed(loaded(log), highlight=True), by=clerk)


def test_a_mentor_types_what_was_confirmed_on_paper(person, clerk):
    assert services.store_log(draft(person, **CONFIRMED), by=clerk).confirmed_by == "赵主任"


def test_the_form_of_a_log_says_so(person, clerk_on_placement, client_of):
    typed = {
        "trainee": person.pk,
        "occurred_on": "2025-07-08",
        "task": "phone",
        "minutes": "60",
        "what": "接听来电",
        "confirmed_on": "2025-07-09",
        "confirmed_by": "自己",
        "_key": str(uuid.uuid4()),
    }
    reply = client_of(clerk_on_placement).post("/ledger/trainee-logs/add/", typed)
    assert "本人不能确认自己的日志" in reply.content.decode()


# --- after the appraisal ------------------------------------------------------------------------
def test_after_the_appraisal_logs_stay_as_they_are(person, clerk):
    ledger = ledgers["trainee-logs"]
    log = services.store_log(draft(person, **CONFIRMED), by=clerk)
    binned = services.store_log(draft(person, task=TaskKind.DATA), by=clerk)
    ledger.recycle(binned, version=binned.version, by=clerk)
    person = appraised(person)
    for act in (
        lambda: services.store_log(draft(person, task=TaskKind.FILING), by=clerk),
        lambda: services.store_log(changed(loaded(log), minutes=60), by=clerk),
        lambda: services.store_log(changed(loaded(log), confirmed_by="钱"), by=clerk),
        lambda: ledger.restore(loaded(binned), by=clerk),
    ):
        with pytest.raises(ValidationError, match="已经鉴定"):
            act()
    with pytest.raises(Denied, match="已经鉴定"):
        ledger.check_deletable(loaded(log))
    other = make.trainee(person.unit, "何嘉怡")
    with pytest.raises(ValidationError, match="已经鉴定"):
        services.store_log(changed(loaded(log), trainee=other), by=clerk)
    services.store_log(changed(loaded(log), highlight=True), by=clerk)
    assert TraineeLog.objects.kept().get().minutes == 120


def test_an_old_register_brings_logs_of_who_was_appraised_before(person, clerk):
    person = appraised(person)  # in 2025, and entered here today
    for fields in ({}, {"confirmed_on": date(2025, 8, 17), "confirmed_by": "赵主任"}):
        with pytest.raises(ValidationError, match="已经鉴定"):
            services.store_log(draft(person, **fields), by=clerk, of_file=True)
    log = services.store_log(draft(person, **CONFIRMED), by=clerk, of_file=True)
    with pytest.raises(ValidationError, match="已经鉴定"):
        services.store_log(changed(loaded(log), minutes=60), by=clerk, of_file=True)
    Trainee.objects.filter(pk=person.pk).update(recorded_at=make.at(date(2025, 7, 7), 9))
    with pytest.raises(ValidationError, match="已经鉴定"):
        services.store_log(draft(person, what="晚来的", **CONFIRMED), by=clerk, of_file=True)


# --- the verdict --------------------------------------------------------------------------------
def refused(person, by, **fields) -> str:
    with pytest.raises(ValidationError) as error:
        services.store_trainee(changed(Trainee.objects.get(pk=person.pk), **fields), by=by)
    return error.value.messages[0]


def test_typed_on_the_form_an_appraisal_needs_what_its_steps_need(person, clerk):
    log = services.store_log(draft(person), by=clerk)
    assert "先由指导老师写评语" in refused(person, clerk, **VERDICT | {"mentor_words": ""})
    assert "还有 1 条日志没有确认" in refused(person, clerk, **VERDICT)
    services.confirm([log], by=clerk)
    early = VERDICT | {"appraised_on": date(2025, 7, 7)}
    assert "不能早于最后一条日志" in refused(person, clerk, **early)
    assert "请填写鉴定日期" in refused(person, clerk, grade="good")
    whole = changed(Trainee.objects.get(pk=person.pk), **VERDICT)
    assert services.store_trainee(whole, by=clerk).grade == "good"
    assert services.store_trainee(changed(whole, post="窗口"), by=clerk).post == "窗口"


def test_nobody_appraises_themselves(person, clerk_on_placement):
    clerk = clerk_on_placement
    for fields in ({"mentor_words": "好。"}, {"user": None, "mentor_words": "好。"}, VERDICT):
        with pytest.raises(Denied, match="不能由本人"):
            services.store_trainee(changed(Trainee.objects.get(pk=person.pk), **fields), by=clerk)
    for step in ("mentor", "office"):
        with pytest.raises(Denied, match="不能由本人"):
            services.appraise(Trainee.objects.get(pk=person.pk), step, VERDICT, by=clerk)
