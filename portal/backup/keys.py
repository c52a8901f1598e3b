"""The keys of personal data: never in a backup; a copy of them, sealed by a passphrase, elsewhere."""

import base64
import hashlib
import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pyrage
from django.conf import settings

from portal.backup import Failed

LEAST_PASSPHRASE = 16  # characters
SUFFIX = ".keys"
SINGLE = ("HASH_KEY", "CODE_KEY", "HASH_KEY_NEXT")  # those that are set


def fingerprints() -> dict[str, str]:
    """Tells keys apart without telling them: they are 32 random bytes each."""
    keys = {str(number): key for number, key in settings.FIELD_KEYS.items()}
    keys["hash"] = settings.HASH_KEY
    return {
        name: hashlib.sha256(b"fingerprint:" + key).hexdigest()[:16] for name, key in keys.items()
    }


def variables() -> dict[str, str]:
    """The keys as the environment gives them, wherever they came from."""
    numbered = [f"{number}:{_text(key)}" for number, key in settings.FIELD_KEYS.items()]
    single = {name: _text(key) for name in SINGLE if (key := getattr(settings, name, None))}
    return {"FIELD_KEYS": ",".join(numbered), **single, "SECRET_KEY": settings.SECRET_KEY}


def _text(key: bytes) -> str:
    return base64.b64encode(key).decode()


def store_copy(folder: Path, backups: Path, passphrase: str) -> Path:
    """Seal the keys of this environment into a new file of the folder. Raises Failed."""
    if len(passphrase) < LEAST_PASSPHRASE:
        raise Failed(
            f"口令太短（至少 {LEAST_PASSPHRASE} 个字符）。", "用四五个不相干的词，写在纸上锁好。"
        )
    if folder.resolve() == backups.resolve() or backups.resolve() in folder.resolve().parents:
        raise Failed(
            "密钥不能和备份放在一起：拿到两样的人能读出全部个人信息。",
            "--keys-to 指向另一块磁盘、U 盘或另一台机器。",
        )
    text = "".join(f"{name}={value}\n" for name, value in variables().items())
    told = json.dumps({"fingerprints": fingerprints()}) + "\n"
    sealed = pyrage.passphrase.encrypt((f"# {told}" + text).encode(), passphrase)
    path = folder / f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}{SUFFIX}"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(sealed)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise Failed(f"写不了 {folder}：{error.strerror}", "检查 --keys-to 的目录。") from error
    return path


def opened(path: Path, passphrase: str) -> str:
    """The lines to put into the environment file again. Raises Failed."""
    try:
        return pyrage.passphrase.decrypt(path.read_bytes(), passphrase).decode()
    except (OSError, pyrage.DecryptError) as error:
        raise Failed("打不开密钥副本。", "检查口令和文件。") from error


def new_identity(path: Path) -> str:
    """Write a new private key for backups into the file; the public key. Raises Failed."""
    identity = pyrage.x25519.Identity.generate()
    public = str(identity.to_public())
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(f"# public key: {public}\n{identity}\n")
            os.fsync(file.fileno())
    except OSError as error:
        raise Failed(
            f"写不了 {path}：{error.strerror}", "已有的私钥不会被覆盖；换一个文件名。"
        ) from error
    return public
