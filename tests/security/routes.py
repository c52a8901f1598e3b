"""Every URL of the portal, and an address for each: one table for all tests that walk them.

A new URL needs no entry: each number in its route becomes ``pk``, each slug that of a sample. What a
route names otherwise has its place in SAMPLE or, where one URL alone needs it, in OF_ONE.
"""

import re
from dataclasses import dataclass

from django.urls import URLPattern, get_resolver

SAMPLE = {
    "slug": "visits",
    "pk": "1",
    "field": "id_number",
    "code": "visits.home",
}
# Where a name means something else in one URL: url name → values.
OF_ONE = {
    "ask-end": {"step": "close"},
    "board-page": {"key": "residents"},
    "certificate-act": {"act": "renew"},
    "data-request-step": {"step": "verify"},
    "help-guide": {"role": "community_staff"},
    "notice-step": {"step": "publish"},
    "phone-entry": {"kind": "visit"},
    "offline-store": {"kind": "visit"},
    "summary-step": {"step": "submit"},
    "quarter-step": {"step": "compute"},
    "today-list": {"code": "visits"},
    "unit-plan": {},
}
PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")


@dataclass(frozen=True)
class Route:
    """One URL pattern: its name, route, and the view with the marks of ``portal/marks.py``."""

    name: str
    route: str
    view: object

    @property
    def numbers(self) -> list[str]:
        """Names of the parameters that are keys of rows."""
        return [name for kind, name in PARAMETER.findall(self.route) if kind == "int"]

    @property
    def parameters(self) -> list[str]:
        return [name for _, name in PARAMETER.findall(self.route)]

    def url(self, **values) -> str:
        return sample_url(self.route, **(OF_ONE.get(self.name, {}) | values))

    def url_of_row(self, key: int, **values) -> str:
        """The address where every key is ``key``."""
        return self.url(**(dict.fromkeys(self.numbers, key) | values))


def patterns(resolver=None, prefix=""):
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield entry, route
        else:
            yield from patterns(entry, route)


ALL = {entry.name: (entry, route) for entry, route in patterns()}
ROUTES = {name: Route(name, route, entry.callback) for name, (entry, route) in sorted(ALL.items())}


def sample_url(route, **values):
    values = SAMPLE | values
    return "/" + PARAMETER.sub(lambda match: str(values.get(match[2], 1)), route)
