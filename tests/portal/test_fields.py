import copy
import time

import pytest
from django.core.exceptions import FieldError, ValidationError
from django.db import connection, models

from portal.crypto import CannotOpen
from portal.fields import EncryptedTextField, open_token, seal_token
from residents.models import Resident

NUMBER = "11010119900307803X"


@pytest.fixture
def field():
    field = EncryptedTextField("证件号码", purpose="id")
    field.set_attributes_from_name("id_number")
    return field


def test_encrypted_field_stores_ciphertext_and_reads_clear_text(field):
    stored = field.get_db_prep_save(NUMBER, connection)
    assert NUMBER not in stored
    assert field.from_db_value(stored, None, connection) == NUMBER


@pytest.mark.parametrize("value", ["", None])
def test_encrypted_field_keeps_nothing_as_nothing(field, value):
    assert field.get_db_prep_save(value, connection) == value
    assert field.from_db_value(value, None, connection) == value


def test_encrypted_field_value_does_not_open_in_a_field_of_another_purpose(field):
    stored = field.get_db_prep_save(NUMBER, connection)
    with pytest.raises(CannotOpen):
        EncryptedTextField(purpose="phone").from_db_value(stored, None, connection)


@pytest.mark.parametrize("lookup", ["", "__in", "__contains", "__startswith", "__gt", "__length"])
def test_encrypted_field_lookup_is_refused(lookup):
    with pytest.raises(FieldError, match="id_number is sealed"):
        Resident.objects.filter(**{f"id_number{lookup}": "1"})


def test_encrypted_field_can_be_asked_for_null():
    assert "IS NULL" in str(Resident.objects.filter(id_number__isnull=True).query)


def test_encrypted_field_column_is_text_and_its_purpose_is_in_the_migration(field):
    assert field.db_type(connection) == "text"
    assert field.deconstruct()[3]["purpose"] == "id"
    assert field.clone().context == field.context


def test_encrypted_field_bounds_the_clear_text(field):
    with pytest.raises(ValidationError):
        field.clean("1" * 501, None)


def test_encrypted_field_is_one_line_in_forms(field):
    assert isinstance(field, models.CharField)


@pytest.fixture
def person():
    return Resident(name="黄文发", id_number=NUMBER)


def test_encrypted_field_keeps_the_ciphertext_of_an_unchanged_text(field, person):
    first = field.get_db_prep_save(field.pre_save(person, add=True), connection)
    person.id_number = str(NUMBER)  # as a form does
    assert field.get_db_prep_save(field.pre_save(person, add=False), connection) == first
    person.id_number = field.from_db_value(first, None, connection)
    assert field.get_db_prep_save(field.pre_save(copy.deepcopy(person), False), connection) == first


def test_encrypted_field_seals_a_changed_text_anew(field, person):
    first = field.get_db_prep_save(field.pre_save(person, add=True), connection)
    person.id_number = "110101199003078070"
    second = field.get_db_prep_save(field.pre_save(person, add=False), connection)
    assert second != first
    assert field.from_db_value(second, None, connection) == "110101199003078070"


def test_encrypted_field_seals_the_text_of_another_field_for_itself(field):
    value = field.from_db_value(field.get_db_prep_save(NUMBER, connection), None, connection)
    phone = EncryptedTextField(purpose="phone")
    assert (
        phone.from_db_value(phone.get_db_prep_save(value, connection), None, connection) == NUMBER
    )


def test_encrypted_field_moves_to_the_newest_key_when_saved_again(field, settings):
    stored = field.get_db_prep_save(NUMBER, connection)
    newest = max(settings.FIELD_KEYS) + 1
    settings.FIELD_KEYS = {**settings.FIELD_KEYS, newest: b"n" * 32}
    value = field.from_db_value(stored, None, connection)
    again = field.get_db_prep_save(value, connection)
    assert again.startswith(f"{newest}:")
    assert field.from_db_value(again, None, connection) == NUMBER


# --- tokens -------------------------------------------------------------------------------------
def test_token_opens_to_its_words():
    token = seal_token("黄文发: hwf")
    assert open_token(token, 60) == "黄文发: hwf"


def test_token_is_fit_for_a_url_and_tells_nothing():
    token = seal_token("hwf")
    assert set(token) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
    assert token != seal_token("hwf")


def test_token_too_old_does_not_open(monkeypatch):
    token = seal_token("hwf")
    now = time.time()
    monkeypatch.setattr("portal.fields.time.time", lambda: now + 61)
    assert open_token(token, 60) is None
    assert open_token(token, 120) == "hwf"


@pytest.mark.parametrize("token", ["", "a", "é", "AAAA", "=", "x" * 3000, NUMBER])
def test_token_not_of_ours_does_not_open(token):
    assert open_token(token, 60) is None


def test_token_altered_does_not_open():
    token = seal_token("hwf")
    assert open_token(token[:20] + token[21:], 60) is None
