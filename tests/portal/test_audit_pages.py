"""The auditor's pages: searched within their units, values sealed, and each look in the log itself."""

import io

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from portal.audit.chain import seal
from portal.audit.jobs import prove_and_keep
from portal.audit.signs import SIGNS
from portal.ledgers.listing import PAGE_SIZE
from portal.models import AccessLog, SecurityEvent
from portal.roles import Role
from tests import factories
from tests.conftest import as_command
from tests.wallapp.models import Paper

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def head_file(settings, tmp_path):
    settings.AUDIT_HEAD_FILE = tmp_path / "heads.jsonl"


@pytest.fixture
def auditor(make_user, street):
    return make_user(Role.AUDIT_ADMINISTRATOR, street, name="审计员")


@pytest.fixture
def staff(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community, name="李经办")


@pytest.fixture
def look(client_of, auditor):
    browser = client_of(auditor)

    def get(name="audit", *args, **params):
        answer = browser.get(reverse(name, args=args), params)
        assert answer.status_code == 200
        return answer

    get.browser = browser
    return get


@pytest.fixture
def changed(acting, staff, community):
    with acting(staff):
        paper = Paper.objects.create(unit=community, title="路灯不亮")
        paper.title = "水管漏水"
        paper.save()
    return paper


def rows(answer):
    return [[cell["value"] for cell in row["cells"]] for row in answer.context["rows"]]


def test_who_changed_what_is_found_by_record_person_and_act(look, changed, staff):
    [update, insert] = rows(look(table="wallapp_paper", row=changed.pk))
    assert [update[2], insert[2]] == ["修改", "登记"]
    assert update[1] == f"李经办（{staff.username}）"
    assert update[4] == "标题"
    assert len(rows(look(table="wallapp_paper", act="update"))) == 1
    assert len(rows(look(table="wallapp_paper", actor=f"user:{staff.pk}"))) == 2
    assert rows(look(table="wallapp_paper", since="2020-01-01", until="2020-01-02")) == []


def test_failed_sign_ins_are_found_by_the_account_they_are_about(look, staff, auditor, client):
    client.post(reverse("login"), {"username": staff.username, "password": "错的口令123456"})
    found = rows(look(actor=f"user:{staff.pk}"))
    assert [row[2] for row in found] == ["登录失败"]
    assert rows(look(actor=f"user:{auditor.pk}", act="account")) != found


def test_an_entry_shows_before_and_after_with_the_labels_of_the_form(look, changed):
    url = look(table="wallapp_paper", act="update").context["rows"][0]["url"]
    text = look.browser.get(url).content.decode()
    assert "标题" in text
    assert "路灯不亮" in text
    assert "水管漏水" in text


def test_sealed_values_are_never_told(look, acting, staff, community):
    with acting(staff):
        person = factories.resident(community, "陈大文", phone="13800138000")
    url = look(table=person._meta.db_table).context["rows"][0]["url"]
    text = look.browser.get(url).content.decode()
    assert "（已加密）" in text
    assert "13800138000" not in text
    assert person.id_number not in text


def test_entries_of_other_units_are_neither_listed_nor_opened(
    look, changed, make_user, other_street, client_of
):
    url = look(table="wallapp_paper").context["rows"][0]["url"]
    stranger = client_of(make_user(Role.AUDIT_ADMINISTRATOR, other_street))
    assert stranger.get(url).status_code == 404
    assert rows(stranger.get(reverse("audit"), {"table": "wallapp_paper"})) == []


@pytest.mark.parametrize("name", ["audit", "audit-signs"])
def test_only_auditors_may_look(name, client_of, staff, make_user, street):
    for user in (staff, make_user(Role.SYSTEM_ADMINISTRATOR, street)):
        assert client_of(user).get(reverse(name)).status_code == 403


def test_each_look_is_in_the_log(look, auditor, changed):
    look(table="wallapp_paper")
    [event] = SecurityEvent.objects.filter(kind=SecurityEvent.Kind.AUDIT_SEARCHED)
    assert (event.user, event.rows) == (auditor, 2)
    assert "wallapp" in event.detail or "纸" in event.detail or "，" in event.detail


def test_a_bad_question_is_said_at_its_field_and_nothing_is_shown(look):
    answer = look(since="2026-02-01", until="2026-01-01")
    assert "结束日期不能早于开始日期" in answer.content.decode()
    assert "一次最多查" in look(since="2020-01-01", until="2026-01-01").content.decode()
    assert look(since="x", row="0", table="secret", page="abc").context["page"] is None


def test_the_export_holds_what_was_found_and_leaves_a_trace(look, changed, auditor, acting):
    today = f"{timezone.localdate():%Y-%m-%d}"
    answer = look.browser.post(
        reverse("audit-export"), {"since": today, "until": today, "table": "wallapp_paper"}
    )
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    text = [str(cell.value) for row in sheet.iter_rows() for cell in row]
    assert "标题：路灯不亮 → 水管漏水" in text
    with acting(auditor):
        log = AccessLog.objects.get(subject="audit.log")
        assert (log.user, log.rows, log.action) == (auditor, 2, "export")


def test_the_page_tells_head_and_last_proof(look, changed):
    assert "还没有校验过" in look().content.decode()
    seal()
    prove_and_keep("command:audit")
    answer = look()
    assert answer.context["head"].link in answer.content.decode()
    assert "最近一次校验完好" in answer.content.decode()


def test_signs_are_shown_from_their_threshold_on(look, staff, community, acting):
    sign = {each.name: each for each in SIGNS}
    with acting(staff):
        for _ in range(sign["unmasks"].least):
            AccessLog.objects.create(
                action=AccessLog.Action.UNMASK,
                user=staff,
                unit=community,
                subject="residents.resident",
            )
    with as_command():
        for _ in range(sign["failed"].least - 1):
            SecurityEvent.objects.create(kind="sign_in_failed", user=staff, unit=community)
    seen = {each["sign"].name: each["seen"] for each in look("audit-signs").context["signs"]}
    assert [(one.who, one.amount) for one in seen["unmasks"]] == [
        (f"李经办（{staff.username}）", sign["unmasks"].least)
    ]
    assert seen["failed"] == []


def test_no_list_shows_so_many_rows_that_looking_were_a_bulk_read():
    """SECURITY row 11 asks for an entry above 50 rows: a page never has them, an export always logs."""
    assert PAGE_SIZE <= 50


def test_a_sign_in_tells_whose_account_it_was(look, staff, community):
    with as_command():
        SecurityEvent.objects.create(
            kind=SecurityEvent.Kind.SIGN_IN_FAILED, user=staff, unit=community
        )
    answer = look(act="account")
    [line] = [line for line in rows(answer) if line[2] == "登录失败"]
    assert line[4] == f"李经办（{staff.username}）"
    [url] = [row["url"] for row in answer.context["rows"] if row["cells"][2]["value"] == "登录失败"]
    page = look.browser.get(url)
    assert page.context["about"] == f"李经办（{staff.username}）"
    assert "ID" not in [label for label, *_ in page.context["entry"].changes()]
