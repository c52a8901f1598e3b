"""Load, back up, go on writing, kill, start again, back up, restore elsewhere, compare; prints the figures."""

import argparse
import json
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field

import psycopg
import pyrage

from tests.drill.actors import PHOTO, name_of
from tests.drill.machines import ROOT, Machine, kill_group
from tests.drill.writers import MARK, Writer


@dataclass
class Figures:
    """What the drill found; ``lost`` and ``partial`` must be 0."""

    rows: list[tuple[str, str, bool]] = field(default_factory=list)

    def add(self, title: str, told, good: bool = True) -> None:
        self.rows.append((title, str(told), good))
        print(f"{'ok  ' if good else 'FAIL'} {title}: {told}", flush=True)

    @property
    def is_good(self) -> bool:
        return all(good for *_, good in self.rows)

    def table(self) -> str:
        lines = ["| Figure | Measured | |", "|---|---|---|"]
        lines += [
            f"| {title} | {told} | {'✓' if good else '✗'} |" for title, told, good in self.rows
        ]
        return "\n".join(lines)


class Drill:
    def __init__(self, options):
        self.options = options
        self.random = random.Random(options.seed)
        self.folder = ROOT / "var" / "drill"
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self.acks = self.folder / "acknowledged"
        self.acks.touch()
        identity = pyrage.x25519.Identity.generate()
        (self.folder / "identity").write_text(f"{identity}\n")
        self.recipient = str(identity.to_public())
        self.figures = Figures()
        self.stop = threading.Event()
        self.writers: list[Writer] = []
        self.started: list[int] = []  # imports

    def run(self) -> bool:
        self.live = Machine("live", self.folder)
        self.other = None
        try:
            self.load()
            self.backup("before")
            self.write()
            self.kill_all()
            self.end_writing()
            self.compare_acknowledged()
            self.live.manage("audit", "seal")  # its head lies outside the database
            self.backup("after")
            self.other = Machine("elsewhere", self.folder)
            self.restore()
            self.verify_log()
        finally:
            self.stop.set()
            for machine in filter(None, (self.live, self.other)):
                machine.remove()
        print(f"\n{self.figures.table()}")
        return self.figures.is_good

    def load(self) -> None:
        began = time.monotonic()
        self.live.manage("collectstatic", "--no-input")
        if self.options.begin:
            self.live.manage(
                *("restore", self.options.begin, "--identity", self.options.identity),
                *("--into", self.live.url("owner")),
            )
        self.live.manage(
            "migrate",
            "--database",
            "owner",
            "--no-input",
            DATABASE_OWNER_URL=self.live.url("owner"),
        )
        self.live.manage("demo", "--scale", str(self.options.scale))
        with psycopg.connect(self.live.url("backup")) as reader:
            people = reader.execute("SELECT count(*) FROM residents_resident").fetchone()[0]
        self.figures.add("loaded", f"{people:,} residents in {time.monotonic() - began:.0f} s")

        if self.options.photos:
            self.keep_photos()

    def keep_photos(self) -> None:
        number = int(self.options.photos * 1e9 / PHOTO)
        began = time.monotonic()
        if self.live.actor("photos", str(number), str(self.acks)).wait():
            raise RuntimeError(f"the photos were not kept; see {self.folder}")
        told = f"{number:,} of {number * PHOTO / 1e9:.1f} GB in {time.monotonic() - began:.0f} s"
        self.figures.add("photos sealed", told)

    def backup(self, when: str) -> None:
        began = time.monotonic()
        done = self.live.manage("backup", check=False, BACKUP_RECIPIENT=self.recipient)
        told = json.loads((self.folder / "status.json").read_text())["backup"]
        self.figures.add(
            f"backup {when} the kills",
            f"{told['rows']:,} rows, {told['bytes'] / 2**20:.1f} MB, {time.monotonic() - began:.1f} s",
            done.returncode == 0,
        )

    def write(self) -> None:
        self.live.serve()
        self.live.wait_for_web()
        with psycopg.connect(self.live.url("backup")) as reader:
            mine = reader.execute(
                "SELECT r.id FROM residents_resident r JOIN portal_unit u ON u.id = r.unit_id"
                " WHERE starts_with(u.code, '449901001001') LIMIT 200"
            ).fetchall()
        residents = [row[0] for row in mine]
        self.writers = [
            Writer(number, self.live, residents, self.stop)
            for number in range(self.options.writers)
        ]
        for writer in self.writers:
            writer.start()

    def acting(self, number: int) -> subprocess.Popen:
        """An import or an issue, by turns."""
        if number % 2:
            return self.live.actor("issue", str(number // 2), str(self.acks))
        self.started.append(number)
        return self.live.actor("import", str(number), str(self.options.rows), str(self.acks))

    def kill_all(self) -> None:
        """Half of the kills are of PostgreSQL, half of web, worker and whoever imports or issues; two of
        three in the midst of it, one as soon as it was acknowledged."""
        slowest = 0.0
        for number in range(2 * self.options.kills):
            actor = self.acting(number)
            self.wait_for_begin(number)
            if number % 3 == 2:
                actor.wait(timeout=300)
            else:
                time.sleep(self.random.uniform(0, self.options.longest))
            if (number // 2) % 2:
                self.live.kill_processes()
                kill_group(actor)
            else:
                self.live.kill_database()
                slowest = max(slowest, self.live.start_database())
                kill_group(actor)
            self.live.serve()
            self.live.wait_for_web()
        self.figures.add(
            "kill -9",
            f"{self.options.kills} of PostgreSQL, {self.options.kills} of web, worker, import or issue",
        )
        self.figures.add("database ready again after", f"at most {slowest:.2f} s", slowest <= 5)

    def wait_for_begin(self, number: int, seconds: float = 300) -> None:
        """Until it is past its start-up, which no kill is worth."""
        kind, each = ("issue", number // 2) if number % 2 else ("import", number)
        ends = time.monotonic() + seconds
        while f"begun-{kind} {each} " not in self.acks.read_text():
            if time.monotonic() > ends:
                raise RuntimeError(f"{kind} {each} does not begin; see {self.folder}")
            time.sleep(0.05)

    def end_writing(self) -> None:
        time.sleep(5)
        for number in (
            2 * self.options.kills,
            2 * self.options.kills + 1,
        ):  # undisturbed, to their end
            self.acting(number).wait()
        self.stop.set()
        for writer in self.writers:
            writer.join(timeout=30)
        self.live.kill_processes()

    def compare_acknowledged(self) -> None:
        with psycopg.connect(self.live.url("backup")) as reader:
            self.check_writes(reader)
            self.check_imports(reader)
            self.check_issues(reader)

    def check_writes(self, reader) -> None:
        acked = set().union(*(writer.acked for writer in self.writers))
        unknown = set().union(*(writer.unknown for writer in self.writers))
        stored = [
            row[0]
            for row in reader.execute(
                "SELECT content FROM residents_visit WHERE starts_with(content, %s)", [MARK]
            )
        ]
        self.figures.add("records acknowledged through the web", f"{len(acked):,}", bool(acked))
        lost, twice = acked - set(stored), len(stored) - len(set(stored))
        self.figures.add("of these lost", len(lost), not lost)
        self.figures.add("stored twice", twice, not twice)
        strangers = set(stored) - acked - unknown
        self.figures.add("stored though never sent", len(strangers), not strangers)
        unlogged = reader.execute(
            "SELECT count(*) FROM residents_visit v WHERE starts_with(content, %s) AND NOT EXISTS"
            " (SELECT FROM audit.log l WHERE l.table_name = 'residents_visit' AND l.row_id = v.id)",
            [MARK],
        ).fetchone()[0]
        self.figures.add("without an entry in the change log", unlogged, not unlogged)

    def acknowledged(self, kind: str) -> dict[int, str]:
        lines = (line.split() for line in self.acks.read_text().splitlines())
        return {int(number): value for each, number, value in lines if each == kind}

    def check_imports(self, reader) -> None:
        acked = self.acknowledged("import")
        found = {
            number: reader.execute(
                "SELECT count(*) FROM residents_resident WHERE name = %s", [name_of(number)]
            ).fetchone()[0]
            for number in self.started
        }
        partial = [number for number, rows in found.items() if rows not in {0, self.options.rows}]
        lost = [number for number in acked if found[number] != self.options.rows]
        whole = sum(rows == self.options.rows for rows in found.values())
        self.figures.add(
            f"imports of {self.options.rows:,} rows",
            f"{len(found)} begun, {len(acked)} acknowledged, {whole} whole, {len(found) - whole} none",
            bool(acked),
        )
        self.figures.add("imports stored in part", len(partial), not partial)
        self.figures.add("acknowledged imports lost", len(lost), not lost)

    def check_issues(self, reader) -> None:
        acked = self.acknowledged("issue")
        stored = dict(reader.execute("SELECT id, pdf_sha256 FROM reports_issue").fetchall())
        wrong = reader.execute(
            "SELECT count(*) FROM reports_issue WHERE encode(sha256(pdf), 'hex') <> pdf_sha256"
        ).fetchone()[0]
        lost = [number for number, sha256 in acked.items() if stored.get(number) != sha256]
        self.figures.add(
            "summaries issued", f"{len(stored)}, {len(acked)} of them beside the kills", bool(acked)
        )
        self.figures.add(
            "issues killed in their middle", len(self.acknowledged("begun-issue")) - len(acked)
        )
        self.figures.add("acknowledged issues lost", len(lost), not lost)
        self.figures.add("PDF files whose hash differs", wrong, not wrong)

    def restore(self) -> None:
        began = time.monotonic()
        out = self.folder / "restore.txt"
        arguments = [
            "restore",
            str(self.folder / "backups"),
            "--identity",
            str(self.folder / "identity"),
            *("--media", str(self.folder / "elsewhere-media")),
        ]
        self.other.log = out.open("wb")
        done = self.other.manage(
            *arguments, "--into", self.other.url("owner"), "--drill", check=False
        )
        seconds = time.monotonic() - began
        lines = out.read_text().splitlines()
        passed = sum(line.startswith("PASS") for line in lines)
        failed = [line for line in lines if line.startswith("FAIL")]
        self.figures.add(
            "restored elsewhere: counts, checksums, policies, chain, PDFs, photos",
            f"{passed} PASS, {len(failed)} FAIL, {seconds:.1f} s",
            done.returncode == 0 and not failed,
        )
        if self.options.photos:
            told = f"{self.options.photos * 1e3 / seconds:.0f} MB/s with the database"
            self.figures.add("photos brought back", told)
        for line in failed or ([] if done.returncode == 0 else lines[-3:]):
            print(line)

    def verify_log(self) -> None:
        """The restored change log against the heads that the live machine wrote outside."""
        out = self.folder / "verify.txt"
        self.other.log = out.open("wb")
        heads = self.folder / "heads.jsonl"
        done = self.other.manage("audit", "verify", "--head", str(heads), check=False)
        told = out.read_text().strip().splitlines()
        self.figures.add(
            "change log restored, against the heads outside",
            f"{len(heads.read_text().splitlines())} heads; {told[0] if told else 'no answer'}",
            done.returncode == 0,
        )


def main() -> int:
    parser = argparse.ArgumentParser(prog="script/drill", description=__doc__)
    parser.add_argument(
        "--kills", type=int, default=10, help="of PostgreSQL, and as many of processes"
    )
    parser.add_argument("--scale", type=float, default=0.1, help="1 is about 30,000 residents")
    parser.add_argument("--writers", type=int, default=4)
    parser.add_argument("--rows", type=int, default=900, help="of each import")
    parser.add_argument(
        "--longest", type=float, default=6, help="seconds from its begin to the kill, at most"
    )
    parser.add_argument(
        "--photos", type=float, default=0, metavar="GB", help="needs three times as much room"
    )
    parser.add_argument(
        "--begin", metavar="FILE", help="with this backup, not with an empty database"
    )
    parser.add_argument("--identity", metavar="KEY", help="that opens it")
    parser.add_argument("--seed", type=int, default=1)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that what was started is ended
    return 0 if Drill(parser.parse_args()).run() else 1


if __name__ == "__main__":
    sys.exit(main())
