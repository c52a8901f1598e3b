"""Where the fuzz happens: one community full of rows, eight who ask, and what the pages ask for themselves."""

import pickle
import re
import sys
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.core.signals import got_request_exception
from django.db import DatabaseError, connection, transaction
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.client import ClientHandler
from django.urls import Resolver404, resolve

from portal.codings import utf8_only
from portal.marks import asks_sign_in
from portal.roles import DUTIES, Role
from portal.scope import scope, scope_of_units
from servicecenter.enums.cases import CaseState
from tests import database
from tests.conftest import acting_as, new_community, new_district, new_street, new_user, signed_in
from tests.factories.everything import rows_of
from tests.security.forms_found import Form, FormsFound
from tests.security.routes import ROUTES, SAMPLE, Route
from tests.servicecenter.public_world import new_case, new_version

NOBODY = "anonymous"
WHO = {
    "staff": Role.COMMUNITY_STAFF,
    "supervisor": Role.STREET_SUPERVISOR,
    "section": Role.STREET_SECTION,
    "trainee": Role.TRAINEE,
    "system": Role.SYSTEM_ADMINISTRATOR,
    "security": Role.SECURITY_ADMINISTRATOR,
    "audit": Role.AUDIT_ADMINISTRATOR,
}
OF_COMMUNITY = {"staff", "trainee"}  # the others are the street's
# Files and papers: dear to draw, and they ask for nothing.
DRAWN = re.compile(r"\.(pdf|xlsx|docx|zip|csv)$|/print/|/paper/|/photo")
WORD = "金丝雀"


class Sender(RequestFactory):
    """A server without a network: the installed middleware and views, behind the guard of the codings.

    CSRF is proven elsewhere (it would refuse nearly all that is sent here).
    """

    def __init__(self):
        super().__init__()
        self.handler = ClientHandler(enforce_csrf_checks=False)
        self.faults = []
        got_request_exception.connect(self._raised)

    def _raised(self, sender, request, **kwargs):
        self.faults.append(sys.exc_info()[1])

    def request(self, **given):
        answers, statuses = [], []

        def application(environ, start_response):
            answers.append(self.handler(environ))
            return []

        utf8_only(application)(
            self._base_environ(**given), lambda status, _: statuses.append(status)
        )
        return answers[0] if answers else HttpResponse(status=int(statuses[0][:3]))

    def ask(
        self,
        method: str,
        address: str,
        *,
        cookie: str = "",
        body=b"",
        content_type="",
        headers=None,
    ):
        """The answer, its body read to the end."""
        given = {"HTTP_COOKIE": cookie} if cookie else {}
        answer = self.generic(method, address, body, content_type, **(given | (headers or {})))
        if answer.streaming:
            answer.content_read = b"".join(answer.streaming_content)
        return answer


@dataclass
class Learnt:
    """``addresses`` by name of their URL and ``forms`` as pages name them; who could read each."""

    addresses: dict[str, set] = field(default_factory=partial(defaultdict, set))
    forms: dict[tuple, dict] = field(default_factory=partial(defaultdict, dict))
    readers: dict[tuple, str] = field(default_factory=dict)


@dataclass
class World:
    """``rows`` by slug of their ledger; ``cookies`` by who asks; ``refused``: what of the rows themselves
    could not be committed."""

    rows: dict
    cookies: dict[str, str]
    units: list[int]
    refused: str = ""
    sender: Sender = field(default_factory=Sender)
    learnt: Learnt = field(default_factory=Learnt)

    def seen(self):
        """A scope in which every row of the world is seen."""
        return scope(scope_of_units(self.units, "command:fuzz"))

    def fields(self, name: str, path: str) -> dict:
        """Name → Field of what is sent to this address, as the page itself or others ask for it."""
        key = key_of(name, path)
        return self.learnt.forms.get(key) or self.learnt.forms.get((key[0], SAMPLE["slug"]), {})

    def reader(self, name: str, path: str, otherwise: str) -> str:
        return self.learnt.readers.get(key_of(name, path)) or self.learnt.readers.get(
            (name, ""), otherwise
        )

    def forms_at(self, name: str) -> bool:
        return any(each == name for each, _ in self.learnt.forms)

    def learn(self, route: Route, path: str) -> None:
        """Read the page as the first who may."""
        whom = those_who_may(route)
        self.learnt.readers.setdefault(key_of(route.name, path), whom[0])
        if DRAWN.search(route.route):
            return
        for who in whom:
            with undone():
                answer = self.sender.ask("GET", path, cookie=self.cookies.get(who, ""))
            if answer.status_code == 200:
                self.learnt.readers[key_of(route.name, path)] = who
                if answer["Content-Type"].startswith("text/html") and answer.content.strip():
                    self._learn_from(answer.content.decode(), path)
            if answer.status_code != 403:
                return

    def _learn_from(self, page: str, path: str) -> None:
        found = FormsFound(page)
        for form in found.forms:
            self._keep(form, form.target or path)
        for address in found.addresses:
            if name := name_of(address):
                self.learnt.addresses[name].add(address)

    def _keep(self, form: Form, target: str) -> None:
        if name := name_of(target):
            self.learnt.addresses[name].add(target)
            self.learnt.forms[key_of(name, target)].update(form.fields)


