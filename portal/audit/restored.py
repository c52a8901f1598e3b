"""After a restore: heads outside that speak of entries which the backup does not hold are set aside.

Seen from the chain, a restore is a cut tail. The loss stays on record: a check with its faults, and the old file.
"""

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

from django.db import connection

from portal.audit.chain import Head


def known_here(heads: list[Head]) -> list[Head]:
    """Those that this database sealed itself, and what was dropped of as much as it sealed: the proof
    compares that too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count, last_id, encode(link, 'hex') FROM audit.head")
        here = set(cursor.fetchall())
    last = max((count for count, _, _ in here), default=0)
    return [
        head
        for head in heads
        if (head.count, head.last_id, head.link) in here
        or (head.dropped_before and head.count <= last)
    ]


def set_aside(path: Path, kept: list[Head]) -> Path:
    """Leave the kept heads in the file; where all of them lie from now on. At each moment the file is whole."""
    aside = path.with_name(f"{path.stem}-until-{datetime.now(UTC):%Y%m%d%H%M%S}{path.suffix}")
    shutil.copy2(path, aside)
    new = path.with_name(f".{path.name}.new")
    with new.open("w", encoding="utf-8") as file:
        file.writelines(f"{head.line}\n" for head in kept)
        os.fchmod(file.fileno(), path.stat().st_mode & 0o777)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
    return aside
