"""Requests for help: from a household's words to a shift, to being served, or to a reason why not."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.errors import StaleRecord
from portal.ledgers import ledgers
from portal.roles import Role
from portal.worklists import worklists
from tests import factories
from tests.factories import volunteers as made
from volunteers.enums.activities import ActivityState, SignUpState
from volunteers.enums.help import HelpState, ServiceKind
from volunteers.models import HelpRequest, Served, Shift, VolunteerActivity
from volunteers.services import help as services

pytestmark = pytest.mark.django_db
S = HelpState


@pytest.fixture
def clerk(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community, "clerk", name="李梅")


@pytest.fixture
def leader(make_user, community):
    return make_user(Role.VOLUNTEER_LEADER, community, "leader", name="陈队长")


@pytest.fixture
def asked(acting, community):
    """A request of somebody with a home, a phone and two care tags."""
    with acting(community):
        person = factories.resident(
            community, "黄文发", phone="13812345678", address="明珠路 8 号 3 栋 402"
        )
        factories.member(factories.household(community), person)
        factories.care_tag(person, "lonely_elder")
        factories.care_tag(person, "extreme_poverty", ends_on=date(2025, 2, 1))
        return made.help_request(person)


@pytest.fixture
def arranged(acting, asked):
    """In a shift on the eighth of March 2025."""
    with acting(asked.unit):
        shift = made.shift(made.held(asked.unit))
        asked.shift, asked.state = shift, S.ARRANGED
        asked.save()
        return asked


def sent(client, url, record, **fields):
    data = {"_key": str(uuid4()), "versions": f"{record.pk}:{record.version}"} | fields
    return client.post(url, data)


def again(asked):
    return HelpRequest.objects.get(pk=asked.pk)


# --- arranging ------------------------------------------------------------------------------------
def test_a_request_becomes_a_new_activity_with_one_shift_in_one_page(
    acting, client_of, clerk, asked
):
    url, day = f"/volunteers/help/{asked.pk}/arrange/", timezone.localdate() + timedelta(days=3)
    page = client_of(clerk).get(url).content.decode()
    assert "打扫卫生上门服务" in page  # the title begins without the household
    answer = sent(
        client_of(clerk),
        url,
        asked,
        title="入户清洁",
        type=made_type("home_cleaning"),
        day=day.isoformat(),
        starts="09:00",
        ends="11:00",
        capacity="3",
        place="社区居委会",
        leader="陈队长",
    )
    assert answer.status_code == 302, answer.content.decode()
    with acting(clerk):
        row = again(asked)
        shift = Shift.objects.select_related("activity").get(pk=row.shift_id)
        assert row.state == S.ARRANGED
        assert (shift.capacity, timezone.localtime(shift.starts_at).hour) == (3, 9)
        assert (shift.activity.title, shift.activity.starts_on) == ("入户清洁", day)
        assert shift.activity.state == ActivityState.RECRUITING
        assert not shift.activity.is_public  # nobody on the web reads of one household's errand
        assert row.resident.name not in f"{shift.activity.title}{shift.activity.place}"


def made_type(code):
    return made.activity_type(code).pk


def test_a_request_is_given_an_announced_shift(acting, client_of, clerk, asked):
    with acting(clerk):
        ahead = timezone.localdate() + timedelta(days=2)
        shift = made.shift(made.announced(asked.unit, ahead, title="周末邻里帮"))
    url = f"/volunteers/help/{asked.pk}/arrange/"
    assert "周末邻里帮" in client_of(clerk).get(url).content.decode()
    sent(client_of(clerk), url, asked, shift=shift.pk)
    with acting(clerk):
        assert again(asked).shift_id == shift.pk
        assert VolunteerActivity.objects.count() == 1


def test_a_shift_over_midnight_is_told_with_both_days(acting, client_of, clerk, asked):
    with acting(clerk):
        ahead = timezone.localdate() + timedelta(days=2)
        made.shift(made.announced(asked.unit, ahead, title="守岁值班"), start=22, hours=4)
    page = client_of(clerk).get(f"/volunteers/help/{asked.pk}/arrange/").content.decode()
    assert f"{ahead} 22:00–{ahead + timedelta(days=1)} 02:00" in page


def test_what_lies_before_the_day_of_asking_is_refused_in_the_words_of_its_column(
    acting, clerk, asked
):
    with acting(clerk):
        early = made.shift(made.held(asked.unit, date(2025, 3, 1)))
        with pytest.raises(ValidationError, match="早于提出日期"):
            services.arrange(asked, shift=early, by=clerk)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({}, "请填写活动日期"),
        ({"day": "2020-01-01"}, "新安排的活动不能早于今天"),
        ({"ends": "08:00"}, "结束时间应晚于开始时间"),
        ({"capacity": "0"}, "不能小于 1"),
        ({"type": ""}, "请选择活动类型"),
        ({"shift": "999999"}, "选择"),
        ({"type": "patrol"}, "这类活动有风险"),
    ],
    ids=str,
)
def test_half_an_arrangement_stores_nothing(acting, client_of, clerk, asked, wrong, message):
    fields = {
        "title": "入户清洁",
        "type": made_type("home_cleaning"),
        "day": (timezone.localdate() + timedelta(days=3)).isoformat() if wrong else "",
        "starts": "09:00",
        "ends": "11:00",
        "capacity": "2",
        "place": "社区居委会",
    } | wrong
    if fields["type"] == "patrol":
        fields["type"] = made_type("patrol")
    answer = sent(client_of(clerk), f"/volunteers/help/{asked.pk}/arrange/", asked, **fields)
    assert answer.status_code == 200
    assert message in answer.content.decode()
    with acting(clerk):
        assert again(asked).state == S.OPEN
        assert not VolunteerActivity.objects.exists()


def test_a_shift_before_the_request_or_of_a_cancelled_activity_is_refused(acting, clerk, asked):
    with acting(clerk):
        before = made.shift(made.held(asked.unit, date(2025, 2, 1)))
        off = made.shift(
            made.announced(asked.unit, state=ActivityState.CANCELLED, cancelled_for="下雨")
        )
        for shift in (before, off):
            with pytest.raises(ValidationError):
                services.arrange(asked, shift=shift, by=clerk)
        with pytest.raises(ValidationError, match="请选择一个班次"):
            services.arrange(asked, by=clerk)
        with pytest.raises(IntegrityError), transaction.atomic():
            HelpRequest.objects.filter(pk=asked.pk).update(state=S.ARRANGED)


def test_who_arranges_on_top_of_somebody_else_loses_nothing(acting, clerk, asked):
    with acting(clerk):
        shift = made.shift(made.held(asked.unit))
        stale = again(asked)
        services.arrange(again(asked), shift=shift, by=clerk)
        with pytest.raises(StaleRecord):
            services.decline(stale, "已有家人照顾", by=clerk)


# --- served ---------------------------------------------------------------------------------------
def test_done_is_a_record_of_who_was_served_with_home_and_category(acting, clerk, arranged):
    with acting(clerk):
        served = services.serve(
            arranged,
            Served(occurred_on=date(2025, 3, 8), service=ServiceKind.CLEANING, satisfaction=5),
            by=clerk,
        )
        assert served.care_kind.code == "lonely_elder"  # the other tag had ended
        assert served.household is not None
        assert served.activity_id == arranged.shift.activity_id
        row = again(arranged)
        assert (row.state, row.decided_on, row.served) == (S.DONE, date(2025, 3, 8), served)


def test_a_deleted_record_puts_the_request_back_and_restored_it_is_done_again(
    acting, clerk, arranged
):
    ledger = ledgers["served"]
    with acting(clerk):
        served = services.serve(
            arranged, Served(occurred_on=date(2025, 3, 8), service=ServiceKind.CLEANING), by=clerk
        )
        ledger.recycle(served, version=served.version, by=clerk)
        assert again(arranged).state == S.ARRANGED
        gone = Served.objects.get(pk=served.pk)
        assert gone.deleted_at is not None
        ledger.restore(gone, by=clerk)
        assert again(arranged).state == S.DONE
        assert again(arranged).served.pk == served.pk


@pytest.mark.parametrize(
    "day", [date(2025, 3, 7), date(2025, 3, 9), timezone.localdate() + timedelta(days=1)]
)
def test_nobody_was_served_beside_the_activity_or_in_the_future(acting, clerk, arranged, day):
    with acting(clerk):
        with pytest.raises(ValidationError) as refused:
            services.serve(arranged, Served(occurred_on=day, service="cleaning"), by=clerk)
        assert set(refused.value.message_dict) == {"occurred_on"}
        assert again(arranged).state == S.ARRANGED
        assert not Served.objects.exists()


def test_what_cannot_be_arranged_has_a_reason(acting, client_of, clerk, asked):
    url = f"/volunteers/help/{asked.pk}/decline/"
    assert "请填写不能安排的原因" in sent(client_of(clerk), url, asked).content.decode()
    sent(client_of(clerk), url, asked, declined_for="需专业维修，已转物业")
    with acting(clerk):
        row = again(asked)
        assert (row.state, row.declined_for) == (S.DECLINED, "需专业维修，已转物业")
        assert row.decided_on == timezone.localdate()


# --- who may, from which state --------------------------------------------------------------------
STEPS = {
    S.OPEN: {"arrange", "decline"},
    S.ARRANGED: {"arrange", "done", "decline"},
    S.DONE: set(),
    S.DECLINED: set(),
}


@pytest.mark.parametrize("state", STEPS)
def test_the_page_of_a_request_offers_the_steps_of_its_state(
    acting, client_of, clerk, arranged, state
):
    with acting(clerk):
        arranged.state = state
        arranged.declined_for = "已有家人照顾" if state == S.DECLINED else ""
        arranged.save()
    page = client_of(clerk).get(f"/ledger/help-requests/{arranged.pk}/").content.decode()
    for step in ("arrange", "done", "decline"):
        url = f"/volunteers/help/{arranged.pk}/{step}/"
        assert (url in page) == (step in STEPS[state]), step
        assert client_of(clerk).get(url).status_code == (200 if step in STEPS[state] else 302)


@pytest.mark.parametrize("role", Role)
def test_each_role_sees_and_keeps_what_its_duty_says(client_of, make_user, arranged, role):
    client = client_of(make_user(role, arranged.unit))
    sees = {Role.COMMUNITY_STAFF, Role.COMMUNITY_HEAD, Role.STREET_SECTION, Role.STREET_SUPERVISOR}
    for slug in ("help-requests", "served"):
        assert client.get(f"/ledger/{slug}/").status_code == (200 if role in sees else 403), slug
        adds = 200 if role == Role.COMMUNITY_STAFF else 403
        assert client.get(f"/ledger/{slug}/add/").status_code == adds, slug
    steps = {
        "arrange": {Role.COMMUNITY_STAFF},
        "decline": {Role.COMMUNITY_STAFF},
        "done": {Role.COMMUNITY_STAFF, Role.VOLUNTEER_LEADER},
    }
    for step, roles in steps.items():
        url = f"/volunteers/help/{arranged.pk}/{step}/"
        assert client.get(url).status_code == (200 if role in roles else 403), step
    whom = f"/volunteers/activities/{arranged.shift.activity_id}/whom/"
    assert client.get(whom).status_code == (200 if role in {*sees, Role.VOLUNTEER_LEADER} else 403)


# --- need to know ---------------------------------------------------------------------------------
def test_a_leader_sees_of_a_household_what_the_errand_takes(
    acting, client_of, leader, clerk, arranged
):
    person = arranged.resident
    url = f"/volunteers/activities/{arranged.shift.activity_id}/whom/"
    page = client_of(leader).get(url).content.decode()
    for known in (person.name, person.address, "138****5678", "打扫卫生", arranged.needs):
        assert known in page
    for hidden in (person.id_number, person.masked_id, person.phone, "孤寡老人", "特困", "残疾"):
        assert hidden not in page
    done = client_of(leader).get(f"/volunteers/help/{arranged.pk}/done/").content.decode()
    assert "is_disabled" not in done
    assert "is_disabled" in (
        client_of(clerk).get(f"/volunteers/help/{arranged.pk}/done/").content.decode()
    )
    with acting(leader):
        assert not HelpRequest.objects.visible_to(leader).exists()
        assert not Served.objects.visible_to(leader).exists()
    home = client_of(leader).get("/").content.decode()
    assert "服务需求" not in home


def test_a_leader_says_that_the_errand_is_done_and_the_category_follows(
    acting, client_of, leader, clerk, arranged
):
    answer = sent(
        client_of(leader),
        f"/volunteers/help/{arranged.pk}/done/",
        arranged,
        occurred_on="2025-03-08",
        service="cleaning",
        people="2",
        satisfaction="5",
        said="擦得很干净",
    )
    assert answer.status_code == 302, answer.content.decode()
    assert answer.url == f"/volunteers/activities/{arranged.shift.activity_id}/whom/"
    with acting(clerk):
        served = Served.objects.get()
        assert (served.people, served.care_kind.code, served.recorded_by) == (
            2,
            "lonely_elder",
            leader,
        )


def test_what_is_left_out_of_the_errand_is_asked_for_by_its_kind(client_of, leader, arranged):
    url = f"/volunteers/help/{arranged.pk}/done/"
    refused = sent(client_of(leader), url, arranged).content.decode()
    assert "请选择服务内容。" in refused
    assert "请填写服务日期。" in refused


def test_who_withdrew_is_not_offered_as_the_one_who_served(acting, client_of, leader, arranged):
    with acting(leader):
        made.sign_up(arranged.shift, made.volunteer(arranged.unit, "林晓燕"))
        gone = made.volunteer(arranged.unit, "高建国")
        made.sign_up(arranged.shift, gone, SignUpState.CANCELLED)
    page = client_of(leader).get(f"/volunteers/help/{arranged.pk}/done/").content.decode()
    assert "林晓燕" in page
    assert "高建国" not in page


def test_a_leader_elsewhere_finds_neither_the_list_nor_the_step(
    client_of, make_user, other_community, arranged
):
    other = client_of(make_user(Role.VOLUNTEER_LEADER, other_community))
    assert other.get(f"/volunteers/help/{arranged.pk}/done/").status_code == 404
    whom = f"/volunteers/activities/{arranged.shift.activity_id}/whom/"
    assert other.get(whom).status_code == 404


# --- the person's page and the home page ----------------------------------------------------------
def test_the_page_of_a_person_offers_a_request_with_the_person_filled_in(client_of, clerk, asked):
    page = client_of(clerk).get(f"/ledger/residents/{asked.resident_id}/").content.decode()
    assert f"/ledger/help-requests/add/?resident={asked.resident_id}" in page
    assert "打扫卫生" in page  # the timeline tells of the request


def test_requests_that_wait_are_on_the_worklists(acting, clerk, asked, arranged):
    with acting(clerk):
        person = factories.resident(asked.unit, "韦英堃")
        waits = made.help_request(person, timezone.localdate() - timedelta(days=5))
        units = frozenset({asked.unit_id})
        lists = worklists["volunteers.help_open"], worklists["volunteers.help_arranged"]
        assert [[row.pk for row in each.rows(units)] for each in lists] == [
            [waits.pk],
            [arranged.pk],
        ]
        assert "已超过 3 天" in lists[0].due(waits)
        assert "2025-03-08" in lists[1].due(arranged)
