"""SECURITY rows 5 to 7: every URL, asked by everybody who may not see what one community holds.

The proof is by comparison. The staff of community B asks every URL twice: while A holds nothing, and in the
same town once A holds a row in every table. Every address names A's rows by their keys. If both answers are
the same to the byte, nothing of A reached it, not even a count; and a row of A answers exactly as a row that
never was. Of the others the answers are searched for A's words. The people of A are the control.
"""

import io
import logging
import re
import tempfile
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.test.utils import override_settings

from portal.marks import asks_sign_in, is_repeatable
from portal.middleware import METHODS
from portal.models import RoleAssignment
from portal.roles import Role
from portal.wall.registry import tables
from tests.architecture.test_administrators_do_no_business import CLOSED, beyond_duty
from tests.conftest import as_command, signed_in
from tests.security.asking import bare_refusals, unprinted, unstamped, without_frame
from tests.security.routes import OF_ALL, ROUTES
from tests.security.walking import LEFT_OUT, NEVER, Walk, answers_htmx, comparable, difference
from tests.security.world import (
    begin_all_sequences,
    fill_community,
    new_town,
    phone_of_a_volunteer,
)
from tests.sharing import undone_afterwards

pytestmark = [pytest.mark.xdist_group("matrix"), pytest.mark.django_db]
STREETS = ("staff C", "supervisor 2")
INSIDERS = ("staff A", "head A", "supervisor 1", "trainee of A", "volunteer of A")
OFFICERS = {
    "administrator": Role.SYSTEM_ADMINISTRATOR,
    "security": Role.SECURITY_ADMINISTRATOR,
    "auditor": Role.AUDIT_ADMINISTRATOR,
}
# What a wrong scope would show: rows, then lists.
LET_IN = ("ledger-detail", "ledger-files", "ledger-list", "summary-list")
# What counts the pages of its paper, which must be drawn for it.
DRAWN = {"summary-pages"}
# Rows that one person alone sees: not even a colleague of the same community.
PERSONAL = ("saved-", "notification-", "register-print", "draft-")
# Made anew by each asking, and of nobody but whoever asks.
MADE_ANEW = {
    "draft-session": "a token, and the moment in milliseconds",
    "second-factor-set-up": "a secret and its picture",
}
# For residents of any place: what the community itself published, the same for everybody.
PUBLISHED = {
    "public-apply": "the title of a published guide",
    "public-board": "figures of a published month",
    "public-item": "a published guide",
    "public-join": "the name of the station that takes applications",
    "public-posted": "the name of the station, hours in the days of posting",
    "public-recruit": "activities that seek volunteers",
    "public-unit": "titles of published guides",
}
# What is asked of an administrator, in the words of who asks.
SEEN_BY_DUTY = {
    ("auditor", "audit-export"): "reads the log: what was changed",
    ("administrator", "unit-merge"): "merges units: their names, here that of a grid",
    ("administrator", "unit-plan"): "draws units: the names of the grids",
    ("administrator", "unit-split"): "splits units: their names, here that of a grid",
    ("security", "export-request"): "approves exports: what for, and how it was searched",
    ("security", "export-request-list"): "approves exports: what for",
    ("security", "retention"): "approves disposals: the note of the list",
    ("security", "retention-paper"): "approves disposals: the note of the list",
    ("security", "retention-run"): "approves disposals: the note of the list",
}
# Addresses on which the people of A see its words, at the least.
SEEN_ON_ROWS, SEEN_ON_LISTS = 100, 35
# Of a person: a citizen's number, a mobile telephone.
NUMBERS_OF_PEOPLE = re.compile(rb"(?<!\w)(\d{17}[\dXx]|1[3-9]\d{9})(?!\w)")
# Addresses that answer to everybody of A as for a row that never was, so that their silence is no proof;
# a new one belongs here only if nothing else helps.
NOT_OPENED = {
    "today-undo": "takes back what the same session did a moment ago (tests/portal/today)",
}


def has_key(route):
    return route.names_a_row


def is_list(route):
    return not route.names_a_row


