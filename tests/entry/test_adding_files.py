"""Photos with the form of a new record: kept along with it, or nothing at all is kept."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from portal.attachments import services
from portal.models import Attachment
from residents.models import Visit
from tests.attachments import files

pytestmark = pytest.mark.django_db
ADD = "/ledger/visits/add/"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def client(client_of, staff):
    return client_of(staff)


def photo(colour=(200, 80, 40), name="IMG.jpg"):
    return SimpleUploadedFile(name, files.picture(colour=colour), "image/jpeg")


def counts(acting, who):
    with acting(who):
        return Visit.objects.count(), Attachment.objects.count()


def sent(visit_of, people, uploads, **changes):
    about = {"upload-purpose": "photo", "upload-caption": "卫生间扶手", "upload-files": uploads}
    return visit_of(people[0]) | about | changes


def test_several_photos_come_with_a_new_record(client, people, visit_of, acting, staff):
    uploads = [photo(), photo((1, 2, 3))]
    assert client.post(ADD, sent(visit_of, people, uploads)).status_code == 302
    assert counts(acting, staff) == (1, 2)
    with acting(staff):
        visit = Visit.objects.get()
        kept = services.files_of(visit)
        assert {row.caption for row in kept} == {"卫生间扶手"}
        assert {row.recorded_by for row in kept} == {staff}


def test_none_need_come(client, people, visit_of, acting, staff):
    assert client.post(ADD, visit_of(people[0])).status_code == 302
    assert counts(acting, staff) == (1, 0)


def test_a_file_that_is_no_picture_refuses_all(client, people, visit_of, acting, staff, media):
    wrong = SimpleUploadedFile("病历.jpg", b"no picture", "image/jpeg")
    page = client.post(ADD, sent(visit_of, people, [photo(), wrong]))
    body = page.content.decode()
    assert "“病历.jpg”没有保存" in body
    assert "请重新选择" in body
    assert "身体尚可" in body
    assert counts(acting, staff) == (0, 0)
    assert not [path for path in media.rglob("*") if path.is_file()]


def test_a_wrong_form_says_that_the_photos_must_be_chosen_again(
    client, people, visit_of, acting, staff
):
    page = client.post(ADD, sent(visit_of, people, [photo()], occurred_on="2999-01-01"))
    assert "请重新选择" in page.content.decode()
    assert counts(acting, staff) == (0, 0)


def test_a_full_disk_stores_no_record_either(client, people, visit_of, acting, staff, monkeypatch):
    def full(*args):
        raise OSError("no space left")

    monkeypatch.setattr("portal.attachments.vault.put", full)
    page = client.post(ADD, sent(visit_of, people, [photo()]))
    assert services.NO_ROOM in page.content.decode()
    assert counts(acting, staff) == (0, 0)


def test_more_than_twenty_are_too_many(client, people, visit_of, acting, staff):
    uploads = [photo((n, n, n)) for n in range(21)]
    assert "一次最多传 20 个" in client.post(ADD, sent(visit_of, people, uploads)).content.decode()
    assert counts(acting, staff) == (0, 0)


def test_who_shows_the_progress_is_answered_in_json(client, people, visit_of, acting, staff):
    client.post(ADD, visit_of(people[0]))
    with acting(staff):
        url = f"/ledger/visits/{Visit.objects.get().pk}/files/"
    key = visit_of(people[0])["_key"]
    data = {"_key": key, "purpose": "photo", "files": [photo()]}
    told = client.post(url, data, headers={"Accept": "application/json"}).json()
    assert told["url"].endswith("#files")
    none = client.post(
        url, {"_key": key, "purpose": "photo"}, headers={"Accept": "application/json"}
    )
    assert none.status_code == 400
    assert none.json() == {"errors": ["请先拍照或选择文件。"]}
    assert counts(acting, staff) == (1, 1)
