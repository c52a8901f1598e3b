"""A malformed request by number and seed: to which address, by whom, and what it carries."""

import random
import re
from dataclasses import dataclass

from tests.architecture.test_odd_parameters import NAMES
from tests.security import bodies, poison
from tests.security.fuzz_world import NOBODY, WHO, World, path_to
from tests.security.routes import ROUTES

PARTS = 2  # of the routes; request N goes to the routes of part N % PARTS
ASKERS = [NOBODY, *["staff"] * 3, *["supervisor"] * 2, "section", *WHO, "ended"]
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
    r"|^$|handover/new|holdings|sanitation/waste|reunite|subsid"
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


def routes_of(part: int) -> list:
    """Neighbours by name stay together: their pages ask for what is sent to each other."""
    names = [name for name in ROUTES if name != "logout"]
    each = -(-len(names) // PARTS)
    return [ROUTES[name] for name in names[part * each : (part + 1) * each]]


def often(routes) -> list:
    """Each route as often as it has forms."""
    return [route for route in routes for _ in range(OFTEN.get(route.name, 2))]


def compose(world: World, seed, number: int, routes) -> Request:
    rng = random.Random(f"{seed} {number}")
    route = rng.choice(routes)
    while DEAR.search(route.route) and rng.random() < 0.95:
        route = rng.choice(routes)
    path = path_to(world, route, rng)
    who = rng.choice(ASKERS)
    if rng.random() < 0.7:
        who = world.reader(route.name, path, who)
    if route.route.startswith("public/"):
        who = rng.choice((NOBODY, NOBODY, NOBODY, who))
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
