"""The way of a record as a table: every state × step × role is either taken or refused."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from portal.errors import StaleRecord
from portal.roles import Role
from portal.scope import Denied
from tests.factories import volunteers as make
from volunteers.enums.hours import HoursState as S
from volunteers.models import HoursRule, ServiceRecord
from volunteers.selectors.hours import rule_on, told_hours
from volunteers.services.hours import take

# step → the states that it starts from, where it leads, and who may take it
TABLE = {
    "confirm": ({S.RECORDED}, S.CONFIRMED, {"clerk", "leader"}),
    "approve": ({S.RECORDED}, S.RECORDED, {"head", "supervisor"}),
    "refuse": ({S.OPEN, S.RECORDED, S.CONFIRMED, S.POSTED}, S.REFUSED, {"clerk", "leader"}),
    "revoke": ({S.COUNTED}, S.REVOKED, {"head", "supervisor"}),
}
ROLES = {
    "clerk": Role.COMMUNITY_STAFF,
    "leader": Role.VOLUNTEER_LEADER,
    "head": Role.COMMUNITY_HEAD,
    "supervisor": Role.STREET_SUPERVISOR,
    "section": Role.STREET_SECTION,
    "window": Role.WINDOW_CLERK,
    "trainee": Role.TRAINEE,
}
ABOVE = {"supervisor", "section"}


@pytest.fixture
def record(acting, community):
    with acting(community):
        yield make.service(
            make.volunteer(community), make.held(community), minutes=540, state=S.RECORDED
        )


@pytest.fixture
def everybody(make_user, community, street):
    return {
        name: make_user(role, street if name in ABOVE else community)
        for name, role in ROLES.items()
    }


def put(record, state):
    """The record in that state, with what the state needs."""
    values = {"state": state, "approved_by": None, "void_reason": ""}
    if state == S.OPEN:
        values |= {"left_at": None, "minutes": None}
    if state in (S.REFUSED, S.REVOKED):
        values["void_reason"] = "查无此事"
    ServiceRecord.objects.filter(pk=record.pk).update(**values)
    record.refresh_from_db()
    return record


@pytest.mark.parametrize("step", sorted(TABLE))
@pytest.mark.parametrize("state", S.values)
def test_every_state_step_and_role(record, everybody, state, step):
    sources, target, roles = TABLE[step]
    for name, user in everybody.items():
        ready = put(record, state)
        if step == "confirm" and state == S.RECORDED:
            ServiceRecord.objects.filter(pk=record.pk).update(approved_by=everybody["head"])
            ready.refresh_from_db()
        if name not in roles:
            with pytest.raises(Denied):
                take([ready], step, by=user, note="核对后")
        elif state not in sources:
            with pytest.raises(ValidationError, match="现在是"):
                take([ready], step, by=user, note="核对后")
        else:
            take([ready], step, by=user, note="核对后")
            ready.refresh_from_db()
            assert ready.state == target, (name, state, step)


@pytest.mark.parametrize("step", ["post", "count", "check_out"])
def test_steps_that_are_not_taken_by_hand(record, everybody, step):
    with pytest.raises(ValidationError, match="不在这里办理"):
        take([record], step, by=everybody["clerk"])


@pytest.mark.parametrize("step", ["refuse", "revoke"])
def test_who_refuses_or_revokes_says_why(record, everybody, step):
    state, user = (S.RECORDED, "clerk") if step == "refuse" else (S.COUNTED, "head")
    with pytest.raises(ValidationError) as caught:
        take([put(record, state)], step, by=everybody[user], note="  ")
    assert set(caught.value.message_dict) == {"void_reason"}


def test_all_of_them_or_none(record, everybody, community):
    other = make.service(
        make.volunteer(community, "高建国"), record.activity, minutes=60, state=S.CONFIRMED
    )
    third = make.service(
        make.volunteer(community, "韦英堃"), record.activity, minutes=60, state=S.RECORDED
    )
    with pytest.raises(ValidationError, match=r"高建国（2025-03-08）：现在是“已确认”"):
        take([third, other], "confirm", by=everybody["clerk"])
    third.refresh_from_db()
    assert third.state == S.RECORDED


def test_a_record_that_somebody_changed_meanwhile(record, everybody):
    stale = ServiceRecord.objects.get(pk=record.pk)
    record.what = "清扫楼道"
    record.save()
    with pytest.raises(StaleRecord):
        take([stale], "refuse", by=everybody["clerk"], note="重复登记")


def test_two_records_of_one_day_are_over_together(record, everybody, community):
    ServiceRecord.objects.filter(pk=record.pk).update(
        minutes=300, left_at=record.came_at + timedelta(minutes=300)
    )
    evening = make.service(
        record.volunteer,
        make.held(community, title="夜巡"),
        start=18,
        minutes=181,
        state=S.RECORDED,
    )
    record.refresh_from_db()
    for each in (record, evening):
        with pytest.raises(ValidationError, match=r"当天共8\.02小时"):
            take([each], "confirm", by=everybody["leader"])


def test_the_rule_is_the_own_one_then_the_nearest_above_then_the_national(
    acting, community, other_community, street
):
    with acting(street):
        day = make.DAY
        national = rule_on(community, day)
        assert (national.pk, national.posting_days, national.one) == (None, 7, 100)
        assert "民函〔2012〕340号" in national.basis
        make_rule(street, day - timedelta(days=10), daily_minutes=600)
        make_rule(street, day, daily_minutes=540)
        make_rule(community, day + timedelta(days=1), daily_minutes=300)
        assert rule_on(street, day - timedelta(days=11)).pk is None
        assert rule_on(community, day - timedelta(days=1)).daily_minutes == 600
        assert rule_on(community, day).daily_minutes == 540
        assert rule_on(community, day + timedelta(days=1)).daily_minutes == 300
        assert rule_on(other_community, day + timedelta(days=1)).daily_minutes == 540


def make_rule(unit, day, **fields):
    return HoursRule.objects.create(unit=unit, starts_on=day, **fields)


def test_minutes_are_told_as_hours_with_two_decimals():
    assert [told_hours(m) for m in (None, 0, 1, 20, 90, 600_000)] == [
        "—", "0.00", "0.02", "0.33", "1.50", "10,000.00",
    ]  # fmt: skip
