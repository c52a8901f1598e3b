"""What script/attack begins with: the pages of each area, and every form and filter that stands on them."""

import re
import urllib.parse
import urllib.request
from dataclasses import dataclass
from html.parser import HTMLParser

# What each account begins with: sqlmap takes the forms and links with parameters that stand on these pages.
PAGES = {
    "nobody": (
        "/public/case/?number=2025-1&code=ABCD",
        "/public/volunteers/certificate/?number=1&code=A",
        "/login/?next=/today/",
        "/public/449901001001/",
    ),
    "demo-worker": (
        "/ledger/visits/?page=1&sort=occurred_on&q=abc",
        "/ledger/visits/add/",
        "/ledger/visits/columns/",
        "/ledger/residents/",
        "/ledger/residents/1/",
        "/duplicates/",
        "/summaries/",
        "/boards/",
        "/boards/table/?period=2025&sort=1",
        "/residents/population/",
        "/figures/residents.registered/",
        "/notifications/",
        "/asks/",
        "/disability/matrix/",
        "/sanitation/waste/",
    ),
    "demo-street": (
        "/summaries/",
        "/boards/",
        "/asks/new/",
        "/notices/",
        "/quality/?page=1",
        "/exports/requests/?page=1",
    ),
    "demo-audit": ("/audit/", "/holders/"),
}
# Pickers are asked by scripts of their pages; no form shows their words.
PICKERS = {
    "demo-worker": (
        ("/ledger/visits/pick/", "field=resident&resident_text=abc&q=abc"),
        ("/servicecenter/cases/new/applicants/", "find=abc"),
        ("/servicecenter/cases/new/items/", "find_item=abc"),
    )
}
LEDGERS = 20  # of all, for wapiti
MOST_NAMES = 9  # of one address: more are the same mechanism again, and hours
TOKEN = "csrfmiddlewaretoken"  # noqa: S105  the name of a field
SKIPPED = {TOKEN, "_key", "version"}
TYPED = {
    "text",
    "search",
    "hidden",
    "password",
    "date",
    "number",
    "month",
    "tel",
    "email",
    "checkbox",
    "radio",
}

NUMBERS_OR_NAMES = re.compile(r"/([0-9]+|[a-z]+[.][a-z_.]+)/")


@dataclass(frozen=True)
class Target:
    """An address with what is sent to it; ``data`` is None for GET."""

    address: str
    data: str | None = None

    @property
    def method(self) -> str:
        return "GET" if self.data is None else "POST"

    @property
    def names(self) -> frozenset[str]:
        query = self.data or urllib.parse.urlsplit(self.address).query
        return frozenset(dict(urllib.parse.parse_qsl(query, keep_blank_values=True)))

    @property
    def page(self) -> str:
        """Its path; pages of single rows are one."""
        return NUMBERS_OR_NAMES.sub("/*/", urllib.parse.urlsplit(self.address).path)

    def is_within(self, other: "Target") -> bool:
        """Whether the other sends all that this one does, to the same page."""
        return self.page == other.page and self.method == other.method and self.names <= other.names

    @property
    def weight(self) -> int:
        """How many of its fields are attacked."""
        return len(self.names - SKIPPED)


class Forms(HTMLParser):
    """Forms of one page as (method, action, {field: value}), and links within it."""

    def __init__(self):
        super().__init__()
        self.forms: list[tuple[str, str, dict[str, str]]] = []
        self.links: list[str] = []
        self.fields: dict[str, str] | None = None
        self.select = ""
        self.takes_files = False

    def handle_starttag(self, tag, attributes):
        told = {name: value or "" for name, value in attributes}
        if tag == "a":
            self.links.append(told.get("href", ""))
        elif tag == "form":
            self.fields, self.takes_files = {}, "multipart" in told.get("enctype", "")
            self.forms.append(
                (told.get("method", "get").lower(), told.get("action", ""), self.fields)
            )
        elif self.fields is not None:
            self.add_field(tag, told)

    def add_field(self, tag, told):
        name = told.get("name", "")
        if tag == "option" and self.select and ("selected" in told or not self.fields[self.select]):
            self.fields[self.select] = told.get("value", "")
        elif tag == "select" and name:
            self.select = name
            self.fields.setdefault(name, "")
        elif name and (tag == "textarea" or told.get("type", "text") in TYPED):
            is_choice = told.get("type") in {"checkbox", "radio"}
            self.fields[name] = (is_choice and self.fields.get(name)) or told.get("value", "")

    def handle_endtag(self, tag):
        if tag == "form":
            self.fields = None
        elif tag == "select":
            self.select = ""


def targets_on(url: str, path: str) -> list[Target]:
    """Forms of the page at ``path``, and links of its own with parameters; none where it is refused."""
    try:
        with urllib.request.urlopen(url + path, timeout=90) as answer:  # noqa: S310  # nosec B310 http alone
            if "html" not in answer.headers.get("Content-Type", ""):
                return []
            page, at = answer.read().decode(errors="replace"), answer.url
    except OSError:
        return []
    found = Forms()
    found.feed(page)
    own = urllib.parse.urlsplit(path).path
    targets = [Target(url + path)] if "?" in path else []
    for link in found.links:
        to = urllib.parse.urlsplit(urllib.parse.urljoin(at, link))
        if to.path == own and to.query and url.endswith(to.netloc):
            targets.append(Target(f"{url}{to.path}?{to.query}"))
    for method, action, fields in found.forms:
        address = urllib.parse.urljoin(at, action).split("#")[0]
        filled = urllib.parse.urlencode({name: value or "1" for name, value in fields.items()})
        if not address.startswith(url) or not fields:
            continue
        if method == "post":
            targets.append(Target(address, filled))
        else:
            targets.append(Target(f"{address.split('?')[0]}?{filled}"))
    return targets


def chosen(url: str, who: str) -> list[Target]:
    """What sqlmap attacks: of each address the forms and links whose names no larger one of them has."""
    found: list[Target] = []
    for path in PAGES[who]:
        for target in sorted(targets_on(url, path), key=lambda each: -each.weight):
            if 0 < target.weight <= MOST_NAMES and not any(map(target.is_within, found)):
                found.append(target)
    token = token_of(found)
    pickers = [Target(url + path, f"{data}&{TOKEN}={token}") for path, data in PICKERS.get(who, ())]
    return pickers + found


def token_of(targets) -> str:
    """The token that a form of the same account carries."""
    sent = (dict(urllib.parse.parse_qsl(target.data or "")) for target in targets)
    return next((each[TOKEN] for each in sent if TOKEN in each), "")


def areas(url: str, who: str) -> list[str]:
    """Where wapiti begins: the pages above and those that the menu leads to, of ledgers some."""
    home = "/public/" if who == "nobody" else "/"
    with urllib.request.urlopen(url + home, timeout=90) as answer:  # noqa: S310  # nosec B310 http alone
        found = Forms()
        found.feed(answer.read().decode(errors="replace"))
    to = {urllib.parse.urlsplit(urllib.parse.urljoin(url + home, link)) for link in found.links}
    menu = sorted({each.path for each in to if url.endswith(each.netloc) and each.netloc})
    ledgers = [path for path in menu if path.startswith("/ledger/")]
    once = {}  # figures are alike, and so are the ledgers
    for path in (each for each in menu if each not in ledgers):
        once.setdefault(NUMBERS_OR_NAMES.sub("/*/", path), path)
    return [*PAGES[who], *once.values(), *ledgers[:: max(1, len(ledgers) // LEDGERS)]]
