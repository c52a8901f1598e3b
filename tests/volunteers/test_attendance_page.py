"""签到 on the leader's phone, 认定时长 of a whole activity, and the short pages of one record."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.roles import Role
from tests.disability.posting import keyed
from tests.factories import volunteers as make
from volunteers.enums.activities import SignUpState
from volunteers.enums.hours import HoursState as S
from volunteers.models import ServiceRecord, VolunteerActivity

DAY = make.DAY


@pytest.fixture
def clock(monkeypatch):
    def set_to(hour, minute=0, day=DAY):
        now = make.at(day, hour, minute)
        monkeypatch.setattr(timezone, "now", lambda: now)

    set_to(9)
    return set_to


@pytest.fixture
def leader(make_user, community):
    return make_user(Role.VOLUNTEER_LEADER, community, "leader", name="郑队长")


@pytest.fixture
def head(make_user, community):
    return make_user(Role.COMMUNITY_HEAD, community, "head", name="周书记")


@pytest.fixture
def scene(acting, community, clock):
    with acting(community):
        shift = make.shift(make.announced(community), name="上午班")
        people = [make.volunteer(community, name) for name in ("林晓燕", "高建国")]
        for person in people:
            make.sign_up(shift, person)
        yield shift, people


@pytest.fixture
def tap(scene, leader, client_of):
    """Posts to the page and gives it as it is shown then."""
    url = f"/volunteers/shifts/{scene[0].pk}/attendance/"

    def act(**sent):
        client = client_of(leader)
        if sent:
            return client.post(url, keyed(sent), follow=True).content.decode()
        return client.get(url).content.decode()

    return act


def state_of(person):
    return ServiceRecord.objects.get(volunteer=person).state


def test_one_tap_in_and_one_tap_out(scene, tap, clock):
    shift, (one, other) = scene
    assert "未到的全部签到" in tap()
    assert "林晓燕已签到" in tap(**{"in": one.pk})
    assert state_of(one) == S.OPEN
    held = VolunteerActivity.objects.get(pk=shift.activity_id)
    assert (held.state, held.activity.domains) == ("held", ["sanitation", "volunteers"])
    clock(11, 30)
    record = ServiceRecord.objects.get()
    assert "林晓燕已签退" in tap(out=record.pk)
    record.refresh_from_db()
    assert (record.state, record.minutes, record.recorder) == (S.RECORDED, 150, "郑队长")
    assert ServiceRecord.objects.filter(volunteer=other).count() == 0


def test_all_at_once_and_who_cannot_is_named(scene, tap, clock, community):
    shift, (_, other) = scene
    make.service(other, make.held(community, title="义务巡逻"), start=8, minutes=90)
    text = tap(**{"all-in": 1})
    assert "林晓燕已签到" in text
    assert "高建国在这段时间已有服务记录：“义务巡逻”3月8日 08:00—09:30" in text
    clock(12)
    assert "林晓燕已签退" in tap(**{"all-out": 1})
    assert ServiceRecord.objects.filter(activity=shift.activity).count() == 1


def test_who_waits_for_a_place_is_not_let_in_with_all(scene, tap, community):
    shift, _ = scene
    third = make.volunteer(community, "韦英堃")
    make.sign_up(shift, third, SignUpState.WAITING)
    assert "2 人已签到" in tap(**{"all-in": 1})
    assert not ServiceRecord.objects.filter(volunteer=third).exists()


def test_somebody_who_came_unannounced(scene, tap, community):
    third = make.volunteer(community, "韦英堃")
    assert "没有找到" in tap(add=1, volunteer="", volunteer_text="查无此人")
    text = tap(add=1, volunteer=third.pk, volunteer_text="")
    assert "韦英堃已签到" in text
    assert "没有报名、现场来的" in text
    assert state_of(third) == S.OPEN


def test_after_the_shift_the_true_time_is_asked(scene, tap, clock, leader, client_of):
    _, (one, _) = scene
    tap(**{"in": one.pk})
    record = ServiceRecord.objects.get()
    clock(13, 30)
    assert "补登签退" in tap()
    url = f"/volunteers/records/{record.pk}/check_out/"
    client = client_of(leader)
    sent = {"versions": f"{record.pk}:{record.version}", "left_at": "11:40", "pause_minutes": ""}
    assert "忘记签退的，请写明原因" in client.post(url, keyed(sent)).content.decode()
    client.post(url, keyed(sent | {"reason": "手机没电"}))
    record.refresh_from_db()
    assert (record.state, record.minutes, record.reason) == (S.RECORDED, 160, "手机没电")


def test_too_early_and_too_late_nobody_is_let_in(scene, tap, clock):
    _, (one, _) = scene
    clock(8, 10)
    assert "08:30起可以签到" in tap().replace(" ", "")
    assert "还没有到签到时间" in tap(**{"in": one.pk})
    clock(12, 30)
    assert "班次已于3月8日 12:00结束" in tap(**{"in": one.pk})
    assert not ServiceRecord.objects.exists()


def test_another_units_shift_is_not_there(scene, client_of, make_user, other_community):
    stranger = make_user(Role.VOLUNTEER_LEADER, other_community)
    url = f"/volunteers/shifts/{scene[0].pk}/attendance/"
    assert client_of(stranger).get(url).status_code == 404


def test_a_whole_activity_is_confirmed_at_once(scene, clock, community, leader, head, client_of):
    _, (one, other) = scene
    activity = make.held(community, title="大扫除")
    short = make.service(one, activity, minutes=120, state=S.RECORDED)
    long = make.service(other, activity, start=8, minutes=600, state=S.RECORDED)
    clock(20)
    url = f"/volunteers/activities/{activity.pk}/hours/"
    text = client_of(leader).get(url).content.decode()
    assert "当天共10.00小时，超过每日上限8.00小时" in text
    both = {"step": "confirm", "record": [f"{r.pk}:{r.version}" for r in (short, long)]}
    refused = client_of(leader).post(url, keyed(both), follow=True).content.decode()
    assert "须先由负责人批准超时" in refused
    approve = {"step": "approve", "record": f"{long.pk}:{long.version}"}
    assert (
        "已批准超时 1 条" in client_of(head).post(url, keyed(approve), follow=True).content.decode()
    )
    stale = client_of(leader).post(url, keyed(both), follow=True).content.decode()
    assert "别人改过其中的记录" in stale
    long.refresh_from_db()
    both["record"] = [f"{r.pk}:{r.version}" for r in (short, long)]
    assert "已确认 2 条" in client_of(leader).post(url, keyed(both), follow=True).content.decode()
    assert {state_of(one), state_of(other)} == {S.CONFIRMED}


def test_refusing_one_record_asks_why(scene, community, leader, client_of):
    record = make.service(scene[1][0], make.held(community), state=S.RECORDED)
    url = f"/volunteers/records/{record.pk}/refuse/"
    client, sent = client_of(leader), {"versions": f"{record.pk}:{record.version}"}
    assert "请填写原因" in client.post(url, keyed(sent)).content.decode()
    client.post(url, keyed(sent | {"void_reason": "没有参加"}))
    record.refresh_from_db()
    assert (record.state, record.void_reason) == (S.REFUSED, "没有参加")
    assert client.get(f"/volunteers/records/{record.pk}/nonsense/").status_code == 404
    late = client.get(url, follow=True).content.decode()
    assert "这一步已经办过" in late
    assert record.came_at + timedelta(hours=2) == record.left_at
