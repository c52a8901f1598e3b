"""A street with a person, a visit and a photo, committed; the backup role; a key pair; folders of their own."""

import os
from pathlib import Path

import pyrage
import pytest
from psycopg.conninfo import make_conninfo

from portal.attachments import vault
from portal.backup import making
from portal.models import Attachment
from portal.roles import Role
from tests import factories
from tests.database import owner_connection

PHOTO = b"what a camera saw" * 1000


@pytest.fixture
def login(settings):
    """``login(role, database)``: its address; the passwords are those of this checkout."""

    def of(role, database=None):
        given = settings.DATABASES["default"]
        kept = dict(
            line.split("=", 1)
            for line in (Path(settings.BASE_DIR) / "var" / "env").read_text().splitlines()
            if "=" in line and not line.startswith("#")
        )
        password = os.environ.get(f"DATABASE_{role}_PASSWORD") or kept[f"DATABASE_{role}_PASSWORD"]
        return make_conninfo(
            host=given["HOST"],
            port=given["PORT"],
            user=f"portal_{role.lower()}",
            password=password,
            dbname=database or given["NAME"],
        )

    return of


@pytest.fixture
def identity(tmp_path):
    made = pyrage.x25519.Identity.generate()
    (tmp_path / "identity").write_text(f"# public key: {made.to_public()}\n{made}\n")
    return made


@pytest.fixture
def kept(settings, tmp_path, identity, login, transactional_db):
    """Settings of backups that lie in the test's own folder."""
    settings.BACKUP_DIR = str(tmp_path / "backups")
    settings.BACKUP_STATUS = str(tmp_path / "status.json")
    settings.BACKUP_RECIPIENT = str(identity.to_public())
    settings.DATABASE_BACKUP_URL = login("BACKUP")
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "backups"


@pytest.fixture
def visit(kept, acting, make_user, community):
    make_user(Role.COMMUNITY_STAFF, community)
    with acting(community):
        visit = factories.visit(factories.resident(community), domains=["residents"])
        name = vault.new_name()
        vault.put(name, PHOTO)
        Attachment.objects.create(
            unit=visit.unit,
            subject="residents.visit",
            subject_id=visit.pk,
            media_type=Attachment.Media.JPEG,
            name=name,
            sha256="0" * 64,
            size=len(PHOTO),
        )
    return visit


@pytest.fixture
def backup(kept, visit, settings):
    """``backup()``: make one; what was made."""

    def make(url=None):
        return making.make(
            url or settings.DATABASE_BACKUP_URL,
            kept,
            settings.BACKUP_RECIPIENT,
            Path(settings.MEDIA_ROOT),
        )

    return make


@pytest.fixture
def elsewhere():
    """The name of a database that is not there yet; all that came of it is dropped."""
    name = f"test_portal_restored_{os.getpid()}"
    yield name
    with owner_connection("postgres") as owner:
        rows = owner.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [name]
        )
        for (found,) in rows.fetchall():
            owner.execute(f'DROP DATABASE "{found}" WITH (FORCE)')
