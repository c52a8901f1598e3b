"""Today's work over the demo street: every number opens as many rows, and every act a page."""

import pytest
from django.test import Client

from portal.demo_accounts import DEMO_ACCOUNTS
from portal.models import User
from portal.scope import access_of, scope
from portal.today.enums import Whose
from portal.today.lists import Wanted, Work
from portal.today.telling import told
from portal.worklists import worklists
from tests.conftest import signed_in as signed_in_as
from tests.reports.numbers import read_page

# On one worker: the street is built once.
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("built"),
    pytest.mark.xdist_group("demo"),
]
BUSY = ("demo-worker", "demo-head", "demo-street", "demo-inspector")
OTHERS = [a.username for a in DEMO_ACCOUNTS if a.username not in BUSY]


@pytest.fixture(autouse=True)
def demo_mode(settings):
    """Elsewhere the accounts of the demo open nothing."""
    settings.DEMO = True


def signed_in(username) -> Client:
    return signed_in_as(User.objects.get(username=username))


@pytest.mark.parametrize("username", [*BUSY, "demo-worker?whose=mine"])
def test_every_number_of_the_home_page_is_that_of_its_page(username):
    username, _, query = username.partition("?")
    client = signed_in(username)
    links = read_page(client.get(f"/?{query}").content.decode()).links
    asked = {link.url: link.says for link in links if not link.url.startswith("/figures/")}
    assert len(asked) > 5
    for url, says in asked.items():
        [end] = read_page(client.get(url).content.decode()).ends
        assert end == says, url


@pytest.mark.parametrize("username", BUSY)
def test_counts_are_the_rows_of_the_lists(username):
    user = User.objects.get(username=username)
    with scope(access_of(user).scope()):
        for whose in Whose:
            work = Work(user, Wanted(whose=whose))
            for code, tally in work.counts.items():
                worklist = worklists[code]
                for when in ("", "now", "overdue", "today", "week", "later", "undated"):
                    assert work.rows(worklist, when).count() == tally.at(when, work.horizon)


@pytest.mark.parametrize("username", BUSY)
def test_no_record_stands_in_two_lists_of_a_department_that_have_a_deadline(username):
    """What two departments share stands in the list of each."""
    user = User.objects.get(username=username)
    with scope(access_of(user).scope()):
        work, seen = Work(user), {}
        for code in work.counts:
            if not worklists[code].day:
                continue
            for row in work.rows(worklists[code], ""):
                key = (code.partition(".")[0], type(row)._meta.label, row.pk)
                assert key not in seen, (code, seen[key])
                seen[key] = code


@pytest.mark.parametrize("username", [*BUSY, *OTHERS])
def test_every_row_and_act_opens(username):
    """The first of each list: what is offered to somebody is open to them."""
    user, client = User.objects.get(username=username), signed_in(username)
    with scope(access_of(user).scope()):
        work = Work(user, Wanted(whose=Whose.ALL))
        firsts = [
            pair
            for code, tally in work.counts.items()
            for pair in work.sliced({code: tally.total}, 0, 1, "")
        ]
        rows = [row for section in told(work, firsts) for row in section["items"]]
    broken = {}
    for row in rows:
        for url in filter(None, (row["url"], row["act"] and row["act"]["url"])):
            answer = client.get(url, follow=True)
            if answer.status_code != 200:
                broken[url] = (answer.status_code, row["text"])
    assert not broken
