"""What is due in hours, for whom; and that the nightly job counts what has been posted long enough."""

from datetime import timedelta

import pytest
from django.utils import timezone
from procrastinate.contrib.django import app

from portal.roles import Role
from portal.worklists import worklists
from tests.factories import volunteer_hours as hours
from tests.factories import volunteers as make
from volunteers.enums.hours import HoursState as S
from volunteers.tasks import count_hours

DAY = timedelta(days=1)


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def here(acting, community):
    with acting(community):
        yield community


@pytest.fixture
def due(make_user, community):
    """``due(code, role)``: what stands on that list of somebody of the community."""

    def rows(code, role=Role.COMMUNITY_STAFF):
        worklist, user = worklists[f"volunteers.{code}"], make_user(role, community)
        found = list(worklist.for_user(worklist.rows(frozenset({community.pk})), user))
        assert all(worklist.text(row) is not None and worklist.url_of(row) for row in found)
        assert all(isinstance(worklist.due(row), str) for row in found)
        return found

    return rows


def test_check_ins_of_former_days(here, due, today):
    person, other = make.volunteer(here), make.volunteer(here, "高建国")
    open_now = {"state": S.OPEN, "left_at": None}
    forgotten = make.service(person, make.held(here, today - DAY), **open_now)
    make.service(other, make.held(here, today), start=0, **open_now)
    assert due("open_check_ins") == [forgotten]


def test_activities_with_records_to_confirm(here, due, today):
    waiting, done = make.held(here, today - DAY), make.held(here, today - 2 * DAY)
    person = make.volunteer(here)
    make.service(person, waiting, state=S.RECORDED)
    make.service(person, waiting, start=14, minutes=60, state=S.RECORDED)
    make.service(person, done, state=S.CONFIRMED)
    assert due("to_confirm") == [waiting]


def test_days_over_the_limit_that_nobody_approved(here, due, today, make_user, community):
    head = make_user(Role.COMMUNITY_HEAD, community)
    person, other = make.volunteer(here), make.volunteer(here, "高建国")
    over = make.service(person, make.held(here, today - DAY), minutes=481, state=S.RECORDED)
    make.service(person, make.held(here, today - 2 * DAY), minutes=480, state=S.RECORDED)
    make.service(
        other, make.held(here, today - DAY), minutes=600, state=S.RECORDED, approved_by=head
    )
    assert due("over_limit", Role.COMMUNITY_HEAD) == [over]


def test_postings_that_ended(here, due, today):
    ended = hours.posting(here, today - 8 * DAY, ends_on=today - DAY)
    hours.posting(here, today - 7 * DAY, ends_on=today)
    hours.posting(here, today - 9 * DAY, ends_on=today - 2 * DAY, closed_on=today)
    assert due("postings_ended") == [ended]


def test_corrections_of_what_counts_are_for_who_approves(here, due, today):
    activity, person = make.held(here, today - DAY), make.volunteer(here)
    counted = hours.correction(make.service(person, activity), today)
    recorded = hours.correction(make.service(person, activity, start=14, state=S.RECORDED), today)
    assert set(due("corrections")) == {counted, recorded}
    assert due("corrections", Role.COMMUNITY_HEAD) == [counted]
    assert due("corrections", Role.STREET_SECTION) == []


def test_units_with_somebody_to_promote(here, due, today):
    assert due("promotions") == []
    activity = make.held(here, today - DAY)
    hours.rule(here, today - DAY, one=1, two=2, three=3, four=4, five=5)
    make.service(make.volunteer(here), activity, minutes=60)
    assert due("promotions") == [here]


def test_the_nightly_job_is_known_to_the_worker_and_counts(here, acting, today):
    assert "count_hours" in app.tasks
    shown = hours.posting(here, today - 8 * DAY, ends_on=today - DAY)
    record = make.service(
        make.volunteer(here), make.held(here, today - 9 * DAY), state=S.POSTED, posting=shown
    )
    assert count_hours(0) == 1
    record.refresh_from_db()
    assert (record.state, record.counted_on) == (S.COUNTED, today)
