"""Clusters, web and worker of the drill: started, killed outright, started again."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "script"))
from cluster import Cluster, free_port  # noqa: E402

PYTHON = str(ROOT / ".venv" / "bin" / "python")
SETTINGS = {"max_connections": "80", "shared_buffers": "128MB"}


class Machine:
    """One PostgreSQL with its web and worker processes."""

    def __init__(self, name: str, folder: Path):
        self.cluster = Cluster(f"scratch-{name}", SETTINGS)
        self.folder = folder
        self.log = (folder / "processes.log").open("ab")
        self.web_port = free_port()
        self.processes: dict[str, subprocess.Popen] = {}
        self.db_port = self.cluster.start()

    def url(self, role: str) -> str:
        return self.cluster.url(role, self.db_port)

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | {
            "DATABASE_URL": self.url("web"),
            "DATABASE_BACKUP_URL": self.url("backup"),
            "DJANGO_SETTINGS_MODULE": "portal.settings",
            "DEMO": "1",
            "DEBUG": "0",
            "HTTPS": "0",
            "MEDIA_ROOT": str(self.folder / "media"),
            "BACKUP_DIR": str(self.folder / "backups"),
            "BACKUP_STATUS": str(self.folder / "status.json"),
            "AUDIT_HEAD_FILE": str(self.folder / "heads.jsonl"),
        }

    def manage(
        self, *arguments: str, check: bool = True, **more: str
    ) -> subprocess.CompletedProcess:
        return subprocess.run(
            [PYTHON, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment | more,
            check=check,
            stdout=self.log,
            stderr=self.log,
        )

    def actor(self, *arguments: str) -> subprocess.Popen:
        return self._start([PYTHON, "-m", "tests.drill.actors", *arguments])

    def _start(self, command: list[str]) -> subprocess.Popen:
        return subprocess.Popen(
            command,
            cwd=ROOT,
            env=self.environment,
            stdout=self.log,
            stderr=self.log,
            start_new_session=True,
        )

    # --- web and worker ------------------------------------------------------------------------
    def serve(self) -> None:
        gunicorn = [PYTHON, "-m", "gunicorn", "--config", "python:portal.gunicorn"]
        commands = {
            "web": [*gunicorn, "--bind", f"127.0.0.1:{self.web_port}", "portal.wsgi"],
            "worker": [PYTHON, "manage.py", "worker"],
        }
        for name, command in commands.items():
            if name not in self.processes or self.processes[name].poll() is not None:
                self.processes[name] = self._start(command)

    def wait_for_web(self, seconds: float = 120) -> None:
        """Until it serves pages; it was started once and must come up by itself."""
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            try:
                with urllib.request.urlopen(
                    f"http://127.0.0.1:{self.web_port}/login/", timeout=5
                ) as page:
                    if page.status == 200:
                        return
            except OSError:  # refused, or 503
                time.sleep(0.2)
        raise RuntimeError("the web process does not come up")

    def kill_processes(self) -> None:
        for process in self.processes.values():
            kill_group(process)

    # --- PostgreSQL ----------------------------------------------------------------------------
    def kill_database(self) -> None:
        """kill -9 of the server and all its children at once, as a power cut would."""
        postmaster = int((self.cluster.data / "postmaster.pid").read_text().split()[0])
        children = subprocess.run(
            ["pgrep", "--parent", str(postmaster)], capture_output=True, text=True
        ).stdout.split()
        for pid in (postmaster, *map(int, children)):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        while is_alive(postmaster):  # or it would be taken for one that runs
            time.sleep(0.01)

    def start_database(self) -> float:
        """Seconds until it takes writes again."""
        began = time.monotonic()
        self.db_port = self.cluster.start()
        while True:
            try:
                psycopg.connect(self.url("owner"), connect_timeout=2).close()
                return time.monotonic() - began
            except psycopg.OperationalError:
                time.sleep(0.05)

    def remove(self) -> None:
        self.kill_processes()
        self.cluster.remove()
        self.log.close()


def is_alive(pid: int) -> bool:
    """Neither gone nor a zombie that nobody has asked for."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def kill_group(process: subprocess.Popen) -> None:
    """kill -9 of a process that we started and of its children."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
