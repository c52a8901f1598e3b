"""Finding a resident by the one search box, over HTTP, under row-level security."""

from collections.abc import Iterator
from functools import partial
from random import Random

from tests.bench.browsing import Browser, browsers, served, session_of
from tests.bench.results import Line, Ratio
from tests.bench.timing import Sample, repeated
from tests.bench.world import World

PER_LIMIT, FASTER_THAN_ADMIN = 3, 50
SHOWN = 9  # what a search reads: one more than it shows
SHAPE = "SELECT r.* FROM bench.names n JOIN residents_resident r ON r.id = n.id WHERE r.deleted_at IS NULL AND "
LIMITS = {
    "two characters of a name": SHAPE + "n.characters @> %s ORDER BY n.pinyin, n.id LIMIT 9",
    "initials": SHAPE + 'n.initials COLLATE "C" = %s ORDER BY n.pinyin, n.id LIMIT 9',
    "last four of the ID": SHAPE + "n.id_tail_hash = %s ORDER BY n.pinyin, n.id LIMIT 9",
    "phone": SHAPE + "n.phone_hash = %s ORDER BY n.pinyin, n.id LIMIT 9",
}
LOOKS = {"worker": "one community", "street": "one street", "district": "the district"}


def measure(world: World) -> Iterator[Line]:
    asked = questions(world)
    limits = {case: _limit(world, case, values) for case, values in asked.items()}
    admin = _admin(world, asked)
    with browsers(world.databases, world.full, *LOOKS) as opened:
        for browser, place in zip(opened, LOOKS.values(), strict=True):
            page = repeated([partial(_search, browser, "")] * world.often(40, 10), warm=2)
            for case, values in asked.items():
                ours = repeated([partial(_search, browser, typed) for typed, _ in values], warm=2)
                yield _line(f"{case}, {place}", ours, limits[case], page, admin[case])


def _line(case: str, ours: Sample, limit: Sample, page: Sample, admin: Sample | str) -> Line:
    allowed = PER_LIMIT * limit.p95 + page.p95
    faster = Ratio("admin ÷ ours", None, FASTER_THAN_ADMIN, at_least=True, reason=str(admin))
    if isinstance(admin, Sample):
        faster = Ratio("admin ÷ ours", admin.p50 / ours.p50, FASTER_THAN_ADMIN, at_least=True)
    return Line(
        case,
        ours,
        {"plain SQL": limit, "the page with nothing to find": page, "Django admin": admin},
        (Ratio("p95 ÷ (3 × limit + page)", ours.p95 / allowed, 1), faster),
    )


def questions(world: World) -> dict[str, list[tuple[str, object]]]:
    """What is typed and what the limit is asked, by case; people of the first community, so that all find."""
    from portal.crypto import keyed_hash

    random = Random(1)
    own = world.size.residents // world.size.communities // 2
    keys = [random.randrange(1, own + 1) for _ in range(world.often(40, 12))]
    with world.databases.connected("backup", world.full) as reader:
        rows = reader.execute(
            "SELECT id, name, initials, id_tail_hash, phone_hash FROM bench.names WHERE id = ANY(%s)",
            [keys],
        ).fetchall()
    tails = {
        keyed_hash(f"{n:03d}{c}", "id4"): f"{n:03d}{c}" for n in range(1000) for c in "0123456789X"
    }
    phones = [f"199{key:08d}" for key, *_ in rows]
    long = [row for row in rows if len(row[1]) > 2]
    return {
        "two characters of a name": [(row[1][1:3], list(row[1][1:3])) for row in long],
        "initials": [(row[2], row[2]) for row in rows],
        "last four of the ID": [(tails[row[3]], row[3]) for row in rows],
        "phone": [(phone, keyed_hash(phone, "phone")) for phone in phones],
    }


def _search(browser: Browser, typed: str):
    return browser.post("/search/", {"q": typed}, **{"HX-Request": "true"})


def _limit(world: World, case: str, values) -> Sample:
    with world.databases.connected("backup", world.full) as reader:
        reader.prepare_threshold = 0
        ask = LIMITS[case]
        return repeated(
            [partial(lambda v: reader.execute(ask, [v]).fetchall(), v) for _, v in values], warm=3
        )


def _admin(world: World, asked) -> dict[str, Sample | str]:
    """Django admin's own search, without policies, which would slow it further; a number as it can be
    found there: by the hash that somebody would have to compute first."""
    told = {}
    session = session_of(world.full, "district")
    with served(
        world.databases,
        world.full,
        "tests.bench.admin.wsgi",
        DJANGO_SETTINGS_MODULE="tests.bench.admin.settings",
        DATABASE_URL=world.databases.url("backup", world.full),
    ) as port:
        browser = Browser(port, session)
        browser.get("/admin/residents/resident/")
        for case, values in asked.items():
            typed = values[: world.often(10, 4)]
            paths = [_admin_path(case, text, known) for text, known in typed]
            told[case] = repeated([partial(browser.get, path) for path in paths])
    return told


def _admin_path(case: str, typed: str, known) -> str:
    from urllib.parse import quote

    text = typed if case in {"two characters of a name", "initials"} else known
    return f"/admin/residents/resident/?q={quote(text)}"
