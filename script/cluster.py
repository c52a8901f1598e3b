#!/usr/bin/env python3
"""Private PostgreSQL clusters of this checkout: `run` keeps its data, `test` is quick to lose it.

    script/cluster.py {run|test|scratch-NAME} ACTION [arguments of psql]       (ACTIONS in cluster_settings.py)

`scratch-NAME` is set like `run`, for restoring and drills, and may be removed.

`start` (implied by all but stop and status) leaves the server running; `env` prints the two
database URLs as shell assignments. No administrator is needed: as an ordinary user the data is
under var/postgres; as root, whom PostgreSQL refuses, it belongs to the user `postgres` and is
under /var/lib/shequ-workbench/<hash of the checkout's path>.
"""

import argparse
import contextlib
import fcntl
import hashlib
import os
import pwd
import shutil
import socket
import subprocess
import sys
import time
from functools import cached_property
from pathlib import Path

import environment
from cluster_settings import ACTIONS, COMMON_SETTINGS, SCRATCH, SETTINGS, cluster_name

ROOT = environment.ROOT
ROLES_SQL = ROOT / "docs" / "deploy" / "roles.sql"
OLDEST_MAJOR = 15
SOCKET_PATH_LIMIT = 107  # bytes; PostgreSQL will not start with a longer one


class ClusterError(Exception):
    """Something the user can mend; the text says how."""


def installed_majors() -> dict[int, Path]:
    """Major version -> folder of its programs, for every PostgreSQL server of the distribution."""
    found = {}
    for initdb in Path("/usr/lib/postgresql").glob("*/bin/initdb"):
        if initdb.parts[-3].isdecimal():
            found[int(initdb.parts[-3])] = initdb.parent
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


