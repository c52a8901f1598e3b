"""Every number on every dashboard equals the number at the end of its link, for random data and every role."""

import random
import re
from urllib.parse import urlsplit

import pytest
from django.http import QueryDict

from portal.boards import boards
from portal.charts import Kind
from portal.figures import Count, figures
from portal.figures.views import answer
from portal.roles import DUTIES, OWN_ONLY, Role
from sanitation.enums.scoring import RunState
from tests import factories
from tests.conftest import acting_as, signed_in
from tests.factories import sanitation_scores
from tests.reports.boards_world import new_town, scatter
from tests.reports.numbers import Page, read_page
from tests.sharing import undone_afterwards

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("boards")]
SEED, OTHER_SEED = 1, 2
SEEING = [role for role in Role if "figures.view" in DUTIES[role].permissions]
# They see no figures, but the numbers of their work.
WORKING = [role for role in Role if role not in SEEING and DUTIES[role].permissions - OWN_ONLY]
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


@pytest.fixture(scope="module")
def town(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), undone_afterwards():
        town = new_town()
        scatter(town, SEED)
        yield town


class Walk:
    """One user, who follows the links of pages; an address is opened once."""

    def __init__(self, user, part: int = 1):
        """``part``: of the numbers of a page one in so many is followed."""
        self.user, self.client, self.part = user, signed_in(user), part
        self.ends: dict[str, list[str]] = {}
        self.chance = random.Random(7)
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
    """Home, the boards, one figure after the other."""
    permissions = DUTIES[role].permissions
    ours = [board.code for board in boards if f"{board.domain}.view" in permissions]
    seen = [code for code in DRILLED if figures[code].permission in permissions][:2]
    unit = town.users[role].assignments.get().unit
    found = ["/", f"/boards/{ours[-1]}/", f"/boards/compare/?board={ours[-1]}&with=2025"]
    return [*found, f"/boards/figures/{seen[-1]}/?unit={unit.pk}&period=2025"]


def all_boards() -> list[str]:
    return ["/", "/boards/", *(f"/boards/{board.code}/" for board in boards)]


def ways_on(town) -> list[str]:
    """A community's boards and its grids'; the whole table; side by side; down from one figure."""
    street, first = town.street, town.communities[0]
    several = "&".join(f"units={unit.pk}" for unit in town.communities)
    found = [
        *(
            f"/boards/{code}/?unit={first.pk}&period=2025&against=before"
            for code in ("residents", "servicecenter")
        ),
        f"/boards/compare/?board=disability&{several}&period=2025",
        "/boards/compare/?board=office&period=quarter&with=2025Q2",
        "/boards/table/?domain=office&period=2025",
    ]
    for code in DRILLED:
        found += [f"/boards/figures/{code}/?unit={unit.pk}&period=year" for unit in (street, first)]
        found += [f"/figures/{code}/?unit={street.pk}&period=2025"]
    return found


def walked(user, pages, part: int = 1) -> int:
    walk = Walk(user, part)
    with acting_as(user):
        for url in pages:
            walk.check(url)
    return walk.followed


def test_every_number_is_the_number_at_the_end_of_its_link(town):
    """Of boards all; where they lead on, which is of the same making, one in three."""
    assert walked(town.supervisor, all_boards()) > 500
    assert walked(town.supervisor, ways_on(town), part=3) > 150


def test_so_it_is_for_other_records(town):
    scatter(town, OTHER_SEED, count=64)
    pages = [
        f"/boards/{code}/?period=2025" for code in ("disability", "servicecenter", "sanitation")
    ]
    assert walked(town.supervisor, pages, part=2) > 100


@pytest.mark.parametrize("role", [role for role in SEEING if role != Role.STREET_SUPERVISOR])
def test_so_it_is_for_every_role(town, role):
    """They go the same ways, so of their numbers one in two is followed."""
    assert walked(town.users[role], pages_of(town, role), part=2) > 30


@pytest.mark.parametrize("role", WORKING)
def test_so_it_is_on_the_home_page_of_the_others(town, role):
    walked(town.users[role], ["/"])


@pytest.mark.parametrize("role", [role for role in Role if role not in SEEING])
def test_whoever_may_not_see_numbers_has_no_board(town, role):
    client = signed_in(town.users[role])
    for url in ("/boards/", "/boards/overview/", "/boards/table/", "/boards/all/"):
        assert client.get(url).status_code == 403, (role, url)


# --- pictures -------------------------------------------------------------------------------------------
def drawn(client, url) -> set[str]:
    page = client.get(url)
    assert page.status_code == 200, url
    return set(re.findall(r'class="chart-box chart-(\w+)"', page.content.decode()))


def test_every_kind_of_picture_is_on_a_page_that_people_use(town):
    street, community = town.street, town.communities[0]
    with acting_as(street):
        for sex in (1, 2):
            factories.certificate(factories.resident(community, sex=sex))
        rule = sanitation_scores.score_rule(street)
        place = {"community": community.pk, "name": community.name, "total": "86.5"}
        place |= {"rank": 1, "groups": 2, "withheld": ""}
        for quarter in (2, 3):
            run = sanitation_scores.quarter_run(
                street,
                rule,
                quarter=quarter,
                state=RunState.PUBLISHED,
                is_open=True,
                ranking=[place],
            )
    client = signed_in(town.supervisor)
    pages = [f"/boards/{board.code}/?period=2025" for board in boards]
    pages += [
        f"/figures/{code}/?unit={street.pk}&period=2025"
        for code in ("visits.person_times", "residents.registered", "disability.holders")
    ]
    pages.append(f"/ledger/quarter-runs/{run.pk}/")
    assert set().union(*(drawn(client, url) for url in pages)) == set(Kind)


def test_a_community_has_months_in_the_place_of_units_and_months(town):
    client = signed_in(town.supervisor)
    unit = town.communities[0].pk
    page = f"/boards/servicecenter/?unit={unit}&period=2025"
    kinds = drawn(client, page)
    assert "line" in kinds
    assert "multiples" not in kinds


def test_a_calendar_is_of_the_year_up_to_the_last_day_of_the_period(town):
    client = signed_in(town.supervisor)
    page = client.get("/boards/residents/?period=2025-03")
    [chart] = [each for each in page.context["charts"] if each.kind is Kind.CALENDAR]
    assert (chart.categories[0], chart.categories[-1]) == ("2025-01-01", "2025-03-31")
    assert chart.series[0].url(0).endswith("&period=2025-01-01..2025-01-01")
