"""The numbers of ``/metrics/`` in Prometheus' text form; none of them tells of a person.

With PROMETHEUS_MULTIPROC_DIR the processes of one server count together (portal/gunicorn.py).
"""

import os
from pathlib import Path

from django.conf import settings
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from portal.running.database import one
from portal.running.declare import Level, checks
from portal.running.examining import examine
from portal.running.folding import waiting
from portal.running.machine import fullness
from portal.running.working import queue

_own = CollectorRegistry()
BUCKETS = (0.05, 0.1, 0.25, 0.4, 0.8, 1.5, 3, 5, 15)  # seconds; 0.25 and 0.4 are what we promise
REQUESTS = Counter(
    "portal_requests", "Answers by page", ["page", "method", "status"], registry=_own
)
SECONDS = Histogram(
    "portal_request_seconds", "Time to answer", ["page"], buckets=BUCKETS, registry=_own
)


def counted() -> CollectorRegistry:
    if not os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        return _own
    registry = CollectorRegistry()
    MultiProcessCollector(registry)
    return registry


def standing() -> CollectorRegistry:
    """What holds at this moment, asked anew for each scrape."""
    registry = CollectorRegistry()

    def tell(name, meaning, value, **labels):
        gauge = Gauge(name, meaning, list(labels), registry=registry)
        (gauge.labels(**labels) if labels else gauge).set(value)

    now = queue()
    tell("portal_jobs_waiting", "Jobs whose time has come", now.waiting)
    tell("portal_jobs_oldest_seconds", "Wait of the oldest of them", now.oldest or 0)
    tell("portal_jobs_failed_day", "Jobs that failed in the last day", now.failed)
    silent = float("inf") if now.silent is None else now.silent
    tell("portal_worker_silent_seconds", "Since a worker's last sign of life", silent)
    marks, age, _ = waiting()
    tell("portal_cell_marks", "Changes that are not folded into cells of figures yet", marks)
    tell("portal_cell_marks_oldest_seconds", "Wait of the oldest of them", age or 0)
    size, connections = one(
        "SELECT pg_database_size(current_database()),"
        " (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database())"
    )
    tell("portal_database_bytes", "Size of the database", size)
    tell("portal_database_connections", "Open connections", connections)
    tell(
        "portal_media_disk_used_ratio",
        "Disk of sealed files",
        fullness(Path(settings.MEDIA_ROOT)) or 0,
    )
    found = Gauge("portal_check", "1 where a check is well", ["name"], registry=registry)
    for check, finding in examine(each for each in checks if not each.slow):
        found.labels(check.name).set(finding.level is not Level.BAD)
    return registry


def text() -> bytes:
    return generate_latest(counted()) + generate_latest(standing())
