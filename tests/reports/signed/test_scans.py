"""The scan of the signed and sealed paper: checked, sealed on disk, filed beside the issue."""

import io
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from portal.attachments import vault
from portal.models import AccessLog, Attachment
from portal.roles import Role
from reports.services.scans import scans_of
from reports.services.withdrawing import withdraw
from reports.views.issued import issue_detail

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("issued")]

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


def picture(colour="white") -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (60, 80), colour).save(target, "JPEG")
    return target.getvalue()


@pytest.fixture
def file_them(client_of, issue):
    def send(user, *contents, name="扫描.pdf"):
        url = reverse("issue-scans", args=[issue.pk])
        files = [SimpleUploadedFile(name, content) for content in contents]
        return client_of(user).post(url, {"_key": str(uuid.uuid4()), "files": files})

    return send


def test_pdf_and_pictures_are_filed_and_sealed(file_them, issue, acting, head, client_of):
    assert file_them(head, PDF, picture()).url == reverse("issue-scans", args=[issue.pk])
    with acting(head):
        pdf, image = scans_of(issue)
    assert (pdf.media_type, pdf.pages, pdf.subject) == ("application/pdf", 1, "reports.issue")
    assert (pdf.subject_id, pdf.unit_id, str(pdf)) == (issue.pk, issue.unit_id, "签字盖章件")
    assert image.is_image
    sealed = vault.path_of(pdf.name)
    sealed = sealed if sealed.exists() else sealed.with_name(sealed.name + vault.PART)
    assert b"%PDF" not in sealed.read_bytes()
    page = client_of(head).get(issue.get_absolute_url()).content.decode()
    assert "已归存 2 个扫描件" in page
    assert issue_detail.scope_mark


def test_scan_is_downloaded_as_it_was_filed_and_logged(file_them, issue, acting, head, client_of):
    file_them(head, PDF)
    with acting(head):
        [scan] = scans_of(issue)
    response = client_of(head).get(reverse("issue-scan", args=[issue.pk, scan.pk]))
    assert response.content == PDF
    assert response["Content-Disposition"].startswith("attachment")
    assert "sandbox" in response["Content-Security-Policy"]
    with acting(head):
        log = AccessLog.objects.get(action="file")
    assert (log.subject, log.subject_id) == ("reports.issue", issue.pk)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"MZ\x90 a program", "打不开这张图片"),
        (PDF.replace(b"/Type/Catalog", b"/Type/Catalog/OpenAction<</S/JavaScript>>"), "脚本"),
        (PDF[:-6], "打不开这份 PDF"),
        (b"<html><script>alert(1)</script>", "打不开这张图片"),
        (b"", "空文件"),
    ],
)
def test_what_it_is_not_is_refused_and_nothing_is_kept(
    file_them, issue, acting, head, content, told
):
    response = file_them(head, picture(), content)
    assert response.status_code == 400
    if content:
        assert told in response.content.decode()
    with acting(head):
        assert not scans_of(issue).exists()


def test_same_file_is_kept_once(file_them, issue, acting, head):
    file_them(head, PDF)
    file_them(head, PDF)
    with acting(head):
        assert scans_of(issue).count() == 1


def test_nothing_chosen_is_said(file_them, head):
    response = file_them(head)
    assert response.status_code == 400
    assert "请先拍照或选择文件" in response.content.decode()


def test_wrong_scan_goes_into_the_bin(file_them, issue, acting, head, client_of):
    file_them(head, PDF)
    with acting(head):
        [scan] = scans_of(issue)
    url = reverse("issue-scan-remove", args=[issue.pk, scan.pk])
    data = {"_key": str(uuid.uuid4()), "version": str(scan.version)}
    assert client_of(head).post(url, data).status_code == 302
    with acting(head):
        assert not scans_of(issue).exists()
        assert Attachment.objects.get(pk=scan.pk).deleted_by == head


@pytest.mark.parametrize(
    ("role", "where", "status"),
    [
        (Role.COMMUNITY_STAFF, "community", 302),
        (Role.COMMUNITY_HEAD, "community", 302),
        (Role.COMMUNITY_HEAD, "other", 404),
    ],
)
def test_who_may_file(file_them, make_user, community, other_community, role, where, status):
    unit = community if where == "community" else other_community
    assert file_them(make_user(role, unit), PDF).status_code == status


def test_file_of_another_record_is_not_reached_through_the_issue(
    issue, acting, head, client_of, community
):
    with acting(head):
        other = Attachment.objects.create(
            unit=community,
            subject="residents.visit",
            subject_id=issue.pk,
            media_type="application/pdf",
            name=vault.new_name(),
            sha256="0" * 64,
            size=1,
            recorded_by=head,
        )
    url = reverse("issue-scan", args=[issue.pk, other.pk])
    assert client_of(head).get(url).status_code == 404


def test_scan_of_what_was_withdrawn_is_for_those_who_sign(
    file_them, issue, acting, head, staff, client_of
):
    file_them(head, PDF)
    with acting(head):
        [scan] = scans_of(issue)
        withdraw(issue, version=issue.summary.version, reason="数据有误", by=head)
    url = reverse("issue-scan", args=[issue.pk, scan.pk])
    assert client_of(staff).get(url).status_code == 403
    assert client_of(head).get(url).status_code == 200
