"""Sealing of personal data at rest, and the keyed hashes by which sealed values are found.

A sealed value reads ``<key id>:<base64 of nonce and ciphertext>``. The id names an entry of
settings.FIELD_KEYS and with it the algorithm (AES-256-GCM for every key so far); the newest key
seals, all of them open. The context is authenticated along: a value copied into another kind of
column does not open there.
"""

import base64
import binascii
import hmac
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from portal.errors import Unreadable

NONCE_BYTES = 12
HASH_BYTES = 16
# By these sealed numbers are found. All other hashes are codes that stand on paper, in links and on
# phones: they follow from CODE_KEY, which stays when HASH_KEY changes.
LOOKUPS = frozenset({"id", "id4", "id-twin", "phone", "phone4", "certificate"})


class CannotOpen(Unreadable):
    """A sealed value does not open: unknown or wrong key, other context, or altered bytes.

    The message never holds any part of the value.
    """


@lru_cache(maxsize=16)
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(key)


def newest_key_id() -> int:
    return next(reversed(settings.FIELD_KEYS))


def encrypt(text: str, context: bytes) -> str:
    """Seal ``text``; equal texts give different values each time."""
    key_id = newest_key_id()
    nonce = os.urandom(NONCE_BYTES)
    sealed = _cipher(settings.FIELD_KEYS[key_id]).encrypt(nonce, text.encode(), context)
    return f"{key_id}:{base64.b64encode(nonce + sealed).decode()}"


def _taken_apart(value: str) -> tuple[int, bytes]:
    number, separator, encoded = value.partition(":")
    try:
        if not separator:
            raise ValueError
        return int(number), base64.b64decode(encoded, validate=True)
    except (ValueError, binascii.Error):
        raise CannotOpen("The value is not sealed: it does not read <key id>:<base64>.") from None


def decrypt(value: str, context: bytes) -> str:
    """The clear text. Raises CannotOpen, which says what to look after."""
    key_id, sealed = _taken_apart(value)
    if key_id not in settings.FIELD_KEYS:
        raise CannotOpen(
            f"The value is sealed with key {key_id}, which FIELD_KEYS does not hold. "
            "Add that key again; keys leave FIELD_KEYS only after everything is rotated."
        )
    try:
        cipher = _cipher(settings.FIELD_KEYS[key_id])
        return cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], context).decode()
    except (InvalidTag, ValueError):
        raise CannotOpen(
            f"The value does not open with key {key_id} of FIELD_KEYS: the key is not the one that "
            "sealed it, or the value was altered or belongs to another column."
        ) from None


def encrypt_bytes(content: bytes, context: bytes) -> bytes:
    """Seal a file's content: ``<key id>:`` and the raw nonce and ciphertext."""
    key_id = newest_key_id()
    nonce = os.urandom(NONCE_BYTES)
    sealed = _cipher(settings.FIELD_KEYS[key_id]).encrypt(nonce, content, context)
    return b"%d:" % key_id + nonce + sealed


def decrypt_bytes(value: bytes, context: bytes) -> bytes:
    """The clear content. Raises CannotOpen, which says what to look after."""
    number, separator, sealed = value.partition(b":")
    if not separator or not number.isdigit() or int(number) not in settings.FIELD_KEYS:
        raise CannotOpen("The file is not sealed with a key that FIELD_KEYS holds.")
    try:
        cipher = _cipher(settings.FIELD_KEYS[int(number)])
        return cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], context)
    except (InvalidTag, ValueError):
        raise CannotOpen(
            f"The file does not open with key {int(number)}: the key is not the one that sealed it, "
            "or the file was altered or renamed."
        ) from None


def rotate(value: str, context: bytes) -> str:
    """The same text under the newest key; a value that has it already comes back unchanged."""
    if _taken_apart(value)[0] == newest_key_id():
        return value
    return encrypt(decrypt(value, context), context)


def secret_for(purpose: str) -> bytes:
    """32 bytes that follow from CODE_KEY and tell nothing of it: the key of something kept elsewhere."""
    return hmac.digest(settings.CODE_KEY, f"secret\0{purpose}".encode(), "sha256")


def keyed_hash(text: str, purpose: str) -> str:
    """HMAC-SHA-256 of a normalised value, cut to 128 bits: 32 hex digits.

    Hashes of one value for two purposes have nothing in common.
    """
    if "\0" in purpose:
        raise ValueError("a purpose holds no NUL")
    message = f"{purpose}\0{text}".encode()
    key = settings.HASH_KEY if purpose in LOOKUPS else settings.CODE_KEY
    return hmac.digest(key, message, "sha256")[:HASH_BYTES].hex()
