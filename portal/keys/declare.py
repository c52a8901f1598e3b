"""Which columns are sealed: every EncryptedTextField by itself, columns of bytes as the apps declare."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.apps import apps
from django.db import models

from portal.crypto import decrypt, decrypt_bytes, encrypt, encrypt_bytes
from portal.fields import EncryptedTextField
from portal.registry import Registry


@dataclass(frozen=True)
class SealedColumn:
    """One column that holds sealed values.

    ``context`` tells from the row's ``needs`` (columns, in their order) what is authenticated along.
    ``raw`` values are bytes; ``text`` in a column of bytes is the ciphertext of a text. What is ``kept``
    is evidence that nobody changes: it is counted and never sealed anew.
    """

    model: type[models.Model]
    column: str
    context: Callable[..., bytes]
    needs: Sequence[str] = ()
    raw: bool = False
    in_bytes: bool = False
    kept: bool = False

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    def __str__(self):
        return f"{self.table}.{self.column}"

    def anew(self, value, row: Sequence):
        """The value under the newest key. Raises CannotOpen."""
        context = self.context(*row)
        if self.raw:
            return encrypt_bytes(decrypt_bytes(bytes(value), context), context)
        text = bytes(value).decode("ascii") if self.in_bytes else value
        sealed = encrypt(decrypt(text, context), context)
        return sealed.encode() if self.in_bytes else sealed


sealed_bytes: Registry[SealedColumn] = Registry("sealed")


def declare(*columns: SealedColumn) -> None:
    """For an app's ``sealed.py``."""
    for each in columns:
        sealed_bytes.add(str(each), each)


def always(context: bytes) -> Callable[..., bytes]:
    return lambda: context


def sealed_columns() -> Iterable[SealedColumn]:
    """All of them, by table."""
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if isinstance(field, EncryptedTextField):
                yield SealedColumn(model, field.column, always(field.context))
    yield from sealed_bytes
