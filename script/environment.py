"""The secrets of this checkout, made once and kept in var/env (mode 0600), one NAME=value a line.

Run as a program it completes the file and prints nothing. A value that the real environment
already holds is used instead of the file's (script/lib.sh sees to that).
"""

import base64
import os
import secrets
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "var" / "env"


def _password() -> str:
    """Letters and digits only, so that it stands in a URL and in SQL as it is."""
    return secrets.token_hex(24)


def _key() -> str:
    return base64.b64encode(os.urandom(32)).decode()


MAKERS = {
    "SECRET_KEY": lambda: secrets.token_urlsafe(50),
    "FIELD_KEYS": lambda: f"1:{_key()}",
    "HASH_KEY": _key,
    "DATABASE_OWNER_PASSWORD": _password,
    "DATABASE_WEB_PASSWORD": _password,
    "DATABASE_BACKUP_PASSWORD": _password,
}


def read() -> dict[str, str]:
    if not FILE.exists():
        return {}
    lines = FILE.read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))


def complete() -> dict[str, str]:
    """All secrets; the missing ones are made and added, those that exist are never changed."""
    known = read()
    missing = {name: make() for name, make in MAKERS.items() if name not in known}
    if missing:
        FILE.parent.mkdir(exist_ok=True)
        _replace({**known, **missing})
    return known | missing


def _replace(values: dict[str, str]) -> None:
    """Write whole or not at all: a half-written key file would lock personal data for ever."""
    new = FILE.with_suffix(".new")
    new.unlink(missing_ok=True)
    text = "# Keep a copy apart: without these keys the database cannot be read.\n"
    text += "".join(f"{name}={value}\n" for name, value in values.items())
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    new.replace(FILE)


if __name__ == "__main__":
    complete()
