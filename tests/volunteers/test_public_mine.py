"""What a volunteer does on their own page: each act once, whatever is tapped, and only with their own."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.history import history_of
from residents.ages import years_before
from tests.factories import volunteers as made
from tests.volunteers.public_phone import ME, enter, text_of
from volunteers.enums.activities import ActivityState, SignUpState
from volunteers.enums.certificates import CertificateState
from volunteers.enums.hours import HoursState
from volunteers.models import HoursCorrection, ServiceCertificate, SignUp, Volunteer

pytestmark = pytest.mark.django_db


@pytest.fixture
def me(community, acting):
    with acting(community):
        return made.volunteer(community)


@pytest.fixture
def phone(client, me):
    enter(client, me)
    return client


@pytest.fixture
def make_shift(community, acting):
    """``make_shift(unit=…, **fields of the activity)``: tomorrow from nine, one place."""

    def make(unit=community, capacity=1, **fields):
        with acting(unit):
            of = made.announced(unit, timezone.localdate() + timedelta(days=1), **fields)
            return made.shift(of, capacity=capacity)

    return make


def page_of(shift) -> str:
    return f"{ME}shifts/{shift.pk}/"


def states(acting, unit):
    with acting(unit):
        return list(SignUp.objects.order_by("pk").values_list("state", flat=True))


# --- signing up ---------------------------------------------------------------------------------
def test_signing_up_twice_signs_up_once_and_withdrawing_twice_withdraws(
    phone, me, acting, community, make_shift
):
    shift = make_shift(risks="路滑", leader="周队长", leader_phone="13900000000")
    assert "周末清洁家园" in text_of(phone.get(ME))
    text = text_of(phone.get(page_of(shift)))
    for told in ("路滑", "周队长", "需要 1 人"):
        assert told in text
    for _ in range(2):
        answer = phone.post(page_of(shift), {"act": "sign-up"}, follow=True)
        assert "报名成功" in text_of(answer)
    assert states(acting, community) == [SignUpState.SIGNED]
    with acting(community):
        row = SignUp.objects.get()
        assert row.by_self
        assert row.volunteer == me
        assert history_of(row)[0].actor_label == "志愿者本人"
    for _ in range(2):
        phone.post(page_of(shift), {"act": "withdraw"})
    assert states(acting, community) == [SignUpState.CANCELLED]


def test_who_waits_reads_the_place_and_moves_up(phone, me, acting, community, make_shift):
    shift = make_shift()
    with acting(community):
        first = made.volunteer(community, "何小梅")
        made.sign_up(shift, first)
        made.sign_up(shift, made.volunteer(community, "赵大山"), SignUpState.WAITING)
    answer = phone.post(page_of(shift), {"act": "sign-up"}, follow=True)
    assert "候补名单" in text_of(answer)
    assert "候补第 2 位" in text_of(phone.get(ME))
    another = Client()
    enter(another, first)
    another.post(page_of(shift), {"act": "withdraw"})
    assert "候补第 1 位" in text_of(phone.get(ME))
    with acting(community):
        moved = SignUp.objects.get(state=SignUpState.SIGNED)
        assert history_of(moved)[0].actor_label == "另一位志愿者"


def test_the_rules_of_signing_up_are_those_of_staff(phone, me, acting, community, make_shift):
    """A risky type without insurance is refused with the reason."""
    shift = make_shift(code="patrol")
    answer = phone.post(page_of(shift), {"act": "sign-up"})
    assert answer.status_code == 200
    assert "没有有效的保险" in text_of(answer)
    assert states(acting, community) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"state": ActivityState.CANCELLED, "cancelled_for": "下雨"},
        {"is_public": False},
        {"state": ActivityState.PLANNED},
    ],
)
def test_a_shift_that_is_not_open_is_a_missing_page(phone, acting, community, make_shift, fields):
    shift = make_shift(**fields)
    for method in ("get", "post"):
        assert getattr(phone, method)(page_of(shift)).status_code == 404
    assert states(acting, community) == []


# --- nobody else's ------------------------------------------------------------------------------
def test_rows_of_others_answer_as_rows_that_never_were(
    phone, me, acting, community, other_community, make_shift
):
    foreign_shift = make_shift(other_community)
    with acting(community, other_community):
        another = made.volunteer(community, "金丝雀")
        of_another = made.service(another, made.held(community))
        foreign = made.service(made.volunteer(other_community), made.held(other_community))
        made.sign_up(foreign_shift, foreign.volunteer)
    pages = set()
    for path in (
        page_of(foreign_shift),
        f"{ME}shifts/987654/",
        f"{ME}records/{of_another.pk}/correct/",
        f"{ME}records/{foreign.pk}/correct/",
        f"{ME}records/987654/correct/",
    ):
        for answer in (phone.get(path), phone.post(path, {"act": "sign-up", "claim": "错"})):
            assert answer.status_code == 404
            pages.add(text_of(answer))
    assert len(pages) == 1
    with acting(community, other_community):
        assert not HoursCorrection.objects.exists()
        assert SignUp.objects.count() == 1
    for path in (ME, f"{ME}shifts/", f"{ME}records/", f"{ME}certificates/"):
        text = text_of(phone.get(path))
        assert "金丝雀" not in text
        assert another.serial_number not in text


@pytest.mark.parametrize("path", ["", "shifts/", "records/", "certificates/", "leave/", "publish/"])
def test_without_a_known_phone_every_page_asks_who_it_is(client, me, path):
    for answer in (client.get(ME + path), client.post(ME + path, {"may": "yes"})):
        assert answer.status_code == 200
        assert "志愿者证上的编号" in text_of(answer) or "印在志愿者证上" in text_of(answer)


# --- records, corrections, certificates -----------------------------------------------------------
def test_records_tell_their_state_and_a_correction_is_asked_for_once(phone, me, acting, community):
    with acting(community):
        record = made.service(me, made.held(community), state=HoursState.CONFIRMED)
    text = text_of(phone.get(f"{ME}records/"))
    for told in ("周末清洁家园", "已确认", "2.00 小时", "申请更正"):
        assert told in text
    path = f"{ME}records/{record.pk}/correct/"
    refused = text_of(phone.post(path, {"claim": "", "hours": "25"}))
    assert "请写明哪里记错了" in refused
    assert "一次服务不能超过 24 小时" in refused
    assert "与现在登记的时长相同" in text_of(phone.post(path, {"claim": "错", "hours": "2"}))
    for _ in range(2):
        answer = phone.post(path, {"claim": "多做了半小时", "hours": "2.5"}, follow=True)
        assert "更正申请已提交" in text_of(answer)
    with acting(community):
        correction = HoursCorrection.objects.get()
        assert (correction.wanted_minutes, correction.by_self) == (150, True)
        assert history_of(correction)[0].actor_label == "志愿者本人"
    assert "待处理" in text_of(phone.get(f"{ME}records/"))


def test_the_page_tells_hours_and_the_way_to_the_next_star(phone, me, acting, community):
    with acting(community):
        of = made.held(community)
        made.service(me, of, 8, minutes=90)
        made.service(me, of, 12, minutes=60, state=HoursState.POSTED)
    text = text_of(phone.get(ME))
    for told in ("1.50 小时", "1.00 小时", "未评星级", "离一星级还差", "98.50 小时"):
        assert told in text


def test_a_certificate_is_asked_for_once_and_its_way_is_shown(phone, me, acting, community):
    path = f"{ME}certificates/"
    data = {"purpose": "升学", "starts_on": "2025-01-01", "ends_on": "2025-12-31"}
    assert "没有已计入的服务记录" in text_of(phone.post(path, data))
    with acting(community):
        made.service(me, made.held(community))
    for _ in range(2):
        assert "证明申请已提交" in text_of(phone.post(path, data, follow=True))
    with acting(community):
        asked = ServiceCertificate.objects.get()
        assert (asked.state, asked.by_self) == (CertificateState.REQUESTED, True)


# --- the name ---------------------------------------------------------------------------------
def test_under_age_nobody_makes_their_name_public(client, acting, community):
    today = timezone.localdate()
    with acting(community):
        young = made.volunteer(community, born_on=years_before(today, 18) + timedelta(days=1))
    enter(client, young)
    assert "满 18 周岁前不公开全名" in text_of(client.get(ME))
    answer = client.post(f"{ME}publish/", {"may": "yes"})
    assert "未满 18 周岁" in text_of(answer)
    with acting(community):
        assert not Volunteer.objects.get(pk=young.pk).may_publish
        Volunteer.objects.filter(pk=young.pk).update(may_publish=True)
    assert "只显示您的姓" in text_of(client.get(ME))
    client.post(f"{ME}publish/", {"may": "no"})
    with acting(community):
        assert not Volunteer.objects.get(pk=young.pk).may_publish


# --- leaving ------------------------------------------------------------------------------------
def test_who_leaves_gives_the_places_back_and_the_phone_forgets(
    phone, me, acting, community, make_shift
):
    shift = make_shift()
    phone.post(page_of(shift), {"act": "sign-up"})
    with acting(community):
        next_one = made.sign_up(shift, made.volunteer(community, "何小梅"), SignUpState.WAITING)
    answer = phone.post(f"{ME}leave/", {"reason": "搬家"})
    assert "感谢您参加志愿服务" in text_of(answer)
    with acting(community):
        gone = Volunteer.objects.get(pk=me.pk)
        assert (gone.left_on, gone.leaving_reason) == (timezone.localdate(), "搬家")
        next_one.refresh_from_db()
        assert next_one.state == SignUpState.SIGNED
        assert SignUp.objects.get(volunteer=me).state == SignUpState.CANCELLED
    assert "林晓燕" not in text_of(phone.get(ME))


def test_on_a_day_of_service_nobody_leaves(phone, me, acting, community):
    with acting(community):
        made.service(me, made.held(community, timezone.localdate()), 0, minutes=1)
    answer = phone.post(f"{ME}leave/", {"reason": ""})
    assert "请明天再办理退出" in text_of(answer)
    with acting(community):
        assert Volunteer.objects.get(pk=me.pk).left_on is None


def test_records_are_read_in_as_many_queries_however_many_there_are(phone, me, acting, community):
    def queries():
        with CaptureQueriesContext(connection) as found:
            text = text_of(phone.get(f"{ME}records/"))
        return len(found), text

    def serve(start):
        record = made.service(me, made.held(community), start, minutes=60)
        HoursCorrection.objects.create(
            unit=community, service=record, occurred_on=made.DAY, claim=f"{start}点的记少了"
        )

    with acting(community):
        serve(8)
    few, _ = queries()
    with acting(community):
        for start in (10, 12, 14):
            serve(start)
    many, text = queries()
    assert many == few
    assert "14点的记少了" in text
    assert "8点的记少了" in text
