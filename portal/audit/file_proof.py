"""The proof of a file of dropped months: each entry against its link, each link against the one before, and
all of it against what is known outside the file."""

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from django.db import connection

from portal.audit.chain import Head
from portal.audit.kept_file import FORMAT, KIND
from portal.audit.proof import (
    CUT,
    HEAD,
    LINK,
    MOST_TOLD,
    MOVED,
    REMOVED,
    START,
    Fault,
    Link,
    told_of,
)

UNREADABLE = "读不懂"
OTHER = "不是清除时写下的那个文件"


@dataclass
class FileProof:
    """``compared``: how many heads and records of drops, kept elsewhere, spoke of this file.
    ``boundary``: hashes of what lies among entries that are kept."""

    before: str = ""
    start: int = 0
    til: int = 0
    link: bytes = START
    entries: int = 0
    first: datetime | None = None
    last: datetime | None = None
    sha256: str = ""
    compared: int = 0
    boundary: dict[int, bytes] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        return not self.faults


def dropped_here() -> list[Head]:
    """What this database knows of its own drops."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT position, coalesce(last_id, 0), encode(link, 'hex'), at::text,"
            " dropped_before::text, coalesce(file, '') FROM audit.anchor ORDER BY position"
        )
        return [Head(*row) for row in cursor]


def prove_file(path: Path, heads: Iterable[Head] = ()) -> FileProof:
    """Raises OSError where it cannot be read, ValueError where it is no such file at all."""
    reading, digest, number = _Reading(list(heads)), hashlib.sha256(), 0
    with path.open("rb") as file:
        os.posix_fadvise(
            file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED
        )  # from the disk, not from memory
        for number, line in enumerate(file, 1):
            digest.update(line)
            try:
                given = json.loads(line)
                reading.take(given) if number > 1 else reading.begin(given)
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                if number == 1:
                    raise ValueError(f"{path} 不是操作日志的导出文件") from error
                reading.odd_line(number)
            if len(reading.proof.faults) > MOST_TOLD:
                break
    if not number:
        raise ValueError(f"{path} 是空的")
    return reading.end(digest.hexdigest())


class _Reading:
    def __init__(self, heads: list[Head]):
        self.proof = FileProof()
        self.heads, self.by_position = heads, {}
        for head in heads:
            self.by_position.setdefault(head.count, []).append(head)
        self.position, self.link, self.ended = 0, START, False
        self.missing: set[int] = set()
        self.odd: list[tuple[bytes, Link]] = []
        self.pending: tuple[bytes, Link, bytes] | None = None

    def begin(self, given: dict) -> None:
        if given["kind"] != KIND or given["format"] != FORMAT:
            raise ValueError("another kind of file")
        proof = self.proof
        proof.before, proof.start, proof.til = given["before"], given["start"], given["til"]
        self.position, self.link = proof.start, bytes.fromhex(given["link"])
        proof.link = self.link
        if not proof.start and self.link != START:
            self._fault(LINK, 0)
        self._compare(proof.start, self.link, None)

    def take(self, given: dict) -> None:
        if self.ended:
            raise ValueError("nothing follows the end")
        if "end" in given:
            self.ended = True
            if given["end"] != self.proof.entries:
                self._fault(CUT, self.position, about=f"应有 {given['end']} 条")
            if bytes.fromhex(given["link"]) != self.proof.link:
                self._fault(LINK, self.position)
            return
        position, link = int(given["position"]), bytes.fromhex(given["link"])
        text, entry = given.get("row"), 0
        if text is None:
            now = bytes.fromhex(given["hash"])
        else:
            now = sha256(text.encode()).digest()
            entry = self._told(text)
        if position <= self.position:
            self.missing.discard(position)
            self._fault(MOVED, position, entry)
            return
        among_kept = position > self.proof.til
        before = self._before(position, given.get("previous") if among_kept else None)
        if among_kept:
            self.proof.boundary[position] = now
        if before is not None:
            self._check(before, Link(position, entry, link, now, None, None))
        self._compare(position, link, entry or None)
        self.position, self.link = position, link
        if position <= self.proof.til:
            self.proof.link = link

    def _told(self, text: str) -> int:
        """Count the entry and note when it was written; its id."""
        self.proof.entries += 1
        try:
            number, seconds = text[1:].split(",", 2)[:2]
            written = datetime.fromtimestamp(float(seconds), UTC)
            self.proof.first = min(self.proof.first or written, written)
            self.proof.last = max(self.proof.last or written, written)
            return int(number)
        except (ValueError, OverflowError, OSError):
            return 0  # its link tells that it was changed

    def _before(self, position: int, previous: str | None) -> bytes | None:
        """The link that this one follows; None where the entry before is missing."""
        if previous is None:
            return self.link if not self._skipped(position) else None
        self._skipped(min(position, self.proof.til + 1))
        before = bytes.fromhex(previous)
        if position == self.position + 1 and before != self.link:
            self._fault(LINK, position)
        return before

    def _skipped(self, position: int) -> bool:
        """Whether positions between the last and this one are missing; they are noted."""
        first = self.position + 1
        self.missing.update(range(first, min(position, first + MOST_TOLD)))
        return position > first

    def _check(self, before: bytes, each: Link) -> None:
        made = sha256(before + each.now).digest()
        if made == each.link:
            self._settle()
        elif self.pending and sha256(self.pending[2] + each.now).digest() == each.link:
            self._fault(LINK, self.pending[1].position, self.pending[1].entry)
            self.pending = None
        else:
            self._settle()
            self.pending = (before, each, made)

    def _settle(self) -> None:
        """What did not fit, and was no change of its link alone."""
        if self.pending:
            self.odd.append(self.pending[:2])
            self.pending = None

    def _compare(self, position: int, link: bytes, entry: int | None) -> None:
        for head in self.by_position.get(position, ()):
            self.proof.compared += 1
            if head.link != link.hex() or (entry and head.last_id not in (0, entry)):
                self._fault(HEAD, position, head.last_id)

    def _fault(self, what: str, position: int, entry: int = 0, about: str = "") -> None:
        self.proof.faults.append(Fault(what, position, entry, about))

    def odd_line(self, number: int) -> None:
        self._fault(UNREADABLE, 0, about=f"第 {number} 行")

    def end(self, digest: str) -> FileProof:
        proof = self.proof
        proof.sha256 = digest
        self._settle()
        self._skipped(proof.til + 1)
        proof.faults += told_of(self.odd)
        proof.faults += [Fault(REMOVED, position, 0) for position in sorted(self.missing)]
        if not self.ended:
            self._fault(CUT, self.position)
        known = {
            head.file
            for head in self.heads
            if head.file and (head.count, head.dropped_before) == (proof.til, proof.before)
        }
        proof.compared += len(known)
        if known and digest not in known:
            self._fault(OTHER, 0, about=f"校验码 {digest[:16]}")
        return proof
