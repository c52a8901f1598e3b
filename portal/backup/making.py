"""Make one backup: facts, dump and photos of one moment, sealed, named when whole, read again."""

import fcntl
import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import django

from portal.backup import Failed, media, package
from portal.backup.counting import RowsOfDump, differing
from portal.backup.facts import read_facts, snapshot
from portal.backup.keys import fingerprints
from portal.backup.programs import environment, program
from portal.backup.pruning import STAMP, SUFFIX, backups, prune

FORMAT = 1
ROOM = 1.2  # times the size of the last backup must be free


@dataclass(frozen=True)
class Made:
    path: Path
    size: int
    rows: int
    media: int
    copied: int
    pruned: int


def make(url: str, folder: Path, recipient: str, media_root: Path) -> Made:
    """Raises Failed; then nothing new is in the folder, and nothing old is gone from it."""
    public_key = package.recipient_of(recipient)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with alone(folder), snapshot(url) as (connection, moment):
            require_room(folder)
            stamp = datetime.now(UTC).strftime(STAMP)
            facts = read_facts(connection)
            kept = media.keep_all(media_root, folder, connection)
            manifest = described(connection, facts, kept, stamp)
            part = folder / f".{stamp}{SUFFIX}.part"
            try:
                written = write(part, public_key, manifest, kept.listed, url, connection, moment)
                read_again(part, written.sha256.hexdigest())
                refuse_lost_files(url, kept.missing)
                name_it(part, folder / f"{stamp}{SUFFIX}", written.sha256.hexdigest(), kept.listed)
            finally:
                part.unlink(missing_ok=True)
            pruned = prune(folder)
    except OSError as error:
        raise Failed(
            f"写不了备份目录 {folder}：{error.strerror or error}",
            "检查磁盘空间和权限；旧的备份没有动。",
        ) from error
    rows = sum(fact["rows"] for fact in facts["tables"].values())
    path = folder / f"{stamp}{SUFFIX}"
    return Made(path, written.size, rows, len(kept.entries), kept.copied, len(pruned))


@contextmanager
def alone(folder: Path):
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Failed(
                "另一次备份还在进行。", "等它结束：systemctl status shequ-backup"
            ) from error
        yield


def require_room(folder: Path) -> None:
    """Better told before an hour of dumping than after it."""
    last = next(iter(backups(folder).values()), None)
    wanted = int(last.stat().st_size * ROOM) if last else 0
    free = shutil.disk_usage(folder).free
    if free < wanted:
        raise Failed(
            f"备份目录所在磁盘只剩 {free // 2**20} MB，需要 {wanted // 2**20} MB。",
            "清理或扩容后再备份；旧的备份没有动。",
        )


def described(connection, facts: dict, kept: media.Kept, stamp: str) -> dict:
    return {
        "format": FORMAT,
        "made": stamp,
        "django": django.__version__,
        "postgresql": connection.info.server_version,
        "database": connection.info.dbname,
        "keys": fingerprints(),
        "media": {
            "count": len(kept.entries),
            "bytes": sum(entry.size for entry in kept.entries),
        },
        "facts": facts,
    }


def write(part, recipient, manifest, listed, url, connection, moment) -> package.Hashing:
    version = connection.info.server_version
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        target = package.Hashing(file)

        def fill(tar):
            package.add_data(tar, package.MANIFEST, manifest)
            package.add(tar, package.MEDIA, listed)
            package.add_data(tar, package.END, dump_into(tar, url, version, moment, manifest))

        package.seal(target, recipient, fill)
        file.flush()
        os.fsync(file.fileno())
    return target


def dump_into(tar, url: str, version: int, moment: str, manifest: dict) -> dict:
    """Raises Failed when pg_dump did, or when the dump does not hold the rows of the snapshot."""
    count = RowsOfDump(program("pg_restore", version))
    command = [
        program("pg_dump", version),
        "--format=custom",
        f"--snapshot={moment}",
        "--no-password",
    ]
    try:
        with tempfile.TemporaryFile() as words:
            with subprocess.Popen(
                command, stdout=subprocess.PIPE, stderr=words, env=environment(url)
            ) as dump:
                told = package.add_parts(tar, dump.stdout, count.feed)
            words.seek(0)
            if dump.returncode:
                last = words.read().decode(errors="replace").strip().splitlines()[-1:]
                raise Failed(
                    f"pg_dump 没有完成（exit {dump.returncode}）：{' '.join(last)}",
                    "检查数据库、磁盘和备份角色的权限（重新执行 docs/deploy/roles.sql 和 migrate）。",
                )
    finally:
        readable = count.finish()
    wrong = differing(manifest["facts"]["tables"], count.rows)
    if wrong or not readable:
        raise Failed(
            f"备份里的行数与数据库不符（rows are missing in the dump）：{'；'.join(wrong[:5]) or '读不出'}",
            "这份备份没有保存。检查备份角色是否为 portal_backup、pg_dump 是否被替换或带了别的选项。",
        )
    return told


def read_again(part: Path, sha256: str) -> None:
    if package.file_sha256(part) != sha256:
        raise Failed(
            "写到磁盘的备份读回来不一样（disk returns other bytes）。",
            "检查磁盘：smartctl、dmesg。",
        )


def refuse_lost_files(url: str, missing: list[str]) -> None:
    """Attachments of the snapshot without a file, unless they were destroyed meanwhile."""
    if not missing:
        return
    with snapshot(url) as (connection, _):
        still = connection.execute(
            "SELECT count(*) FROM public.portal_attachment WHERE name = ANY (%s)", [missing]
        ).fetchone()[0]
    if still:
        raise Failed(
            f"{still} 个附件在数据库里有记录，文件却不在 MEDIA_ROOT。",
            "检查 MEDIA_ROOT 是否指对、磁盘是否挂载；确已丢失的从上一份备份恢复。",
        )


def name_it(part: Path, path: Path, sha256: str, listed: bytes) -> None:
    """The companions first: a file with the name of a backup is complete."""
    companions = {".media": listed, ".sha256": f"{sha256}  {path.name}\n".encode()}
    for suffix, content in companions.items():
        with path.with_suffix(suffix).open("wb") as file:
            os.fchmod(file.fileno(), 0o600)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    part.rename(path)
    media.sync_folder(path.parent)
