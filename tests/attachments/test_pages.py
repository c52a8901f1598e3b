"""Adding, looking at, deleting and taking back files on a record's page."""

import io
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from portal.attachments.services import bound_to, files_of
from portal.models import AccessLog, Attachment
from portal.roles import Role
from tests import factories
from tests.attachments import files

pytestmark = pytest.mark.django_db


def url_of(visit, *more) -> str:
    return "/".join(["/ledger/visits", str(visit.pk), "files", *map(str, more), ""])


def post(client, url, **fields):
    return client.post(url, {"_key": str(uuid.uuid4()), **fields})


def test_a_photo_is_added_shown_and_opened(client_of, staff, visit, photo, acting):
    client = client_of(staff)
    page = client.get(f"/ledger/visits/{visit.pk}/")
    assert url_of(visit, photo.pk, "thumbnail") in page.content.decode()
    full = client.get(url_of(visit, photo.pk))
    assert Image.open(io.BytesIO(full.content)).size == (300, 200)
    with acting(staff):
        looked = AccessLog.objects.get(action="file")
    assert (looked.user, looked.subject, looked.subject_id) == (staff, "residents.visit", visit.pk)
    assert str(photo.pk) in looked.field


def test_a_thumbnail_strip_is_not_logged(client_of, staff, visit, photo, acting):
    client = client_of(staff)
    client.get(f"/ledger/visits/{visit.pk}/")
    small = client.get(url_of(visit, photo.pk, "thumbnail"))
    assert max(Image.open(io.BytesIO(small.content)).size) <= 320
    with acting(staff):
        assert not AccessLog.objects.exists()


@pytest.mark.parametrize("more", [(), ("thumbnail",)])
def test_no_browser_may_keep_run_or_reinterpret_a_file(client_of, staff, visit, photo, more):
    answer = client_of(staff).get(url_of(visit, photo.pk, *more))
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("inline; filename")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "script" not in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"


def test_a_scan_is_only_handed_out_as_a_download(client_of, staff, visit, media, upload, acting):
    client = client_of(staff)
    upload(client, url_of(visit), files.pdf(pages=3), caption="低保申请书")
    with acting(staff):
        scan = files_of(visit).get()
    assert (scan.purpose, scan.pages, scan.caption) == ("scan", 3, "低保申请书")
    answer = client.get(url_of(visit, scan.pk))
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content == files.pdf(pages=3)
    assert client.get(url_of(visit, scan.pk, "thumbnail")).status_code == 404
    assert "PDF 3 页" in client.get(f"/ledger/visits/{visit.pk}/").content.decode()


def test_of_several_files_all_are_kept_or_none(client_of, staff, visit, media, upload, acting):
    client = client_of(staff)
    refused = upload(client, url_of(visit), files.noise((50, 50)), files.SVG)
    assert refused.status_code == 400
    assert "“照片1.jpg”没有保存：打不开这张图片" in refused.content.decode()
    assert upload(client, url_of(visit)).status_code == 400
    with acting(staff):
        assert not Attachment.objects.exists()
    assert not list(media.glob("*/*"))
    kept = upload(client, url_of(visit), files.noise((50, 50)), files.noise((60, 60)))
    assert kept.status_code == 302
    with acting(staff):
        assert files_of(visit).count() == 2


def test_the_same_photo_is_kept_once(client_of, staff, visit, photo, upload, acting):
    client, content = client_of(staff), files.noise((70, 70))
    for _ in range(2):
        answer = upload(client, url_of(visit), content, content)
    assert "没有重复保存" in client.get(answer["Location"]).content.decode()
    with acting(staff):
        assert files_of(visit).count() == 2


def test_a_record_takes_no_more_than_sixty(client_of, staff, visit, media, upload, monkeypatch):
    monkeypatch.setattr("portal.attachments.services.MOST_PER_RECORD", 1)
    client = client_of(staff)
    answer = upload(client, url_of(visit), files.noise((50, 50)), files.noise((60, 60)))
    assert answer.status_code == 400
    assert "最多 1 个附件" in answer.content.decode()


def test_more_than_twenty_at_once_are_refused(client_of, staff, visit, media, upload):
    answer = upload(client_of(staff), url_of(visit), *(files.picture((9, n)) for n in range(1, 22)))
    assert answer.status_code == 400
    assert "一次最多传 20 个" in answer.content.decode()


