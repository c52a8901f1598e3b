"""Full numbers leave only by an approval: through the pages, as the people meet it."""

import re
import uuid

import pytest
from django.utils import timezone

from portal.models import AccessLog, ExportRequest, RoleAssignment
from portal.roles import Role
from tests import factories
from tests.conftest import as_command
from tests.exports.test_register import pages_of

ASK = "/ledger/residents/export/request/"
pytestmark = pytest.mark.django_db


def post(client, url, **data):
    return client.post(url, {"_key": str(uuid.uuid4())} | data)


def ask(client, url=ASK, opened=("证件号码",), **data):
    data = {"opened": opened, "purpose": "report", "reason": "民政所核对低保名册"} | data
    return post(client, url, step="confirm", **data)


@pytest.fixture
def asked(client_of, staff, person, acting):
    answer = ask(client_of(staff))
    assert answer.status_code == 302, answer.content.decode()
    with acting(staff):
        return ExportRequest.objects.get()


@pytest.fixture
def approved(client_of, head, asked):
    post(client_of(head), f"/exports/requests/{asked.pk}/", action="approve", note="同意")
    return asked


def fetch(client, request, kind="xlsx"):
    return post(client, f"/exports/requests/{request.pk}/file/", format=kind)


def test_asking_is_described_before_it_is_sent(client_of, staff, person):
    answer = post(
        client_of(staff), ASK, opened=["证件号码"], purpose="report", reason="民政所核对低保名册"
    )
    page = answer.content.decode()
    assert "申请导出“居民”1 条（全部记录），显示完整的证件号码。" in page
    assert not ExportRequest.objects.exists()


def test_from_request_to_file(client_of, staff, head, asked, person, rows_of, acting):
    client, url = client_of(staff), f"/exports/requests/{asked.pk}/"
    assert fetch(client, asked).status_code == 403
    home = client_of(head).get("/").content.decode()
    assert "完整号码导出申请待审批" in home
    assert f"{staff.name}：居民 1 条" in home
    post(client_of(head), url, action="approve", note="同意")
    assert "完整号码导出申请待审批" not in client_of(head).get("/").content.decode()
    assert "下载 Excel" in client.get(url).content.decode()
    header, row = rows_of(fetch(client, asked))
    cells = dict(zip(header, row, strict=True))
    assert cells["证件号码"] == person.id_number
    assert cells["联系电话"] == person.masked_phone  # not asked for


def test_the_requester_has_no_worklist_of_the_own_request(client_of, head, person, acting):
    ask(client_of(head))
    assert "待审批" not in client_of(head).get("/").content.decode()


def test_masked_for_everybody_without_approval(client_of, make_user, community, street, person):
    """The plain export masks, whoever exports and whatever the request says."""
    for role, unit in [
        (Role.COMMUNITY_STAFF, community),
        (Role.COMMUNITY_HEAD, community),
        (Role.STREET_SECTION, street),
        (Role.STREET_SUPERVISOR, street),
    ]:
        client = client_of(make_user(role, unit))
        for data in ({}, {"columns": "all"}, {"opened": "证件号码", "request": "1"}):
            answer = client.post("/ledger/residents/export/", data)
            import io
            import zipfile

            parts = zipfile.ZipFile(io.BytesIO(answer.content))
            content = b"".join(parts.read(name) for name in parts.namelist()).decode()
            assert person.masked_id in content, role
            assert person.id_number not in content, role
            assert person.phone not in content, role


def test_an_approval_opens_no_other_ledger_and_no_plain_export(
    client_of, staff, approved, person, acting, rows_of
):
    with acting(staff):
        factories.visit(person)
    client = client_of(staff)
    for slug in ("visits", "residents"):
        rows = rows_of(client.post(f"/ledger/{slug}/export/", {"request": approved.pk}))
        assert not any(person.id_number in map(str, row) for row in rows)


def test_the_filter_stays_as_approved(client_of, staff, head, person, acting, rows_of):
    with acting(staff):
        factories.resident(person.unit, "安平", sex="2")
    client = client_of(staff)
    ask(client, f"{ASK}?sex=1")
    with acting(staff):
        request = ExportRequest.objects.get()
    post(client_of(head), f"/exports/requests/{request.pk}/", action="approve")
    url = f"/exports/requests/{request.pk}/file/?sex=2&unit=&s="
    assert len(rows_of(post(client, url, format="xlsx"))) == 2


def test_a_search_is_frozen_too_and_kept_sealed(client_of, staff, head, person, acting, rows_of):
    with acting(staff):
        factories.resident(person.unit, "安平")
    client = client_of(staff)
    found = client.post("/ledger/residents/", {"q": person.id_number})["Location"]
    ask(client, ASK + "?" + found.partition("?")[2])
    with acting(staff):
        request = ExportRequest.objects.get()
        assert request.described == "查找：按号码"
    post(client_of(head), f"/exports/requests/{request.pk}/", action="approve")
    assert len(rows_of(fetch(client, request))) == 2


def test_after_expiry_the_file_is_refused(client_of, staff, approved, acting):
    with acting(staff):
        approved.refresh_from_db()
        approved.expires_at = timezone.now()
        approved.save()
    answer = fetch(client_of(staff), approved)
    assert answer.status_code == 403
    assert "已过有效期" in answer.content.decode()
    assert "已过期" in client_of(staff).get("/exports/requests/").content.decode()


