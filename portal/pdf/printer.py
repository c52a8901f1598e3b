"""The side that asks: one renderer process for each process that prints, started when it first does."""

import atexit
import contextlib
import json
import logging
import os
import pickle
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings

from portal.pdf.archive import Enclosure
from portal.pdf.cut_off import PrintCutOff, RenderFailed, patience
from portal.pdf.fonts import Library, library
from portal.pdf.frames import receive, send

ROOT = Path(__file__).resolve().parents[2]
START = 90  # seconds that a renderer may take to load the fonts
WALL = 3  # times the processor time that a paper may take on a busy machine
NEEDED = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "XDG_CACHE_HOME", "FONTCONFIG_FILE")
MEMORY_MB = 1024 * 1024


class Printer:
    """Threads may ask at once; they take turns, so that one process lays out one paper at a time."""

    def __init__(self, fonts: Library, styles: Path):
        self._setup = pickle.dumps((fonts, styles))
        self._lock = threading.Lock()
        self._process = self._folder = None

    def write(self, html: str, style: str, kept: Sequence[Enclosure] | None = None) -> bytes:
        """As ``Engine.write``, within PRINT_SECONDS and PRINT_MEMORY_MB. Raises PrintCutOff."""
        seconds = settings.PRINT_SECONDS * patience()
        job = {
            "html": str(html),
            "style": style,
            "kept": kept,
            "seconds": seconds,
            "wall": seconds * WALL,
            "memory": settings.PRINT_MEMORY_MB * MEMORY_MB,
        }
        with self._lock:
            told, pdf = self._ask(pickle.dumps(job), seconds * WALL + START)
        for name, level, text in told.get("logged", ()):
            logging.getLogger(name).log(level, "%s", text)
        if lacking := told.get("lacking"):
            logging.getLogger(__name__).error("A print was ended: not enough %s", lacking)
            raise PrintCutOff(
                f"排版超过 {seconds} 秒" if lacking == "time" else "内容太多，排版用完了允许的内存"
            )
        if "error" in told:
            kind = ValueError if told["error"] == "ValueError" else RenderFailed
            text = told["text"]
            raise kind(text if kind is ValueError else f"{told['error']}: {text}")
        return pdf

    @property
    def pid(self) -> int | None:
        return self._process and self._process.pid

    def stop(self) -> None:
        if self._process is not None:
            with contextlib.suppress(OSError):
                self._process.stdin.close()
            try:
                self._process.wait(2)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process.stdout.close()
            self._folder.cleanup()
        self._process = self._folder = None

    def _ask(self, job: bytes, longest: float) -> tuple[dict, bytes]:
        until = time.monotonic() + longest
        try:
            process = self._running()
            send(process.stdin.fileno(), job)
            told = json.loads(receive(process.stdout.fileno(), until))
            return told, receive(process.stdout.fileno(), until)
        except (OSError, EOFError, ValueError) as error:
            self.stop()
            raise RenderFailed("the renderer's process ended or does not answer") from error

    def _running(self) -> subprocess.Popen:
        if self._process is not None and self._process.poll() is not None:
            self.stop()
        if self._process is None:
            self._folder = tempfile.TemporaryDirectory(prefix="print-", ignore_cleanup_errors=True)
            own = {name: os.environ[name] for name in NEEDED if name in os.environ}
            self._process = subprocess.Popen(
                [sys.executable, "-m", "portal.pdf.renderer"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                bufsize=0,
                cwd=ROOT,
                env=own | {"TMPDIR": self._folder.name},
                start_new_session=True,
            )
            send(self._process.stdin.fileno(), self._setup)
            receive(self._process.stdout.fileno(), time.monotonic() + START)
        return self._process


_printers: dict[tuple, Printer] = {}
_making = threading.Lock()


def printer() -> Printer:
    """That of this process for the present settings; raises FontMissing."""
    key = (os.getpid(), str(settings.FONT_DIR), str(settings.BASE_DIR))
    with _making:
        if key not in _printers:
            _printers[key] = Printer(library(), Path(settings.BASE_DIR) / "static" / "pdf")
        return _printers[key]


@atexit.register
def _stop_all() -> None:
    for (owner, *_), each in _printers.items():
        if owner == os.getpid():
            each.stop()
