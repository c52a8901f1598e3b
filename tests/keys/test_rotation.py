"""Keys: what each seals, sealing anew beside people who work, giving one up (SECURITY row 29)."""

import io
import json
import os
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.apps import apps
from django.conf import settings as current
from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction
from django.db.models import BinaryField

from portal.attachments import vault
from portal.crypto import CannotOpen
from portal.drafts.services import Place, keep, opened
from portal.keys import counting, rotating
from portal.keys.declare import sealed_columns
from portal.ledgers.registry import ledgers
from portal.models import EntryDraft
from portal.roles import Role
from residents.models import Resident
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
NEW = os.urandom(32)
SEALED_BY_HAND = {  # columns of bytes that are files or signatures in the clear, for a written reason
    "reports_issue.pdf": "the issued paper itself, which whoever sees the issue may download",
    "reports_issue.public_pdf": "the version for the public",
}


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def people(acting, community):
    with acting(community):
        return [
            factories.resident(community, f"黄文{n}", phone=f"1380000{n:04d}") for n in range(40)
        ]


@pytest.fixture
def second_key(settings, people, media):
    """Key 2 is the newest from now on; everything so far is sealed by key 1."""
    with transaction.atomic():
        vault.put("ab" * 16, b"a photo")
    settings.FIELD_KEYS = current.FIELD_KEYS | {2: NEW}


def keys(*arguments) -> str:
    out = io.StringIO()
    call_command("keys", *arguments, stdout=out)
    return out.getvalue()


def still_by(number: int) -> int:
    owner = connections["owner"]
    return sum(
        counting.in_column(owner, each)[number] for each in sealed_columns() if not each.kept
    )


def test_every_column_of_bytes_is_declared_or_excused():
    known = {str(column) for column in sealed_columns()} | SEALED_BY_HAND.keys()
    found = {
        f"{model._meta.db_table}.{field.column}"
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields
        if isinstance(field, BinaryField)
    }
    assert {name for name in found if not name.startswith("wallapp_")} - known == set()


def test_rotation_seals_everything_anew_and_changes_no_record(
    second_key, acting, community, people
):
    told = keys("rotate")
    assert still_by(1) == 0
    assert counting.in_files() == {2: 1}
    assert "密钥 2（最新，封存新值）" in told
    assert vault.get("ab" * 16) == b"a photo"
    with acting(community):
        after = {each.pk: each for each in Resident.objects.all()}
        logged = _log_of("residents_resident")
    for person in people:
        assert after[person.pk].id_number == person.id_number
        assert after[person.pk].phone == person.phone
        assert after[person.pk].version == person.version
    assert logged == {"insert": 40}


def _log_of(table) -> dict:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT op, count(*) FROM audit.log WHERE table_name = %s GROUP BY 1", [table]
        )
        return dict(cursor.fetchall())


def test_a_stopped_rotation_goes_on(second_key, monkeypatch):
    monkeypatch.setattr(rotating, "TEXTS_AT_ONCE", 15)
    [column] = [each for each in sealed_columns() if str(each) == "residents_resident.id_number"]
    batches = rotating.rotate_column(connections["owner"], column)
    assert next(batches).sealed == 15
    batches.close()
    keys("rotate")
    assert still_by(1) == 0


def test_people_work_on_while_keys_change(second_key, acting, community, people, monkeypatch):
    """Twenty changes beside a rotation in small batches: none is lost, none is refused."""
    monkeypatch.setattr(rotating, "TEXTS_AT_ONCE", 3)

    def change(person):
        try:
            with acting(community):
                fresh = Resident.objects.get(pk=person.pk)
                fresh.phone = f"1391111{person.pk % 10000:04d}"
                fresh.save()
        finally:
            connections.close_all()

    def rotate():
        try:
            return keys("rotate")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(5) as pool:
        rotation = pool.submit(rotate)
        list(pool.map(change, people[:20]))
        rotation.result()
    with acting(community):
        phones = {each.pk: each.phone for each in Resident.objects.all()}
    for person in people[:20]:
        assert phones[person.pk] == f"1391111{person.pk % 10000:04d}"
    assert still_by(1) == 0


def test_drafts_open_after_a_rotation(second_key, acting, client_of, make_user, community, people):
    user = make_user(Role.COMMUNITY_STAFF, community)
    current.FIELD_KEYS.pop(2)
    with acting(user):
        keep(
            Place(ledgers["visits"], "add"), [["content", ["还没写完"]]], key=uuid.uuid4(), by=user
        )
    current.FIELD_KEYS[2] = NEW
    keys("rotate")
    with acting(user):
        draft = EntryDraft.objects.get()
        assert bytes(draft.content).startswith(b"2:")
        assert opened(draft)["content"] == "还没写完"


def test_a_key_that_the_change_log_needs_is_not_given_up(second_key):
    keys("rotate")
    with pytest.raises(CommandError, match="修改日志"):
        keys("retire", "1")
    with pytest.raises(CommandError, match="最新"):
        keys("retire", "2")
    assert "可以从 FIELD_KEYS 去掉" in keys("retire", "7")


def test_a_value_that_no_key_opens_is_told_and_left_alone(second_key, acting, community, people):
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "ALTER TABLE residents_resident DISABLE TRIGGER USER;"
            "UPDATE residents_resident SET phone = '1:' || repeat('A', 64) WHERE id = %s;"
            "ALTER TABLE residents_resident ENABLE TRIGGER USER",
            [people[0].pk],
        )
    with pytest.raises(CommandError, match="1 个值打不开"):
        keys("rotate")
    assert still_by(1) == 1
    with acting(community), pytest.raises(CannotOpen):
        Resident.objects.get(pk=people[0].pk)


def test_status_counts_by_key_and_place(second_key):
    told = keys("status")
    assert "residents_resident.id_number：40" in told
    assert "密钥 1：" in told
    assert json.dumps(NEW.hex())[1:-1] not in told
