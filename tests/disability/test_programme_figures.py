"""Figures of programmes: last days, several programmes, marks, zeros."""

from datetime import date

import pytest

from portal.figures import engine
from portal.periods import Period
from tests import factories
from tests.factories import programmes as make

MARCH, YEAR = Period.parse("2025-03"), Period.parse("2025")


def read(code, unit, period=MARCH, category=None):
    return engine.read(f"disability.{code}", [unit.pk], period, category)


@pytest.fixture
def home(acting, community):
    with acting(community):
        return make.programme(community)


def person(community, name="陈静"):
    return factories.resident(community, name, born_on=date(2000, 1, 1))


def test_enrolled_counts_persons_on_the_last_day_which_still_belongs(acting, community, home):
    with acting(community):
        care = make.programme(community, name="护理站", kind="care")
        twice = person(community)
        make.enrolment(home, twice)
        make.enrolment(care, twice, starts_on=date(2025, 3, 31))
        left = {"ends_on": date(2025, 3, 31), "end_reason": "finished"}
        make.enrolment(home, person(community, "李强"), **left)
        gone = {"ends_on": date(2025, 3, 30), "end_reason": "finished"}
        make.enrolment(home, person(community, "王芳"), **gone)
        make.enrolment(home, person(community, "赵敏"), starts_on=date(2025, 4, 1))
        assert read("enrolled", community).value == 2
        assert read("enrolled_sunshine", community).value == 2
        assert read("enrolled_care", community).value == 1
        assert read("enrolled", community, category={"kind": "care"}).value == 1
        assert read("enrolments", community).value == 1
        assert read("exits", community).value == 2
        assert read("programmes", community).value == 2


def test_attendance_rate_has_leave_and_absence_below(acting, community, home):
    with acting(community):
        enrolled = make.enrolment(home, person(community))
        for day, mark in enumerate("PPPLAP", start=3):
            make.attendance(enrolled, date(2025, 3, day), mark)
        make.attendance(enrolled, date(2025, 4, 1))
        rate = read("attendance_rate", community)
        by_mark = engine.by_category(
            "disability.attendance_expected", "mark", [community.pk], MARCH
        )
    assert (rate.numerator.value, rate.denominator.value, rate.text) == (4, 6, "66.7%")
    assert {mark: reading.value for mark, reading in by_mark.items()} == {"P": 4, "L": 1, "A": 1}


def test_groups_sessions_medication_and_contacts(acting, community, home):
    with acting(community):
        enrolled = make.enrolment(home, person(community))
        for name in ("腰鼓队", "舞蹈队"):
            make.group_membership(make.interest_group(home, name), enrolled)
        make.interest_group(home, "旧小组", ends_on=date(2025, 3, 30))
        make.programme_session(home, people=12)
        make.programme_session(home, people=None, title="唱歌")
        for time, result in (("1", "taken"), ("2", "missed"), ("3", "taken")):
            make.medication_log(enrolled, time=time, result=result)
        for _ in range(2):
            make.family_contact(enrolled)
        found = {
            code: read(code, community).text
            for code in (
                "interest_groups",
                "group_members",
                "sessions_held",
                "session_participants",
                "medication_due",
                "medication_taken",
                "medication_rate",
                "family_contacts",
                "family_contacted",
            )
        }
    assert found == {
        "interest_groups": "2",
        "group_members": "1",
        "sessions_held": "2",
        "session_participants": "12",
        "medication_due": "3",
        "medication_taken": "2",
        "medication_rate": "66.7%",
        "family_contacts": "2",
        "family_contacted": "1",
    }


def test_incidents_of_a_quiet_period_are_nought_not_unknown(acting, community, home):
    with acting(community):
        make.incident(home, closed_on=date(2025, 4, 2))
        assert (read("incidents", community).value, read("incidents_open", community).value) == (
            1,
            1,
        )
        assert read("incidents", community, Period.parse("2025-04")).full == "0起"
        assert read("incidents_open", community, Period.parse("2025-04")).value == 0


def test_placements_count_persons(acting, community):
    with acting(community):
        who = person(community)
        make.placement(who, ends_on=date(2025, 3, 20))
        make.placement(who, starts_on=date(2025, 3, 21), kind="day")
        make.placement(person(community, "李强"), ends_on=date(2025, 3, 30))
        assert read("placements", community).value == 1
        assert read("placed_persons", community).value == 2
        assert read("placements", community, category={"kind": "day"}).value == 1
