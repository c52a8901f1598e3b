"""Counts the rows of each table in a dump while it is written: what a dump holds is proven, not believed."""

import re
import subprocess
import threading
from contextlib import suppress

COPY = re.compile(rb"COPY (.+?) \(.*\) FROM stdin;\n")


class RowsOfDump:
    """Feed it the dump; ``rows`` are known after ``finish``."""

    def __init__(self, pg_restore: str):
        self.rows: dict[str, int] = {}
        self.process = subprocess.Popen(
            [pg_restore, "--data-only", "--file=-"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self.reader = threading.Thread(target=self._read)
        self.reader.start()

    def feed(self, chunk: bytes) -> None:
        with suppress(BrokenPipeError):  # it gave up on a bad dump: finish says so
            self.process.stdin.write(chunk)

    def finish(self) -> bool:
        """Whether the dump could be read to its end."""
        with suppress(BrokenPipeError):
            self.process.stdin.close()
        self.reader.join()
        return self.process.wait() == 0

    def _read(self) -> None:
        table = None
        for line in self.process.stdout:
            if table is None:
                if found := COPY.fullmatch(line):
                    table = found[1].decode()
                    self.rows[table] = 0
            elif line == b"\\.\n":
                table = None
            else:
                self.rows[table] += 1
        self.process.stdout.close()


def differing(tables: dict, dumped: dict[str, int]) -> list[str]:
    """Tables whose rows in the dump are not those of the snapshot."""
    return [
        f"{name}: {fact['rows']} → {dumped.get(name, 0)}"
        for name, fact in tables.items()
        if fact["rows"] != dumped.get(name, 0)
    ]
