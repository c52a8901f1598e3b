"""An activity and its shared fact: written together, counted once, deleted and restored together."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.errors import StaleRecord
from portal.figures import engine
from portal.periods import Period
from portal.roles import Role
from portal.scope import Denied
from residents.models import Activity
from tests.factories import volunteers as make
from volunteers.enums.activities import ActivityState as S
from volunteers.models import VolunteerActivity
from volunteers.services import activities as service
from volunteers.workflow import ACTIVITY

pytestmark = pytest.mark.django_db
DAY = date(2025, 3, 8)


@pytest.fixture
def leader(make_user, community):
    return make_user(Role.VOLUNTEER_LEADER, community)


def new(unit, day=DAY, code="cleanup", **fields):
    fields = {"title": "春季大扫除", "place": "明珠小区"} | fields
    return VolunteerActivity(unit=unit, starts_on=day, type=make.activity_type(code), **fields)


def facts(unit):
    return Activity.objects.kept().filter(unit=unit)


class TestHolding:
    def test_one_that_was_held_is_the_shared_fact_at_once(self, acting, leader, community):
        with acting(leader):
            org = make.org(community)
            told = {"participants": 32, "theme_day": "lei-feng-day"}
            row = service.store(
                new(community, also=["disability"], org=org), held=True, told=told, by=leader
            )
            fact = facts(community).get()
            assert (row.state, row.activity, row.recorded_by) == (S.HELD, fact, leader)
            assert (fact.title, fact.kind, fact.place) == ("春季大扫除", "cleanup", "明珠小区")
            assert (fact.participants, fact.occurred_on, fact.ends_on) == (32, DAY, None)
            assert fact.domains == ["disability", "sanitation", "volunteers"]
            assert fact.organisers == org.name

    def test_holding_again_changes_nothing_but_what_it_is_told(self, acting, leader, community):
        with acting(leader):
            row = make.announced(community)
            first = service.hold(row, participants=12, by=leader)
            again = service.hold(row, by=leader)
            assert (again.activity_id, again.version) == (first.activity_id, first.version)
            assert facts(community).get().participants == 12
            service.hold(row, participants=15)
            assert facts(community).get().participants == 15

    def test_a_day_to_come_is_never_held(self, acting, leader, community):
        tomorrow = timezone.localdate() + timedelta(days=1)
        with acting(leader):
            row = make.announced(community, tomorrow)
            with pytest.raises(ValidationError) as refused:
                service.hold(row, by=leader)
            assert "还没有到" in str(refused.value.message_dict["starts_on"])
            with pytest.raises(ValidationError):
                service.store(new(community, tomorrow), held=True, by=leader)
            assert not facts(community).exists()

    def test_one_entered_by_another_department_is_taken_on(self, acting, leader, community):
        with acting(community):
            entered = Activity.objects.create(
                unit=community,
                occurred_on=DAY,
                title="春季大扫除",
                kind="cleanup",
                participants=40,
                domains=["residents", "sanitation"],
            )
        with acting(leader):
            row = service.store(new(community), held=True, by=leader)
            fact = facts(community).get()
            assert row.activity == fact == entered
            assert (fact.participants, row.also) == (40, ["residents"])
            assert fact.domains == ["residents", "sanitation", "volunteers"]

    def test_later_edits_keep_both_in_step(self, acting, leader, community):
        with acting(leader):
            row = service.hold(make.announced(community), participants=9, by=leader)
            row.title, row.place, row.starts_on = "清洁日", "东门", date(2025, 3, 9)
            row.type = make.activity_type("disabled")
            row.ends_on = date(2025, 3, 10)
            service.store(row, by=leader)
            fact = facts(community).get()
            assert (fact.title, fact.place, fact.occurred_on) == ("清洁日", "东门", row.starts_on)
            assert (fact.kind, fact.ends_on, fact.participants) == ("volunteering", row.ends_on, 9)
            assert fact.domains == ["disability", "volunteers"]

    def test_a_shift_never_falls_outside_the_days(self, acting, leader, community):
        with acting(leader):
            row = make.announced(community)
            make.shift(row)
            row.starts_on = date(2025, 3, 9)
            with pytest.raises(ValidationError) as refused:
                service.store(row, by=leader)
            assert "2025-03-08" in refused.value.message_dict["starts_on"][0]


class TestBin:
    def test_both_go_and_come_back_together(self, acting, leader, community):
        with acting(leader):
            row = service.hold(make.announced(community), by=leader)
            make.shift(row)
            service.recycle(row, version=row.version, by=leader)
            assert not facts(community).exists()
            assert not row.shifts.kept().exists()
            row = VolunteerActivity.objects.get(pk=row.pk)
            service.restore(row, by=leader)
            assert facts(community).get() == row.activity
            assert row.shifts.kept().count() == 1

    def test_a_stale_deletion_deletes_neither(self, acting, leader, community):
        with acting(leader):
            row = service.hold(make.announced(community), by=leader)
            with pytest.raises(StaleRecord):
                service.recycle(row, version=row.version - 1, by=leader)
            assert facts(community).exists()


GIVEN = {"cancel": {"cancelled_for": "暴雨"}, "hold": {"participants": 8}, "recruit": {}}
LEADS = {"recruit": S.RECRUITING, "hold": S.HELD, "cancel": S.CANCELLED}
MAY = {Role.COMMUNITY_STAFF, Role.VOLUNTEER_LEADER}


class TestSteps:
    @pytest.mark.parametrize("state", S.values)
    @pytest.mark.parametrize("name", LEADS)
    @pytest.mark.parametrize("role", [r for r in Role if r != Role.TRAINEE])
    def test_state_by_step_by_role(self, acting, make_user, community, state, name, role):
        with acting(community):
            why = {"cancelled_for": "暴雨"} if state == S.CANCELLED else {}
            make_it = make.held if state == S.HELD else make.announced
            row = make_it(community, **({} if state == S.HELD else {"state": state}), **why)
        user = make_user(role, community)
        with acting(community):
            if role not in MAY:
                with pytest.raises(Denied):
                    service.act(row, name, GIVEN[name], by=user)
            elif state not in ACTIVITY.steps[name].sources:
                with pytest.raises(ValidationError):
                    service.act(row, name, GIVEN[name], by=user)
            else:
                assert service.act(row, name, GIVEN[name], by=user).state == LEADS[name]
            held = VolunteerActivity.objects.get(pk=row.pk).state == S.HELD
            assert facts(community).exists() == held

    def test_calling_off_needs_a_reason(self, acting, leader, community):
        with acting(leader), pytest.raises(ValidationError) as refused:
            service.cancel(make.announced(community), "", by=leader)
        assert "取消原因" in refused.value.message_dict["cancelled_for"][0]

    def test_a_risky_one_tells_risks_and_insurance_before_it_seeks_people(
        self, acting, leader, community
    ):
        with acting(leader):
            row = make.announced(community, code="patrol", state=S.PLANNED)
            with pytest.raises(ValidationError) as refused:
                service.recruit(row, by=leader)
            assert len(refused.value.messages) == 2
            row.risks, row.insurance = "夜间行走", "社区统一投保"
            row.save()
            assert service.recruit(row, by=leader).state == S.RECRUITING

    def test_a_step_on_an_old_page_is_refused(self, acting, leader, community):
        with acting(leader):
            row = make.announced(community)
            old = VolunteerActivity.objects.get(pk=row.pk)
            row.place = "东门"
            row.save()
            with pytest.raises(StaleRecord):
                service.act(old, "hold", {}, by=leader)


def test_a_cleanup_counts_once_in_both(acting, leader, community):
    """Entered once by volunteers, an activity of theirs and of sanitation's alike."""
    with acting(leader):
        service.store(new(community), held=True, told={"participants": 30}, by=leader)
        service.store(new(community, code="elders", title="助老"), held=True, by=leader)
        march = Period.parse("2025-03")
        assert engine.read("sanitation.cleanups", [community.pk], march).value == 1
        assert engine.read("sanitation.cleanup_participants", [community.pk], march).value == 30
        assert engine.read("volunteers.activities", [community.pk], march).value == 2
        assert Activity.objects.filter(unit=community).count() == 2