def test_a_caption_is_corrected_and_the_change_has_a_version(
    client_of, staff, visit, photo, acting
):
    client, url = client_of(staff), url_of(visit, photo.pk, "caption")
    post(client, url, caption="楼道积水", version=1)
    with acting(staff):
        photo.refresh_from_db()
    assert (photo.caption, photo.version) == ("楼道积水", 2)
    assert post(client, url, caption="旧", version=1).status_code == 409
    assert post(client, url, caption="没有版本").status_code == 409
    post(client, url, caption="长" * 61, version=2)
    with acting(staff):
        photo.refresh_from_db()
    assert photo.caption == "楼道积水"


def test_a_deleted_file_is_gone_and_can_be_taken_back(client_of, staff, visit, photo, acting):
    client = client_of(staff)
    assert post(client, url_of(visit, photo.pk, "delete"), version=9).status_code == 409
    post(client, url_of(visit, photo.pk, "delete"), version=1)
    assert client.get(url_of(visit, photo.pk)).status_code == 404
    assert "已删除的附件（1）" in client.get(f"/ledger/visits/{visit.pk}/").content.decode()
    post(client, url_of(visit, photo.pk, "restore"), version=2)
    assert client.get(url_of(visit, photo.pk)).status_code == 200


def test_a_file_added_again_stands_in_the_way_of_the_deleted_one(
    client_of, staff, visit, photo, upload, acting
):
    client = client_of(staff)
    post(client, url_of(visit, photo.pk, "delete"), version=1)
    with acting(staff):
        row = bound_to(visit).get()
        copy = Attachment.objects.get(pk=row.pk)
        copy.pk, copy.name, copy.deleted_at, copy._state.adding = None, "f" * 32, None, True
        copy.save()
    answer = post(client, url_of(visit, photo.pk, "restore"), version=2)
    assert "同样的文件已经重新传过" in client.get(answer["Location"]).content.decode()


def test_the_photos_of_a_record_are_printed_and_logged(client_of, staff, visit, photo, acting):
    answer = client_of(staff).get(url_of(visit, "print"))
    assert answer.content.startswith(b"%PDF-")
    assert "no-store" in answer["Cache-Control"]
    with acting(staff):
        looked = AccessLog.objects.get(action="file")
    assert (looked.field, looked.rows, looked.subject_id) == ("print", 1, visit.pk)


def test_a_portrait_stands_at_the_head_of_the_person_and_nowhere_else(
    client_of, staff, visit, media, upload, acting
):
    client = client_of(staff)
    person = visit.resident_id
    url = f"/ledger/residents/{person}/files/"
    assert upload(client, url, files.noise((90, 120)), purpose="portrait").status_code == 302
    assert 'class="portrait"' in client.get(f"/ledger/residents/{person}/").content.decode()
    refused = upload(client, url_of(visit), files.noise((90, 120)), purpose="portrait")
    assert refused.status_code == 400
    assert upload(client, url, files.pdf(), purpose="portrait").status_code == 400


def test_a_page_asks_as_much_for_three_files_as_for_one(
    client_of, staff, visit, photo, upload, django_assert_num_queries
):
    client, url = client_of(staff), f"/ledger/visits/{visit.pk}/"
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        assert len(client.get(url).context["files"]["items"]) == 1
    asked = len(one)
    upload(client, url_of(visit), files.noise((50, 50)), files.noise((60, 60)))
    client.get(url)  # the messages
    with django_assert_num_queries(asked):
        assert len(client.get(url).context["files"]["items"]) == 3


def test_a_lost_file_is_a_missing_page_and_told_in_the_log(
    client_of, staff, visit, photo, media, caplog
):
    for path in media.glob("*/*"):
        path.unlink()
    assert client_of(staff).get(url_of(visit, photo.pk)).status_code == 404
    assert f"attachment {photo.pk}" in caplog.text


def test_head_and_street_look_but_do_not_add(
    client_of, make_user, street, community, visit, photo, upload
):
    for role, unit in ((Role.STREET_SUPERVISOR, street), (Role.STREET_SECTION, street)):
        client = client_of(make_user(role, unit))
        assert client.get(url_of(visit, photo.pk)).status_code == 200
        page = client.get(f"/ledger/visits/{visit.pk}/").content.decode()
        assert "data-upload" not in page
        assert upload(client, url_of(visit), files.picture()).status_code == 403
        assert post(client, url_of(visit, photo.pk, "delete"), version=1).status_code == 403


def test_every_ledger_has_files(client_of, staff, acting, community, media, upload):
    with acting(community):
        home = factories.household(community)
    client = client_of(staff)
    answer = upload(client, f"/ledger/households/{home.pk}/files/", files.noise((40, 40)))
    assert answer.status_code == 302
    assert client.get(f"/ledger/households/{home.pk}/").context["files"]["items"]
