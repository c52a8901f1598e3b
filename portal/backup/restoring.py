"""Restore one backup into a database made anew; what stood there before is renamed, never overwritten."""

import hashlib
import json
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from psycopg import Connection, errors, sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from portal.backup import Failed, media, package
from portal.backup.comparing import Line, compare, same
from portal.backup.facts import SEES_ALL, read_facts, snapshot
from portal.backup.keys import fingerprints
from portal.backup.programs import connect, environment, program
from portal.backup.verifying import require_end

MAINTENANCE = "postgres"
PATIENCE = 5  # seconds
NOTHING_IN_IT = """
    SELECT NOT EXISTS (SELECT FROM pg_class JOIN pg_namespace AS n ON n.oid = relnamespace
      WHERE relkind IN ('r', 'p') AND nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema')
"""
CREATE = """
    CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'
"""


@dataclass
class Target:
    """Where to: ``into`` signs in as a role that may create databases and owns the tables."""

    into: str = field(repr=False)
    backup_login: str = field(repr=False)
    media_root: Path | None = None  # None: the copies are checked where they are
    replace: bool = False

    @property
    def name(self) -> str:
        return conninfo_to_dict(self.into)["dbname"]

    def at(self, database: str) -> str:
        return make_conninfo(self.into, dbname=database)

    def reading(self, database: str) -> str:
        """The login that sees all rows, on the server and database of ``into``."""
        with connect(self.at(database)) as connection:
            if connection.execute(SEES_ALL).fetchone()[0]:
                return self.at(database)
        where = conninfo_to_dict(self.into)
        there = {key: where[key] for key in ("host", "port") if key in where}
        return make_conninfo(self.backup_login, dbname=database, **there)


def restore(path: Path, identity, target: Target) -> list[Line]:
    """The table of PASS and FAIL; only where all pass does the database get its name.

    Raises Failed when it cannot be restored at all; then nothing has changed.
    """
    with connect(target.at(MAINTENANCE)) as server:
        refuse_what_stands(server, target)
        making = f"{target.name}_restoring_{datetime.now(UTC):%Y%m%d%H%M%S}"
        create(server, making)
        lines = []
        try:
            manifest, listed = fill(path, identity, target, making)
            lines = checked(manifest, listed, path, target, making)
            if all(line.passed for line in lines):
                name_it(server, target, making)
        finally:
            if not lines or not all(line.passed for line in lines):
                run(server, "DROP DATABASE IF EXISTS {}", making)
    return lines


def run(server: Connection, statement: str, *names: str) -> None:
    server.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def is_there(server: Connection, name: str) -> bool:
    found = server.execute("SELECT FROM pg_database WHERE datname = %s", [name])
    return found.fetchone() is not None


def refuse_what_stands(server: Connection, target: Target) -> None:
    """Refuse a database that holds something (but for ``replace``), or that somebody uses."""
    if not is_there(server, target.name):
        return
    with connect(target.at(target.name)) as there:
        empty = there.execute(NOTHING_IN_IT).fetchone()[0]
    if not empty and not target.replace:
        raise Failed(
            f"数据库 {target.name} 不是空的，没有恢复（refusing to overwrite）。",
            "要换掉它就加 --replace：原来的改名保留，不会删除。",
        )
    using = others(server, target.name)
    if using:
        raise Failed(
            f"还有 {using} 个连接在用数据库 {target.name}。",
            "先停服务：systemctl stop shequ-workbench-web shequ-workbench-worker",
        )


def others(server: Connection, name: str) -> int:
    """Connections to the database; one that was just closed takes a moment to be gone."""
    for _ in range(PATIENCE * 10):
        using = server.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = %s AND backend_type = 'client backend'",
            [name],
        ).fetchone()[0]
        if not using:
            break
        time.sleep(0.1)
    return using


def create(server: Connection, name: str) -> None:
    """With the grants that roles.sql gives to the portal's database."""
    wanted = [
        settings.DATABASE_AUDIT_ROLE,
        settings.DATABASE_PUBLIC_ROLE,
        settings.DATABASE_BACKUP_ROLE,
    ]
    web = settings.DATABASES["default"]["USER"]
    missing = [
        role
        for role in (*wanted, web)
        if server.execute("SELECT FROM pg_roles WHERE rolname = %s", [role]).fetchone() is None
    ]
    if missing:
        raise Failed(
            f"服务器上没有角色 {'、'.join(missing)}。",
            "先执行 docs/deploy/roles.sql（安装第 2 步）。",
        )
    try:
        run(server, CREATE, name)
    except errors.InsufficientPrivilege as error:
        role = server.info.user
        raise Failed(
            f"角色 {role} 不能建数据库。",
            f"以 postgres 执行 ALTER ROLE {role} CREATEDB; 恢复后再执行 ALTER ROLE {role} NOCREATEDB;",
        ) from error
    run(server, "REVOKE ALL ON DATABASE {} FROM PUBLIC", name)
    run(server, "GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}", name, web)
    run(server, "GRANT CONNECT ON DATABASE {} TO {}", name, settings.DATABASE_BACKUP_ROLE)


