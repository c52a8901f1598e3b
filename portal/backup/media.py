"""Photos and scans beside the sealed file, each once, under the hash of its (sealed) content.

Most of them are the same from night to night, so a backup costs only those that are new. They are
sealed on disk already (ADR 14) and are copied as they are.
"""

import hashlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from portal.attachments import vault

FOLDER = "media"
AT_ONCE = 2_000  # copies between two flushes
ATTACHMENTS = "SELECT name FROM public.portal_attachment"


@dataclass(frozen=True)
class Entry:
    """One line of the list: hash and size of the content, and where it lies under MEDIA_ROOT."""

    sha256: str
    size: int
    path: str

    def __str__(self) -> str:
        return f"{self.sha256} {self.size} {self.path}"


@dataclass
class Kept:
    entries: list[Entry] = field(default_factory=list)
    copied: int = 0
    missing: list[str] = field(default_factory=list)  # attachments whose file is not there

    @property
    def listed(self) -> bytes:
        return "".join(f"{entry}\n" for entry in self.entries).encode()


def parse(listed: bytes) -> Iterator[Entry]:
    for line in listed.decode().splitlines():
        sha256, size, path = line.split(" ", 2)
        yield Entry(sha256, int(size), path)


def place(folder: Path, sha256: str) -> Path:
    return folder / FOLDER / sha256[:2] / sha256


def keep_all(root: Path, folder: Path, connection) -> Kept:
    """Copy what is not there yet. Called within the snapshot of ``connection``: each of its attachments
    had its file before, and one that is gone was destroyed since."""
    kept, there = Kept(), set()
    for path in sorted(root.glob("[0-9a-f][0-9a-f]/*")):
        found = vault.NAME.fullmatch(path.name)
        if not found:
            continue
        try:
            entry = keep(path, root, folder, kept)
        except FileNotFoundError:  # named or destroyed meanwhile
            path = path.with_name(path.name.removesuffix(vault.PART))
            if not path.exists():
                continue
            entry = keep(path, root, folder, kept)
        kept.entries.append(entry)
        if not found[2]:
            there.add(found[1])
    wanted = {name for (name,) in connection.execute(ATTACHMENTS).fetchall()}
    kept.missing = sorted(wanted - there)
    return kept


def keep(path: Path, root: Path, folder: Path, kept: Kept) -> Entry:
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    target = place(folder, sha256)
    if not target.exists():
        copy_whole(path, target)
        kept.copied += 1
    return Entry(sha256, target.stat().st_size, str(path.relative_to(root)))


def copy_whole(source: Path, target: Path) -> None:
    """There whole or not at all, also after a power cut."""
    part = copy_part(source, target)
    with part.open("rb") as copy:
        os.fsync(copy.fileno())
    part.rename(target)
    sync_folder(target.parent)


def copy_part(source: Path, target: Path) -> Path:
    """The copy beside its place, not flushed to disk yet."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.part")
    with source.open("rb") as origin, part.open("wb") as copy:
        os.fchmod(copy.fileno(), 0o600)
        shutil.copyfileobj(origin, copy)
    return part


def sync_folder(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def damaged(entries: list[Entry], folder: Path) -> list[Entry]:
    """Those whose copy is missing or is not what was copied."""
    wrong, checked = [], {}
    for entry in entries:
        if entry.sha256 not in checked:
            checked[entry.sha256] = is_whole(place(folder, entry.sha256), entry.sha256)
        if not checked[entry.sha256]:
            wrong.append(entry)
    return wrong


def is_whole(path: Path, sha256: str) -> bool:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except FileNotFoundError:
        return False


def bring_back(entries: list[Entry], folder: Path, root: Path) -> int:
    """Copy under MEDIA_ROOT what is not there or differs; how many. Nothing there is deleted.

    The disk is flushed once for many copies: flushed one by one, tens of thousands of photos take hours.
    """
    wanted = [each for each in entries if not is_whole(root / each.path, each.sha256)]
    for begin in range(0, len(wanted), AT_ONCE):
        several = wanted[begin : begin + AT_ONCE]
        targets = [root / entry.path for entry in several]
        parts = [
            copy_part(place(folder, entry.sha256), target)
            for entry, target in zip(several, targets, strict=True)
        ]
        os.sync()
        for part, target in zip(parts, targets, strict=True):
            part.rename(target)
    os.sync()
    return len(wanted)


def forget_unlisted(folder: Path) -> int:
    """Delete copies that no backup's list names any more; how many."""
    listed = set()
    for path in folder.glob("*.media"):
        listed.update(entry.sha256 for entry in parse(path.read_bytes()))
    gone = [path for path in (folder / FOLDER).glob("??/*") if path.name not in listed]
    for path in gone:
        path.unlink()
    return len(gone)
