"""Sealing the change log, and keeping its head where the database cannot reach."""

import json
import logging
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

log = logging.getLogger("portal.audit")
AT_ONCE = 20_000  # entries sealed in one transaction


@dataclass(frozen=True)
class Head:
    """How long the chain is, its last entry and that entry's link (hex), and when it was sealed (UTC).

    Where old months were dropped up to there it also says before which day, and the SHA-256 of the file
    that holds them.
    """

    count: int
    last_id: int
    link: str
    at: str
    dropped_before: str = ""
    file: str = ""

    @property
    def line(self) -> str:
        return json.dumps({name: value for name, value in asdict(self).items() if value != ""})


def seal() -> int:
    """Link all that has ended; how many entries. Then write the head outside, if it moved."""
    sealed = 0
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT audit.seal(%s)", [AT_ONCE])
            now = cursor.fetchone()[0]
        sealed += now
        if now < AT_ONCE:
            break
    head = present_head()
    if head and head != last_written():
        write(head)
        log.info("audit head %s %s %s", head.count, head.last_id, head.link)
    return sealed


def present_head() -> Head | None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count, last_id, encode(link, 'hex'), to_char(at AT TIME ZONE 'UTC',"
            ' \'YYYY-MM-DD"T"HH24:MI:SS"Z"\') FROM audit.head ORDER BY count DESC LIMIT 1'
        )
        row = cursor.fetchone()
    return Head(*row) if row else None


def write(head: Head) -> None:
    """Append one line and wait until the disk has it."""
    path = Path(settings.AUDIT_HEAD_FILE)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
    try:
        os.write(handle, f"{head.line}\n".encode())
        os.fsync(handle)
    finally:
        os.close(handle)


def heads_in(path: Path) -> list[Head]:
    """The heads of the file, as written; a line cut off by a crash is passed over.

    Raises OSError when the file cannot be read, ValueError when it holds no head at all.
    """
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            found.append(Head(**json.loads(line)))
        except (ValueError, TypeError):
            continue
    if not found:
        raise ValueError(f"{path} holds no head")
    return found


def last_written() -> Head | None:
    """The last line of the file, without reading all of it."""
    try:
        with open(settings.AUDIT_HEAD_FILE, "rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - 1000))
            return Head(**json.loads(file.read().splitlines()[-1]))
    except (OSError, ValueError, TypeError, IndexError):
        return None