def test_downloads_after_the_role_is_lost_are_refused_at_once(client_of, staff, approved):
    client = client_of(staff)
    assert fetch(client, approved).status_code == 200
    with as_command():
        RoleAssignment.objects.filter(user=staff).update(valid_to="2021-01-01")
    assert fetch(client, approved).status_code == 403


@pytest.mark.parametrize("role", [Role.WINDOW_CLERK, Role.STREET_SECTION])
def test_a_lesser_role_does_not_keep_the_approval(client_of, staff, approved, role):
    """The section may still export, but no longer open numbers."""
    with as_command():
        RoleAssignment.objects.filter(user=staff).update(role=role)
    assert fetch(client_of(staff), approved).status_code == 403


def test_a_revoked_approval_gives_no_file(client_of, staff, head, approved):
    url = f"/exports/requests/{approved.pk}/"
    assert "理由" in post(client_of(head), url, action="revoke").content.decode()
    post(client_of(head), url, action="revoke", note="批错了")
    assert fetch(client_of(staff), approved).status_code == 403


@pytest.mark.parametrize("path", ["", "file/"])
def test_others_do_not_find_the_request(
    client_of, make_user, community, other_community, approved, path
):
    for role, unit in [(Role.COMMUNITY_STAFF, community), (Role.COMMUNITY_HEAD, other_community)]:
        client = client_of(make_user(role, unit))
        assert post(client, f"/exports/requests/{approved.pk}/{path}").status_code == 404


@pytest.mark.parametrize("action", ["download", "nothing", ""])
def test_unknown_acts_are_missing_pages(client_of, staff, approved, action):
    url = f"/exports/requests/{approved.pk}/"
    assert post(client_of(staff), url, action=action).status_code == 404


def test_who_may_not_open_numbers_may_not_ask(client_of, make_user, street, person):
    section = client_of(make_user(Role.STREET_SECTION, street))
    assert section.get(ASK).status_code == 403
    assert "申请导出完整号码" not in section.get("/ledger/residents/export/").content.decode()


def test_a_ledger_without_numbers_has_nothing_to_ask_for(client_of, staff, person):
    assert client_of(staff).get("/ledger/activities/export/request/").status_code == 404


def test_the_number_of_a_person_who_moved_away_stays_masked(
    client_of, staff, head, acting, community, other_community, person, rows_of
):
    with acting(community, other_community):
        factories.visit(person)
        person.unit, person.unit_ids = other_community, [community.pk, other_community.pk]
        person.save()
    client = client_of(staff)
    ask(client, "/ledger/visits/export/request/")
    with acting(staff):
        request = ExportRequest.objects.get()
    post(client_of(head), f"/exports/requests/{request.pk}/", action="approve")
    [_, row] = rows_of(fetch(client, request))
    assert person.masked_id in row
    assert person.id_number not in row


def test_who_sees_both_units_opens_only_the_numbers_of_the_approved_one(
    client_of, make_user, head, acting, community, other_community, street, person, rows_of
):
    with acting(community, other_community):
        factories.visit(person)
        person.unit, person.unit_ids = other_community, [community.pk, other_community.pk]
        person.save()
    supervisor = make_user(Role.STREET_SUPERVISOR, street)
    ask(client_of(supervisor), f"/ledger/visits/export/request/?unit={community.pk}")
    with acting(supervisor):
        request = ExportRequest.objects.get()
    post(client_of(head), f"/exports/requests/{request.pk}/", action="approve")
    [_, row] = rows_of(fetch(client_of(supervisor), request))
    assert person.masked_id in row


def test_every_page_and_the_sheet_carry_who_when_and_what_for(
    client_of, staff, approved, sheet_of, person
):
    client = client_of(staff)
    header = sheet_of(fetch(client, approved)).oddHeader.left.text
    pages = pages_of(fetch(client, approved, "pdf").content)
    for text in [header, *pages]:
        assert staff.name in text
        assert f"用途：上级部门要求报送 申请 {approved.pk:05d}" in text
        assert timezone.localtime().strftime("%Y-%m-%d") in text
    assert person.id_number in "".join(pages)


def test_request_decision_and_downloads_are_logged_without_numbers(
    client_of, staff, head, approved, acting, person
):
    for kind in ("xlsx", "pdf"):
        fetch(client_of(staff), approved, kind)
    with acting(staff):
        log = list(AccessLog.objects.order_by("pk"))
        assert [(e.action, e.user, e.rows, e.subject_id) for e in log] == [
            ("ask", staff, 1, approved.pk),
            ("decide", head, 1, approved.pk),
            ("clear", staff, 1, approved.pk),
            ("clear", staff, 1, approved.pk),
        ]
        text = " ".join(f"{e.subject} {e.field} {e.purpose}" for e in log)
        # The number of the request is no personal number, however many digits it has come to.
        text = text.replace(f"申请 {approved.pk:05d}", "")
        assert not re.search(r"\d{6}", text)
        assert person.id_number[-4:] not in text


def test_no_file_is_kept(approved, client_of, staff, acting):
    fetch(client_of(staff), approved)
    with acting(staff):
        kept = ExportRequest.objects.values().get()
    assert not any(isinstance(value, bytes | memoryview) for value in kept.values())


def test_bad_input_is_told_at_its_field(client_of, staff, person):
    answer = ask(client_of(staff), opened=[], purpose="", reason="身份证110103197005170013")
    form = answer.context["form"]
    assert set(form.errors) == {"opened", "purpose", "reason"}
    assert not ExportRequest.objects.exists()