def is_page(route):
    """A list that is no file, which would be drawn anew."""
    return is_list(route) and not route.route.endswith((".pdf", ".xlsx", "template/"))


def is_read_by_post(route):
    return has_key(route) or is_repeatable(route.view)


class Matrix:
    """All answers, asked once for the tests of this module."""

    def __init__(self):
        begin_all_sequences()
        self.town = new_town()
        self.first = begin_all_sequences()
        self.clients = {name: signed_in(user) for name, user in self.town.users.items()}
        self.clients["stranger"] = Client()
        with undone_afterwards():  # which rows the addresses name: the same before as after
            fill_community(self.town, self.first)
        begin_all_sequences(self.first)
        self.before = self.outside()
        self.commands_before = self.commands_of("staff B")
        begin_all_sequences(self.first)
        self.not_made = fill_community(self.town, self.first)
        self.after = self.outside()
        with unprinted():
            self.others_ask()
        with without_frame():
            self.control()

    def others_ask(self):
        self.heads = self.walk("staff B").everything("head", only=has_key)
        self.stranger = self.walk("stranger").everything("get", "head", "post")
        self.others = {"staff C": self.walk("staff C").everything("get", only=has_key)}
        self.others["supervisor 2"] = self.walk("supervisor 2").everything("get")
        self.officers = {who: self.by_an_officer(who) for who in OFFICERS}
        self.let_in = self.wrongly_let_in("staff B", "staff C")

    def control(self):
        """What the people of A see themselves, and those who administer it."""
        self.clients["volunteer of A"] = phone_of_a_volunteer(self.town, self.first)
        rows = {name for name, route in ROUTES.items() if has_key(route)}
        self.rows = {}
        self.shut = self.shut_to("staff A", names=DRAWN)
        with unprinted():
            self.lists = self.walk("staff A").everything("get", only=is_page)
            self.shut |= self.shut_to(*INSIDERS, *OFFICERS, names=rows - DRAWN)
        self.colleague = self.walk("second of A").everything(
            "get", "post", only=lambda route: route.name.startswith(PERSONAL)
        )

    def walk(self, who, further: int = 0) -> Walk:
        return Walk(self.clients[who], self.town, self.first, further)

    def outside(self):
        walk = self.walk("staff B")
        pages = walk.everything("get")
        pages |= walk.everything("htmx", only=lambda route: answers_htmx(route.view))
        return pages | walk.everything("post", only=is_read_by_post)

    def by_an_officer(self, who) -> dict:
        """Every address, and by POST those that take no GET."""
        pages = self.walk(who).everything("get")
        posted = {name for (_, name), answer in pages.items() if answer.status == 405}
        return pages | self.walk(who).everything("post", names=posted)

    def commands_of(self, who) -> dict[str, bytes]:
        """What the commands tell that read records, for the unit of that account."""
        code = self.town.units[who].code
        figures = io.StringIO()
        call_command("figures", unit=code, period="2025", format="json", stdout=figures)
        with tempfile.TemporaryDirectory() as folder:
            page = Path(folder) / "summary.html"
            call_command(
                "summary", "A", unit=code, period="2025", output=page, stdout=io.StringIO()
            )
            summary = comparable(page.read_bytes(), self.first)
        return {"figures": figures.getvalue().encode(), "summary": summary}

    def shut_to(self, *insiders, names) -> set[str]:
        """Names of addresses of rows that open to none of them: that answer as for a row that never was."""
        shut = {*names}
        for who in insiders:
            for way in ("get", "post"):
                asked = self.walk(who).everything(way, names=shut)
                self.rows |= {(who, *key): answer for key, answer in asked.items()}
                opens = {name for (_, name), answer in asked.items() if answer.opens}
                never = self.walk(who, NEVER).everything(way, names=opens)
                shut -= {n for n in opens if asked[way, n].status != never[way, n].status}
        return shut

    def wrongly_let_in(self, *outsiders) -> dict[str, dict]:
        """A few pages to staff of others once a scope is wrong: they hold a role at A too."""
        with as_command(), undone_afterwards():
            for who in outsiders:
                RoleAssignment.objects.create(
                    user=self.town.users[who],
                    unit=self.town.unit,
                    role=Role.COMMUNITY_STAFF,
                    valid_from="2020-01-01",
                )
            return {who: self.walk(who).everything("get", names=LET_IN) for who in outsiders}

    def outsiders(self) -> dict[str, dict]:
        strangers = {"staff B": self.after, "stranger": self.stranger}
        return strangers | self.others | self.officers


