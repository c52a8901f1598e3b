"""What residents send in: sealed, once, whole or not at all; followed by its code."""

import re
import uuid
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from portal.intake.services import Answer, registration_code
from portal.intake.states import IntakeState
from portal.roles import Role
from servicecenter.models import Echo, Letter
from servicecenter.services.public import answer, files_of
from tests.attachments.files import picture as jpeg
from tests.factories.people import id_number
from tests.servicecenter.public_world import hall, make_version

__all__ = ["hall", "make_version"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def item(community, make_version):
    return make_version(community, "残疾人证申请")


@pytest.fixture
def path(community, item):
    return f"/public/{community.code}/{item.item_id}/apply/"


def filled(**fields):
    return {
        "form_key": str(uuid.uuid4()),
        "name": "金丝雀",
        "id_kind": "citizen",
        "id_number": id_number(),
        "phone": "13800138000",
        "content": "想给母亲办残疾人证",
        "consented": "on",
    } | fields


def code_in(answer) -> str:
    return re.search(r"<strong>([0-9A-Z]{10})</strong>", answer.content.decode())[1]


def letters(acting, unit):
    with acting(unit):
        return list(Letter.objects.order_by("pk"))


def test_an_application_comes_in_sealed_and_has_a_code(client, path, community, item, acting):
    sent = filled(files=[SimpleUploadedFile("a.jpg", jpeg(), "image/jpeg")])
    reply = client.post(path, sent)
    assert reply.status_code == 200
    assert code_in(reply) == registration_code(uuid.UUID(sent["form_key"]))
    [letter] = letters(acting, community)
    assert (letter.name, letter.phone, letter.content) == ("金丝雀", "13800138000", sent["content"])
    assert (letter.item_key, letter.item_name) == (item.pk, "残疾人证申请")
    assert letter.state == IntakeState.SENT
    [file] = files_of(letter)
    assert file.content.startswith(b"\xff\xd8")
    assert "session" not in reply.cookies
    with acting(community), connection.cursor() as cursor:
        cursor.execute("SELECT l::text FROM servicecenter_letter AS l")
        stored = cursor.fetchone()[0]
        cursor.execute(
            "SELECT after::text FROM audit.log WHERE table_name = 'servicecenter_letter'"
        )
        stored += cursor.fetchone()[0]
    for word in ("金丝雀", "13800138000", sent["id_number"], "母亲", code_in(reply)):
        assert word not in stored


def test_the_same_form_twice_comes_in_once(client, path, community, acting):
    sent = filled()
    codes = {code_in(client.post(path, sent)) for _ in range(3)}
    assert len(codes) == 1
    assert len(letters(acting, community)) == 1


def test_only_staff_of_the_unit_see_it(client, path, community, other_community, acting):
    client.post(path, filled())
    assert letters(acting, other_community) == []
    assert len(letters(acting, community)) == 1


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("name", "", "请填写申请人的姓名"),
        ("name", "张三3", "姓名中不能有"),
        ("id_number", "110101199003071235", "校验"),
        ("id_number", "", "请填写证件号码"),
        ("id_kind", "", "请选择证件类型"),
        ("id_kind", "body", "Select|选择一个有效"),
        ("phone", "12", "电话"),
        ("content", "", "请写明要办什么"),
        ("content", "字" * 1001, "1000"),
        ("consented", "", "请先阅读告知"),
        ("form_key", "", "页面不完整"),
        ("form_key", "x", "页面不完整"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_kept(
    client, path, community, acting, field, value, told
):
    reply = client.post(path, filled(**{field: value}))
    assert reply.status_code == 200
    assert re.search(told, reply.content.decode())
    assert letters(acting, community) == []


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"", "空"), (b"MZ\x90", "没有收下"), (b"x" * (5 * 1024 * 1024 + 1), "5 MB")],
)
def test_a_file_that_is_none_is_refused_whole(client, path, community, acting, content, told):
    files = [
        SimpleUploadedFile("a.jpg", jpeg(), "image/jpeg"),
        SimpleUploadedFile("b.jpg", content, "image/jpeg"),
    ]
    reply = client.post(path, filled(files=files))
    assert told in reply.content.decode()
    assert letters(acting, community) == []


