"""The proof of the change log: every entry against its link, every link against the one before.

Set-based in the database (``audit.links``), which hands out hashes alone; linking is done here, so that
the database is not asked to vouch for itself.
"""

import json
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

from django.db import connection

from portal.audit.chain import Head, present_head
from portal.audit.months import first_kept

PAGE = 50_000  # links compared at once
MOST_TOLD = 200
START = sha256(b"audit chain").digest()


@dataclass(frozen=True)
class Fault:
    """``what`` is one of CHANGED …; ``entry`` the id in ``audit.log`` (0: none), ``about`` table and key."""

    what: str
    position: int
    entry: int
    about: str = ""

    def __str__(self):
        where = f"第 {self.position} 环" if self.position else "链外" if self.entry else "文件"
        entry = f"，日志第 {self.entry} 号" if self.entry else ""
        return f"{self.what}：{where}{entry}{f'（{self.about}）' if self.about else ''}"


CHANGED = "内容被改动"
REMOVED = "日志被删除"
INSERTED = "日志是后来插入的"
MOVED = "顺序被调换"
LINK = "链被改动"
GAP = "链缺了一环"
CUT = "末尾被截断"
HEAD = "与库外记录不符"
RETURNED = "已按期清除的日志又出现"
ANCHOR = "清除记录与库外记录不符"
EARLY = "未满保存期限就被清除"


@dataclass
class Proof:
    entries: int = 0
    waiting: int = 0  # written, not sealed yet
    seconds: float = 0.0
    with_head: bool = False
    faults: list[Fault] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        return not self.faults


@dataclass(frozen=True)
class Link:
    position: int
    entry: int
    link: bytes
    now: bytes | None  # the hash of what stands there now; None where it is gone
    written: bytes | None
    about: str | None


def prove(heads: Iterable[Head] = ()) -> Proof:
    """Compare everything, and with it the heads that were kept outside. At most MOST_TOLD faults are told.

    Run it within one moment (REPEATABLE READ), or a sealing beside it looks like a fault.
    """
    began = time.monotonic()
    heads = list(heads)
    known = {head.count: head for head in heads}
    proof = Proof(with_head=bool(known))
    if inside := present_head():
        known.setdefault(inside.count, inside)
    anchor = present_anchor()
    proof.faults += anchor.faults(heads)
    before, boundary = anchor.link, anchor.boundary
    position, odd = anchor.position, []
    for page in _pages(position):
        for each in page:
            if each.position != position + 1:
                proof.faults.append(Fault(GAP, position + 1, 0))
            position = each.position
            now = each.now or boundary.get(each.position)
            if now is None or sha256(before + now).digest() != each.link:
                odd.append((before, each))
            elif each.written is not None and each.written != now:
                proof.faults.append(Fault(CHANGED, position, each.entry, each.about or ""))
            before = each.link
            head = known.pop(position, None)
            if head and (head.link != each.link.hex() or head.last_id != each.entry):
                proof.faults.append(Fault(HEAD, position, head.last_id))
        proof.entries += len(page)
        if len(odd) + len(proof.faults) > MOST_TOLD:
            break
    else:
        cut = [head for count, head in known.items() if count > position]
        if cut:
            last = max(cut, key=lambda head: head.count)
            proof.faults.append(Fault(CUT, last.count, last.last_id, f"现只到第 {position} 环"))
    proof.faults += told_of(odd)
    returned = dict(_asked("SELECT entry, about FROM audit.returned()"))
    proof.faults += [Fault(RETURNED, 0, entry, about) for entry, about in returned.items()]
    for entry, about, late in _asked("SELECT entry, about, late FROM audit.unlinked()"):
        if entry in returned:
            continue
        if late:
            proof.faults.append(Fault(INSERTED, 0, entry, about))
        else:
            proof.waiting += 1
    proof.seconds = time.monotonic() - began
    return proof


def told_of(odd: list[tuple[bytes, Link]]) -> list[Fault]:
    """What is wrong with each odd link: an entry that fits another's place was moved there."""
    hashes = {h for _, each in odd for h in (each.now, each.written) if h}
    found = []
    for before, each in odd:
        fits = {sha256(before + h).digest(): h for h in hashes - {each.now}}
        if each.link in fits and fits[each.link] != each.written:
            what = MOVED
        elif each.now is None:
            what = REMOVED
        elif each.now == each.written:
            # It is whole in itself: either it was changed with its hash, or the link was.
            what = LINK
        else:
            what = CHANGED
        found.append(Fault(what, each.position, each.entry, each.about or ""))
    return found


@dataclass(frozen=True)
class Anchor:
    """Where the chain begins: after what was dropped, or at its start. ``boundary``: hashes of dropped
    entries among kept ones, by position."""

    position: int = 0
    link: bytes = START
    last_id: int | None = None
    dropped_before: date | None = None
    boundary: dict[int, bytes] = field(default_factory=dict)

    def faults(self, heads: list[Head]) -> list[Fault]:
        """What speaks against it: a head at its place, that nobody outside knows of it, that it came too soon."""
        found = []
        here = [head for head in heads if head.count == self.position]
        for head in here:
            if head.link != self.link.hex() or self.last_id not in (None, head.last_id):
                found.append(Fault(HEAD, self.position, head.last_id))
                break
        if self.dropped_before is None:
            return found
        day = f"{self.dropped_before:%Y-%m-%d}"
        if heads and day not in {head.dropped_before for head in here}:
            found.append(Fault(ANCHOR, self.position, self.last_id or 0, f"{day} 之前"))
        if self.dropped_before > first_kept():
            found.append(Fault(EARLY, self.position, self.last_id or 0, f"{day} 之前"))
        return found


def present_anchor() -> Anchor:
    rows = _asked(
        "SELECT position, link, last_id, dropped_before, boundary::text FROM audit.anchor"
        " ORDER BY position DESC LIMIT 1"
    )
    if not rows:
        return Anchor()
    position, link, last_id, day, boundary = rows[0]
    hashes = {int(at): bytes.fromhex(text) for at, text in json.loads(boundary).items()}
    return Anchor(position, bytes(link), last_id, day, hashes)


def _pages(after: int):
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pos, entry, link, now, written, about FROM audit.links(%s, %s)",
                [after, after + PAGE],
            )
            page = [Link(*row) for row in cursor]
            cursor.execute("SELECT max(count) FROM audit.head")
            last = cursor.fetchone()[0] or 0
        yield page
        after += PAGE
        if after >= last and not page:
            return


def _asked(question: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchall()