def fill(path: Path, identity, target: Target, database: str) -> tuple[dict, list[media.Entry]]:
    """Stream the dump into the database. Raises Failed."""
    manifest = listed = end = None
    sha256, size = hashlib.sha256(), 0
    with connect(target.at(MAINTENANCE)) as server:
        version = server.info.server_version
    command = [program("pg_restore", version), "--exit-on-error", "--no-password"]
    with tempfile.TemporaryFile() as words:
        process = subprocess.Popen(
            [*command, f"--dbname={database}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=words,
            env=environment(target.into, dbname=database),
        )
        try:
            with package.opened(path, identity) as members:
                for name, content in members:
                    if name == package.MANIFEST:
                        manifest = readable(json.loads(content), version)
                    elif name == package.MEDIA:
                        listed = list(media.parse(content))
                    elif name == package.END:
                        end = content
                    else:
                        sha256.update(content)
                        size += len(content)
                        process.stdin.write(content)
            require_end(end, sha256.hexdigest(), size)
            process.stdin.close()
        except BrokenPipeError:
            pass  # pg_restore gave up; its words follow
        except BaseException:
            process.kill()
            raise
        finally:
            process.wait()
        words.seek(0)
        said = words.read().decode(errors="replace").strip().splitlines()
    if process.returncode:
        raise Failed(
            f"pg_restore 没有完成（exit {process.returncode}）：{' '.join(said[:1])}",
            "检查角色（docs/deploy/roles.sql）、磁盘空间和 PostgreSQL 版本；原来的数据库没有动。",
        )
    return manifest, listed


def readable(manifest: dict, version: int) -> dict:
    if manifest["postgresql"] // 10_000 > version // 10_000:
        raise Failed(
            f"备份来自 PostgreSQL {manifest['postgresql'] // 10_000}，这里是 {version // 10_000}。",
            "装同样或更新的 PostgreSQL。",
        )
    return manifest


def checked(manifest, listed, path: Path, target: Target, database: str) -> list[Line]:
    with connect(target.at(database)) as connection:
        connection.execute("ANALYZE")
    with snapshot(target.reading(database)) as (connection, _):
        lines = compare(manifest["facts"], read_facts(connection))
    wrong = media.damaged(listed, path.parent)
    lines.append(same("附件 media files", manifest["media"]["count"], len(listed) - len(wrong)))
    lines.append(keys_fit(manifest["keys"]))
    if target.media_root is not None and not wrong and all(line.passed for line in lines):
        media.bring_back(listed, path.parent, target.media_root)
        still = [
            each
            for each in listed
            if not media.is_whole(target.media_root / each.path, each.sha256)
        ]
        lines.append(same("附件放回 MEDIA_ROOT", len(listed), len(listed) - len(still)))
    return lines


def keys_fit(wanted: dict[str, str]) -> Line:
    """The keys at hand must be those that sealed what the backup holds; further ones do no harm."""
    here = fingerprints()
    missing = [name for name, mark in wanted.items() if here.get(name) != mark]
    told = "、".join("HASH_KEY" if name == "hash" else f"FIELD_KEYS {name}" for name in missing)
    return Line(
        "密钥 keys of this environment",
        f"{len(wanted)} 把相符",
        f"不符：{told}",
        passed=not missing,
    )


def name_it(server: Connection, target: Target, making: str) -> None:
    """The new one takes the name; what had it before keeps its content under another, if it has any."""
    refuse_what_stands(server, target)
    if is_there(server, target.name):
        with connect(target.at(target.name)) as there:
            empty = there.execute(NOTHING_IN_IT).fetchone()[0]
        if empty:
            run(server, "DROP DATABASE {}", target.name)
        else:
            aside = f"{target.name}_until_{datetime.now(UTC):%Y%m%d%H%M%S}"
            run(server, "ALTER DATABASE {} RENAME TO {}", target.name, aside)
    run(server, "ALTER DATABASE {} RENAME TO {}", making, target.name)
