"""What the figures of service count, at their edges; that they agree with the records for any records."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.figures import engine
from portal.periods import Period
from tests.factories import volunteers as make
from tests.portal.test_figures_agree import undone
from volunteers.enums.hours import CorrectionState
from volunteers.enums.hours import HoursState as S
from volunteers.models import HoursCorrection, ServiceRecord, StarAward

MARCH = Period.parse("2025-03")
YEAR = Period.parse("2025")


@pytest.fixture
def read(community):
    def read(code, period=MARCH, **category):
        return engine.read(f"volunteers.{code}", {community.pk}, period, category)

    return read


@pytest.fixture
def here(acting, community):
    with acting(community):
        yield community


def test_hours_are_what_was_counted_within_the_period(here, read):
    person = make.volunteer(here)
    for day, minutes in ((date(2025, 2, 28), 60), (date(2025, 3, 1), 50), (MARCH.end, 50)):
        make.service(person, make.held(here, day), minutes=minutes)
    for start, state in ((9, S.RECORDED), (11, S.CONFIRMED), (13, S.POSTED)):
        make.service(person, make.held(here), start=start, minutes=60, state=state)
    make.service(
        person, make.held(here), start=16, minutes=60, state=S.REFUSED, void_reason="没有来"
    )
    gone = make.service(person, make.held(here), start=18, minutes=60)
    gone.deleted_at = gone.recorded_at
    gone.save()
    assert str(read("hours").value) == "1.67"  # 100 minutes, rounded once
    assert str(read("hours_waiting").value) == "3.00"
    assert str(read("hours_waiting", state="posted").value) == "1.00"
    assert read("attendance").value == 5
    assert read("active").value == 1
    assert read("records_void").value == 1


def test_hours_by_type_team_and_star(here, read):
    person, other = make.volunteer(here), make.volunteer(here, "高建国")
    team = make.org(here, "银龄服务队")
    make.service(person, make.held(here, org=team), minutes=90)
    make.service(other, make.held(here, code="patrol"), minutes=30)
    StarAward.objects.create(unit=here, volunteer=person, level=2, occurred_on=MARCH.end)
    by_type = engine.by_category("volunteers.hours", "type", {here.pk}, MARCH)
    assert str(by_type["cleanup"].value) == "1.50"
    assert str(by_type["patrol"].value) == "0.50"
    by_team = engine.by_category("volunteers.hours", "team", {here.pk}, MARCH)
    assert {key: str(reading.value) for key, reading in by_team.items()} == {
        str(team.pk): "1.50", "none": "0.50",
    }  # fmt: skip
    by_star = engine.by_category("volunteers.attendance", "star", {here.pk}, MARCH)
    assert (by_star["2"].value, by_star["0"].value) == (1, 1)
    assert read("hours", type="cleanup").text == "1.50"
    assert read("attendance", star="2").value == 1
    february = Period.parse("2025-02")
    assert engine.by_category("volunteers.attendance", "star", {here.pk}, february)["2"].value == 0


def test_the_rates_stand_with_their_terms(here, read):
    active = make.volunteer(here)
    make.volunteer(here, "高建国")
    left = make.volunteer(here, "韦英堃", left_on=MARCH.end, leaving_reason="搬迁")
    make.service(active, make.held(here), minutes=90)
    make.service(left, make.held(here), minutes=30)
    rate = read("active_rate")
    assert (rate.numerator.value, rate.denominator.value) == (1, 2)
    assert rate.text == "50.0%"
    mean = read("hours_per_volunteer")
    assert (str(mean.numerator.value), mean.denominator.value, mean.text) == ("2.00", 2, "1.0")


def test_stars_count_the_highest_of_each_volunteer_at_the_end(here, read):
    one, two, three = (make.volunteer(here, name) for name in ("林晓燕", "高建国", "韦英堃"))

    def award(person, level, day=MARCH.start, **fields):
        return StarAward.objects.create(
            unit=here, volunteer=person, level=level, occurred_on=day, **fields
        )

    award(one, 1), award(one, 2), award(two, 1, MARCH.end)
    award(two, 2, MARCH.end + timedelta(days=1))
    award(three, 3, revoked_on=MARCH.end, revoked_for="虚报")
    assert read("stars").value == 2
    assert (read("stars", level="1").value, read("stars", level="2").value) == (1, 1)
    assert read("stars", level="3").value == 0
    assert read("promotions").value == 3
    assert read("stars_revoked").value == 1
    two.left_on, two.leaving_reason = MARCH.end, "搬迁"
    two.save()
    assert read("stars").value == 1


def test_corrections_are_answered_or_waiting_at_the_end(here, read):
    record = make.service(make.volunteer(here), make.held(here))

    def asked(day, answered=None):
        state = CorrectionState.REFUSED if answered else CorrectionState.OPEN
        return HoursCorrection.objects.create(
            unit=here, service=record, occurred_on=day, claim="时间不对", state=state,
            answered_on=answered, answer="已核对" if answered else "",
        )  # fmt: skip

    asked(MARCH.start, MARCH.end)
    asked(MARCH.start, MARCH.end + timedelta(days=1))
    asked(MARCH.end)
    asked_before = asked(MARCH.start - timedelta(days=1), MARCH.start)
    assert asked_before.pk
    values = [read(code).value for code in ("corrections", "corrections_answered")]
    assert (*values, read("corrections_waiting").value) == (3, 1, 2)


STATES = st.sampled_from([S.RECORDED, S.CONFIRMED, S.POSTED, S.COUNTED, S.REFUSED, S.REVOKED])
RECORDS = st.lists(
    st.tuples(
        st.integers(0, 2),  # whose
        st.integers(0, 59),  # days from 15 February
        st.integers(0, 22 * 60),  # when it began
        st.integers(1, 600),  # minutes
        STATES,
    ),
    max_size=12,
)
FIRST = date(2025, 2, 15)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=RECORDS)
def test_figures_agree_with_any_records_and_no_two_of_one_person_overlap(here, read, rows):
    with undone():
        people = [make.volunteer(here, name) for name in ("林晓燕", "高建国", "韦英堃")]
        activity, kept = make.held(here), []
        for whose, days, begins, minutes, state in rows:
            came = make.at(FIRST + timedelta(days=days), 0) + timedelta(minutes=begins)
            record = ServiceRecord(
                unit=here, volunteer=people[whose], activity=activity, came_at=came,
                left_at=came + timedelta(minutes=minutes), manner="leader", state=state,
                void_reason="不实" if state in (S.REFUSED, S.REVOKED) else "",
            )  # fmt: skip
            record.derive()
            clash = any(
                other.volunteer_id == record.volunteer_id
                and other.came_at < record.left_at
                and record.came_at < other.left_at
                for other in kept
                if S.REFUSED != other.state != S.REVOKED
            ) and state not in (S.REFUSED, S.REVOKED)
            try:
                with transaction.atomic():
                    record.save()
            except IntegrityError:
                assert clash
            else:
                assert not clash
                kept.append(record)
        inside = [r for r in kept if MARCH.start <= r.occurred_on <= MARCH.end]
        counted = sum(r.minutes for r in inside if r.state == S.COUNTED)
        served = [r for r in inside if r.state not in (S.REFUSED, S.REVOKED)]
        assert abs(float(read("hours").value) - counted / 60) <= 0.005
        assert read("attendance").value == len(served)
        assert read("active").value == len({r.volunteer_id for r in served})
        by_month = engine.by_month("volunteers.attendance", {here.pk}, YEAR)
        total = [r for r in kept if r.state not in (S.REFUSED, S.REVOKED)]
        assert sum(reading.value for _, reading in by_month) == len(total)
