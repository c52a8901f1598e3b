"""One identity's answers from every URL, made comparable: what changes from page to page is taken out."""

import difflib
import inspect
import io
import re
import sys
import uuid
import zipfile
from dataclasses import dataclass
from functools import cache
from urllib.parse import quote

import pypdfium2
from django.db import transaction

from tests.security.routes import ROUTES
from tests.security.world import CANARY

# How far beyond the keys of A's rows no row ever was.
NEVER = 90_000
# Signing out ends the walk.
LEFT_OUT = {"logout"}
# What an address says beside.
QUERY = {"sanitation-feedback": "?period=2025"}
# What a form must hold to be looked at, beside what all forms take.
SENT = {
    "board-line": {"act": "add", "code": "visits.home"},
    "summary-remark": {"action": "reply", "text": "请核对"},
}
# As it stands in pages, in JSON, and in addresses and names of files.
CANARIES = (CANARY.encode(), CANARY.encode("unicode_escape"), quote(CANARY).encode())
# Tokens, keys of forms, and clock times to the fraction of a second.
PASSING = re.compile(
    rb'value="[\w-]{32,}"|[\da-f]{8}-[\da-f-]{27}|\d\d:\d\d(:\d\d(\.\d+)?)?|"[\w-]{43,}"'
)


@dataclass(frozen=True)
class Answer:
    """What came back: status, where to, the comparable body, and whether it holds what it must not."""

    status: int
    location: str
    body: bytes
    tells: bool
    url: str

    @property
    def opens(self) -> bool:
        """There is such a row, whether or not this may be done with it now."""
        return self.status not in {404, 405} and self.status < 500

    @property
    def seen(self):
        return self.status, self.location, self.body


def comparable(body: bytes, first: int) -> bytes:
    """Without tokens, clock times, and the numbers of rows that a request made itself."""
    if body.startswith(b"PK"):
        book = zipfile.ZipFile(io.BytesIO(body))
        body = b"".join(book.read(n) for n in book.namelist() if not n.startswith("docProps"))
    elif body.startswith(b"%PDF"):
        pages = pypdfium2.PdfDocument(body)
        body = "\n".join(page.get_textpage().get_text_bounded() for page in pages).encode()
    return re.sub(rb"\b%d\d{3}\b" % (first // 1000), b"", PASSING.sub(b"", body))


def difference(before: bytes, after: bytes) -> str:
    """The first lines that differ, to be read in a failure."""
    texts = [each.decode(errors="replace").splitlines() for each in (before, after)]
    lines = difflib.unified_diff(*texts, n=0, lineterm="")
    return " ⏎ ".join(line.strip()[:160] for line in list(lines)[3:7])


def answers_htmx(view) -> bool:
    """Whether the view lies in a file that answers htmx otherwise than a whole page; marks wrap it."""
    if inspect.isclass(view) or not getattr(view, "__closure__", None):
        return ".htmx" in _source(inspect.getmodule(view))
    wrapped = [cell.cell_contents for cell in view.__closure__] + [
        getattr(view, "view_class", None)
    ]
    return any(answers_htmx(each) for each in wrapped if callable(each)) or (
        ".htmx" in _source(sys.modules[view.__module__])
    )


@cache
def _source(module) -> str:
    return inspect.getsource(module)


class Walk:
    """Asks as one client; whatever a request writes is undone before the next."""

    def __init__(self, client, town, first: int, further: int = 0):
        """``further`` beyond the rows of the community lie those that the addresses name."""
        client.raise_request_exception = False
        self.client, self.town, self.first, self.further = client, town, first, further
        self.carried = {name: cookie.value for name, cookie in client.cookies.items()}

    def address(self, route) -> str:
        named = self.town.named.get(route.name, {}).items()
        named = {n: v + self.further if isinstance(v, int) else v for n, v in named}
        return route.url_of_row(self.first + self.further, **named) + QUERY.get(route.name, "")

    def ask(self, way: str, url: str, name: str = "") -> Answer:
        self.client.cookies.clear()  # what the answer before set was undone with it
        self.client.cookies.load(self.carried)
        with transaction.atomic():
            if way == "post":
                answer = self.client.post(url, self.fields() | SENT.get(name, {}))
            elif way == "htmx":
                answer = self.client.get(url, headers={"HX-Request": "true"})
            else:
                answer = getattr(self.client, way)(url)
            body = answer.getvalue()
            transaction.set_rollback(True)
        plain = comparable(body, self.first)
        location = comparable(answer.get("Location", "").encode(), self.first).decode()
        told = plain + str(sorted(answer.headers.items())).encode()
        tells = any(canary in told for canary in CANARIES)
        return Answer(answer.status_code, location, plain, tells, url)

    def fields(self) -> dict:
        """The smallest body that most forms take for begun: it names rows and the unit of community A."""
        return {
            "_key": str(uuid.uuid4()),
            "version": 1,
            "pk": self.first + self.further,
            "finding": self.first + self.further,
            "unit": self.town.unit.pk,
            "purpose": "办理业务核对",
            "reason": "办理业务核对",
        }

    def everything(self, *ways, only=lambda route: True, names=ROUTES):
        return {
            (way, name): self.ask(way, self.address(route), name)
            for name, route in ROUTES.items()
            if name not in LEFT_OUT and name in names and only(route)
            for way in ways
        }