def those_who_may(route: Route) -> list[str]:
    """By the mark of its view; nobody of them: those who may most."""
    mark = getattr(route.view, "scope_mark", "")
    if mark.startswith("needs"):
        asked = set(mark.partition(": ")[2].split(", "))
        able = [who for who, role in WHO.items() if asked & DUTIES[role].permissions]
        return able or ["supervisor"]
    return ["staff", "supervisor"] if asks_sign_in(route.view) else [NOBODY]


@cache
def name_of(path: str) -> str:
    try:
        return resolve(path).url_name or ""
    except (Resolver404, ValueError):
        return ""


def key_of(name: str, path: str) -> tuple:
    """One form for all rows of a ledger; adding and editing ask for the same."""
    parts = path.strip("/").split("/")
    slug = parts[1] if parts[0] == "ledger" and len(parts) > 1 else ""
    return ("ledger-add" if name == "ledger-edit" else name), slug


def begin_numbers_anew() -> None:
    """Keys of empty tables begin at 1, so that the same number is the same request in every process."""
    with database.owner_connection(connection.settings_dict["NAME"]) as owner:
        owner.execute(
            """
            DO $$ DECLARE each record; filled boolean; BEGIN
                FOR each IN SELECT s.oid::regclass AS sequence, d.refobjid::regclass AS of_table
                    FROM pg_class s JOIN pg_depend d ON d.objid = s.oid AND d.deptype IN ('a', 'i')
                    WHERE s.relkind = 'S' AND s.relnamespace = 'public'::regnamespace
                LOOP
                    EXECUTE format('SELECT EXISTS (SELECT FROM %s)', each.of_table) INTO filled;
                    IF NOT filled THEN PERFORM setval(each.sequence, 1, false); END IF;
                END LOOP;
            END $$
            """
        )


def new_world() -> World:
    """Call it within a transaction that is undone."""
    street = new_street(new_district())
    community = new_community(street)
    with acting_as(community):
        rows = rows_of(community, WORD)
    for state in (CaseState.REPLIED, CaseState.HANDLING):
        new_case(community, state)
    new_version(community, "残疾人证申请")
    cookies = {}
    for who, role in WHO.items():
        user = new_user(role, community if who in OF_COMMUNITY else street, who)
        cookie = signed_in(user).cookies[settings.SESSION_COOKIE_NAME].value
        cookies[who] = f"{settings.SESSION_COOKIE_NAME}={cookie}"
    cookies["ended"] = f"{settings.SESSION_COOKIE_NAME}={'x' * 32}"
    return World(rows, cookies, [street.pk, community.pk], refused=refusal_at_commit())


def refusal_at_commit() -> str:
    """What the database would refuse if all that was written so far were committed."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    except DatabaseError as error:
        return str(error)
    return ""


def path_to(world: World, route: Route, rng) -> str:
    """An address of the route that mostly exists: of a row of the world, or one that a page named."""
    if "slug" in route.parameters and route.route.startswith("ledger/"):
        slug = rng.choice(sorted(world.rows))
        return route.url(slug=slug, pk=world.rows[slug].pk)
    known = sorted(world.learnt.addresses.get(route.name, ()))
    if known and rng.random() < 0.7:
        return rng.choice(known)
    return route.url_of_row(rng.choice((1, 1, 1, 2, 3)))


@contextmanager
def undone():
    """What is written here is not kept; a scope is entered within."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def get_to_know(world: World, routes, kept: Path | None = None) -> None:
    """Read a page of each of these URLs, and every row's, once: what they name and ask for is sent afterwards.

    Nothing is learnt later, so that a request depends on nothing but its number and the seed. What was
    learnt is kept in that file, if any, for the next piece of a long run: its rows have the same keys.
    """
    if kept is not None and kept.exists():
        world.learnt = pickle.loads(kept.read_bytes())  # noqa: S301 - our own
        return
    world.learnt = Learnt()
    for route in routes:
        world.learn(route, quote(route.url()))
    for slug, row in sorted(world.rows.items()):
        world.learn(ROUTES["ledger-detail"], f"/ledger/{slug}/{row.pk}/")
        if ROUTES["ledger-add"] in routes:
            world.learn(ROUTES["ledger-add"], f"/ledger/{slug}/add/")
    names = ROUTES.keys() & {route.name for route in routes}
    for name, addresses in sorted(world.learnt.addresses.items()):
        if name in names and not world.forms_at(name):
            world.learn(ROUTES[name], min(addresses))
    if kept is not None:
        kept.write_bytes(pickle.dumps(world.learnt))
