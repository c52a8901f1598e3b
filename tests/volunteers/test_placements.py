"""Placements: what a day may hold, who confirms, and the volunteer service that follows where it was chosen."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.errors import StaleRecord
from portal.figures import engine
from portal.ledgers import ledgers
from portal.periods import Period
from portal.roles import Role
from portal.scope import Denied
from tests.factories import volunteers as make
from volunteers.enums.hours import HoursState, RecordManner
from volunteers.enums.placements import TaskKind
from volunteers.models import ServiceRecord, Trainee, TraineeLog
from volunteers.selectors.placements import long_days
from volunteers.services import placements as services
from volunteers.services.hours import take

pytestmark = pytest.mark.django_db
DAY = date(2025, 7, 8)


@pytest.fixture
def clerk(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community, name="赵主任")


@pytest.fixture
def person(acting, clerk, community):
    with acting(clerk):
        yield make.trainee(community)


def draft(person, day=DAY, minutes=120, **fields) -> TraineeLog:
    fields = {"task": TaskKind.PHONE, "what": "接听来电"} | fields
    return TraineeLog(unit=person.unit, trainee=person, occurred_on=day, minutes=minutes, **fields)


def refusal(log, by) -> dict:
    with pytest.raises(ValidationError) as refused:
        services.store_log(log, by=by)
    return refused.value.message_dict


# --- what a day may hold ------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("day", "fits"),
    [
        (date(2025, 7, 6), False),
        (date(2025, 7, 7), True),
        (date(2025, 8, 15), True),
        (date(2025, 8, 16), False),
    ],
)
def test_a_log_lies_within_the_placement(person, clerk, day, fits):
    if fits:
        assert services.store_log(draft(person, day), by=clerk).pk
    else:
        [told] = refusal(draft(person, day), clerk)["occurred_on"]
        assert told == "这天不在实践期内：苏文静的实践期是2025年7月7日至2025年8月15日。"
        assert not TraineeLog.objects.exists()


def test_more_than_a_day_in_a_day_is_refused_and_over_ten_hours_asks_for_a_word(person, clerk):
    services.store_log(draft(person, minutes=600), by=clerk)
    [told] = refusal(draft(person, minutes=1, what="", task=TaskKind.DATA), clerk)["what"]
    assert "这天另有 10 小时，加上这条共 10 小时 1 分" in told
    assert services.store_log(draft(person, minutes=800, what="防汛值守到第二天"), by=clerk).pk
    [told] = refusal(draft(person, minutes=41, what="再来"), clerk)["minutes"]
    assert "共 24 小时 1 分，一天不能超过 24 小时" in told
    assert services.store_log(draft(person, minutes=40, what="收尾"), by=clerk).pk
    other = make.trainee(person.unit, "何嘉怡")
    assert services.store_log(draft(other, minutes=600), by=clerk).pk  # each has their own day


def test_long_days_are_found_together(person, django_assert_num_queries):
    other = make.trainee(person.unit, "何小满")
    for who, day, minutes, task in (
        (person, DAY, 301, TaskKind.PHONE),
        (person, DAY, 300, TaskKind.FILING),
        (person, date(2025, 7, 9), 600, TaskKind.PHONE),
        (other, DAY, 600, TaskKind.PHONE),
    ):
        make.trainee_log(who, day, minutes=minutes, task=task)
    logs = list(TraineeLog.objects.all())
    with django_assert_num_queries(1):
        assert long_days(logs) == {(person.pk, DAY)}


def test_the_hours_of_a_log_are_a_number_that_sheets_can_add(person):
    column = next(c for c in ledgers["trainee-logs"].shown_columns if c.label == "时长（小时）")
    assert column.read(make.trainee_log(person, minutes=200)) == Decimal("3.33")


def test_a_changed_log_is_not_counted_twice_in_its_day(person, clerk):
    log = services.store_log(draft(person, minutes=900, what="值守"), by=clerk)
    log.minutes = 1000
    assert services.store_log(log, by=clerk).minutes == 1000


def test_a_placement_keeps_the_days_of_its_logs(person, clerk):
    services.store_log(draft(person), by=clerk)
    for name, day in (("starts_on", DAY + timedelta(1)), ("ends_on", DAY - timedelta(1))):
        changed = Trainee.objects.get(pk=person.pk)
        setattr(changed, name, day)
        with pytest.raises(ValidationError) as refused:
            services.store_trainee(changed, by=clerk)
        assert list(refused.value.message_dict) == [name]


# --- confirming ---------------------------------------------------------------------------------
def test_a_mentor_confirms_many_and_figures_count_only_those(person, clerk):
    first, second = (
        services.store_log(draft(person, DAY + timedelta(n)), by=clerk) for n in (0, 1)
    )
    units, year = {person.unit_id}, Period.parse("2025")

    def hours(code="trainee_hours"):
        return engine.read(f"volunteers.{code}", units, year).value

    assert (hours(), hours("trainee_hours_waiting")) == (0, 4)
    assert services.confirm([first, second], by=clerk) == 2
    assert (hours(), hours("trainee_hours_waiting")) == (4, 0)
    assert engine.read("volunteers.trainee_days", units, year).full == "2人天"
    assert first.confirmed_by == "赵主任"
    with pytest.raises(ValidationError, match="已经确认过"):
        services.confirm([first], by=clerk)


def test_a_log_changed_after_it_was_shown_is_not_confirmed(person, clerk):
    log = services.store_log(draft(person), by=clerk)
    shown = TraineeLog.objects.get(pk=log.pk)
    log.minutes = 900
    log.what = "改过"
    services.store_log(log, by=clerk)
    with pytest.raises(StaleRecord):
        services.confirm([shown], by=clerk)


def test_only_who_may_edit_confirms_and_nobody_their_own(
    person, clerk, make_user, community, acting
):
    log = services.store_log(draft(person), by=clerk)
    reader = make_user(Role.COMMUNITY_HEAD, community)
    with pytest.raises(Denied):
        services.confirm([log], by=reader)
    person.user = clerk
    log.trainee = person
    with pytest.raises(Denied, match="本人不能确认"):
        services.confirm([log], by=clerk)


def test_person_days_count_a_day_once_whatever_was_done_on_it(person, clerk):
    for task in (TaskKind.PHONE, TaskKind.FILING):
        services.confirm([services.store_log(draft(person, task=task), by=clerk)], by=clerk)
    units, year = {person.unit_id}, Period.parse("2025")
    days = engine.by_category("volunteers.trainee_days", "task", units, year)
    assert [days[task].value for task in (TaskKind.PHONE, TaskKind.FILING)] == [1, 1]
    assert engine.read("volunteers.trainee_days", units, year).value == 1
    each = engine.read("volunteers.trainee_days", units, year, {"trainee": str(person.pk)})
    assert each.value == 1
    assert engine.read("volunteers.trainee_hours_each", units, year).full == "4.0小时（4小时/1人）"


# --- hours as a volunteer, only where chosen ----------------------------------------------------
@pytest.fixture
def chosen(person, clerk):
    """The person is a volunteer and chose that their days count as service too."""
    person.as_volunteer = make.volunteer(person.unit, person.name)
    return services.store_trainee(person, by=clerk)


def service() -> ServiceRecord | None:
    return ServiceRecord.objects.kept().first()


def confirmed(person, clerk, **fields) -> TraineeLog:
    log = services.store_log(draft(person, **fields), by=clerk)
    services.confirm([log], by=clerk)
    return log


def test_without_the_choice_no_service_is_made(person, clerk):
    confirmed(person, clerk)
    assert service() is None


def test_a_confirmed_log_becomes_a_record_that_goes_the_ordinary_way(chosen, clerk):
    log = services.store_log(draft(chosen), by=clerk)
    assert service() is None  # not before a mentor's word
    services.confirm([log], by=clerk)
    made = service()
    assert (made.volunteer, made.minutes, made.occurred_on) == (chosen.as_volunteer, 120, DAY)
    assert (made.manner, made.state) == (RecordManner.PLACEMENT, HoursState.RECORDED)
    assert (made.trainee_log, made.recorder) == (log, "苏文静")


def test_the_choice_may_come_later_and_be_withdrawn(person, clerk):
    confirmed(person, clerk)
    person.as_volunteer = make.volunteer(person.unit, person.name)
    services.store_trainee(person, by=clerk)
    assert service().minutes == 120
    person.as_volunteer = None
    services.store_trainee(person, by=clerk)
    assert service() is None


def test_days_before_they_joined_are_no_service(person, clerk):
    person.as_volunteer = make.volunteer(person.unit, person.name, joined_on=DAY + timedelta(1))
    services.store_trainee(person, by=clerk)
    confirmed(person, clerk)
    assert service() is None
    confirmed(person, clerk, day=DAY + timedelta(1))
    assert service().occurred_on == DAY + timedelta(1)


def test_a_changed_log_begins_its_service_anew_and_a_reopened_one_withdraws_it(chosen, clerk):
    log = confirmed(chosen, clerk)
    ServiceRecord.objects.update(state=HoursState.CONFIRMED, confirmed_by=clerk, confirmed_on=DAY)
    log.minutes = 90
    services.store_log(log, by=clerk)
    again = service()
    assert (again.minutes, again.state, again.confirmed_by) == (90, HoursState.RECORDED, None)
    services.reopen(log, by=clerk)
    assert service() is None
    assert not log.confirmed_on
    services.confirm([log], by=clerk)
    assert service().minutes == 90
    assert ServiceRecord.objects.count() == 1


def test_who_confirmed_the_log_does_not_confirm_its_hours(chosen, clerk, make_user, community):
    log = confirmed(chosen, clerk)
    other = make_user(Role.COMMUNITY_STAFF, community, "other", name="金主任")
    with pytest.raises(ValidationError, match="实践日志由您确认"):
        take([service()], "confirm", by=clerk)
    services.reopen(log, by=clerk)
    services.confirm([log], by=other)
    assert service().recorded_by == other
    with pytest.raises(ValidationError, match="实践日志由您确认"):
        take([service()], "confirm", by=other)
    take([service()], "confirm", by=clerk)


def test_who_confirmed_the_log_is_known_though_another_chose_that_it_counts(
    person, clerk, make_user, community
):
    services.confirm([services.store_log(draft(person), by=clerk)], by=clerk)
    other = make_user(Role.COMMUNITY_STAFF, community, "other", name="金主任")
    person.as_volunteer = make.volunteer(person.unit, person.name)
    services.store_trainee(person, by=other)
    with pytest.raises(ValidationError, match="实践日志由您确认"):
        take([service()], "confirm", by=clerk)


@pytest.mark.parametrize("state", [HoursState.POSTED, HoursState.COUNTED])
def test_what_was_posted_or_counted_is_not_changed_below_it(chosen, clerk, state):
    log = confirmed(chosen, clerk)
    ServiceRecord.objects.update(state=state)
    log.minutes = 60
    for act in (
        lambda: services.store_log(log, by=clerk),
        lambda: services.reopen(TraineeLog.objects.get(pk=log.pk), by=clerk),
    ):
        with pytest.raises(ValidationError, match="已公示或计入"):
            act()
    with pytest.raises(Denied, match="志愿服务记录"):
        ledgers["trainee-logs"].check_deletable(log)
    assert service().minutes == 120


@pytest.mark.parametrize("state", [HoursState.REFUSED, HoursState.REVOKED])
def test_what_was_refused_stays_refused(chosen, clerk, state):
    log = confirmed(chosen, clerk)
    ServiceRecord.objects.update(state=state, void_reason="与本人核对不属实")
    log.minutes = 60
    services.store_log(log, by=clerk)
    assert (service().state, service().minutes) == (state, 120)


def test_deleting_a_log_withdraws_its_service_and_taking_it_back_returns_it(chosen, clerk):
    ledger, log = ledgers["trainee-logs"], confirmed(chosen, clerk)
    ledger.recycle(log, version=log.version, by=clerk)
    assert service() is None
    ledger.restore(log, by=clerk)
    assert service().minutes == 120


def test_somebody_elses_volunteer_number_is_refused(person, clerk):
    person.as_volunteer = make.volunteer(person.unit, "别人")
    with pytest.raises(ValidationError) as refused:
        services.store_trainee(person, by=clerk)
    assert "as_volunteer" in refused.value.message_dict


# --- appraisal ----------------------------------------------------------------------------------
def test_the_office_appraises_after_the_mentor_and_when_all_logs_are_confirmed(person, clerk):
    log = services.store_log(draft(person), by=clerk)
    last = {"office_words": "同意。", "grade": "good", "appraised_on": timezone.localdate()}

    def refused():
        with pytest.raises(ValidationError) as error:
            services.appraise(Trainee.objects.get(pk=person.pk), "office", last, by=clerk)
        return error.value.messages[0]

    assert "先由指导老师写评语" in refused()
    services.appraise(person, "mentor", {"mentor_words": "踏实。"}, by=clerk)
    assert "还有 1 条日志没有确认" in refused()
    services.confirm([log], by=clerk)
    last["appraised_on"] = DAY - timedelta(1)
    assert "不能早于最后一条日志（2025年7月8日）" in refused()
    last["appraised_on"] = date(2025, 8, 16)
    done = services.appraise(Trainee.objects.get(pk=person.pk), "office", last, by=clerk)
    assert (done.grade, done.appraised_on) == ("good", date(2025, 8, 16))
    with pytest.raises(ValidationError, match="已经鉴定"):
        services.reopen(TraineeLog.objects.select_related("trainee").get(pk=log.pk), by=clerk)
