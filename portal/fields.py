"""Sealed model fields, and sealed words that may stand in a URL."""

import base64
import binascii
import time

from django.core.exceptions import FieldError
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from portal.crypto import CannotOpen, decrypt, encrypt, rotate

LONGEST_TOKEN = 2000
TOKEN_CONTEXT = b"token"


class _Opened(str):
    """Clear text that remembers how it is sealed: saved again, it is no change of the row."""

    def __new__(cls, text, sealed="", context=b""):
        opened = super().__new__(cls, text)
        opened.sealed, opened.context = sealed, context
        return opened


class _KeepsTheSeal(DeferredAttribute):
    """A form assigns the text anew; while it is the same text, it stays sealed as it was."""

    def __set__(self, instance, value):
        present = instance.__dict__.get(self.field.attname)
        if isinstance(present, _Opened) and type(value) is str and present == value:
            return
        instance.__dict__[self.field.attname] = value


class EncryptedTextField(models.CharField):
    """Text that the database sees only sealed: ciphertext in a ``text`` column, ``str`` in Python.

    ``purpose`` is authenticated along, so a value moved to a field of another purpose does not
    open. Only ``isnull`` can be asked of it; equal values are found by a keyed hash beside it.
    An unchanged text keeps its ciphertext, or the change log would tell of a change at each save.
    Empty text stays empty text. ``max_length`` bounds the clear text, by validation.
    """

    descriptor_class = _KeepsTheSeal

    def __init__(self, *args, purpose: str, **kwargs):
        self.purpose = purpose
        kwargs.setdefault("max_length", 500)
        super().__init__(*args, **kwargs)

    @property
    def context(self) -> bytes:
        return f"field:{self.purpose}".encode()

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"purpose": self.purpose}

    def get_internal_type(self):
        return "TextField"

    def get_lookup(self, lookup_name):
        if lookup_name != "isnull":
            raise FieldError(
                f"{self.name} is sealed and cannot be compared ({lookup_name}); "
                "filter by the keyed hash stored beside it."
            )
        return super().get_lookup(lookup_name)

    def get_transform(self, lookup_name):
        raise FieldError(f"{self.name} is sealed: there is no {lookup_name} of it.")

    def pre_save(self, model_instance, add):
        value = super().pre_save(model_instance, add)
        if value and not isinstance(value, _Opened):
            value = _Opened(value, encrypt(value, self.context), self.context)
            setattr(model_instance, self.attname, value)
        return value

    def get_db_prep_save(self, value, connection):
        if isinstance(value, _Opened) and value.context == self.context:
            value = rotate(value.sealed, self.context)
        elif isinstance(value, str) and value:
            value = encrypt(value, self.context)
        return super().get_db_prep_save(value, connection)

    def from_db_value(self, value, expression, connection):
        return _Opened(decrypt(value, self.context), value, self.context) if value else value


def seal_token(text: str) -> str:
    """An opaque, URL-safe token for words that must not stand in an address or a log."""
    sealed = encrypt(f"{int(time.time())}:{text}", TOKEN_CONTEXT)
    return base64.urlsafe_b64encode(sealed.encode()).decode().rstrip("=")


def open_token(token: str, max_age: int) -> str | None:
    """The words of a token of ours not older than ``max_age`` seconds; else None."""
    if not token or len(token) > LONGEST_TOKEN:
        return None
    try:
        sealed = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)).decode("ascii")
        made_at, _, text = decrypt(sealed, TOKEN_CONTEXT).partition(":")
    except (CannotOpen, ValueError, binascii.Error):
        return None
    return text if 0 <= time.time() - int(made_at) <= max_age else None
