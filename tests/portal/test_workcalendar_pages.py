"""The pages of the work calendar: who may, what is shown before it is stored, what is stored."""

import uuid
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from portal.models import WorkNotice, WorkNoticeDay
from portal.roles import Role
from portal.scope import Denied
from portal.workcalendar.days import Said
from portal.workcalendar.services import store_notice
from portal.workdays import calendar, is_settled, is_workday

pytestmark = pytest.mark.django_db
TEXT = (
    "一、元旦：1月1日（周五）至3日（周日）放假，共3天。\n"
    "二、春节：2月5日（周五）至11日（周四）放假调休，共7天。2月14日（周日）、2月20日（周六）上班。"
)


@pytest.fixture
def keeper(make_user, street):
    return make_user(Role.SYSTEM_ADMINISTRATOR, street)


@pytest.fixture
def client(client_of, keeper):
    return client_of(keeper)


def typed(step="", **fields):
    fields = {"source": "national", "year": "2027", "extent": "whole", "text": TEXT} | fields
    return fields | {"_key": str(uuid.uuid4()), "step": step}


def hidden(response):
    """What the page that asks for confirmation would send again."""
    form = response.context["form"]
    return {f.name: f.value() or "" for f in form if f.name != "file"}


@pytest.mark.parametrize("role", [role for role in Role if role != Role.SYSTEM_ADMINISTRATOR])
def test_only_who_keeps_the_calendar_may(make_user, client_of, community, role, acting):
    user = make_user(role, community)
    client = client_of(user)
    for name in ("work-calendar", "work-notice-add"):
        assert client.get(reverse(name)).status_code == 403
    assert client.post(reverse("work-notice-add"), typed()).status_code == 403
    with acting(user), pytest.raises(Denied):
        store_notice(
            source="national", year=2027, title="x", days={date(2027, 1, 1): Said(False)}, by=user
        )
    assert not is_settled(2027)


def test_a_year_in_months(client):
    page = client.get(reverse("work-calendar"), {"year": "2026"}).content.decode()
    assert "全年 248 个工作日" in page
    assert "国庆节放假" in page
    assert "调休上班（国庆节）" in page
    assert "暂定" not in page
    assert "国办发明电〔2025〕7号" in page


def test_a_year_without_a_notice_says_so(client):
    page = client.get(reverse("work-calendar"), {"year": "2027"}).content.decode()
    assert "年的放假通知还没有导入" in page
    assert "春节补假" in page


@pytest.mark.parametrize("year", ["", "abc", "99999", "1999", "2101", "２０２６"])
def test_an_odd_year_shows_this_year(client, year):
    assert client.get(reverse("work-calendar"), {"year": year}).status_code == 200


@pytest.mark.parametrize("year", [2004, 2100])
def test_the_ends_of_the_calendar(client, year):
    assert client.get(reverse("work-calendar"), {"year": year}).status_code == 200


def test_pasted_understood_confirmed_and_stored(client, keeper):
    url = reverse("work-notice-add")
    asked = client.post(url, typed())
    page = asked.content.decode()
    assert "春节：2027年2月5日（周五）至2027年2月11日（周四）放假，共7天。" in page
    assert "这些法定节假日按这份通知要上班" in page  # Qingming and the rest are missing
    assert "4月5日清明节" in page
    assert "2027-02-11</span> 工作日（暂定） → <strong>春节放假" in page
    assert not is_settled(2027)
    assert not WorkNotice.objects.filter(year=2027).exists()
    answer = client.post(url, typed("confirm", **hidden(asked)))
    assert answer.status_code == 302
    assert answer["Location"] == reverse("work-calendar") + "?year=2027"
    notice = WorkNotice.objects.get(year=2027)
    assert notice.title == "国务院办公厅关于2027年部分节假日安排的通知"
    assert notice.imported_by == f"王小明（{keeper.username}）"
    assert notice.text == TEXT
    assert is_settled(2027)
    assert is_workday(date(2027, 2, 14))
    assert calendar().day(date(2027, 2, 8)).words == "春节放假"