@pytest.fixture(scope="module")
def matrix(django_db_setup, django_db_blocker, tmp_path_factory):
    logging.disable(logging.CRITICAL)  # thousands of refusals, each with its traceback
    try:
        media = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media"))
        bare = bare_refusals(), unstamped(), media
        with django_db_blocker.unblock(), undone_afterwards(), ExitStack() as stack:
            for each in bare:
                stack.enter_context(each)
            yield Matrix()
    finally:
        logging.disable(logging.NOTSET)


def test_the_matrix_asks_every_url(matrix):
    asked = {name for _, name in matrix.after}
    assert ROUTES.keys() - LEFT_OUT == asked
    answers = sum(len(found) for found in matrix.outsiders().values()) + len(matrix.heads)
    own = len(matrix.rows) + len(matrix.lists) + len(matrix.colleague)
    people = len(matrix.clients)
    print(f"{len(asked)} URLs, {people} identities, {answers} answers to outsiders, {own} own")


def test_who_asks_is_signed_in_all_the_while(matrix):
    everybody = [matrix.before, matrix.lists]
    everybody += [{key: a for key, a in matrix.rows.items() if key[0] != "volunteer of A"}]
    everybody += [found for who, found in matrix.outsiders().items() if who != "stranger"]
    sent_away = [
        answer.url
        for asked in everybody
        for answer in asked.values()
        if answer.location.startswith("/login/")
    ]
    assert not sent_away


def test_the_community_holds_a_row_in_every_table(matrix):
    """A table in which nothing lies proves nothing: give its fields in ``filling.GIVEN``."""
    assert "\n".join(f"{label}: {why}" for label, why in matrix.not_made.items()) == ""
    assert len([table for table in tables() if table.is_protected]) > 100


def test_what_a_community_holds_changes_no_answer_to_another(matrix):
    moved = {key for key, answer in matrix.after.items() if answer.url != matrix.before[key].url}
    assert {name for _, name in moved} <= {"audit-entry"}, "asked of the same rows"
    told = changed(matrix.before, matrix.after)
    assert not told, "\n".join(told.values())


def changed(before, after) -> dict[str, str]:
    """Name of address → what an outsider was told by it."""
    told = {}
    for (way, name), answer in after.items():
        former = before[way, name]
        if name not in MADE_ANEW | PUBLISHED and answer.seen != former.seen:
            lines = difference(former.body, answer.body)
            told[name] = f"{way} {answer.url}: {former.status} → {answer.status} {lines}"
    return told


@pytest.mark.parametrize("who", STREETS)
def test_another_street_opens_no_row(matrix, who):
    assert not opened(matrix, matrix.others[who])


def opened(matrix, asked) -> list[str]:
    return [
        f"{name}: {answer.status}"
        for (_, name), answer in asked.items()
        if has_key(ROUTES[name])
        and name not in OF_ALL
        and answer.status not in {403, 404, 405}
        and answer.status != matrix.after["get", name].status
    ]


def test_no_answer_holds_a_canary(matrix):
    assert not canaries(matrix.outsiders())


def canaries(people) -> list[str]:
    return [
        f"{who}: {way} {name}"
        for who, asked in people.items()
        for (way, name), answer in asked.items()
        if answer.tells and name not in PUBLISHED and (who, name) not in SEEN_BY_DUTY
    ]


def test_the_searches_find_what_a_wrong_scope_lets_through(matrix):
    """The control of the searches themselves: they are seen to fail."""
    assert changed(matrix.before, matrix.let_in["staff B"]).keys() == {*LET_IN}
    assert opened(matrix, matrix.let_in["staff C"]) == ["ledger-detail: 200", "ledger-files: 200"]
    found = canaries(matrix.let_in)
    assert found == [f"{who}: get {name}" for who in matrix.let_in for name in LET_IN]


