"""The sealed files on disk: MEDIA_ROOT/<first two>/<name>, which no web server serves.

A file is written whole and flushed to disk under ``<name>.part`` before the transaction commits,
and gets its name after that. So a row never lacks its content: a crash between the two leaves the
part, which is read like the file until the nightly sweep names it. A rolled-back part belongs to
no row and is swept away.
"""

import logging
import os
import re
import secrets
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import transaction

from portal.crypto import decrypt_bytes, encrypt_bytes

log = logging.getLogger(__name__)

PART = ".part"
THUMBNAIL = "-small"
NAME = re.compile(rf"([0-9a-f]{{32}})({THUMBNAIL})?({re.escape(PART)})?")


class Missing(Exception):
    """The row is there, its file is not."""


def new_name() -> str:
    """Random, so that it tells nothing and cannot be guessed."""
    return secrets.token_hex(16)


def path_of(name: str) -> Path:
    return Path(settings.MEDIA_ROOT) / name[:2] / name


def put(name: str, content: bytes) -> None:
    """Keep the content under the name once the present transaction commits. Raises OSError."""
    target = path_of(name)
    part = target.with_name(name + PART)
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    sealed = encrypt_bytes(content, context_of(name))
    try:
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(sealed)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        part.unlink(missing_ok=True)
        raise
    transaction.on_commit(lambda: finish(name), robust=True)


def finish(name: str) -> None:
    """Give a written part its name; the directory is flushed, so the name outlives a power cut."""
    target = path_of(name)
    target.with_name(name + PART).rename(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def get(name: str) -> bytes:
    """The clear content. Raises Missing, CannotOpen."""
    target = path_of(name)
    for path in (target, target.with_name(name + PART), target):  # it may be named in between
        try:
            return decrypt_bytes(path.read_bytes(), context_of(name))
        except FileNotFoundError:
            continue
    raise Missing(name)


def context_of(name: str) -> bytes:
    """A file renamed to another's name does not open there."""
    return b"file:" + name.encode()


def drop(path: Path) -> None:
    path.unlink(missing_ok=True)


def destroy(name: str) -> None:
    """The file of a row that is gone, in all its shapes."""
    for each in (name, name + THUMBNAIL):
        for path in (path_of(each), path_of(each + PART)):
            drop(path)


def kept_files(older_than: float) -> Iterator[tuple[str, Path]]:
    """(attachment's name, path) of all files of ours that were last written so many seconds ago."""
    before = time.time() - older_than
    for path in Path(settings.MEDIA_ROOT).glob("[0-9a-f][0-9a-f]/*"):
        found = NAME.fullmatch(path.name)
        try:
            if found and path.stat().st_mtime < before:
                yield found[1], path
        except FileNotFoundError:  # named or swept meanwhile
            continue
