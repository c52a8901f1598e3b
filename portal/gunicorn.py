"""How the web process is served; ``gunicorn --config python:portal.gunicorn portal.wsgi``."""

import os
import shutil
from pathlib import Path

workers = int(os.environ.get("WEB_WORKERS") or 2)
threads = int(os.environ.get("WEB_THREADS") or 4)
timeout = 120  # seconds; a request itself is ended after 15 by the database
graceful_timeout = 20
loglevel = "warning"
_numbers = os.environ.get("PROMETHEUS_MULTIPROC_DIR")


def on_starting(server):
    """Counts of the former run would be added to those of this one."""
    if _numbers:
        folder = Path(_numbers)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True, mode=0o700, exist_ok=True)


def child_exit(server, worker):
    if _numbers:
        from prometheus_client import multiprocess

        multiprocess.mark_process_dead(worker.pid)
