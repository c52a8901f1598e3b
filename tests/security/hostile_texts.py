"""Text as an attacker types it into any field, and what an answer may hold of it."""

from html.parser import HTMLParser

PRODUCT = str(7919 * 7907)  # stands nowhere by chance
PIECES = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "</textarea></title><b>",
    "javascript:alert(1)",
    "{{7919*7907}}",
    "{% debug %}",
    "${7919*7907}",
    "%(x)s%s",
    "{0.__class__}",
    '=HYPERLINK("http://x.test","x")',
    "@SUM(1)",
    "+1+cmd",
    "-1+cmd",
)
CALCULATED = (PRODUCT, "&lt;class &#x27;", "<class '", "Traceback")
ADDRESSES = {"href", "src", "action", "formaction", "data", "xlink:href", "poster"}
DATA_TYPES = {"application/json", "application/ld+json"}


def text_for(number: int, longest: int | None) -> str:
    """As many pieces as fit, another one in front for each number: only there a formula begins."""
    turned = PIECES[number % len(PIECES) :] + PIECES[: number % len(PIECES)]
    text = ""
    for piece in turned:
        longer = f"{text} {piece}" if text else piece
        if longest is None or len(longer) <= longest:
            text = longer
    return text


class Page(HTMLParser):
    """What a browser makes of a page: its text, the values of its fields, and what would act."""

    def __init__(self, html: str):
        super().__init__(convert_charrefs=True)
        self.acting, self.values, self._said = [], {}, []
        self._area = self._data = None
        self.feed(html)
        self.close()
        self.acting += [f"calculated {each}" for each in CALCULATED if each in html]

    @property
    def text(self) -> str:
        return " ".join("".join(self._said).split())

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        if tag == "script":
            self._data = told.get("type") in DATA_TYPES
            if not self._data and "src" not in told:
                self.acting.append("script inline")
        if told.get("src") == "x":
            self.acting.append(f"{tag} planted")
        for name, value in attrs:
            if name.startswith("on"):
                self.acting.append(f"{tag} {name}")
            if name in ADDRESSES and (value or "").strip().lower().startswith("javascript:"):
                self.acting.append(f"{tag} {name}={value}")
        if tag == "input" and told.get("name"):
            self.values[told["name"]] = self.values.get(told["name"]) or told.get("value") or ""
        if tag == "textarea":
            self._area = told.get("name")
            self.values[self._area] = ""

    def handle_endtag(self, tag):
        if tag == "textarea":
            self._area = None
        if tag == "script":
            self._data = None

    def handle_data(self, data):
        if self._area:
            self.values[self._area] += data
        elif self._data is None:
            self._said.append(data)