def test_no_more_than_three_files(client, path, community, acting):
    files = [SimpleUploadedFile(f"{n}.jpg", jpeg(), "image/jpeg") for n in range(4)]
    assert "最多 3 个" in client.post(path, filled(files=files)).content.decode()
    assert letters(acting, community) == []


def test_a_program_that_fills_the_trap_is_thanked_and_forgotten(client, path, community, acting):
    assert code_in(client.post(path, filled(website="http://example.org")))
    assert letters(acting, community) == []


def test_so_many_letters_a_day_from_one_address(client, path, settings, community, acting):
    settings.PUBLIC_LETTERS_PER_DAY = 2
    assert [client.post(path, filled()).status_code for _ in range(3)] == [200, 200, 429]
    assert Client(REMOTE_ADDR="192.0.2.9").post(path, filled()).status_code == 200
    assert len(letters(acting, community)) == 3


def test_an_item_that_is_not_published_takes_no_application(
    client, community, other_community, make_version, acting
):
    hidden = make_version(community, "未公开", published_on=None)
    for unit, pk in ((community, hidden.item_id), (community, 999999), (other_community, 1)):
        reply = client.post(f"/public/{unit.code}/{pk}/apply/", filled())
        assert reply.status_code == 404
    assert letters(acting, community) == []


def test_a_firm_applies_by_its_credit_code(client, community, make_version, acting):
    made = make_version(community, "占道经营咨询", applies_to="both")
    path = f"/public/{community.code}/{made.item_id}/apply/"
    firm = {"name": "春风小吃店2号", "id_kind": "body", "id_number": "92440101ma5cxxxx18"}
    assert code_in(client.post(path, filled(**firm)))
    [letter] = letters(acting, community)
    assert (letter.id_kind, letter.id_number) == ("", "92440101MA5CXXXX18")


# --- following it -------------------------------------------------------------------------------------
def follow(client, code):
    return client.post("/public/letter/", {"code": code})


def test_the_code_tells_where_it_stands_and_nothing_of_it(client, path, community, acting):
    code = code_in(client.post(path, filled()))
    text = follow(client, f"{code[:5]}-{code[5:].lower()}").content.decode()
    assert "待处理" in text
    assert "明珠社区" in text
    for word in ("金丝雀", "13800138000", "母亲"):
        assert word not in text


def test_a_letter_sent_back_tells_why_and_is_closed(client, path, community, acting):
    code = code_in(client.post(path, filled()))
    [letter] = letters(acting, community)
    with acting(community):
        answer(letter, Answer(reason="请先到医院做残疾评定。"))
        with pytest.raises(ValidationError, match="已经处理过"):
            answer(letter, Answer(reason="再退一次"))
    text = follow(client, code).content.decode()
    assert "已退回" in text
    assert "请先到医院做残疾评定。" in text


def test_every_wrong_code_gets_the_same_page(client, path, settings):
    settings.PUBLIC_TRIES = 1000
    code_in(client.post(path, filled()))
    bodies = {
        re.sub(r'value="\w{64}"', "", reply.content.decode())
        for reply in (follow(client, code) for code in ("AAAAAAAAAA", "x", "' OR 1=1", "9" * 40))
    }
    assert len(bodies) == 1
    settings.PUBLIC_TRIES = 1
    assert follow(client, "AAAAAAAAAA").status_code == 429


# --- staff ----------------------------------------------------------------------------------------------
def posted(client, url, **data):
    return client.post(url, {"_key": str(uuid.uuid4())} | data)