@pytest.mark.parametrize("who", OFFICERS)
def test_nothing_opens_to_an_officer_but_the_own_duty(matrix, who):
    opened = {
        name
        for (_, name), answer in matrix.officers[who].items()
        if answer.status not in CLOSED | {405}
    }
    assert beyond_duty(OFFICERS[who], opened) == set()


def test_what_is_published_names_nobody(matrix):
    for asked in (matrix.after, matrix.stranger):
        for (_, name), answer in asked.items():
            if name in PUBLISHED:
                assert not NUMBERS_OF_PEOPLE.search(answer.body), answer.url
    opened = {name for (_, name), answer in matrix.stranger.items() if answer.tells}
    assert opened == PUBLISHED.keys()


def test_strangers_are_sent_to_sign_in_whatever_there_is(matrix):
    for (_, name), answer in matrix.stranger.items():
        if asks_sign_in(ROUTES[name].view):
            assert (answer.status, answer.location[:7]) == (302, "/login/"), answer.url
            assert answer.body == b""


def test_a_head_is_answered_as_its_get_without_the_body(matrix):
    for (_, name), answer in matrix.heads.items():
        assert (answer.status, answer.body) == (matrix.after["get", name].status, b""), answer.url


def test_no_answer_is_a_fault(matrix):
    """To nobody: a row that is odd is told of in words as well."""
    own = {"staff A": matrix.lists, "second of A": matrix.colleague, "A": matrix.rows}
    assert not [
        f"{who}: {key} {answer.url}"
        for who, asked in [*matrix.outsiders().items(), *own.items()]
        for key, answer in asked.items()
        if answer.status >= 500
    ]


def test_its_own_people_see_the_canaries(matrix):
    """The control: words that nobody could see would prove nothing."""
    rows = {name for (_, _, name), answer in matrix.rows.items() if answer.tells}
    lists = {name for (_, name), answer in matrix.lists.items() if answer.tells}
    print(f"seen by A itself on {len(rows)} addresses of rows and {len(lists)} lists")
    assert len(rows) >= SEEN_ON_ROWS
    assert len(lists) >= SEEN_ON_LISTS


def test_every_address_of_a_row_opens_one_for_its_own_people(matrix):
    """The control: an address that is missing to everybody would prove nothing. Where a new one fails
    here, give its words in ``routes.OF_ONE`` or its row in ``filling.GIVEN``."""
    assert matrix.shut - NOT_OPENED.keys() == set()
    assert NOT_OPENED.keys() - matrix.shut == set(), "these open by now"


def test_personal_rows_are_missing_to_a_colleague(matrix):
    seen = [
        f"{way} {name}: {answer.status}"
        for (way, name), answer in matrix.colleague.items()
        if answer.tells or (has_key(ROUTES[name]) and answer.status not in {302, 404, 405})
    ]
    assert not seen


def test_commands_tell_of_the_unit_they_are_asked_about(matrix):
    after = matrix.commands_of("staff B")
    own = matrix.commands_of("staff A")
    assert after == matrix.commands_before
    assert all(own[name] != told for name, told in after.items())


def test_no_other_method_reaches_a_view(client, matrix):
    """Refused before the session is read, so it is the same for every identity."""
    order = settings.MIDDLEWARE
    refusal = order.index("portal.middleware.KnownMethods")
    assert refusal < order.index("django.contrib.sessions.middleware.SessionMiddleware")
    for asking in (client, matrix.clients["staff A"]):
        for route in ROUTES.values():
            for method in ("PUT", "PATCH", "DELETE"):
                answer = asking.generic(method, route.url_of_row(matrix.first))
                assert (answer.status_code, answer.content) == (405, b""), route.name
                assert answer["Allow"] == ", ".join(METHODS)


@pytest.mark.parametrize("method", ["TRACE", "OPTIONS", "PROPFIND", "FOO"])
def test_no_odd_method_reaches_a_view(client, method):
    for url in ("/", "/ledger/residents/", "/login/", "/no-such-page/"):
        assert client.generic(method, url).status_code == 405
