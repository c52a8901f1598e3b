"""What must hold of every answer to a malformed request (SECURITY row 20).

Request N of seed S is always the same; it is undone before the next one. No answer is a fault (5xx or an
exception), none takes longer than SLOWEST seconds, nothing that breaks an invariant of ``stored.py`` or a
rule that the database asks at commit is left by a request that was accepted.
"""

import logging
import math
import time
import traceback
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection, transaction

from portal.policies import reading as policies
from tests.security.composing import Request, compose, often
from tests.security.fuzz_world import World, get_to_know, refusal_at_commit
from tests.security.stored import Writes, broken_rows

SLOWEST = 5.0  # seconds
A_MOMENT = 0.3  # seconds of processor


@dataclass
class Figures:
    """What a run has shown; ``faults`` tell how to repeat them."""

    requests: int = 0
    by_status: Counter = field(default_factory=Counter)
    by_method: Counter = field(default_factory=Counter)
    accepted: int = 0
    stored: int = 0
    slowest: tuple[float, str] = (0.0, "")
    seconds: float = 0.0
    processor: float = 0.0  # seconds of it, the database not counted
    routes: set = field(default_factory=set)
    routes_accepting: set = field(default_factory=set)
    faults: list[str] = field(default_factory=list)

    def __str__(self):
        classes = Counter()
        for status, count in self.by_status.items():
            classes[f"{status // 100}xx"] += count
        of_class = ", ".join(f"{name} {count}" for name, count in sorted(classes.items()))
        return (
            f"{self.requests} requests to {len(self.routes)} URLs in {self.seconds:.0f} s "
            f"({self.processor:.0f} s of processor): {of_class}; "
            f"{self.accepted} forms accepted at {len(self.routes_accepting)} URLs, {self.stored} of them "
            f"wrote rows; slowest {self.slowest[0]:.2f} s ({self.slowest[1]}); {len(self.faults)} faults"
        )


class Fuzz:
    """Sends requests to a world and keeps the figures; ``slowest`` seconds are borne."""

    def __init__(self, world: World, seed, slowest: float = SLOWEST):
        self.world, self.seed, self.bearable = world, seed, slowest
        self.figures = Figures()

    def run(self, numbers, routes, kept: Path | None = None) -> Figures:
        """Request N of these numbers goes to one of the routes, whose pages are read before; a file may
        have kept what they tell."""
        started, busy = time.monotonic(), time.process_time()
        with silence():
            get_to_know(self.world, routes, kept)
            drawn = often(routes)
            for number in numbers:
                self._one(compose(self.world, self.seed, number, drawn))
        self.figures.seconds = time.monotonic() - started
        self.figures.processor = time.process_time() - busy
        return self.figures

    def _one(self, request: Request) -> None:
        figures = self.figures
        seconds, status = self._timed(request)
        if seconds > self.bearable:  # the machine may be busy, or have been
            seconds = min(seconds, self._timed(request)[0] / held_up())
        figures.requests += 1
        figures.by_status[status] += 1
        figures.by_method[request.method] += 1
        figures.routes.add(request.route)
        figures.slowest = max(figures.slowest, (seconds, f"{request.method} {request.route}"))
        if seconds > self.bearable:
            self._fault(request, f"took {seconds:.1f} s")

    def _timed(self, request: Request) -> tuple[float, int]:
        sender, figures = self.world.sender, self.figures
        sender.faults.clear()
        policies.keep({}, math.inf)  # what a process remembers is not rolled back
        with transaction.atomic():
            writes = Writes()
            started = time.perf_counter()
            try:
                answer = self._answer(request, writes)
                status = answer.status_code
            except Exception as error:
                sender.faults.append(error)
                status = 599
            seconds = time.perf_counter() - started
            if status >= 500 or sender.faults:
                self._fault(request, f"answered {status}: {_end_of(sender.faults)}")
            elif status < 400:
                figures.accepted += request.method == "POST" and status in {302, 303}
                self._look_at_what_is_stored(request, writes.tables())
            transaction.set_rollback(True)
        return seconds, status

    def _answer(self, request: Request, writes: Writes):
        cookie = self.world.cookies.get(request.who, "")
        with connection.execute_wrapper(writes):
            return self.world.sender.ask(
                request.method,
                request.address,
                cookie=cookie,
                body=request.body,
                content_type=request.content_type,
                headers=request.headers,
            )

    def _look_at_what_is_stored(self, request: Request, tables: set[str]) -> None:
        if not tables:
            return
        self.figures.stored += 1
        self.figures.routes_accepting.add(request.route)
        with self.world.seen():
            for wrong in broken_rows(tables):
                self._fault(request, f"stored: {wrong}")
        refusal = refusal_at_commit()
        if refusal != self.world.refused:
            self._fault(request, f"could not be committed: {refusal}")

    def _fault(self, request: Request, text: str) -> None:
        self.figures.faults.append(f"{text}\n{request.told(self.seed)}")


def held_up() -> float:
    """How many times longer than alone a process takes now, beside all others of the machine; at least 1."""
    begun, busy = time.perf_counter(), time.process_time()
    while (used := time.process_time() - busy) < A_MOMENT:
        pass
    return max(1.0, (time.perf_counter() - begun) / used)


def _end_of(faults) -> str:
    return "\n".join("".join(traceback.format_exception(error)[-4:]) for error in faults[-1:])


@contextmanager
def silence():
    """Refusals are logged by the thousand."""
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)
