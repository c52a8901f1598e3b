"""Every number on every dashboard equals the number at the end of its link, for random data and every role."""

import random
from urllib.parse import urlsplit

import pytest
from django.http import QueryDict
from django.test import Client

from portal.boards import boards
from portal.figures import Count, figures
from portal.figures.views import answer
from portal.roles import DUTIES, Role
from tests.conftest import acting_as
from tests.reports.boards_world import new_town, scatter
from tests.reports.numbers import Page, read_page
from tests.sharing import undone_afterwards

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("boards")]
SEEDS = (1, 2)
SEEING = [role for role in Role if "figures.view" in DUTIES[role].permissions]
DRILLED = (
    "disability.visits",
    "disability.visited_persons",
    "disability.visit_coverage",
    "residents.registered",
    "servicecenter.completion",
    "sanitation.orders_open",
    "assistance.amount",
)
EVERY = 40  # of the links to figures' pages, one in so many is opened as a page as well


@pytest.fixture(scope="module", params=SEEDS)
def town(request, django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), undone_afterwards():
        town = new_town()
        scatter(town, request.param)
        yield town


class Walk:
    """One user, who follows the links of pages; an address is opened once."""

    def __init__(self, user, part: int = 1):
        """``part``: of the numbers of a page one in so many is followed."""
        self.user, self.client, self.part = user, Client(), part
        self.client.force_login(user)
        self.ends: dict[str, list[str]] = {}
        self.chance = random.Random(7)  # noqa: S311
        self.followed = 0

    def page(self, url) -> Page:
        response = self.client.get(url)
        assert response.status_code == 200, (self.user.name, url, response.status_code)
        return read_page(response.content.decode())

    def check(self, url) -> Page:
        """Every number of the page, followed to its end."""
        page = self.page(url)
        assert page.bare == [], (url, "digits without a link")
        for link in page.links:
            assert link.says in link.printed, (url, link)
            if self.chance.randrange(self.part):
                continue
            assert link.says in self.end_of(link.url), (url, link)
            self.followed += 1
        return page

    def end_of(self, url) -> list[str]:
        if url not in self.ends:
            self.ends[url] = self._end(url)
        return self.ends[url]

    def _end(self, url) -> list[str]:
        parts = urlsplit(url)
        if not parts.path.startswith("/figures/"):
            return self.page(url).ends
        code = parts.path.split("/")[2]
        told = answer(self.user, code, QueryDict(parts.query)).reading
        if self.chance.randrange(EVERY) == 0:
            self._opened(url, told)
        return [told.text]

    def _opened(self, url, told) -> None:
        """The page itself tells the number of this answer, and as many records as it counts."""
        response = self.client.get(url)
        page = read_page(response.content.decode())
        assert page.ends == [told.text], url
        counted = isinstance(getattr(told.figure, "value", None), Count)
        if counted and response.context["page"] is not None:
            assert response.context["page"].paginator.count == told.value, url


def pages_of(town, role) -> list[str]:
    """Home, all boards at each level, the whole table, one figure after the other, side by side."""
    permissions = DUTIES[role].permissions
    ours = [board.code for board in boards if f"{board.domain}.view" in permissions]
    found = ["/", "/boards/", *(f"/boards/{code}/" for code in ours)]
    units = [town.communities[0]]
    if town.users[role].assignments.get().unit == town.street:
        units = [town.street, town.communities[0], town.communities[1]]
        found += [
            f"/boards/{code}/?unit={units[1].pk}&period=2025&against=before" for code in ours[:2]
        ]
        several = "&".join(f"units={unit.pk}" for unit in town.communities)
        found += [f"/boards/compare/?board={ours[0]}&{several}&period=2025"]
    found += [f"/boards/table/?domain={code}&period=2025" for code in ours[:1]]
    found += [f"/boards/compare/?board={ours[-1]}&period=quarter&with=2025Q2"]
    for code in DRILLED:
        if figures[code].permission in permissions:
            found += [f"/boards/figures/{code}/?unit={unit.pk}&period=year" for unit in units]
            found += [f"/figures/{code}/?unit={units[0].pk}&period=2025"]
    return found


@pytest.mark.parametrize("role", SEEING)
def test_every_number_is_the_number_at_the_end_of_its_link(town, role):
    """All of them for whoever sees all; of the others, who go the same ways, one in three."""
    user = town.users[role]
    walk = Walk(user, part=1 if role == Role.STREET_SUPERVISOR else 3)
    with acting_as(user):
        for url in pages_of(town, role):
            walk.check(url)
    assert walk.followed > 100


@pytest.mark.parametrize("role", [role for role in Role if role not in SEEING])
def test_whoever_may_not_see_numbers_has_no_board(town, role):
    client = Client()
    client.force_login(town.users[role])
    for url in ("/boards/", "/boards/overview/", "/boards/table/", "/boards/all/"):
        assert client.get(url).status_code == 403, (role, url)
