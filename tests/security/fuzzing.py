"""Malformed requests by number and seed, and what must hold of every answer (SECURITY row 20).

Request N of seed S is always the same; it is undone before the next one. No answer is a fault (5xx or an
exception), none takes longer than SLOWEST seconds, nothing that breaks an invariant of ``stored.py`` or a
rule that the database asks at commit is left by a request that was accepted.
"""

import logging
import math
import random
import re
import time
import traceback
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache

from django.db import transaction

from portal.policies import reading as policies
from tests.architecture.test_odd_parameters import NAMES
from tests.security import bodies, poison
from tests.security.fuzz_world import NOBODY, World, get_to_know, path_to, refusal_at_commit
from tests.security.routes import ROUTES
from tests.security.stored import broken_rows, written

SLOWEST = 5.0  # seconds
PARTS = 10  # of the routes; request N goes to the routes of part N % PARTS
ASKERS = [NOBODY, *["staff"] * 3, *["supervisor"] * 2, "system", "security", "audit", "ended"]
# Many forms behind one route: one for each ledger.
OFTEN = {
    "ledger-add": 12,
    "ledger-edit": 12,
    "ledger-list": 6,
    "ledger-import": 6,
    "ledger-step": 4,
    "offline-store": 6,
    "search": 3,
}
# Each takes a second or more: papers are drawn, whole ledgers looked through.
DEAR = re.compile(
    r"\.pdf$|/print/|export|paper|template|^today/|recount|/check/|board|population|quality|figure"
    r"|^$|handover/new|sanitation/waste|reunite|subsid"
)
METHODS = ("GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "post", "\xff")
BODY_SHOWN = 300


@dataclass(frozen=True)
class Request:
    number: int
    who: str
    route: str
    method: str
    address: str
    headers: dict
    body: bytes
    content_type: str

    def told(self, seed) -> str:
        return (
            f"request {self.number} of seed {seed} (script/fuzz --seed {seed} --only {self.number})\n"
            f"  {self.who}: {self.method} {self.address[:BODY_SHOWN]}\n"
            f"  {self.content_type!r} {self.body[:BODY_SHOWN]!r}\n"
            f"  headers {str(self.headers)[:BODY_SHOWN]}"
        )


@dataclass
class Figures:
    """What a run has shown; ``faults`` tell how to repeat them."""

    requests: int = 0
    by_status: Counter = field(default_factory=Counter)
    accepted: int = 0
    stored: int = 0
    slowest: tuple[float, str] = (0.0, "")
    seconds: float = 0.0
    routes: set = field(default_factory=set)
    routes_accepting: set = field(default_factory=set)
    faults: list[str] = field(default_factory=list)

    def __str__(self):
        classes = Counter()
        for status, count in self.by_status.items():
            classes[f"{status // 100}xx"] += count
        of_class = ", ".join(f"{name} {count}" for name, count in sorted(classes.items()))
        return (
            f"{self.requests} requests to {len(self.routes)} URLs in {self.seconds:.0f} s: {of_class}; "
            f"{self.accepted} forms accepted at {len(self.routes_accepting)} URLs, {self.stored} of them "
            f"wrote rows; slowest {self.slowest[0]:.2f} s ({self.slowest[1]}); {len(self.faults)} faults"
        )


# --- composing --------------------------------------------------------------------------------
@cache
def routes_of(part: int) -> list:
    names = [name for name in ROUTES if name != "logout"][part::PARTS]
    return [ROUTES[name] for name in names for _ in range(OFTEN.get(name, 2))]


def compose(world: World, seed, number: int, routes=None) -> Request:
    rng = random.Random(f"{seed} {number}")
    route = rng.choice(routes or routes_of(number % PARTS))
    while DEAR.search(route.route) and rng.random() < 0.95:
        route = rng.choice(routes or routes_of(number % PARTS))
    who = rng.choice(ASKERS)
    if rng.random() < 0.7:
        who = world.readers.get(route.name, who)
    if route.route.startswith("public/"):
        who = rng.choice((NOBODY, NOBODY, NOBODY, who))
    path = path_to(world, route, rng)
    fields = world.fields(route.name, path)
    draw = rng.random()
    method = "GET" if draw < 0.15 else "POST" if draw < 0.97 else rng.choice(METHODS)
    address = _odd_path(rng, path) if rng.random() < 0.08 else path
    names = [*NAMES, *fields]
    asked = [
        (rng.choice(names), poison.value(rng, longest=poison.QUERY_LONG)) for _ in _few(rng, method)
    ]
    if rng.random() < 0.03:
        asked.append(("next", rng.choice(poison.ATTACKS)))
    if asked:
        address += "?" + bodies.pairs_text(rng, bodies.disturbed(rng, asked))
    body, content_type = b"", ""
    if method == "POST":
        pairs, files = filled(rng, fields)
        body, content_type = bodies.body(rng, pairs, files)
    return Request(
        number, who, route.name, method, address, bodies.headers(rng), body, content_type
    )


def _few(rng, method) -> range:
    return range(rng.choice((0, 1, 2, 4)) if method == "GET" else rng.choice((0, 0, 0, 0, 1)))


def _odd_path(rng, path: str) -> str:
    bad = rng.choice(
        (
            *(
                "%00",
                "%ff%fe",
                "%c0%ae%c0%ae/",
                "%ed%a0%80",
                "%",
                "%zz",
                "..%2f..%2f",
                "%0d%0aX:1",
                "//",
            ),
            *(
                "-1",
                "0",
                str(2**31),
                str(2**63),
                "9" * 400,
                bodies.quoted("１"),
                "1.0",
                "%20",
                "a" * 5_000,
            ),
            bodies.quoted(poison.text(rng)),
        )
    )
    numbers = [match.span() for match in re.finditer(r"(?<=/)\d+(?=/)", path)]
    if numbers and rng.random() < 0.6:
        begin, end = rng.choice(numbers)
        return path[:begin] + bad + path[end:]
    parts = path.split("/")
    parts[rng.randrange(1, len(parts))] = bad
    return "/".join(parts)


def filled(rng, fields: dict) -> tuple[list, list]:
    """(pairs, names of file fields): a form filled in like a person would, but for a few fields."""
    rate = rng.choice((0.0, 0.02, 0.08, 0.3, 1.0))
    pairs, files = [], []
    for name, found in fields.items():
        if name in {"csrfmiddlewaretoken", "_key"}:
            continue
        if found.kind == "file":
            files.append(name)
        elif rng.random() < rate:
            pairs.append((name, poison.value(rng, longest=5_000)))
        elif (value := plausible(rng, found)) is not None:
            pairs.append((name, value))
    return bodies.key_pairs(rng) + bodies.disturbed(rng, pairs), files


PLAUSIBLE = {
    "date": ("2025-03-01", "2025-06-30", "2025-01-15"),
    "datetime-local": ("2025-03-01T09:00",),
    "time": ("09:00", "10:30"),
    "month": ("2025-03",),
    "number": ("1", "2", "30"),
    "tel": ("13812345678", "0731-85551234"),
    "password": ("a password for tests only",),
}


def plausible(rng, found) -> str | None:
    """None: the field is not sent, as a box without a tick."""
    if found.kind in {"checkbox", "radio", "submit", "button"}:
        return rng.choice([None, *(found.values or ["on"])])
    if found.kind == "select":
        filled_in = [value for value in found.values if value]
        return rng.choice(filled_in or [""])
    if found.values and (found.kind == "hidden" or rng.random() < 0.7):
        return found.values[-1]
    if found.kind == "text" and re.search(r"_on$|date|starts|ends", found.name):
        return rng.choice(PLAUSIBLE["date"])
    return rng.choice(PLAUSIBLE.get(found.kind, ("张伟", "走访了解情况", "1", "")))


# --- sending ------------------------------------------------------------------------------------
class Fuzz:
    """Sends requests to a world and keeps the figures; ``slowest`` seconds are borne."""

    def __init__(self, world: World, seed, slowest: float = SLOWEST):
        self.world, self.seed, self.bearable = world, seed, slowest
        self.figures = Figures()

    def run(self, numbers, routes=None) -> Figures:
        started = time.monotonic()
        with silence():
            if routes is None:
                get_to_know(self.world)
            for number in numbers:
                self._one(compose(self.world, self.seed, number, routes))
        self.figures.seconds = time.monotonic() - started
        return self.figures

    def _one(self, request: Request) -> None:
        figures = self.figures
        seconds, status = self._timed(request)
        if seconds > self.bearable:  # the machine may have been busy
            seconds = min(seconds, self._timed(request)[0])
        figures.requests += 1
        figures.by_status[status] += 1
        figures.routes.add(request.route)
        figures.slowest = max(figures.slowest, (seconds, f"{request.method} {request.route}"))
        if seconds > self.bearable:
            self._fault(request, f"took {seconds:.1f} s")

    def _timed(self, request: Request) -> tuple[float, int]:
        sender, figures = self.world.sender, self.figures
        sender.faults.clear()
        policies.keep({}, math.inf)  # what a process remembers is not rolled back
        with transaction.atomic():
            before = written() if request.method == "POST" else {}
            started = time.perf_counter()
            try:
                answer = sender.ask(
                    request.method,
                    request.address,
                    cookie=self.world.cookies.get(request.who, ""),
                    body=request.body,
                    content_type=request.content_type,
                    headers=request.headers,
                )
                status = answer.status_code
            except Exception as error:
                sender.faults.append(error)
                status = 599
            seconds = time.perf_counter() - started
            if status >= 500 or sender.faults:
                self._fault(request, f"answered {status}: {_end_of(sender.faults)}")
            elif request.method == "POST" and status < 400:
                figures.accepted += status in {302, 303}
                self._look_at_what_is_stored(request, before)
            transaction.set_rollback(True)
        return seconds, status

    def _look_at_what_is_stored(self, request: Request, before: dict[str, int]) -> None:
        tables = {name for name, count in written().items() if count != before.get(name, 0)}
        if tables <= SESSION_TABLES:
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


SESSION_TABLES = {"django_session", "portal_session", "portal_submission"}


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
