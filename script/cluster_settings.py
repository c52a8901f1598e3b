"""postgresql.conf of the private clusters: what each of them sets, and what both do."""

import argparse
import re

ACTIONS = ("start", "stop", "status", "env", "url", "owner-url", "backup-url", "psql", "remove")
SCRATCH = "scratch-"  # and a name: set like `run`, may be removed

SETTINGS = {
    "run": {
        "max_connections": "60",
        "shared_buffers": "256MB",
        # After a crash one flush of the disk, not one of each of some 6,000 files: seconds of recovery.
        "recovery_init_sync_method": "syncfs",
    },
    "test": {
        "max_connections": "100",
        "shared_buffers": "128MB",
        "fsync": "off",
        "full_page_writes": "off",
        "synchronous_commit": "off",
        "wal_level": "minimal",
        "max_wal_senders": "0",
    },
}
COMMON_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_permissions": "0700",
    "jit": "off",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "random_page_cost": "1.1",
    "password_encryption": "scram-sha-256",
    "lc_messages": "C",
    # A week of logs and no more; never the values of a statement (personal data).
    "logging_collector": "on",
    "log_directory": "log",
    "log_filename": "postgresql-%a.log",
    "log_truncate_on_rotation": "on",
    "log_rotation_size": "0",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_error_verbosity": "terse",  # no DETAIL: Key (…)=(…)
    "log_min_error_statement": "panic",
}


def cluster_name(text: str) -> str:
    if text in SETTINGS or re.fullmatch(rf"{SCRATCH}[a-z0-9-]{{1,20}}", text):
        return text
    raise argparse.ArgumentTypeError(f"{' or '.join(SETTINGS)} or {SCRATCH}NAME, not {text}")
