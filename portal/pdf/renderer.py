"""The renderer's own process (``python -m portal.pdf.renderer``): no database, no secrets, one thread.

It has the fonts loaded and forks a confined child for each paper, so that what one text does to the
layout ends with that child. What a child answers is never unpickled: it has read what users typed.
"""

import contextlib
import gc
import json
import logging
import os
import pickle
import shutil
import signal
import sys
import tempfile
import time

from portal.pdf.confining import confine
from portal.pdf.engine import Engine
from portal.pdf.fonts import ROLES
from portal.pdf.frames import receive, send

WARM = "".join(f'<p style="font-family: var(--{role})">字“a0”—</p>' for role in ROLES)
TIME, MEMORY = "time", "memory"  # of what there was not enough


class Collected(logging.Handler):
    """Log lines as [logger, level, text], for the process that asked."""

    def __init__(self):
        super().__init__(logging.WARNING)
        self.lines = []

    def emit(self, record):
        self.lines.append([record.name, record.levelno, record.getMessage()])


def main() -> None:
    jobs, answers = 0, os.dup(1)
    os.dup2(2, 1)  # whatever a library prints is no answer
    engine = Engine(*pickle.loads(receive(jobs)))  # noqa: S301  # nosec B301 from the process that started us
    engine.write(WARM, "official")
    send(answers, b"ready")
    try:
        while True:
            job = pickle.loads(receive(jobs))  # noqa: S301  # nosec B301 as above
            send(answers, *_apart(engine, answers, **job))
    except (EOFError, BrokenPipeError):
        shutil.rmtree(tempfile.gettempdir(), ignore_errors=True)  # ours alone


def _apart(engine, answers, html, style, kept, seconds, wall, memory) -> tuple[bytes, bytes]:
    """(what happened as JSON, the PDF) of a child that may be ended."""
    with contextlib.suppress(ValueError):  # the child tells it
        engine.prepare(style)
    gc.freeze()
    inlet, outlet = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(answers)
            _render(engine, outlet, html, style, kept, seconds, memory)
        finally:
            os._exit(1)
    os.close(outlet)
    until, lacking = time.monotonic() + wall, ""
    try:
        answer = receive(inlet, until), receive(inlet, until)
    except EOFError:
        lacking = MEMORY
    except TimeoutError:
        lacking = TIME
    os.close(inlet)
    if lacking == TIME:
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if not lacking:
        return answer
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) in {signal.SIGXCPU, signal.SIGKILL}:
        lacking = TIME
    return json.dumps({"lacking": lacking}).encode(), b""


def _render(engine, outlet, html, style, kept, seconds, memory) -> None:
    collected = Collected()
    logging.getLogger().handlers = [collected]
    told, pdf = {}, b""
    try:
        confine(seconds, memory)
        pdf = engine.write(html, style, kept)
    except MemoryError:
        os._exit(1)
    except Exception as error:
        told = {"error": type(error).__name__, "text": str(error)[:500]}
    send(outlet, json.dumps(told | {"logged": collected.lines}).encode(), pdf)
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main())
