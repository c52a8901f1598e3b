"""Figures and worklists of activities: held, planned, signed up, notices by channel, projects."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from portal.figures import engine
from portal.periods import Period
from portal.worklists import worklists
from residents.models import Activity
from tests import factories
from tests.factories import volunteer_activities as more
from tests.factories import volunteers as make
from volunteers.enums.activities import ActivityState, NoticeChannel, SignUpState
from volunteers.models import VolunteerActivityType
from volunteers.services import activities as service

pytestmark = pytest.mark.django_db
MARCH = Period.parse("2025-03")


def value(code, unit, period=MARCH, **category):
    return engine.read(f"volunteers.{code}", {unit.pk}, period, category).value


def by(code, name, unit, period=MARCH):
    found = engine.by_category(f"volunteers.{code}", name, {unit.pk}, period)
    return {key: reading.value for key, reading in found.items() if reading.value}


def test_held_ones_by_type_project_and_organisation(acting, community, other_community):
    with acting(community, other_community):
        org, project = make.org(community), more.project(community)
        more.sound(community, org=org, project=project, participants=20)
        more.sound(community, date(2025, 3, 31), title="另一次", participants=5)
        more.sound(community, date(2025, 4, 1), title="下月")
        more.sound(other_community, title="别处")
        other = {"occurred_on": date(2025, 3, 9), "domains": ["volunteers"]}
        factories.activity(community, kind="culture", **other)
        factories.activity(community, kind="lecture", **other)  # nobody serves at it
        factories.activity(community, occurred_on=date(2025, 3, 9), domains=["disability"])
        make.announced(community, title="还没有办")
        assert value("activities", community) == 3
        assert value("activity_participants", community) == 25
        assert by("activities", "type", community) == {"cleanup": 2, "none": 1}
        assert by("activities", "project", community) == {str(project.pk): 1, "none": 2}
        assert by("activities", "org", community) == {str(org.pk): 1, "none": 2}
        assert value("activities", community, type="cleanup") == 2
        assert value("activities", community, type="none") == 1
        months = engine.by_month("volunteers.activities", {community.pk}, Period.parse("2025H1"))
        assert [reading.value for _, reading in months] == [0, 0, 3, 1, 0, 0]
        row = more.sound(community, title="删掉的")
        service.recycle(row, version=row.version, by=None)
        assert value("activities", community) == 3


def test_a_new_type_is_a_category_at_once(acting, community):
    with acting(community):
        VolunteerActivityType.objects.create(code="own-1", name="垃圾分类督导", ordinal=1)
        more.sound(community, code="own-1")
        assert by("activities", "type", community) == {"own-1": 1}


def test_planned_and_signed_up_leave_out_what_was_called_off(acting, community):
    with acting(community):
        for n, state in enumerate([ActivityState.RECRUITING, ActivityState.CANCELLED]):
            why = {"cancelled_for": "暴雨"} if state == ActivityState.CANCELLED else {}
            row = make.announced(community, title=f"活动{n}", needed=10, state=state, **why)
            shift = make.shift(row, capacity=4)
            for m, each in enumerate(SignUpState.values):
                make.sign_up(shift, make.volunteer(community, f"志愿者{m}"), each)
        assert value("activities_planned", community) == 1
        assert value("activities_called_off", community) == 1
        assert value("people_wanted", community) == 10
        assert value("shift_places", community) == 4
        assert value("signed_up", community) == 1
        assert engine.read("volunteers.places_filled", {community.pk}, MARCH).text == "25.0%"
        assert by("signed_up", "type", community) == {"cleanup": 1}
        assert (
            "活动日期"
            in engine.read("volunteers.signed_up", {community.pk}, MARCH).figure.date_basis
        )


def test_notices_by_channel_with_their_quantities(acting, community):
    with acting(community):
        more.notice(community, NoticeChannel.LEAFLET, quantity=300)
        more.notice(community, NoticeChannel.LEAFLET, quantity=50, content="再发")
        more.notice(community, NoticeChannel.BANNER, quantity=2)
        more.notice(community, NoticeChannel.PHONE, quantity=9, occurred_on=date(2025, 4, 1))
        assert value("notices", community) == 3
        assert by("notices", "channel", community) == {"banner": 1, "leaflet": 2}
        assert value("notice_leaflets", community) == 350
        assert value("notice_banners", community) == 2
        assert value("notice_phones", community) == 0
        assert value("notice_boards", community) == value("notice_online", community) == 0


def test_projects_that_go_on_at_the_end(acting, community):
    with acting(community):
        more.project(community, "一")
        more.project(community, "二", is_key=False, ends_on=date(2025, 3, 31))
        more.project(community, "三", ends_on=date(2025, 3, 30))
        more.project(community, "四", starts_on=date(2025, 4, 1))
        assert value("projects", community) == 2
        assert value("key_projects", community) == 1


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(some.lists(some.tuples(some.sampled_from(["cleanup", "elders", "law"]), some.booleans())))
def test_types_and_months_add_up_to_the_whole(acting, community, events):
    """However activities are held: by type, by month, and in all, it is the same number; of clean-ups
    sanitation counts just those."""
    with acting(community):
        Activity.objects.kept().filter(unit=community).update(deleted_at=timezone.now())
        for n, (code, is_april) in enumerate(events):
            day = date(2025, 4 if is_april else 3, 1 + n % 28)
            service.store(
                make.VolunteerActivity(
                    unit=community,
                    title=f"活动{n}",
                    type=make.activity_type(code),
                    starts_on=day,
                    place="小区",
                ),
                held=True,
                by=None,
            )
        year = Period.parse("2025")
        assert value("activities", community, year) == len(events)
        assert sum(by("activities", "type", community, year).values()) == len(events)
        months = engine.by_month("volunteers.activities", {community.pk}, year)
        assert sum(reading.value for _, reading in months) == len(events)
        cleanups = sum(code == "cleanup" for code, _ in events)
        assert engine.read("sanitation.cleanups", {community.pk}, year).value == cleanups


class TestWorklists:
    def found(self, code, unit):
        return list(worklists[f"volunteers.{code}"].rows(frozenset({unit.pk})))

    def test_shifts_that_begin_soon_with_too_few(self, acting, community):
        today = timezone.localdate()
        with acting(community):
            soon = make.shift(make.announced(community, today + timedelta(days=3)), capacity=2)
            make.sign_up(soon, make.volunteer(community))
            full = make.shift(make.announced(community, today + timedelta(days=3)), capacity=1)
            make.sign_up(full, make.volunteer(community, "孟阳"))
            make.shift(make.announced(community, today + timedelta(days=9)))
            off = make.announced(
                community, today + timedelta(days=3), state="cancelled", cancelled_for="暴雨"
            )
            make.shift(off)
            assert self.found("shifts_too_few", community) == [soon]
            told = worklists["volunteers.shifts_too_few"]
            assert "还缺 1 人" in told.text(self.found("shifts_too_few", community)[0])

    def test_announced_ones_whose_day_has_passed(self, acting, community):
        today = timezone.localdate()
        with acting(community):
            late = make.announced(community, today - timedelta(days=1))
            make.announced(community, today - timedelta(days=1), ends_on=today)
            make.announced(community, today)
            more.sound(community)
            assert self.found("activities_overdue", community) == [late]

    def test_held_ones_without_hours(self, acting, community):
        today = timezone.localdate()
        with acting(community):
            bare = more.sound(community, today - timedelta(days=2))
            done = more.sound(community, today - timedelta(days=3))
            make.service(make.volunteer(community), done)
            more.sound(community, today - timedelta(days=200))
            assert self.found("activities_without_hours", community) == [bare]

    def test_they_are_for_who_keeps_activities(self):
        assert {
            worklists[f"volunteers.{code}"].permission
            for code in ("shifts_too_few", "activities_overdue", "activities_without_hours")
        } == {"volunteers.edit"}
