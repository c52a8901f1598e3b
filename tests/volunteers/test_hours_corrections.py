"""Corrections: asked by the volunteer or on their behalf, answered; what counts only by who approves."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from portal.history import history_of
from portal.roles import Role
from portal.scope import Denied
from tests.disability.posting import keyed
from tests.factories import volunteers as make
from volunteers.enums.hours import CorrectionState, RecordManner
from volunteers.enums.hours import HoursState as S
from volunteers.models import HoursCorrection, ServiceRecord
from volunteers.services.corrections import MAY_BE_WRONG, answer, ask, store_asked
from volunteers.services.hours import take


@pytest.fixture
def clerk(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community, "clerk", name="李梅")


@pytest.fixture
def head(make_user, community):
    return make_user(Role.COMMUNITY_HEAD, community, "head", name="周书记")


@pytest.fixture
def record(acting, community):
    with acting(community):
        yield make.service(make.volunteer(community), make.held(community), minutes=120)


def put(record, state):
    values = {"state": state, "void_reason": "查无此事" if state in (S.REFUSED, S.REVOKED) else ""}
    if state == S.OPEN:
        values |= {"left_at": None, "minutes": None}
    ServiceRecord.objects.filter(pk=record.pk).update(**values)
    record.refresh_from_db()
    return record


@pytest.mark.parametrize("state", S.values)
def test_which_records_may_be_wrong(record, state):
    ready = put(record, state)
    if state in MAY_BE_WRONG:
        assert ask(ready, "时间不对", 60).by_self
        return
    with pytest.raises(ValidationError, match="不能申请更正"):
        ask(ready, "时间不对", 60)


def test_one_at_a_time_and_not_for_what_it_already_says(record, clerk):
    with pytest.raises(ValidationError, match="与现在登记的时长相同"):
        ask(record, "时间不对", 120, by=clerk)
    asked = ask(record, "时间不对", 150, by=clerk)
    assert (asked.by_self, asked.recorded_by) == (False, clerk)
    with pytest.raises(ValidationError, match="已有一件更正申请"):
        ask(record, "还是不对", 180, by=clerk)


def test_a_counted_record_is_changed_only_by_who_approves(record, clerk, head):
    asked = ask(record, "早退了半小时", 90)
    with pytest.raises(Denied, match="有审批权限的负责人"):
        answer(asked, "accept", "已核对", by=clerk)
    answer(asked, "accept", "已核对", by=head)
    record.refresh_from_db()
    assert (record.state, record.minutes, record.pause_minutes) == (S.RECORDED, 90, 30)
    assert record.counted_on is None


def test_a_longer_service_leaves_the_minutes_alone_and_the_history(record, clerk):
    put(record, S.CONFIRMED)
    asked = ask(record, "实际到 12 点", 180)
    answer(asked, "accept", "照片为证", by=clerk)
    record.refresh_from_db()
    assert (record.minutes, record.came_at, record.left_at) == (180, None, None)
    assert (record.manner, record.reason) == (RecordManner.LATER, "更正：照片为证")
    changed = {change.label for entry in history_of(record)[:1] for change in entry.changes}
    assert {"服务时长（分钟）", "签退时间", "补记原因"} <= changed


def test_without_minutes_the_answer_says_them(record, clerk):
    put(record, S.RECORDED)
    asked = ask(record, "少记了", None)
    with pytest.raises(ValidationError, match="请填写更正后的时长"):
        answer(asked, "accept", "已核对", by=clerk)
    asked.refresh_from_db()
    assert asked.state == CorrectionState.OPEN
    answer(asked, "accept", "已核对", by=clerk, minutes=100)
    record.refresh_from_db()
    assert record.minutes == 100


def test_a_day_of_more_than_24_hours_is_not_made_by_a_correction(record, clerk, community):
    put(record, S.RECORDED)
    other = make.held(community, title="通宵巡逻")
    make.service(record.volunteer, other, start=12, minutes=700, state=S.RECORDED)
    asked = ask(record, "一直在岗", 14 * 60)
    with pytest.raises(ValidationError, match="一天超过 24 小时"):
        answer(asked, "accept", "已核对", by=clerk)
    asked.refresh_from_db()
    assert asked.state == CorrectionState.OPEN


def test_a_refusal_leaves_the_record_and_tells_why(record, clerk):
    put(record, S.CONFIRMED)
    asked = ask(record, "我觉得更久", 600)
    with pytest.raises(ValidationError, match="请填写答复"):
        answer(asked, "refuse", " ", by=clerk)
    answered = answer(asked, "refuse", "签到表有您本人签名", by=clerk)
    assert (answered.state, answered.answer) == (CorrectionState.REFUSED, "签到表有您本人签名")
    record.refresh_from_db()
    assert (record.state, record.minutes) == (S.CONFIRMED, 120)
    with pytest.raises(ValidationError, match="现在是“未更正”"):
        answer(answered, "accept", "改主意", by=clerk, minutes=60)


def test_the_pages_ask_on_behalf_and_answer(record, clerk, head, client_of, acting, community):
    client = client_of(clerk)
    sent = {
        "service": record.pk,
        "service_text": "",
        "occurred_on": str(record.occurred_on + timedelta(days=1)),
        "wanted_minutes": "90",
        "claim": "早退了半小时",
    }
    assert client.post("/ledger/hours-corrections/add/", keyed(sent)).status_code == 302
    with acting(community):
        asked = HoursCorrection.objects.get()
    url = f"/volunteers/corrections/{asked.pk}/accept/"
    assert client.get(url).status_code == 403
    page = client_of(head).get(url).content.decode()
    assert "登记2.00小时。申请：早退了半小时" in page
    sent = {"versions": f"{asked.pk}:{asked.version}", "minutes": "90", "answer": "已核对签到表"}
    assert client_of(head).post(url, keyed(sent)).status_code == 302
    with acting(community):
        record.refresh_from_db()
        assert (record.state, record.minutes) == (S.RECORDED, 90)


def test_who_asked_on_behalf_does_not_accept(record, clerk, head):
    put(record, S.RECORDED)
    asked = ask(record, "少记了", 150, by=clerk)
    with pytest.raises(ValidationError, match="请另一位同事核对后更正"):
        answer(asked, "accept", "已核对", by=clerk)
    asked.refresh_from_db()
    assert asked.state == CorrectionState.OPEN
    answer(asked, "accept", "已核对", by=head)
    record.refresh_from_db()
    assert record.minutes == 150


def test_who_rewrites_what_another_asked_has_asked_for_it(record, clerk, make_user, community):
    put(record, S.RECORDED)
    leader = make_user(Role.VOLUNTEER_LEADER, community, "leader", name="郑队长")
    asked = ask(record, "少记了", 150, by=leader)
    asked.wanted_minutes = 600
    store_asked(asked, by=clerk)
    with pytest.raises(ValidationError, match="请另一位同事核对后更正"):
        answer(asked, "accept", "已核对", by=clerk)


@pytest.mark.parametrize("minutes", [90, 180])
def test_new_minutes_are_confirmed_by_somebody_else(record, clerk, head, minutes):
    put(record, S.RECORDED)
    answer(ask(record, "时间不对", minutes), "accept", "已核对", by=clerk)
    record.refresh_from_db()
    found = (record.manner, record.reason, record.recorded_by)
    assert found == (RecordManner.LATER, "更正：已核对", clerk)
    with pytest.raises(ValidationError, match="不能由补记人自己确认"):
        take([record], "confirm", by=clerk)


def test_what_a_volunteer_asked_for_is_answered_and_neither_changed_nor_deleted(
    record, clerk, client_of
):
    asked = ask(record, "早退了半小时", 90)
    url = f"/ledger/hours-corrections/{asked.pk}/"
    client = client_of(clerk)
    assert "志愿者本人提出的更正申请不能修改" in client.get(f"{url}edit/").content.decode()
    client.post(f"{url}delete/", keyed({"version": asked.version}))
    asked.claim = "没有意见"
    with pytest.raises(ValidationError, match="志愿者本人提出的更正申请不能修改"):
        store_asked(asked, by=clerk)
    asked.refresh_from_db()
    assert (asked.deleted_at, asked.claim) == (None, "早退了半小时")


def test_what_the_record_is_meanwhile_is_looked_at(record):
    ServiceRecord.objects.filter(pk=record.pk).update(state=S.REVOKED, void_reason="查无此事")
    assert record.state != S.REVOKED
    with pytest.raises(ValidationError, match="不能申请更正"):
        ask(record, "时间不对", 60)
