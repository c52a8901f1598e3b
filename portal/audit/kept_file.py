"""The file that months of the change log leave in before they are dropped: JSON lines that prove themselves.

A head (from which link on, til which position), then each entry in the chain's order as the very text that was
hashed, with its position and link, then an end. Entries sealed late lie among kept ones: they carry the link
before theirs (``previous``). Where an earlier drop took the text already, its hash alone stands.
"""

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from django.db import connections

KIND = "audit-log"
FORMAT = 1
AT_ONCE = 1000
UNFINISHED = ".unfinished"

_TEXT = """ROW(l.id, extract(epoch FROM l.at), l.txid, l.actor, l.request, l.address, l.reason, l.table_name,
  l.row_id, l.op, l.unit_ids, l.before, l.after)::text"""
_DAY = "%(before)s::timestamp AT TIME ZONE 'UTC'"
_IN_ORDER = """
    SELECT c.position, encode(c.link, 'hex'), NULL, CASE WHEN l.id IS NOT NULL THEN :text END
    FROM audit.chain c LEFT JOIN audit.log l ON l.id = c.id AND l.at = c.at AND l.at < :day
    WHERE c.position > %(start)s AND c.position <= %(til)s ORDER BY c.position
""".replace(":text", _TEXT).replace(":day", _DAY)
_AMONG_KEPT = """
    SELECT c.position, encode(c.link, 'hex'), encode(p.link, 'hex'), :text
    FROM audit.chain c JOIN audit.log l ON l.id = c.id AND l.at = c.at AND l.at < :day
    JOIN audit.chain p ON p.position = c.position - 1
    WHERE c.position > %(til)s AND c.at < :day ORDER BY c.position
""".replace(":text", _TEXT).replace(":day", _DAY)


@dataclass(frozen=True)
class Older:
    """What goes: as ``audit.older`` tells it."""

    start: int
    start_link: bytes
    start_id: int | None
    til: int
    til_link: bytes
    til_id: int | None
    entries: int
    unsealed: int
    young: int


def older(cursor, before: date, years: int) -> Older:
    cursor.execute("SELECT * FROM audit.older(%s, %s)", [before, years])
    return Older(*cursor.fetchone())


def lines(using: str, plan: Older, before: date, dropped: dict[int, bytes]) -> Iterator[dict]:
    """The file, line by line. ``dropped`` are the hashes of what an earlier drop took from among kept ones."""
    made = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
    yield {
        "kind": KIND,
        "format": FORMAT,
        "before": f"{before:%Y-%m-%d}",
        "start": plan.start,
        "link": plan.start_link.hex(),
        "til": plan.til,
        "made": made,
    }
    asked = {"before": before, "start": plan.start, "til": plan.til}
    for question in (_IN_ORDER, _AMONG_KEPT):
        for position, link, previous, text in _streamed(using, question, asked):
            line = {"position": position, "link": link}
            if previous:
                line["previous"] = previous
            if text is None:
                line["hash"] = dropped[position].hex()
            else:
                line["row"] = text
            yield line
    yield {"end": plan.entries, "link": plan.til_link.hex()}


def _streamed(using: str, question: str, asked: dict) -> Iterator[tuple]:
    with connections[using].chunked_cursor() as cursor:
        cursor.execute(question, asked)
        while rows := cursor.fetchmany(AT_ONCE):
            yield from rows


def write(path: Path, each: Iterator[dict]) -> Path:
    """Write beside the path until the disk has it; where it lies. It counts once it was proven and named."""
    unfinished = path.with_name(path.name + UNFINISHED)
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with open(handle, "w", encoding="utf-8", newline="\n") as file:
            for line in each:
                file.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        with suppress(OSError):
            unfinished.unlink()
        raise
    return unfinished


def name(unfinished: Path, path: Path) -> None:
    """Give the proven file its name, unless another has it by now (FileExistsError)."""
    os.link(unfinished, path)
    unfinished.unlink()
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