class Cluster:
    def __init__(self, name: str, more_settings: dict[str, str] | None = None):
        self.name = name
        self.more_settings = more_settings or {}
        self.kind = "run" if self.is_scratch else name
        self.secrets = environment.complete()
        path_hash = hashlib.sha256(os.fsencode(ROOT)).hexdigest()[:12]
        if os.geteuid() == 0:
            self.home = Path("/var/lib/shequ-workbench") / path_hash / name
            self.system_user = "postgres"
        else:
            self.home = ROOT / "var" / "postgres" / name
            self.system_user = pwd.getpwuid(os.geteuid()).pw_name
        self.data = self.home / "data"
        self.socket_dir = self._short_socket_dir(path_hash)

    @property
    def is_scratch(self) -> bool:
        return self.name.startswith(SCRATCH)

    def remove(self) -> None:
        """End the server and delete its data; only of a scratch cluster."""
        if not self.is_scratch:
            raise ClusterError(f"only {SCRATCH}NAME may be removed, not {self.name}")
        self.stop()
        shutil.rmtree(self.home, ignore_errors=True)
        shutil.rmtree(self.socket_dir, ignore_errors=True)
        (ROOT / "var" / f"cluster-{self.name}.lock").unlink(missing_ok=True)

    def _short_socket_dir(self, path_hash: str) -> Path:
        if len(os.fsencode(self.home / ".s.PGSQL.65535.lock")) <= SOCKET_PATH_LIMIT:
            return self.home
        return Path(f"/tmp/shequ-{os.geteuid()}-{path_hash}-{self.name}")  # noqa: S108  # nosec B108 owner is checked

    # --- programs, run as the cluster's user ---------------------------------------------------
    @cached_property
    def programs(self) -> Path:
        majors = installed_majors()
        version = self.data / "PG_VERSION"
        if version.exists():
            wanted = int(version.read_text())
            if wanted not in majors:
                raise ClusterError(
                    f"The data in {self.data} is of PostgreSQL {wanted}, which is not installed: "
                    f"apt-get install postgresql-{wanted}"
                )
            return majors[wanted]
        usable = [major for major in majors if major >= OLDEST_MAJOR]
        if not usable:
            raise ClusterError(
                f"PostgreSQL {OLDEST_MAJOR} or newer is not installed: run script/setup, "
                "or set DATABASE_URL and DATABASE_OWNER_URL."
            )
        return majors[max(usable)]

    def _as_user(self) -> dict:
        """Arguments that make a child process the cluster's user, in a folder it may enter."""
        here = {"cwd": self.home}
        if os.geteuid() == 0:
            user = pwd.getpwnam(self.system_user)
            return here | {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        return here

    def _run(self, program: str, *arguments: str, **more) -> None:
        """Run one of PostgreSQL's programs quietly; its words appear only when it fails."""
        done = subprocess.run(
            [self.programs / program, *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            **({"stdin": subprocess.DEVNULL} | self._as_user() | more),
        )
        if done.returncode != 0:
            raise ClusterError(f"{program} failed ({self.home}):\n{done.stdout}{self._log_tail()}")

    def _log_tail(self) -> str:
        logs = sorted(self.home.glob("start.log")) + sorted(self.data.glob("log/*"))
        newest = max(logs, key=lambda log: log.stat().st_mtime, default=None)
        if newest is None:
            return ""
        return "\n".join(newest.read_text(errors="replace").splitlines()[-15:])

    # --- is it alive? --------------------------------------------------------------------------
    def _pid_file(self) -> list[str]:
        try:
            return (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return []

    def _is_ours(self, pid: str) -> bool:
        """True when the process exists and is this cluster's server: it lives in its data."""
        try:
            return Path(os.readlink(f"/proc/{pid}/cwd")) == self.data.resolve()
        except OSError:
            return False

    def running_port(self) -> int | None:
        """The port of the running, ready server, or None."""
        lines = self._pid_file()
        if len(lines) < 8 or lines[7].strip() != "ready" or not self._is_ours(lines[0]):
            return None
        port = int(lines[3])
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
        except OSError:
            return None
        return port

    def _clear_after_crash(self) -> None:
        """Remove lock files whose process number now belongs to somebody else (or to a zombie).

        PostgreSQL would take that process for its own server and refuse to start. Files whose
        process is gone are left to it: it checks more than we do.
        """
        for file in (self.data / "postmaster.pid", *self.socket_dir.glob(".s.PGSQL.*.lock")):
            pid = (file.read_text().split() or [""])[0] if file.exists() else ""
            if pid and Path(f"/proc/{pid}").exists() and not self._is_ours(pid):
                self._wait_for_survivors()
                file.unlink()

    def _wait_for_survivors(self) -> None:
        """Children of a killed server end by themselves; two servers on one data would ruin it."""
        for _ in range(100):
            if not any(self._is_ours(entry.name) for entry in Path("/proc").glob("[0-9]*")):
                return
            time.sleep(0.1)
        raise ClusterError(f"A process of a crashed server still works in {self.data}: end it.")

    # --- start and stop ------------------------------------------------------------------------
    def start(self) -> int:
        """Make what is missing, start what is down; returns the port. Safe to call at once twice."""
        lock_file = ROOT / "var" / f"cluster-{self.name}.lock"
        with lock_file.open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self._set_aside_strangers_data()
            if not self.data.exists():
                self._create()
            port = self._refreshed(self.running_port()) or self._start_server()
            self._apply_roles(port)
        return port

    @property
    def _key_mark(self) -> str:
        """Tells which var/env this cluster was made with, without giving the password away."""
        return hashlib.sha256(self.secrets["DATABASE_OWNER_PASSWORD"].encode()).hexdigest()[:16]

    def _set_aside_strangers_data(self) -> None:
        """A new clone at an old path has new keys: the old data, unreadable to it, is kept apart."""
        mark = self.home / "made-with"
        if not mark.exists() or mark.read_text() == self._key_mark:
            return
        self.stop()
        if self.name == "test":
            shutil.rmtree(self.home)
            return
        aside = self.home.with_name(f"{self.name}-until-{time.strftime('%Y%m%d-%H%M%S')}")
        self.home.rename(aside)
        say(f"the database of an earlier checkout at this path is kept in {aside}")

    def _create(self) -> None:
        say(f"creating the {self.name} database cluster in {self.home}")
        self._make_folder(self.home)
        new = self.home / "data.new"  # becomes data when whole: an interrupted initdb is begun anew
        if new.exists():
            shutil.rmtree(new)
        self._run(
            "initdb",
            f"--pgdata={new}",
            "--username=postgres",
            "--auth-local=peer",
            "--auth-host=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--data-checksums",
            *(["--no-sync"] if self.name == "test" else []),
        )
        with (new / "postgresql.conf").open("a") as conf:
            conf.write("\ninclude 'portal.conf'  # written by script/cluster.py at every start\n")
        (new / "pg_hba.conf").write_text(
            "local all postgres peer map=cluster\nlocal replication postgres peer map=cluster\n"
            "host all all 127.0.0.1/32 scram-sha-256\n"
        )
        (new / "pg_ident.conf").write_text(f"cluster {self.system_user} postgres\n")
        (self.home / "made-with").write_text(self._key_mark)
        (self.home / "checkout").write_text(f"{ROOT}\n")
        for file in (self.home / "roles-applied", *(ROOT / "var/stamps").glob(f"{self.name}-*")):
            file.unlink(missing_ok=True)
        new.rename(self.data)

    def _make_folder(self, folder: Path) -> None:
        if os.geteuid() == 0:  # the cluster's user must be able to pass through
            for parent in (folder.parent.parent, folder.parent):
                parent.mkdir(exist_ok=True)
                parent.chmod(parent.stat().st_mode | 0o711)
        folder.mkdir(parents=True, exist_ok=True)
        if folder.is_symlink() or folder.stat().st_uid not in {0, os.geteuid(), self._uid}:
            raise ClusterError(f"{folder} belongs to somebody else; remove it and try again.")
        folder.chmod(0o700)
        self._give_to_cluster(folder)

    @property
    def _uid(self) -> int:
        return pwd.getpwnam(self.system_user).pw_uid

    def _start_server(self) -> int:
        self._make_folder(self.socket_dir)
        self._clear_after_crash()
        port = self._remembered_port()
        self._write_settings(port)
        say(f"starting the {self.name} database on port {port}")
        start_log = self.home / "start.log"
        self._run("pg_ctl", "start", "-w", "-t", "120", "-D", str(self.data), "-l", str(start_log))
        return port

    def _refreshed(self, port: int | None) -> int | None:
        """A running server reads settings that changed since; those that need a start wait for one."""
        if port is not None and self._write_settings(port):
            self._run("pg_ctl", "reload", "-D", str(self.data))
        return port

    def _remembered_port(self) -> int:
        memory = self.home / "port"
        port = int(memory.read_text()) if memory.exists() else 0
        if not port or not is_free(port):
            port = free_port()
            memory.write_text(f"{port}\n")
        return port

    def _write_settings(self, port: int) -> bool:
        """Whether the file says something new."""
        settings = COMMON_SETTINGS | SETTINGS[self.kind] | self.more_settings
        settings |= {"port": str(port), "unix_socket_directories": str(self.socket_dir)}
        lines = [f"{name} = '{value}'\n" for name, value in settings.items()]
        conf = self.data / "portal.conf"
        if conf.exists() and conf.read_text() == "".join(lines):
            return False
        conf.write_text("".join(lines))
        self._give_to_cluster(conf)
        return True

    def _give_to_cluster(self, path: Path) -> None:
        if os.geteuid() == 0:
            shutil.chown(path, self.system_user, self.system_user)

    def stop(self) -> None:
        lines = self._pid_file()
        if lines and self._is_ours(lines[0]):
            self._run("pg_ctl", "stop", "-w", "-m", "fast", "-D", str(self.data))

    # --- roles ---------------------------------------------------------------------------------
    def _apply_roles(self, port: int) -> None:
        """Run docs/deploy/roles.sql when it, a password or the database is new."""
        sql = ROLES_SQL.read_text(encoding="utf-8")
        passwords = {
            f"PORTAL_{role}_PASSWORD": self.secrets[f"DATABASE_{role}_PASSWORD"]
            for role in ("OWNER", "WEB", "BACKUP")
        }
        mark = hashlib.sha256((sql + repr(passwords)).encode()).hexdigest()
        applied = self.home / "roles-applied"
        if applied.exists() and applied.read_text() == mark:
            return
        say(f"applying docs/deploy/roles.sql to the {self.name} database")
        with ROLES_SQL.open() as stream:
            self._run(
                "psql",
                *self._psql_options(port, "postgres"),
                "--quiet",
                f"--set=owner_may_create_databases={int(self.kind == 'test' or self.is_scratch)}",
                stdin=stream,
                env=os.environ | passwords,
            )
        applied.write_text(mark)

    def _psql_options(self, port: int, database: str) -> list[str]:
        return [
            "--no-psqlrc",
            "--set=ON_ERROR_STOP=1",
            f"--host={self.socket_dir}",
            f"--port={port}",
            "--username=postgres",
            f"--dbname={database}",
        ]

    # --- what the outside asks for -------------------------------------------------------------
    def url(self, role: str, port: int) -> str:
        password = self.secrets[f"DATABASE_{role.upper()}_PASSWORD"]
        return f"postgres://portal_{role}:{password}@127.0.0.1:{port}/portal"

    def psql(self, arguments: list[str]) -> int:
        """psql as the cluster's superuser, for looking."""
        options = self._psql_options(self.start(), "portal")
        command = [self.programs / "psql", *options, *arguments]
        return subprocess.run(command, **self._as_user()).returncode


def say(text: str) -> None:
    print(f"==> {text}", file=sys.stderr, flush=True)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("cluster", type=cluster_name)
    parser.add_argument("action", choices=ACTIONS)
    options, rest = parser.parse_known_args(arguments)
    cluster = Cluster(options.cluster)
    match options.action:
        case "stop" | "remove":
            getattr(cluster, options.action)()
        case "status":
            port = cluster.running_port()
            print(f"running on port {port}" if port else "stopped")
            return 0 if port else 3
        case "psql":
            return cluster.psql(rest)
        case "start":
            cluster.start()
        case "url":
            print(cluster.url("web", cluster.start()))
        case "owner-url":
            print(cluster.url("owner", cluster.start()))
        case "backup-url":
            print(cluster.url("backup", cluster.start()))
        case "env":
            port = cluster.start()
            print(f"DATABASE_URL={cluster.url('web', port)}")
            print(f"DATABASE_OWNER_URL={cluster.url('owner', port)}")
    return 0


if __name__ == "__main__":
    os.umask(0o077)
    with contextlib.suppress(KeyboardInterrupt):
        try:
            sys.exit(main(sys.argv[1:]))
        except ClusterError as error:
            sys.exit(f"script/cluster.py: {error}")
    sys.exit(130)
