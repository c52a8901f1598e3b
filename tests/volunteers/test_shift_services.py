"""Signing up: who may, how many, who waits, and that two at once never overbook."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connections
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from portal.roles import Role
from portal.scope import Access, Denied, scope
from tests.factories import volunteers as make
from tests.factories.people import resident
from volunteers.enums.activities import ActivityState, SignUpState
from volunteers.models import Shift, SignUp, Volunteer, VolunteerInsurance
from volunteers.selectors.shifts import open_shifts
from volunteers.services import shifts as service

DAY = date(2025, 3, 8)


@pytest.fixture
def leader(make_user, community):
    return make_user(Role.VOLUNTEER_LEADER, community)


def refusal(do, field="volunteer"):
    with pytest.raises(ValidationError) as refused:
        do()
    return refused.value.message_dict[field][0]


def states(shift):
    return [row.state for row in SignUp.objects.kept().filter(shift=shift).order_by("pk")]


@pytest.mark.django_db
class TestWhoMay:
    def test_a_place_then_the_waiting_list(self, acting, leader, community):
        with acting(leader):
            shift = make.shift(make.announced(community), capacity=1)
            people = [make.volunteer(community, f"志愿者{n}") for n in "甲乙丙"]
            rows = [service.sign_up(shift, person, by=leader) for person in people]
            assert states(shift) == ["signed", "waiting", "waiting"]
            service.withdraw(rows[0], by=leader)
            assert states(shift) == ["cancelled", "signed", "waiting"]
            service.withdraw(rows[0], by=leader)  # again is no error
            assert states(shift) == ["cancelled", "signed", "waiting"]
            service.sign_up(shift, people[0], by=leader)
            assert states(shift) == ["cancelled", "signed", "waiting", "waiting"]

    def test_an_overlap_is_refused_with_the_other_shift(self, acting, leader, community):
        with acting(leader):
            first = make.shift(make.announced(community), 9, 3, name="上午班")
            other = make.announced(community, title="义务理发", code="handy")
            person = make.volunteer(community)
            service.sign_up(first, person, by=leader)
            told = refusal(lambda: service.sign_up(make.shift(other, 11, 2), person, by=leader))
            assert "周末清洁家园 上午班" in told
            assert "09:00–12:00" in told
            service.sign_up(make.shift(other, 12, 2), person, by=leader)  # one after the other

    def test_one_called_off_or_withdrawn_frees_the_time(self, acting, leader, community):
        with acting(leader):
            person = make.volunteer(community)
            off = make.announced(community)
            service.sign_up(make.shift(off), person, by=leader)
            off.state, off.cancelled_for = ActivityState.CANCELLED, "暴雨"
            off.save()
            row = service.sign_up(make.shift(make.announced(community)), person, by=leader)
            service.withdraw(row, by=leader)
            service.sign_up(make.shift(make.announced(community)), person, by=leader)

    def test_a_second_registration_of_the_same_resident_overlaps_too(
        self, acting, leader, community, other_community
    ):
        with acting(community, other_community):
            person = resident(community)
            here = make.volunteer(community, resident=person)
            left = make.volunteer(community, resident=person, left_on=date(2025, 6, 1))
            service.sign_up(make.shift(make.announced(community)), left)
            again = make.shift(make.announced(community, title="另一次"))
            assert "时间重叠" in refusal(lambda: service.sign_up(again, here))

    def test_thirteen_is_refused_and_fourteen_is_not(self, acting, leader, community):
        with acting(leader):
            shift = make.shift(make.announced(community))
            young = make.volunteer(community, "小方", born_on=date(2011, 3, 9))
            of_age = make.volunteer(
                community, "小圆", born_on=date(2011, 3, 8), guardian_agreed_on=make.DAY
            )
            told = refusal(lambda: service.sign_up(shift, young, by=leader))
            assert "13 岁" in told
            assert service.sign_up(shift, of_age, by=leader).state == SignUpState.SIGNED

    def test_a_risky_activity_asks_for_insurance_on_the_day(self, acting, leader, community):
        with acting(leader):
            shift = make.shift(make.announced(community, code="patrol"))
            person = make.volunteer(community)
            insurance = VolunteerInsurance.objects.create(
                unit=community,
                volunteer=person,
                insurer="平安保险",
                starts_on=date(2024, 3, 8),
                ends_on=date(2025, 3, 7),
            )
            assert "保险" in refusal(lambda: service.sign_up(shift, person, by=leader))
            insurance.ends_on = DAY
            insurance.save()
            service.sign_up(shift, person, by=leader)

    def test_only_who_is_a_volunteer_on_the_day(self, acting, leader, community):
        with acting(leader):
            shift = make.shift(make.announced(community))
            late = make.volunteer(community, joined_on=date(2025, 3, 9))
            gone = make.volunteer(community, left_on=DAY)
            for person in (late, gone):
                assert "在册" in refusal(lambda who=person: service.sign_up(shift, who, by=leader))

    def test_a_missing_skill_is_told(self, acting, leader, community):
        with acting(leader):
            shift = make.shift(make.announced(community, code="clinic"), skill="medical")
            told = service.sign_up(shift, make.volunteer(community), by=leader).told
            assert "医疗护理" in told
            nurse = make.volunteer(community, skills=["medical"])
            assert service.sign_up(shift, nurse, by=leader).told == ""

    def test_by_oneself_only_where_it_is_offered_and_ahead(self, acting, community):
        ahead = timezone.localdate() + timedelta(days=3)
        with acting(community):
            person = make.volunteer(community)
            closed = make.shift(make.announced(community, ahead, is_public=False))
            planned = make.announced(community, ahead, state=ActivityState.PLANNED)
            past = make.shift(make.announced(community))
            for shift in (closed, make.shift(planned), past):
                refusal(lambda which=shift: service.sign_up(which, person, by_self=True), "shift")
            offered = make.shift(make.announced(community, ahead))
            today = timezone.localdate()
            assert [s.pk for s in open_shifts(community, today)] == [offered.pk]
            assert service.sign_up(offered, person, by_self=True).by_self

    def test_the_wrong_role_and_the_wrong_unit_are_denied(
        self, acting, make_user, community, other_community
    ):
        with acting(community):
            shift, person = make.shift(make.announced(community)), make.volunteer(community)
            for user in (
                make_user(Role.COMMUNITY_HEAD, community),
                make_user(Role.VOLUNTEER_LEADER, other_community),
            ):
                with pytest.raises(Denied):
                    service.sign_up(shift, person, by=user)

    def test_several_are_signed_up_or_nobody(self, acting, leader, community):
        with acting(leader):
            shift = make.shift(make.announced(community))
            people = [make.volunteer(community, "林晓燕"), make.volunteer(community, "孟阳")]
            people[1].born_on = date(2012, 1, 1)
            people[1].save()
            told = refusal(lambda: service.sign_up_many(shift, people, by=leader), "people")
            assert told.startswith("孟阳：")
            assert not SignUp.objects.filter(shift=shift).exists()
            assert len(service.sign_up_many(shift, people[:1], by=leader)) == 1


@pytest.mark.django_db
class TestPlaces:
    def test_more_places_go_to_who_waits_and_fewer_than_signed_is_refused(
        self, acting, leader, community
    ):
        with acting(leader):
            shift = make.shift(make.announced(community), capacity=1)
            for n in "甲乙丙":
                service.sign_up(shift, make.volunteer(community, f"志愿者{n}"), by=leader)
            shift.capacity = 2
            service.store_shift(shift, by=leader)
            assert states(shift) == ["signed", "signed", "waiting"]
            shift.capacity = 1
            assert "2 人" in refusal(lambda: service.store_shift(shift, by=leader), "capacity")

    def test_a_moved_shift_may_not_overlap_what_its_people_do(self, acting, leader, community):
        with acting(leader):
            activity, person = make.announced(community), make.volunteer(community)
            early, late = make.shift(activity, 9, 2), make.shift(activity, 14, 2)
            service.sign_up(early, person, by=leader)
            service.sign_up(late, person, by=leader)
            late.starts_at = make.at(DAY, 10)
            assert "时间重叠" in refusal(lambda: service.store_shift(late, by=leader))
            early.starts_at = make.at(date(2025, 3, 9), 9)
            early.ends_at = make.at(date(2025, 3, 9), 10)
            refusal(lambda: service.store_shift(early, by=leader), "starts_at")

    def test_deleting_a_sign_up_moves_up_and_taking_it_back_waits(self, acting, leader, community):
        with acting(leader):
            shift = make.shift(make.announced(community), capacity=1)
            first, second = (
                service.sign_up(shift, make.volunteer(community, f"志愿者{n}"), by=leader)
                for n in "甲乙"
            )
            service.recycle_sign_up(first, version=first.version, by=leader)
            assert states(shift) == ["signed"]
            first = SignUp.objects.get(pk=first.pk)
            service.restore_sign_up(first, by=leader)
            assert states(shift) == ["waiting", "signed"]
            second = SignUp.objects.get(pk=second.pk)
            service.withdraw(second, by=leader)
            assert states(shift) == ["signed", "cancelled"]

    @settings(
        max_examples=25,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(
        capacity=some.integers(1, 3),
        acts=some.lists(
            some.tuples(some.sampled_from(["in", "out", "more"]), some.integers(0, 4)),
            max_size=14,
        ),
    )
    def test_the_waiting_list_as_a_simple_queue(self, acting, community, capacity, acts):
        """The model: a list in order of signing up, of whom those who got a place keep it."""
        with acting(community):
            shift = make.shift(make.announced(community), capacity=capacity)
            people = [make.volunteer(community, f"志愿者{n}") for n in range(5)]
            placed, queue = [], []
            for act, n in acts:
                if act == "in" and n not in placed and n not in queue:
                    service.sign_up(shift, people[n])
                    (placed if len(placed) < capacity else queue).append(n)
                elif act == "out" and (n in placed or n in queue):
                    (placed if n in placed else queue).remove(n)
                    mine = SignUp.objects.filter(shift=shift, volunteer=people[n])
                    service.withdraw(mine.exclude(state=SignUpState.CANCELLED).get())
                elif act == "more":
                    capacity += 1
                    shift = Shift.objects.get(pk=shift.pk)
                    shift.capacity = capacity
                    service.store_shift(shift, by=None)
                while queue and len(placed) < capacity:
                    placed.append(queue.pop(0))
            for state, expected in (("signed", placed), ("waiting", queue)):
                rows = SignUp.objects.filter(shift=shift, state=state)
                found = {people.index(row.volunteer) for row in rows.select_related("volunteer")}
                assert found == set(expected)


ATTEMPTS = 8


@pytest.mark.django_db(transaction=True)
def test_many_at_once_never_overbook(acting, leader, community):
    with acting(community):
        shift = make.shift(make.announced(community), capacity=3)
        keys = [make.volunteer(community, f"志愿者{n}").pk for n in range(ATTEMPTS)]
    to, start = Access(leader).scope(), Barrier(ATTEMPTS)

    def attempt(key):
        try:
            with scope(to):
                person = Volunteer.objects.get(pk=key)
                start.wait(timeout=60)
                return service.sign_up(shift, person, by=leader).state
        finally:
            connections.close_all()

    with ThreadPoolExecutor(ATTEMPTS) as pool:
        got = sorted(pool.map(attempt, keys))
    assert got == ["signed"] * 3 + ["waiting"] * (ATTEMPTS - 3)


@pytest.mark.django_db(transaction=True)
def test_one_person_at_once_in_two_overlapping_shifts_gets_one(acting, leader, community):
    with acting(community):
        shifts = [make.shift(make.announced(community, title=f"活动{n}")) for n in range(4)]
        key = make.volunteer(community).pk
    to, start = Access(leader).scope(), Barrier(4)

    def attempt(shift):
        try:
            with scope(to):
                person = Volunteer.objects.get(pk=key)
                start.wait(timeout=60)
                try:
                    return service.sign_up(shift, person, by=leader).state
                except ValidationError:
                    return "refused"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(attempt, shifts)) == ["refused"] * 3 + ["signed"]
