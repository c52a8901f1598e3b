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
# A slug takes no dot: there ``code`` is that of a unit.
SLUGS = {"code": "440103001001"}
# Where a name means something else in one URL: url name → values.
OF_ONE = {
    "application-step": {"step": "accept"},
    "ask-end": {"step": "close"},
    "board-copy": {"key": "residents"},
    "board-page": {"key": "residents"},
    "board-pdf": {"key": "residents"},
    "board-xlsx": {"key": "residents"},
    "case-act": {"name": "accept"},
    "case-bulk": {"name": "assign"},
    "case-paper": {"slug": "accept"},
    "case-register-cover": {"year": "2025"},
    "certificate-act": {"act": "freeze"},
    "correction-step": {"step": "accept"},
    "data-request-step": {"step": "verify"},
    "help-guide": {"role": "community_staff"},
    "issue-file": {"kind": "public.pdf"},
    "ledger-reason": {"slug": "residents"},
    "ledger-step": {"slug": "applications", "step": "accept"},
    "ledger-unmask": {"slug": "residents"},
    "letter-file": {"number": "1"},
    "notice-step": {"step": "publish"},
    "offline-store": {"kind": "visit"},
    "phone-entry": {"kind": "visit"},
    "policy-change": {"name": "idle_minutes"},
    "policy-reset": {"name": "idle_minutes"},
    "quality-fix": {"code": "residents.no_grid"},
    "quarter-step": {"step": "compute"},
    "redress-step": {"step": "call"},
    "service-certificate-step": {"step": "issue"},
    "service-step": {"step": "confirm"},
    "subsidy-run-step": {"step": "confirm"},
    "summary-restore": {"number": "1"},
    "subsidy-outcome": {"rule": "certificate"},
    "summary-step": {"step": "submit"},
    "supervision-step": {"step": "reply"},
    "today-act": {"code": "office.postings_to_remove"},
    "today-list": {"code": "residents.overdue_problems"},
    "today-undo": {"code": "office.postings_to_remove"},
    "trainee-appraise": {"step": "own"},
    "volunteer-activity-step": {"step": "recruit"},
}
# Rows made after the first of their table: url name → how much further on (tests/security/opening.py).
CHILD, SCAN, PAPER, REMOVED = 500, 1, 2, 1
FURTHER = {
    "board-restore": {"pk": REMOVED},
    "issue-scan": {"file": SCAN},
    "issue-scan-remove": {"file": SCAN},
    "ledger-reason": {"pk": CHILD},
    "notice-file": {"file": PAPER},
    "notice-file-remove": {"file": PAPER},
    "quality-fix": {"pk": CHILD},
}
# Code tables are the same for every unit: their pages name a row that is not of the community.
OF_ALL = {
    "care-kind-delete",
    "care-kind-edit",
    "device-class-edit",
    "device-kind-edit",
    "subsidy-kind-delete",
    "subsidy-kind-edit",
    "volunteer-type-delete",
    "volunteer-type-edit",
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
    def names_a_row(self) -> bool:
        return any(name not in OF_ONE.get(self.name, {}) for name in self.numbers)

    @property
    def parameters(self) -> list[str]:
        return [name for _, name in PARAMETER.findall(self.route)]

    def url(self, **values) -> str:
        return sample_url(self.route, **(OF_ONE.get(self.name, {}) | values))

    def url_of_row(self, key: int, **values) -> str:
        """The address where every key is ``key``, or that of the row that this one URL needs."""
        further, own = FURTHER.get(self.name, {}), OF_ONE.get(self.name, {})
        keys = {name: key + further.get(name, 0) for name in self.numbers if name not in own}
        return self.url(**(keys | values))


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
    def value(match):
        kind, name = match.groups()
        known = SAMPLE | (SLUGS if kind == "slug" else {}) | values
        return str(known.get(name, 1))

    return "/" + PARAMETER.sub(value, route)
