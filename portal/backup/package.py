"""The sealed file: age over a tar of manifest.json, media.txt, database/000001 … and end.json.

Written and read as a stream, so that memory does not grow with the database. Without this program:
``age -d -i KEY FILE | tar x && cat database/* | pg_restore …``.
"""

import hashlib
import io
import json
import os
import tarfile
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyrage

from portal.backup import Failed

MANIFEST, MEDIA, PART, END = "manifest.json", "media.txt", "database/{:06}", "end.json"
CHUNK = 4 * 1024 * 1024
DAMAGED = Failed(
    "备份文件被改动、损坏或不完整（damaged, altered or cut short）。",
    "不要使用这一份；用前一份备份，并检查存放备份的磁盘。",
)


def recipient_of(text: str) -> pyrage.x25519.Recipient:
    """The public key that a backup is sealed for. Raises Failed."""
    try:
        return pyrage.x25519.Recipient.from_str(text.strip())
    except pyrage.RecipientError as error:
        raise Failed(
            "没有设置备份公钥，或它不是 age1… 开头的公钥（BACKUP_RECIPIENT）。",
            "script/backup --new-identity 文件 生成一对密钥：公钥写入 BACKUP_RECIPIENT，私钥存放到别处。",
        ) from error


def identity_in(path: Path) -> pyrage.x25519.Identity:
    """The private key in a file of age's own form. Raises Failed."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        [line] = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
        return pyrage.x25519.Identity.from_str(line)
    except (OSError, ValueError, pyrage.IdentityError) as error:
        raise Failed(
            f"读不出私钥文件 {path}。", "指定 --identity：里面有一行 AGE-SECRET-KEY-1… 的文件。"
        ) from error


class Hashing:
    """A file being written, whose hash is known at the end."""

    def __init__(self, file):
        self.file, self.sha256, self.size = file, hashlib.sha256(), 0

    def write(self, content) -> int:
        self.sha256.update(content)
        self.size += len(content)
        self.file.write(content)
        return len(content)

    def flush(self) -> None:
        self.file.flush()


def seal(target: Hashing, recipient, write: Callable[[tarfile.TarFile], None]) -> None:
    """Seal what ``write`` adds to the tar. What it raises is raised here, once the pipe is closed."""
    reading, writing = os.pipe()
    raised = []

    def produce():
        try:
            with (
                os.fdopen(writing, "wb") as pipe,
                tarfile.open(mode="w|", fileobj=pipe, bufsize=CHUNK) as tar,
            ):
                write(tar)
        except BaseException as error:
            raised.append(error)

    producer = threading.Thread(target=produce)
    producer.start()
    try:
        with os.fdopen(reading, "rb") as pipe:
            pyrage.encrypt_io(pipe, target, [recipient])
    except pyrage.EncryptError as error:
        raise OSError(str(error)) from error  # what the target said: a full disk
    finally:
        producer.join()
    if raised:
        raise raised[0]


def add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(content), 0o600
    tar.addfile(member, io.BytesIO(content))


def add_data(tar: tarfile.TarFile, name: str, data: dict) -> None:
    add(tar, name, json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True).encode())


def add_parts(tar: tarfile.TarFile, stream, also: Callable[[bytes], None]) -> dict:
    """The dump in parts; ``also`` gets each of them. What end.json says of the whole."""
    sha256, size, number = hashlib.sha256(), 0, 0
    while chunk := stream.read(CHUNK):
        number += 1
        sha256.update(chunk)
        size += len(chunk)
        add(tar, PART.format(number), chunk)
        also(chunk)
    return {"parts": number, "bytes": size, "sha256": sha256.hexdigest()}


@contextmanager
def opened(path: Path, identity) -> Iterator[Iterable[tuple[str, bytes]]]:
    """(name, content) of each member in order. Raises Failed for a wrong key or a flipped byte, at the
    latest when the last member was read: what was read before is authentic as far as it goes."""
    reading, writing = os.pipe()
    raised = []

    def produce():
        try:
            with path.open("rb") as file, os.fdopen(writing, "wb") as pipe:
                pyrage.decrypt_io(file, pipe, [identity])
        except Exception as error:
            raised.append(error)

    producer = threading.Thread(target=produce)
    producer.start()
    pipe = os.fdopen(reading, "rb")

    def members():
        try:
            with tarfile.open(mode="r|", fileobj=pipe, bufsize=CHUNK) as tar:
                for member in tar:
                    yield member.name, tar.extractfile(member).read()
            while pipe.read(CHUNK):
                pass  # to the very end, so that a cut tail is noticed
        except tarfile.TarError as error:
            producer.join()
            raise (wrong_key(raised) or DAMAGED) from error
        producer.join()
        if raised:
            raise (wrong_key(raised) or DAMAGED) from raised[0]

    try:
        yield members()
    finally:
        pipe.close()
        producer.join()


def wrong_key(raised: list) -> Failed | None:
    """What an error of the opening thread means, where it is not damage."""
    if raised and getattr(raised[0], "errno", None) and not isinstance(raised[0], BrokenPipeError):
        return Failed(f"读不出备份文件：{raised[0]}", "检查文件和磁盘。")
    if raised and "No matching keys" in str(raised[0]):
        return Failed("这把私钥打不开这份备份（no matching keys）。", "找出做这份备份时的私钥。")
    return None


def file_sha256(path: Path) -> str:
    """Read from the disk anew, not from memory."""
    with path.open("rb") as file:
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        return hashlib.file_digest(file, "sha256").hexdigest()
