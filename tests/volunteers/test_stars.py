"""Stars: reached by counted minutes, granted from a list, never lowered, taken away for fraud alone."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.models import RoleAssignment
from portal.roles import Role
from portal.scope import Denied
from tests.disability.posting import keyed
from tests.factories import volunteer_hours
from tests.factories import volunteers as make
from tests.portal.test_figures_agree import undone
from volunteers.enums.hours import HoursState, Star
from volunteers.models import HoursRule, ServiceRecord, StarAward
from volunteers.selectors.hours import counted_minutes, minutes_by_year
from volunteers.selectors.stars import next_star, present_star, promotions
from volunteers.services.stars import grant, record_award, revoke

DAY = date(2025, 6, 30)


@pytest.fixture
def clerk(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community, "clerk", name="李梅")


@pytest.fixture
def head(make_user, community):
    return make_user(Role.COMMUNITY_HEAD, community, "head", name="周书记")


def served(person, minutes, day=make.DAY, state=HoursState.COUNTED):
    """Counted hours of many days at once: lists of a former time know the sums alone."""
    activity = make.held(person.unit, day)
    left, found = minutes, None
    while left > 0:
        found = ServiceRecord.objects.create(
            unit=person.unit,
            volunteer=person,
            activity=activity,
            occurred_on=day,
            minutes=min(left, 1440),
            manner="later",
            reason="旧登记册补录",
            state=state,
        )
        left -= 1440
    return found


@pytest.fixture
def person(acting, community):
    with acting(community):
        yield make.volunteer(community)


@pytest.mark.parametrize(
    ("minutes", "level"),
    [(5999, None), (6000, 1), (17999, 1), (18000, 2), (36000, 3), (60000, 4), (90000, 5)],
)
def test_the_edges_of_the_levels(person, community, minutes, level):
    served(person, minutes)
    found = promotions(community, DAY)
    assert [each.level for each in found] == ([level] if level else [])


def test_only_what_counts_by_the_day_counts(person, community):
    served(person, 3000)
    served(person, 3000, day=date(2025, 7, 1))
    for state in (HoursState.RECORDED, HoursState.CONFIRMED, HoursState.POSTED):
        served(person, 3000, state=state)
    assert counted_minutes(person, DAY) == 3000
    assert promotions(community, DAY) == []
    assert next_star(person, DAY) == (Star.ONE, 3000)
    assert [each.level for each in promotions(community, date(2025, 7, 1))] == [Star.ONE]


def test_granted_once_with_the_minutes_of_the_day(person, community, clerk):
    served(person, 18100)
    [award] = grant(community, [person.pk], DAY, by=clerk)
    assert (award.level, award.minutes, award.occurred_on) == (Star.TWO, 18100, DAY)
    assert present_star(person, DAY) == Star.TWO
    assert present_star(person, DAY - timedelta(days=1)) is None
    assert promotions(community, DAY) == []
    with pytest.raises(ValidationError, match="名单已有变化"):
        grant(community, [person.pk], DAY, by=clerk)


def test_a_rule_that_rises_takes_no_star_away(person, community, clerk):
    served(person, 18100)
    grant(community, [person.pk], DAY, by=clerk)
    levels = {"one": 1000, "two": 2000, "three": 3000, "four": 4000, "five": 5000}
    HoursRule.objects.create(unit=community, starts_on=DAY + timedelta(days=1), **levels)
    later = DAY + timedelta(days=30)
    assert present_star(person, later) == Star.TWO
    assert next_star(person, later) == (Star.THREE, 3000 * 60 - 18100)
    assert promotions(community, later) == []


def test_taken_away_only_by_who_approves_and_with_a_reason(person, community, clerk, head):
    served(person, 6000)
    [award] = grant(community, [person.pk], DAY, by=clerk)
    with pytest.raises(Denied):
        revoke(award, "虚报时长", by=clerk)
    with pytest.raises(ValidationError, match="请写明原因"):
        revoke(award, " ", by=head)
    revoke(award, "虚报时长", by=head)
    assert present_star(person) is None
    assert promotions(community, date(2025, 12, 31)) == []
    with pytest.raises(ValidationError, match="已于"):
        revoke(award, "再次", by=head)


def test_who_left_or_is_another_units_is_not_on_the_list(
    acting, person, community, other_community, street, clerk
):
    served(person, 6000)
    person.left_on, person.leaving_reason = date(2025, 5, 1), "搬迁"
    person.save()
    with acting(street):
        foreign = make.volunteer(other_community)
        served(foreign, 6000)
    assert promotions(community, DAY) == []
    assert [each.level for each in promotions(community, date(2025, 4, 30))] == [Star.ONE]
    with pytest.raises(ValidationError, match="名单已有变化"):
        grant(community, [foreign.pk], DAY, by=clerk)


def test_hours_by_year(person):
    served(person, 600)
    served(person, 120, day=date(2024, 5, 5))
    assert minutes_by_year(person) == [(2025, 600), (2024, 120)]


def test_the_list_on_the_screen_and_the_page_of_a_volunteer(person, community, clerk, client_of):
    served(person, 6030)
    client = client_of(clerk)
    page = client.get("/volunteers/stars/promotions/?day=2025-06-30").content.decode()
    assert "未评星级 → <strong>一星级</strong>" in page
    sent = {"unit": community.pk, "day": "2025-06-30", "volunteer": person.pk}
    assert client.post("/volunteers/stars/promotions/", keyed(sent)).status_code == 302
    assert StarAward.objects.get().level == Star.ONE
    page = client.get(f"/volunteers/people/{person.pk}/hours/").content.decode()
    assert "一星级" in page
    assert '距二星级还差 <strong class="nums">199.50</strong> 小时' in page


def test_a_star_by_hand_needs_the_hours_but_for_a_register_of_former_times(
    person, community, clerk, client_of
):
    client = client_of(clerk)
    sent = {
        "volunteer": person.pk, "volunteer_text": "", "occurred_on": "2025-06-30", "level": "2",
    }  # fmt: skip
    page = client.post("/ledger/star-awards/add/", keyed(sent)).content.decode()
    assert "计入0.00小时，二星级要300.00小时" in page
    assert not StarAward.objects.exists()


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    steps=st.lists(
        st.tuples(
            st.integers(min_value=1, max_value=1400),
            st.lists(st.integers(min_value=1, max_value=60), min_size=5, max_size=5, unique=True),
        ),
        min_size=1,
        max_size=5,
    )
)
def test_a_star_never_falls_as_rules_change(person, community, clerk, steps):
    with undone():
        highest, day = 0, date(2025, 1, 1)
        for minutes, hours in steps:
            day += timedelta(days=1)
            one, two, three, four, five = sorted(hours)
            HoursRule.objects.create(
                unit=community, starts_on=day,
                one=one, two=two, three=three, four=four, five=five,
            )  # fmt: skip
            served(person, minutes, day=day)
            due = [each.volunteer.pk for each in promotions(community, day)]
            if due:
                grant(community, due, day, by=clerk)
            now = present_star(person, day) or 0
            assert now >= highest
            highest = now


def award_of(person, level=1, **fields):
    return StarAward(unit=person.unit, volunteer=person, level=level, occurred_on=DAY, **fields)


@pytest.mark.parametrize("changed", ["level", "volunteer", "occurred_on"])
def test_a_star_is_not_raised_or_moved_without_the_hours(person, community, clerk, changed):
    served(person, 6000)
    award = record_award(award_of(person), by=clerk)
    others = {
        "level": Star.FIVE,
        "volunteer": make.volunteer(community, "高建国"),
        "occurred_on": date(2025, 1, 1),
    }
    setattr(award, changed, others[changed])
    with pytest.raises(ValidationError, match="星级要"):
        record_award(award, by=clerk)
    award.refresh_from_db()
    award.highlight = True
    assert record_award(award, by=clerk).highlight


def test_stars_of_a_file_where_hours_are_kept_come_from_who_approves(
    person, community, clerk, head
):
    record_award(award_of(person), by=clerk, from_file=True)
    volunteer_hours.posting(community)
    with pytest.raises(ValidationError, match="兼有登记和审批权限的账号导入"):
        record_award(award_of(person, 2), by=clerk, from_file=True)
    role = {"unit": community, "role": Role.COMMUNITY_STAFF, "valid_from": date(2020, 1, 1)}
    RoleAssignment.objects.create(user=head, **role)
    assert record_award(award_of(person, 2), by=head, from_file=True).level == Star.TWO
    served(person, 36000)
    assert record_award(award_of(person, 3), by=clerk, from_file=True).level == Star.THREE
