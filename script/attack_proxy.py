"""Stands between the tools of script/attack and the demo, so that they see what a user of many days sees.

It is signed in and stays so; each request comes from an address of its own, so that no pause of strangers ends
the scan; a key that is taken once is a new one each time, and so is a number that may be asked for rarely. What
a tool itself put into such a field goes through as it is. All answers are counted: a scan that saw few pages is blind.
"""

import collections
import contextlib
import http.client
import http.cookiejar
import http.server
import random
import re
import threading
import urllib.parse
import urllib.request
import uuid
from collections.abc import Iterator

DEMO_PASSWORD = "demo-shequ-2025"  # noqa: S105  public, shown on the sign-in page
# What ends the attacker's own session or account is not attacked.
NOT_THESE = ("/logout/", "/password/", "/sessions/", "/second-factor/")
KEYS = re.compile(rb'((?:^|&)_key=|name="_key"\r\n\r\n)[0-9a-f-]{36}(?=&|\r|$)')
# Number and code of a case or certificate, and a name to sign in with: as script/attack and wapiti fill them in.
RARELY_ASKED = re.compile(
    rb"((?:^|[&?])(?:number|code|username)=)(?:2025-1|1|A|ABCD|default)(?=&|$)"
)
ONLY_ONE_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "host"}
OURS = {"cookie", "set-cookie", "x-forwarded-for", "accept-encoding"}
TIMEOUT = 90  # seconds


def afresh(text: bytes) -> bytes:
    text = KEYS.sub(lambda found: found[1] + str(uuid.uuid4()).encode(), text)
    return RARELY_ASKED.sub(lambda found: found[1] + b"2025-%d" % random.randrange(10**6), text)  # noqa: S311


class Portal:
    """The demo as one account sees it, or as nobody does; what it answered."""

    def __init__(self, url: str, username: str):
        self.url, self.username = url, username
        self.host = urllib.parse.urlsplit(url).netloc
        self.lock = threading.Lock()
        self.signed_in = 0
        self.answers: collections.Counter[str] = collections.Counter()
        self.pages: set[str] = set()
        self.posted: set[str] = set()
        self.faults: set[str] = set()
        self.sign_in()

    def sign_in(self, former: str | None = None) -> None:
        """Unless another thread did so since ``former`` was the cookie."""
        with self.lock:
            if former is not None and former != self.cookies:
                return
            jar = http.cookiejar.CookieJar()
            browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
            page = browser.open(f"{self.url}/login/", timeout=TIMEOUT).read().decode()
            if self.username:
                form = {
                    "username": self.username,
                    "password": DEMO_PASSWORD,
                    "csrfmiddlewaretoken": re.search(r'csrfmiddlewaretoken" value="([^"]+)"', page)[
                        1
                    ],
                    "_key": str(uuid.uuid4()),
                }
                data = urllib.parse.urlencode(form).encode()
                browser.open(f"{self.url}/login/", data, timeout=TIMEOUT).read()
                with browser.open(f"{self.url}/sessions/", timeout=TIMEOUT) as mine:
                    if not mine.url.endswith("/sessions/"):
                        raise SystemExit(f"script/attack: {self.username} could not sign in")
            self.cookies = "; ".join(f"{each.name}={each.value}" for each in jar)
            self.signed_in += 1

    def ask(self, method: str, path: str, headers, body: bytes):
        """(status, headers, body); a request that found the session ended is sent again, signed in."""
        for _ in range(2):
            cookies = self.cookies
            sent = {
                name: value
                for name, value in headers.items()
                if name.lower() not in ONLY_ONE_HOP | OURS
            }
            sent |= {"Host": self.host, "Cookie": cookies, "X-Forwarded-For": somewhere()}
            upstream = http.client.HTTPConnection(self.host, timeout=TIMEOUT)
            with contextlib.closing(upstream):
                upstream.request(method, path, body or None, sent)
                answer = upstream.getresponse()
                told = answer.read()
            goes = answer.headers.get("Location", "")
            if not (self.username and goes.startswith("/login/")):
                break
            self.sign_in(former=cookies)
        self.note(method, path, answer.status)
        return answer.status, answer.headers.items(), told

    def note(self, method: str, path: str, status: int) -> None:
        bare = path.split("?")[0]
        with self.lock:
            self.answers[f"{method} {status}"] += 1
            if status == 200:
                self.pages.add(bare)
            if method == "POST" and status < 400:
                self.posted.add(bare)
            if status >= 500:
                self.faults.add(f"{method} {bare} {status}")

    @property
    def seen(self) -> float:
        """Share of the answers that are pages or lead on, and no refusal."""
        good = sum(count for kind, count in self.answers.items() if kind.split()[1] in SEEN)
        return good / max(1, self.answers.total())

    def told(self) -> str:
        kinds = ", ".join(f"{kind}: {count:,}" for kind, count in sorted(self.answers.items()))
        return (
            f"{self.answers.total():,} answers ({self.seen:.0%} pages or redirects; {kinds}),"
            f" {len(self.pages)} addresses seen, {len(self.posted)} posted to,"
            f" signed in {self.signed_in} times, faults: {sorted(self.faults) or 'none'}"
        )


SEEN = {"200", "302", "303", "304"}


def somewhere() -> str:
    return ".".join(["10", *(str(random.randrange(1, 255)) for _ in range(3))])  # noqa: S311


class Between(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    portal: Portal

    def pass_on(self):
        length = int(self.headers.get("Content-Length") or 0)
        body = afresh(self.rfile.read(length))
        path = afresh(self.path.encode("latin-1", "replace")).decode("latin-1")
        try:
            if path.split("?")[0].startswith(NOT_THESE):
                status, headers, told = 404, [("Content-Type", "text/plain")], b"not attacked"
            else:
                status, headers, told = self.portal.ask(self.command, path, self.headers, body)
        except (OSError, http.client.HTTPException, ValueError):
            self.portal.note(self.command, path, 599)
            status, headers, told = 504, [("Content-Type", "text/plain")], b""
        with contextlib.suppress(ConnectionError):  # a tool whose time is up does not wait
            self.tell(status, headers, told)

    def tell(self, status, headers, told: bytes):
        self.send_response_only(status)
        for name, value in headers:
            if name.lower() not in ONLY_ONE_HOP | OURS:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(told)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(told)

    do_GET = do_POST = do_HEAD = do_PUT = do_DELETE = do_OPTIONS = do_PATCH = do_TRACE = pass_on

    def log_message(self, *told):
        pass


class Server(http.server.ThreadingHTTPServer):
    def handle_error(self, *told):
        """A tool whose time is up breaks off in the middle."""


@contextlib.contextmanager
def stand_between(url: str, username: str) -> Iterator[tuple[str, Portal]]:
    """Gives the address that the tools attack, and what it saw."""
    portal = Portal(url, username)
    handler = type("BetweenOfOne", (Between,), {"portal": portal})
    server = Server(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", portal
    finally:
        server.shutdown()
        server.server_close()