@pytest.fixture
def clerk(make_user, community, client_of):
    return client_of(make_user(Role.COMMUNITY_STAFF, community))


def test_staff_read_it_with_its_number_masked_and_send_it_back(
    client, clerk, path, community, acting
):
    sent = filled(content="<b>{{7*7}}</b>")
    client.post(path, sent)
    [letter] = letters(acting, community)
    text = clerk.get(f"/ledger/online-applications/{letter.pk}/").content.decode()
    assert "金丝雀" in text
    assert "&lt;b&gt;{{7*7}}&lt;/b&gt;" in text
    assert sent["id_number"] not in text
    url = f"/servicecenter/letters/{letter.pk}/decline/"
    data = {"versions": f"{letter.pk}:{letter.version}"}
    assert "请写明退回的原因" in posted(clerk, url, **data).content.decode()
    assert posted(clerk, url, reason="请到窗口办理。", **data).status_code == 302
    assert letters(acting, community)[0].answer == "请到窗口办理。"
    assert posted(clerk, url, reason="再来", **data).status_code in {200, 409}


def test_a_file_is_shown_to_the_unit_and_the_look_is_logged(
    client, clerk, path, community, other_community, make_user, client_of, acting
):
    client.post(path, filled(files=[SimpleUploadedFile("a.jpg", jpeg(), "image/jpeg")]))
    [letter] = letters(acting, community)
    url = f"/servicecenter/letters/{letter.pk}/file/1/"
    shown = clerk.get(url)
    assert shown["Content-Type"] == "image/jpeg"
    assert "sandbox" in shown["Content-Security-Policy"]
    assert clerk.get(url.replace("/1/", "/2/")).status_code == 404
    foreign = client_of(make_user(Role.COMMUNITY_STAFF, other_community))
    assert foreign.get(url).status_code == 404
    assert foreign.get(url.replace("file/1", "decline")).status_code == 404


# --- the echo wall --------------------------------------------------------------------------------------
def test_a_question_comes_in_and_goes_to_the_wall(client, clerk, community, acting):
    wall = f"/public/{community.code}/echoes/"
    words = "楼下垃圾几点清？"
    asked = client.post(
        wall,
        {"form_key": str(uuid.uuid4()), "content": words, "may_publish": "on", "consented": "on"},
    )
    code = code_in(asked)
    assert words not in client.get(wall).content.decode()
    [letter] = letters(acting, community)
    url = f"/servicecenter/letters/{letter.pk}/wall/"
    taken = posted(clerk, url, topic="estate", versions=f"{letter.pk}:{letter.version}")
    assert taken.status_code == 302
    with acting(community):
        echo = Echo.objects.get()
        assert (echo.question, echo.may_publish, echo.state) == (words, True, "waiting")
    assert "已接收" in follow(client, code).content.decode()
    assert words not in client.get(wall).content.decode()


def test_the_wall_shows_what_was_answered_and_published_alone(client, community, acting):
    with acting(community):
        day, fields = date(2025, 3, 3), {"unit": community, "topic": "estate"}
        done = {"reply": "每天早上七点。", "replied_on": day}
        shown = done | {"may_publish": True, "state": "passed", "published_on": day}
        Echo.objects.create(
            occurred_on=day, question="金丝雀家楼下", wording="楼下垃圾几点清", **fields, **shown
        )
        Echo.objects.create(occurred_on=day, question="没有回复的", **fields)
        Echo.objects.create(
            occurred_on=day, question="没有审核的", may_publish=True, **fields, **done
        )
        later = shown | {"published_on": date(2099, 1, 1)}
        Echo.objects.create(occurred_on=day, question="明天的", **fields, **later)
    text = client.get(f"/public/{community.code}/echoes/").content.decode()
    assert "楼下垃圾几点清" in text
    assert "每天早上七点。" in text
    for word in ("金丝雀", "没有回复的", "没有审核的", "明天的"):
        assert word not in text