def test_days_corrected_by_hand_go_before_the_text(client):
    url = reverse("work-notice-add")
    asked = client.post(url, typed())
    days = hidden(asked)["days"].replace("2027-02-20 上班", "2027-02-21 上班")
    client.post(url, typed("confirm", **hidden(asked) | {"days": days}))
    assert is_workday(date(2027, 2, 21))
    assert not is_workday(date(2027, 2, 20))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_an_uploaded_file(client, encoding):
    file = SimpleUploadedFile("通知.txt", TEXT.encode(encoding), "text/plain")
    asked = client.post(reverse("work-notice-add"), typed(text="", file=file))
    assert "读出的安排" in asked.content.decode()
    assert hidden(asked)["text"] == TEXT


@pytest.mark.parametrize(
    ("fields", "field", "message"),
    [
        ({"text": ""}, "text", "请粘贴通知原文"),
        ({"text": "一、元旦：1月1日（周四）放假。"}, "text", "是周五"),
        ({"text": "", "days": "昨天"}, "days", "第1行"),
        ({"text": "", "days": "2026-05-01 放假"}, "days", "不属于2027年度"),
        ({"year": "1999"}, "year", "2004"),
        ({"year": "明年"}, "year", "整数"),
        ({"source": "local"}, "title", "请写明"),
        ({"source": "nobody"}, "source", ""),
        ({"published_on": "2099-01-01"}, "published_on", "不能晚于今天"),
        ({"file": SimpleUploadedFile("a.doc", b"\xd0\xcf\x00\x00")}, "file", "不是纯文本"),
        ({"file": SimpleUploadedFile("a.txt", b"a" * 200_001)}, "file", "文件太大"),
    ],
)
def test_errors_stand_at_the_field(client, fields, field, message):
    answer = client.post(reverse("work-notice-add"), typed(**fields))
    assert answer.status_code == 200
    errors = answer.context["form"].errors
    assert set(errors) == {field}
    assert message in "".join(errors[field])
    assert not answer.context["confirming"]


def store(by, year, days, **fields):
    fields = {"source": "national", "title": "通知"} | fields
    return store_notice(year=year, days=days, by=by, **fields)


def test_a_notice_of_the_whole_year_takes_back_what_earlier_ones_said(keeper, acting):
    with acting(keeper):
        rest = {date(2026, 10, n): Said(False, "国庆节") for n in range(1, 5)}
        store(keeper, 2026, rest, replaces=True)
    assert is_workday(date(2026, 10, 7))  # a holiday of the first edition
    assert not is_workday(date(2026, 10, 10))  # a working Saturday of it
    assert calendar().day(date(2026, 10, 10)).words == "周末"
    assert WorkNotice.objects.filter(year=2026).first().edition == 2


def test_a_part_leaves_the_rest(keeper, acting):
    with acting(keeper):
        store(keeper, 2026, {date(2026, 12, 24): Said(False, "停电")})
    assert not is_workday(date(2026, 12, 24))
    assert not is_workday(date(2026, 10, 7))


def test_a_local_closure_replaces_nothing(keeper, acting):
    with acting(keeper):
        closed = {date(2026, 12, 24): Said(False, "大厅搬迁")}
        store(keeper, 2026, closed, source="local", replaces=True)
    assert calendar().day(date(2026, 12, 24)).words == "本地停办：大厅搬迁"
    assert not is_workday(date(2026, 10, 7))
    assert WorkNoticeDay.objects.filter(notice__source="local").count() == 1


def test_storing_is_audited(keeper, acting):
    from portal.history import history_of

    with acting(keeper):
        notice = store(keeper, 2026, {date(2026, 12, 24): Said(False, "停电")})
        assert [entry.action for entry in history_of(notice)] == ["登记"]
