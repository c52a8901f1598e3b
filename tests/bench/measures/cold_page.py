"""The first page of somebody whose browser holds nothing: what goes over the wire, and whether it jumps."""

import re
import shutil
from collections.abc import Iterator
from http.client import HTTPConnection

from tests.bench.browsing import served, session_of
from tests.bench.results import Line, Ratio
from tests.bench.timing import Sample
from tests.bench.world import World

KB, SHIFT = 200, 0.001
PAGES = {
    "sign-in": ("/login/", ""),
    "home": ("/", "worker"),
    "list of visits": ("/ledger/visits/", "worker"),
}
ASSETS = re.compile(rb'<(?:script|link)[^>]*?(?:src|href)="(/static/[^"]+)"', re.S)
WATCH = """() => { window.shifted = 0; new PerformanceObserver(list => list.getEntries().forEach(
    entry => window.shifted += entry.value)).observe({type: "layout-shift", buffered: true}) }"""


def measure(world: World) -> Iterator[Line]:
    session = session_of(world.full, "worker")
    with served(world.databases, world.full) as port:
        for case, (path, who) in PAGES.items():
            size, files = _weight(port, path, session if who else "")
            yield Line(
                case,
                Sample.of([size / 1024], "kB"),
                {"files": Sample.of([files], "files")},
                (Ratio("kB", size / 1024, KB),),
            )
        yield from _shifts(port, session)


def _weight(port: int, path: str, session: str) -> tuple[int, int]:
    """Bytes of the page and all that its head names, compressed as they are sent; and how many files."""
    page, body = _fetched(port, path, session)
    found = [_fetched(port, name.decode(), "")[0] for name in dict.fromkeys(ASSETS.findall(body))]
    return page + sum(found), 1 + len(found)


def _fetched(port: int, path: str, session: str) -> tuple[int, bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Accept-Encoding": "gzip, br"} if path.startswith("/static/") else {}
    if session:
        headers["Cookie"] = f"session={session}"
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    if answer.status != 200:
        raise RuntimeError(f"{path}: {answer.status}")
    return len(body), body


def _shifts(port: int, session: str) -> Iterator[Line]:
    from playwright.sync_api import sync_playwright

    command = shutil.which("chromium")
    if command is None:
        yield Line("layout shift", Sample.of([0], ""), {"chromium": "no chromium here"})
        return
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=command)
        for case, (path, who) in PAGES.items():
            context = browser.new_context(viewport={"width": 1366, "height": 768})
            if who:
                context.add_cookies(
                    [{"name": "session", "value": session, "url": f"http://127.0.0.1:{port}"}]
                )
            context.add_init_script(f"({WATCH})()")
            page = context.new_page()
            page.goto(f"http://127.0.0.1:{port}{path}", wait_until="networkidle")
            moved = page.evaluate("window.shifted")
            context.close()
            yield Line(
                f"{case}: layout shift",
                Sample.of([moved], "score"),
                {},
                (Ratio("layout shift", moved, SHIFT),),
            )
        browser.close()
