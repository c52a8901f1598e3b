"""A visit with one photo, and a folder of its own for the sealed files."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from portal.attachments.services import files_of
from portal.roles import Role
from tests import factories
from tests.attachments import files


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def staff(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community)


@pytest.fixture
def visit(acting, community):
    with acting(community):
        return factories.visit(factories.resident(community), domains=["residents"])


@pytest.fixture
def upload():
    """``upload(client, url, *contents, **fields)``: what a browser sends."""

    def send(client, url, *contents, **fields):
        sent = [SimpleUploadedFile(f"照片{n}.jpg", content) for n, content in enumerate(contents)]
        data = {"_key": str(uuid.uuid4()), "purpose": "photo", "files": sent} | fields
        return client.post(url, data)

    return send


@pytest.fixture
def photo(media, client_of, staff, visit, upload, acting):
    """A photo that the staff of the community added to the visit."""
    answer = upload(client_of(staff), f"/ledger/visits/{visit.pk}/files/", files.noise((300, 200)))
    assert answer.status_code == 302
    with acting(staff):
        return files_of(visit).get()
