"""The workbooks of tests/samples, what EXPECTED.md says of them, and a community that brought some."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from portal.imports.report import Report
from portal.imports.running import run
from portal.ledgers import ledgers
from portal.models import Unit, User
from portal.roles import Role
from tests import conftest
from tests.sharing import undone_afterwards

SAMPLES = Path(__file__).parent.parent / "samples"
HEADLESS = r"- (\S+) household (\S+) \(rows (\d+)–(\d+)\): no head"


def sample(name: str) -> bytes:
    return (SAMPLES / f"{name}.xlsx").read_bytes()


def expected(pattern: str) -> list[tuple[str, ...]]:
    lines = (SAMPLES / "EXPECTED.md").read_text(encoding="utf-8").splitlines()
    return [found.groups() for line in lines if (found := re.match(pattern, line))]


def counted(report) -> dict[str, int]:
    totals: dict[str, int] = {}
    for sheet in report.sheets:
        totals[sheet.title] = totals.get(sheet.title, 0) + sheet.new
    return totals


@dataclass(frozen=True)
class Brought:
    """``reports`` are of the workbooks by the slug of their ledger."""

    community: Unit
    clerk: User
    reports: dict[str, Report]


def brought_once(**books: str):
    """A fixture: the good rows of these workbooks stored, in this order, once for all tests of a module.

    Each is named by the slug of its ledger, with ``_`` for ``-``.
    """

    @pytest.fixture(scope="module")
    def brought(django_db_setup, django_db_blocker):
        with django_db_blocker.unblock(), undone_afterwards():
            community = conftest.new_community(conftest.new_street(conftest.new_district()))
            clerk = conftest.new_user(Role.COMMUNITY_STAFF, community, "clerk")
            reports = {}
            for name, book in books.items():
                slug = name.replace("_", "-")
                with conftest.acting_as(clerk):
                    reports[slug] = run(
                        sample(book),
                        ledger=ledgers[slug],
                        unit=community,
                        by=clerk,
                        commit=True,
                        good_only=True,
                    )
            yield Brought(community, clerk, reports)

    return brought
