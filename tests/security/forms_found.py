"""What a page asks for, read from its own HTML: forms, the fields in them, and where they are sent."""

from collections import defaultdict
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from lxml import etree, html

FIELDS = {"input", "select", "textarea", "button"}
EVENTS = ("start", "end")
PARSER = html.HTMLParser(encoding="utf-8")
SENDING = ("action", "formaction", "hx-post", "data-url", "data-post")


@dataclass
class Field:
    """``values`` are those that the page offers: what is filled in, or the options of a choice."""

    name: str
    kind: str
    values: list[str] = field(default_factory=list)


@dataclass
class Form:
    """``target`` is a path, or empty for the page itself."""

    target: str
    method: str
    fields: dict[str, Field] = field(default_factory=dict)


class FormsFound:
    """Of a page: its ``forms``, and the ``addresses`` that it names."""

    def __init__(self, page: str):
        self.forms, self.addresses = [], []
        self._open = Form("", "get")
        self._by_id = defaultdict(list)
        self._select = None
        for event, element in etree.iterwalk(html.fromstring(page.encode(), parser=PARSER), EVENTS):
            if not isinstance(element.tag, str):
                continue
            if event == "start":
                self._begins(element)
            else:
                self._ends(element.tag)
        self._join()

    def _begins(self, element):
        tag, given = element.tag, element.attrib
        if tag == "form":
            self._open = Form(path_of(given.get("action")), (given.get("method") or "get").lower())
            self._open.id = given.get("id")
            self.forms.append(self._open)
        elif tag in FIELDS:
            self._found(element)
        elif tag == "option" and self._select is not None:
            self._select.values.append(given.get("value") or "")
        elif tag == "a" and path_of(given.get("href")):
            self.addresses.append(path_of(given["href"]))
        for name in SENDING:
            if path_of(given.get(name)):
                self.addresses.append(path_of(given[name]))
                if name != "action":
                    sent = Form(path_of(given[name]), "post", self._open.fields)
                    self.forms.append(sent)

    def _found(self, element):
        tag, given = element.tag, element.attrib
        name = given.get("name")
        if not name:
            return
        kind = given.get("type") or tag
        form = self._open
        found = form.fields.get(name) or Field(name, kind)
        if given.get("form"):
            self._by_id[given["form"]].append(found)
        else:
            form.fields[name] = found
        if tag == "select":
            self._select = found
        elif tag == "textarea":
            if (element.text or "").strip():
                found.values.append(element.text)
        elif given.get("value"):
            found.values.append(given["value"])

    def _ends(self, tag):
        if tag == "select":
            self._select = None
        elif tag == "form":
            self._open = Form("", "get")

    def _join(self):
        """Fields outside a form that name it."""
        for form in self.forms:
            for found in self._by_id.get(getattr(form, "id", None), []):
                form.fields.setdefault(found.name, found)


def path_of(address: str | None) -> str:
    """The path on this very server, or ""."""
    if not address or not address.startswith("/") or address.startswith("//"):
        return ""
    return urlsplit(address).path
