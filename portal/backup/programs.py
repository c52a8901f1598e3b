"""PostgreSQL's own programs, run with a login that never stands in a command line."""

import os
import shutil
import subprocess
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict

from portal.backup import Failed

FOLDER = Path("/usr/lib/postgresql")
VARIABLES = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
}


def connect(url: str, **changes) -> psycopg.Connection:
    """In autocommit. Raises Failed where nobody answers or the login is refused."""
    try:
        return psycopg.connect(url, autocommit=True, connect_timeout=5, **changes)
    except psycopg.OperationalError as error:
        raise Failed(
            f"连不上数据库（cannot connect）：{str(error).strip().splitlines()[-1]}",
            "检查 PostgreSQL 是否启动、地址和口令是否正确（DATABASE_BACKUP_URL，docs/deploy/environment.md）。",
        ) from error


def environment(url: str, **changes) -> dict[str, str]:
    """The environment of a program that signs in so; the password is in no argument."""
    login = {name: str(value) for name, value in (conninfo_to_dict(url) | changes).items()}
    return os.environ | {
        variable: login[name] for name, variable in VARIABLES.items() if login.get(name)
    }


def program(name: str, server_version: int) -> str:
    """Path of a program at least as new as the server (``150020``). Raises Failed."""
    wanted = server_version // 10_000
    own = FOLDER / str(wanted) / "bin" / name
    if own.exists():
        return str(own)
    found = shutil.which(name)
    if found is None or _major(found) < wanted:
        raise Failed(
            f"没有版本 {wanted} 的 {name}。", f"apt-get install postgresql-client-{wanted}"
        )
    return found


def _major(path: str) -> int:
    words = subprocess.run([path, "--version"], capture_output=True, text=True).stdout.split()
    return int(words[2].split(".")[0])
