"""Where the fuzz happens: one community full of rows, six who ask, and what the pages ask for themselves."""

import sys
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import quote

from django.conf import settings
from django.core.signals import got_request_exception
from django.db import DatabaseError, connection, transaction
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.client import ClientHandler
from django.urls import Resolver404, resolve

from portal.codings import utf8_only
from portal.roles import Role
from portal.scope import scope, scope_of_units
from servicecenter.enums.cases import CaseState
from tests import database
from tests.conftest import acting_as, new_community, new_district, new_street, new_user, signed_in
from tests.factories.everything import rows_of
from tests.security.forms_found import Form, FormsFound
from tests.security.routes import ROUTES, Route
from tests.servicecenter.public_world import new_case, new_version

NOBODY = "anonymous"
WHO = {
    "staff": Role.COMMUNITY_STAFF,
    "supervisor": Role.STREET_SUPERVISOR,
    "system": Role.SYSTEM_ADMINISTRATOR,
    "security": Role.SECURITY_ADMINISTRATOR,
    "audit": Role.AUDIT_ADMINISTRATOR,
}
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
class World:
    """``rows`` by slug of their ledger; ``cookies`` by who asks; ``addresses`` and ``forms`` as pages that
    were ``read`` name them, and who could read each (``readers``); ``refused``: what of the rows themselves
    could not be committed."""

    rows: dict
    cookies: dict[str, str]
    units: list[int]
    refused: str = ""
    sender: Sender = field(default_factory=Sender)
    addresses: dict[str, set] = field(default_factory=lambda: defaultdict(set))
    forms: dict[tuple, dict] = field(default_factory=lambda: defaultdict(dict))
    readers: dict[str, str] = field(default_factory=dict)
    read: set = field(default_factory=set)

    def seen(self):
        """A scope in which every row of the world is seen."""
        return scope(scope_of_units(self.units, "command:fuzz"))

    def fields(self, name: str, path: str) -> dict:
        """Name → Field of what is sent to this address, as the page itself or others ask for it."""
        return self.forms[key_of(name, path)]

    def learn(self, path: str) -> None:
        """Read the page once, as the first who may."""
        if path in self.read:
            return
        self.read.add(path)
        for who in ("staff", "supervisor", "system", "security", "audit", NOBODY):
            with transaction.atomic():
                answer = self.sender.ask("GET", path, cookie=self.cookies.get(who, ""))
                transaction.set_rollback(True)
            if answer.status_code == 200:
                self.readers.setdefault(name_of(path), who)
                if answer["Content-Type"].startswith("text/html") and answer.content.strip():
                    self._learn_from(answer.content.decode(), path)
                return
            if answer.status_code in {404, 405} and who == "supervisor":
                return

    def _learn_from(self, page: str, path: str) -> None:
        found = FormsFound(page)
        for form in found.forms:
            self._keep(form, form.target or path)
        for address in found.addresses:
            if name := name_of(address):
                self.addresses[name].add(address)

    def _keep(self, form: Form, target: str) -> None:
        if name := name_of(target):
            self.addresses[name].add(target)
            self.forms[key_of(name, target)].update(form.fields)


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
        user = new_user(role, community if who == "staff" else street, who)
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
    known = sorted(world.addresses.get(route.name, ()))
    if known and rng.random() < 0.7:
        return rng.choice(known)
    return route.url_of_row(rng.choice((1, 1, 1, 2, 3)))


def get_to_know(world: World) -> None:
    """Read a page of every URL once: what they name and ask for is sent afterwards.

    Nothing is learnt later, so that a request depends on nothing but its number and the seed.
    """
    for route in ROUTES.values():
        if route.name != "logout":
            world.learn(quote(route.url()))
    for slug, row in sorted(world.rows.items()):
        world.learn(f"/ledger/{slug}/{row.pk}/")
    for name, addresses in sorted(world.addresses.items()):
        if name in ROUTES and name not in world.readers and name != "logout":
            world.learn(min(addresses))
