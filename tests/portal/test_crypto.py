import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.crypto import CannotOpen, decrypt, encrypt, keyed_hash, rotate

OLD, NEW = b"o" * 32, b"n" * 32
NUMBER = "11010119900307803X"


@pytest.fixture
def keys(settings):
    """``keys(1=…)``-like setter: which keys there are, the last one sealing."""

    def put(held):
        settings.FIELD_KEYS = held

    put({1: OLD})
    return put


@given(st.text())
def test_encrypt_opens_to_the_same_text(text):
    assert decrypt(encrypt(text, b"id"), b"id") == text


def test_encrypt_names_its_key_and_hides_the_text(keys):
    keys({1: OLD, 7: NEW})
    sealed = encrypt(NUMBER, b"id")
    assert sealed.partition(":")[0] == "7"
    assert NUMBER[:6] not in sealed
    assert encrypt(NUMBER, b"id") != sealed


def test_decrypt_in_another_context_is_refused(keys):
    with pytest.raises(CannotOpen, match="another column"):
        decrypt(encrypt(NUMBER, b"id"), b"phone")


def test_decrypt_with_a_wrong_key_says_so(keys):
    sealed = encrypt(NUMBER, b"id")
    keys({1: NEW})
    with pytest.raises(CannotOpen, match="does not open with key 1 of FIELD_KEYS"):
        decrypt(sealed, b"id")


def test_decrypt_with_a_missing_key_names_it(keys):
    sealed = encrypt(NUMBER, b"id")
    keys({2: NEW})
    with pytest.raises(CannotOpen, match="key 1, which FIELD_KEYS does not hold"):
        decrypt(sealed, b"id")


@pytest.mark.parametrize("value", [NUMBER, "", "1:", "1:!!!", "x:AAAA", "1:AAAA"])
def test_decrypt_of_what_was_never_sealed_is_refused(keys, value):
    with pytest.raises(CannotOpen):
        decrypt(value, b"id")


def test_decrypt_of_an_altered_value_is_refused(keys):
    sealed = encrypt(NUMBER, b"id")
    middle = len(sealed) // 2
    altered = sealed[:middle] + ("A" if sealed[middle] != "A" else "B") + sealed[middle + 1 :]
    with pytest.raises(CannotOpen):
        decrypt(altered, b"id")


def test_rotate_seals_with_the_newest_key(keys):
    sealed = encrypt(NUMBER, b"id")
    keys({1: OLD, 2: NEW})
    rotated = rotate(sealed, b"id")
    keys({2: NEW})
    assert (rotated[:2], decrypt(rotated, b"id")) == ("2:", NUMBER)


def test_rotate_leaves_a_newest_value_as_it_is(keys):
    sealed = encrypt(NUMBER, b"id")
    assert rotate(sealed, b"id") == sealed


def test_keyed_hash_has_128_bits_and_is_stable(settings):
    settings.HASH_KEY = b"h" * 32
    assert keyed_hash(NUMBER, "id") == "999542335aa2a7164b23642054a0766a"


def test_keyed_hash_depends_on_text_purpose_and_key(settings):
    hashes = [keyed_hash("1234", "id4"), keyed_hash("1234", "phone4"), keyed_hash("1235", "id4")]
    settings.HASH_KEY = b"k" * 32
    hashes.append(keyed_hash("1234", "id4"))
    assert len(set(hashes)) == 4


def test_keyed_hash_purpose_cannot_run_into_the_text():
    with pytest.raises(ValueError, match="NUL"):
        keyed_hash("b", "a\0")
