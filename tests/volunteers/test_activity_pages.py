"""Activities on their pages: announced and held by one form, steps, the notice on paper, files."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from portal.imports.running import run
from portal.ledgers import ledgers
from portal.roles import Role
from residents.models import Activity
from tests.factories import volunteers as make
from tests.imports.conftest import xlsx
from volunteers.enums.activities import ActivityState as S
from volunteers.models import Shift, SignUp, VolunteerActivity
from volunteers.selectors.activities import SHOWN_SHIFTS
from volunteers.services import activities as service
from volunteers.services import shifts as shift_service

pytestmark = pytest.mark.django_db
ADD = "/ledger/volunteer-activities/add/"
SLUG = "volunteer-activities"


@pytest.fixture
def leader(make_user, community):
    return make_user(Role.VOLUNTEER_LEADER, community)


@pytest.fixture
def client(client_of, leader):
    return client_of(leader)


@pytest.fixture
def ahead():
    return timezone.localdate() + timedelta(days=10)


def sent(day, code="cleanup", **fields):
    return {
        "_key": str(uuid4()),
        "title": "清洁家园",
        "type": make.activity_type(code).pk,
        "starts_on": f"{day}",
        "place": "明珠小区",
    } | fields


def post(client, url, **fields):
    return client.post(url, {"_key": str(uuid4())} | fields)


class TestForm:
    def test_a_day_that_has_passed_is_held_and_counted(self, acting, client, leader):
        fields = {"participants": "26", "needed": "20", "is_public": "on"}
        assert client.post(ADD, sent(date(2025, 3, 8), **fields)).status_code == 302
        with acting(leader):
            row = VolunteerActivity.objects.get()
            assert (row.state, row.activity.participants) == (S.HELD, 26)
            fact = ledgers["activities"].model.objects.get()
            assert "志愿活动" in ledgers["activities"].kept_by(fact)
        page = client.get(f"/ledger/{SLUG}/{row.pk}/").content.decode()
        assert "26" in page
        assert "已举办" in page

    def test_a_day_ahead_is_an_announcement(self, acting, client, leader, ahead):
        assert client.post(ADD, sent(ahead)).status_code == 302
        with acting(leader):
            assert VolunteerActivity.objects.get().state == S.PLANNED
            assert not Activity.objects.exists()
        answer = client.post(ADD, sent(ahead, participants="3", title="另一次"))
        assert "请留空" in str(answer.context["form"].errors["participants"])

    def test_today_is_held_where_somebody_counted(self, acting, client, leader):
        today = timezone.localdate()
        client.post(ADD, sent(today))
        client.post(ADD, sent(today, title="已办完的", participants="5"))
        with acting(leader):
            states = dict(VolunteerActivity.objects.values_list("title", "state"))
        assert states == {"清洁家园": S.PLANNED, "已办完的": S.HELD}

    def test_one_called_off_is_kept_with_its_reason_and_not_counted(self, acting, client, leader):
        client.post(ADD, sent(date(2025, 3, 8), cancelled_for="暴雨"))
        with acting(leader):
            assert VolunteerActivity.objects.get().state == S.CANCELLED
            assert not Activity.objects.exists()
        answer = client.post(ADD, sent(date(2025, 3, 9), cancelled_for="暴雨", participants="4"))
        assert "没有参加人次" in str(answer.context["form"].errors["cancelled_for"])

    def test_risks_are_asked_before_and_reminded_of_after(self, client, ahead):
        answer = client.post(ADD, sent(ahead, "patrol"))
        assert {"risks", "insurance"} <= set(answer.context["form"].errors)
        answer = client.post(ADD, sent(date(2025, 3, 8), "patrol"), follow=True)
        told = [str(message) for message in answer.context["messages"]]
        assert any("风险告知" in text for text in told)

    def test_an_edit_keeps_the_fact_in_step_and_may_not_go_to_a_day_ahead(
        self, acting, client, leader, community, ahead
    ):
        with acting(leader):
            row = service.hold(make.announced(community), participants=8, by=leader)
        url = f"/ledger/{SLUG}/{row.pk}/edit/"
        form = client.get(url).context["form"]
        assert form["participants"].value() == 8
        edit = sent(date(2025, 3, 8), "elders", participants="9", version=row.version)
        assert client.post(url, edit).status_code == 302
        with acting(leader):
            fact = Activity.objects.get()
            assert (fact.title, fact.kind, fact.participants) == ("清洁家园", "volunteering", 9)
            row = VolunteerActivity.objects.get()
        answer = client.post(url, sent(ahead, version=row.version))
        assert "还没有到" in str(answer.context["form"].errors["starts_on"])


class TestSteps:
    def test_from_announced_to_held(self, acting, client, leader, community):
        with acting(leader):
            row = make.announced(community, timezone.localdate(), state=S.PLANNED)
        url = f"/volunteers/activities/{row.pk}/step"
        page = client.get(f"{url}/recruit/")
        version = page.context["form"].shown_versions
        assert post(client, f"{url}/recruit/", versions=version).status_code == 302
        stale = post(client, f"{url}/hold/", versions=version, participants="12")
        assert stale.status_code == 409
        version = client.get(f"{url}/hold/").context["form"].shown_versions
        assert post(client, f"{url}/hold/", versions=version, participants="12").status_code == 302
        with acting(leader):
            assert Activity.objects.get().participants == 12
        assert client.get(f"{url}/cancel/").status_code == 302  # over
        assert client.get(f"{url}/nonsense/").status_code == 404

    def test_calling_off_asks_why(self, acting, client, leader, community):
        with acting(leader):
            row = make.announced(community)
        url = f"/volunteers/activities/{row.pk}/step/cancel/"
        version = client.get(url).context["form"].shown_versions
        answer = post(client, url, versions=version)
        assert "请填写取消原因" in str(answer.context["form"].errors["cancelled_for"])
        assert post(client, url, versions=version, cancelled_for="高温").status_code == 302
        assert "高温" in client.get(f"/ledger/{SLUG}/{row.pk}/").content.decode()

    @pytest.mark.parametrize("role", [Role.COMMUNITY_HEAD, Role.STREET_SECTION, Role.TRAINEE])
    def test_who_may_only_look_takes_no_step(self, acting, client_of, make_user, community, role):
        with acting(community):
            row = make.announced(community)
        other = client_of(make_user(role, community))
        for path in ("step/hold/", "shifts/"):
            assert other.get(f"/volunteers/activities/{row.pk}/{path}").status_code == 403

    def test_another_community_finds_nothing(
        self, acting, client_of, make_user, community, other_community
    ):
        with acting(community):
            row = make.announced(community)
        other = client_of(make_user(Role.VOLUNTEER_LEADER, other_community))
        assert other.get(f"/volunteers/activities/{row.pk}/step/hold/").status_code == 404
        assert other.get(f"/volunteers/activities/{row.pk}/notice.pdf").status_code == 404


class TestBin:
    def test_somebody_signed_up_keeps_it_from_the_bin(self, acting, client, leader, community):
        with acting(leader):
            row = service.hold(make.announced(community), by=leader)
            shift = make.shift(row)
            signed = shift_service.sign_up(shift, make.volunteer(community), by=leader)
        url = f"/ledger/{SLUG}/{row.pk}/delete/"
        answer = client.post(url, {"_key": str(uuid4()), "version": row.version}, follow=True)
        assert "1 人报名" in answer.content.decode()
        with acting(leader):
            shift_service.withdraw(signed, by=leader)
        assert post(client, url, version=row.version).status_code == 302
        with acting(leader):
            assert not Activity.objects.kept().exists()
            assert not SignUp.objects.kept().exists()
        post(client, f"/ledger/{SLUG}/bin/", pk=row.pk)
        with acting(leader):
            assert Activity.objects.kept().count() == 1
            assert SignUp.objects.kept().count() == 1

    def test_the_shared_fact_is_changed_only_here(self, acting, client_of, make_user, community):
        clerk = make_user(Role.COMMUNITY_STAFF, community)
        with acting(clerk):
            row = service.hold(make.announced(community), by=clerk)
        client = client_of(clerk)
        for action in ("edit", "delete"):
            assert client.get(f"/ledger/activities/{row.activity_id}/{action}/").status_code == 403


def test_of_many_shifts_the_page_shows_the_first_tells_all_and_leads_on(
    acting, client, leader, community, ahead
):
    with acting(leader):
        row = make.announced(community, ahead)
        first = make.shift(row, name="第1班")
        times = {"starts_at": first.starts_at, "ends_at": first.ends_at, "capacity": 2}
        names = [f"第{n}班" for n in range(2, SHOWN_SHIFTS + 1)]
        Shift.objects.bulk_create(
            Shift(unit=community, activity=row, name=name, **times) for name in names
        )
    url, more = f"/ledger/{SLUG}/{row.pk}/", "打开志愿班次"
    whole = client.get(url)
    assert more not in whole.content.decode()
    assert whole.context["shift_count"] == SHOWN_SHIFTS
    with acting(leader):
        make.shift(row, name="最后一班")
    cut = client.get(url)
    assert f"只列出 {SHOWN_SHIFTS} 个班次" in cut.content.decode()
    assert more in cut.content.decode()
    assert (cut.context["shift_count"], len(cut.context["shifts"])) == (61, 60)


def test_the_notice_is_one_page_with_what_the_law_asks(acting, client, leader, community, ahead):
    with acting(leader):
        org = make.org(community, "明珠社区志愿服务站环境卫生与文明劝导服务队")
        row = make.announced(
            community,
            ahead,
            code="patrol",
            org=org,
            leader="周书记",
            leader_phone="020-12345678",
            risks="夜间行走，注意车辆。",
            insurance="社区统一投保",
            content="沿街巡逻，劝导占道。" * 8,
            needed=12,
        )
        for n in range(6):
            make.shift(row, 8 + 2 * n, 2, name=f"第{n + 1}班", place="东门岗亭")
    answer = client.get(f"/volunteers/activities/{row.pk}/notice.pdf")
    assert answer["Content-Type"] == "application/pdf"
    text, pages = text_of(answer)
    assert pages == 1
    for words in ("志愿者招募公告", "夜间行走", "社区统一投保", "第6班", "020-12345678", "12人"):
        assert words in text


def text_of(answer):
    import pypdfium2

    data = b"".join(answer.streaming_content) if answer.streaming else answer.content
    book = pypdfium2.PdfDocument(data)
    text = "".join(page.get_textpage().get_text_range() for page in book)
    return text.replace("\r\n", ""), len(book)


HEAD = [
    "活动名称",
    "类型",
    "活动日期",
    "地点",
    "活动负责人",
    "计划招募（人）",
    "参加人次",
    "取消原因",
]
ROWS = [
    ["学雷锋义诊", "义诊", date(2025, 3, 5), "小广场", "周书记", 10, "15人次", None],
    ["治安巡逻", "义务巡逻", date(2025, 4, 1), "辖区", "周书记", 6, 6, None],
    ["露天电影", "文体活动", date(2025, 5, 1), "小广场", "李梅", 8, None, "暴雨"],
]


def test_an_old_register_is_taken_in_as_held_and_once(acting, make_user, community):
    clerk = make_user(Role.COMMUNITY_STAFF, community)
    content = xlsx(志愿活动=[HEAD, *ROWS])
    with acting(clerk):
        for expected in (3, 0):
            report = run(content, ledger=ledgers[SLUG], unit=community, by=clerk, commit=True)
            assert not report.errors, report.errors
            assert report.totals["new"] == expected
        assert Activity.objects.count() == 2
        assert dict(VolunteerActivity.objects.values_list("title", "state")) == {
            "学雷锋义诊": S.HELD,
            "治安巡逻": S.HELD,
            "露天电影": S.CANCELLED,
        }
