"""Corrections of closed periods: why they are made, told to the database, which logs it.

A page that is refused for a closed period comes back with the same fields and asks for the reason;
it then posts them again with ``_correction``.
"""

from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import connection

from portal.text import clean_text

FIELD = "_correction"
SHORTEST, LONGEST = 4, 300
_SET = "SELECT set_config('app.correction', %s, true)"
_GET = "SELECT coalesce(current_setting('app.correction', true), '')"


def cleaned(text: str) -> str:
    """The reason as it is kept. Raises ValidationError."""
    text = clean_text(text)
    if not SHORTEST <= len(text) <= LONGEST:
        raise ValidationError(
            f"更正理由请写 {SHORTEST} 到 {LONGEST} 个字，说明为什么要改已上报的记录。"
        )
    return text


def announce_reason(reason: str) -> None:
    """For the rest of this transaction, writes into closed periods are let through and logged with it."""
    with connection.cursor() as cursor:
        cursor.execute(_SET, [reason])


@contextmanager
def correcting(reason: str):
    """The same for one act that may touch closed periods by its nature, as merging two records does."""
    with connection.cursor() as cursor:
        cursor.execute(_GET)
        [before] = cursor.fetchone()
    announce_reason(before or reason)
    try:
        yield
    finally:
        if not connection.needs_rollback:
            announce_reason(before)
