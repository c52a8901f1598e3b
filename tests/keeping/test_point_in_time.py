"""Row 15: a PostgreSQL of its own, its WAL archived and sealed, back to the second before the disaster."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pyrage
import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = [
    "/usr/bin/python3",
    str(ROOT / "script" / "archive-wal"),
]  # as PostgreSQL's user may run it
MOST_SECONDS = 60
WRITE = """
    INSERT INTO written (at, what) SELECT clock_timestamp(), md5(i::text) FROM generate_series(1, 500) AS i
"""
STATE = "SELECT count(*), md5(string_agg(t::text, ',' ORDER BY id)) FROM written AS t"


@pytest.fixture
def archive(tmp_path):
    """Its folder, the public key and the file of the private one."""
    identity = pyrage.x25519.Identity.generate()
    (tmp_path / "identity").write_text(f"{identity}\n")
    folder = tmp_path / "wal"
    folder.mkdir()
    return folder, str(identity.to_public()), tmp_path / "identity"


def run(*arguments):
    return subprocess.run([*PROGRAM, *map(str, arguments)], capture_output=True, text=True)


def put(archive, path, name="000000010000000000000001"):
    return run("put", "--to", archive[0], "--recipient", archive[1], path, name)


def get(archive, path, name="000000010000000000000001"):
    return run("get", "--from", archive[0], "--identity", archive[2], name, path)


def test_an_archived_file_is_sealed_comes_back_and_is_never_replaced(archive, tmp_path):
    segment = tmp_path / "segment"
    segment.write_bytes(b"secret of a resident" * 1000)
    assert put(archive, segment).returncode == 0
    assert put(archive, segment).returncode == 0  # the same again: PostgreSQL asks after a crash
    [kept] = archive[0].iterdir()
    assert b"secret" not in kept.read_bytes()
    assert get(archive, tmp_path / "back").returncode == 0
    assert (tmp_path / "back").read_bytes() == segment.read_bytes()
    history = tmp_path / "history"
    history.write_bytes(b"of a base backup")
    assert put(archive, history, "000000010000000000000001.00000028.backup").returncode == 0
    assert get(archive, tmp_path / "back").returncode == 0
    assert (tmp_path / "back").read_bytes() == segment.read_bytes()
    kept, *_ = sorted(archive[0].iterdir(), key=lambda path: "backup" in path.name)
    segment.write_bytes(b"another server's")
    refused = put(archive, segment)
    assert refused.returncode == 1
    assert "other content" in refused.stderr
    assert get(archive, tmp_path / "none", "000000010000000000000002").returncode == 1
    kept.write_bytes(kept.read_bytes()[:-1] + b"x")
    assert get(archive, tmp_path / "back").returncode == 1


@pytest.fixture
def cluster():
    """A scratch cluster that archives into its own folder; removed afterwards."""
    sys.path.insert(0, str(ROOT / "script"))
    try:
        from cluster import Cluster
    finally:
        sys.path.remove(str(ROOT / "script"))
    identity = pyrage.x25519.Identity.generate()
    made = Cluster(f"scratch-time-{os.getpid()}")
    command = " ".join(PROGRAM)
    made.wal, made.key = made.home / "wal", made.home / "identity"
    made.more_settings = {
        "shared_buffers": "16MB",
        "archive_mode": "on",
        "archive_command": f"{command} put --to {made.wal} --recipient {identity.to_public()} %p %f",
        "restore_command": f"{command} get --from {made.wal} --identity {made.key} %f %p",
    }
    made._make_folder(made.home)
    made._make_folder(made.wal)
    made.key.write_text(f"{identity}\n")
    made._give_to_cluster(made.key)
    try:
        yield made
    finally:
        made.remove()


def test_the_state_of_a_second_comes_back_identical(cluster):
    began = time.monotonic()
    port = cluster.start()
    with psycopg.connect(cluster.url("owner", port), autocommit=True) as owner:
        owner.execute("CREATE TABLE written (id bigserial PRIMARY KEY, at timestamptz, what text)")
        owner.execute(WRITE)
        base = cluster.home / "base"
        cluster._run(
            "pg_basebackup",
            *(f"--host={cluster.socket_dir}", f"--port={port}", "--username=postgres"),
            *(f"--pgdata={base}", "--checkpoint=fast", "--wal-method=none"),
            "--manifest-checksums=SHA256",
        )
        cluster._run("pg_verifybackup", "--no-parse-wal", str(base))
        owner.execute(WRITE)
        wanted = owner.execute(STATE).fetchone()
        second = owner.execute("SELECT clock_timestamp()::text").fetchone()[0]
        owner.execute("SELECT pg_sleep(0.05)")
        owner.execute("DELETE FROM written WHERE id % 2 = 0")  # the disaster
        assert owner.execute(STATE).fetchone() != wanted
    cluster._run(
        "psql",
        *cluster._psql_options(port, "postgres"),
        "--quiet",
        "--command=SELECT pg_switch_wal()",
    )
    cluster._run("pg_ctl", "stop", "-w", "-m", "fast", "-D", str(cluster.data))
    shutil.rmtree(cluster.data)
    base.rename(cluster.data)
    cluster.more_settings |= {
        "recovery_target_time": second,
        "recovery_target_action": "promote",
    }
    (cluster.data / "recovery.signal").touch()
    cluster._give_to_cluster(cluster.data / "recovery.signal")
    recovering = time.monotonic()
    cluster._start_server()
    with psycopg.connect(
        cluster.url("owner", int((cluster.home / "port").read_text())), autocommit=True
    ) as owner:
        while owner.execute("SELECT pg_is_in_recovery()").fetchone()[0]:
            time.sleep(0.05)
        recovered = time.monotonic() - recovering
        assert owner.execute(STATE).fetchone() == wanted
        owner.execute(WRITE)  # and it takes writes again
    print(f"\nrow 15: back to {second}, md5 identical, {recovered:.1f} s")
    assert time.monotonic() - began < MOST_SECONDS
