"""One sweep over all pages for residents: the role, the headers, no session, and nobody's name."""

import re
import uuid

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

from portal.models import Unit
from portal.roles import Role
from servicecenter.enums.cases import CaseState
from servicecenter.models import Echo
from tests import database
from tests.architecture.test_urls import patterns
from tests.conftest import acting_as, new_community, new_district, new_street
from tests.servicecenter.public_world import CANARIES, code_of, new_case, new_hall, new_version
from tests.sharing import undone_afterwards

# On one worker: the unit is filled once.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("public-sweep")]
VIEWS = {
    entry.name: (entry, route)
    for entry, route in patterns(get_resolver())
    if route.startswith(("public/", "rate/"))
}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """A unit with all that its pages could show, canaries wherever people type."""
    database.sweep()
    with django_db_blocker.unblock(), undone_afterwards():
        yield _filled(new_community(new_street(new_district())))


def _filled(community) -> dict:
    new_hall(community)
    cases = [new_case(community, state) for state in (CaseState.REPLIED, CaseState.HANDLING)]
    item = new_version(community, "残疾人证申请")
    with acting_as(community):
        Echo.objects.create(
            unit=community,
            occurred_on="2025-03-03",
            topic="estate",
            asker="金丝雀",
            question="红雀家楼下的路灯",
        )
    return {
        "code": community.code,
        "pk": item.item_id,
        "number": cases[0].number,
        "token": "0" * 32,
        "receipt": code_of(cases[0]),
    }


def address(name, world) -> str:
    values = world | ({"code": world["receipt"]} if name == "public-receipt" else {})
    route = VIEWS[name][1]
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda match: str(values[match[1]]), route)


def test_there_are_pages_to_sweep():
    assert {"public-start", "public-case", "public-receipt", "public-apply"} <= VIEWS.keys()


@pytest.mark.parametrize("name", sorted(VIEWS))
def test_a_page_names_nobody_makes_no_session_and_is_not_kept(client, world, name):
    answer = client.get(address(name, world))
    text = answer.content.decode()
    assert answer.status_code in {200, 404}
    assert not [word for word in CANARIES if word in text]
    assert "session" not in answer.cookies
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "same-origin"
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert "sidebar" not in text


@pytest.mark.parametrize("name", sorted(VIEWS))
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_page_asks_nothing_before_it_is_the_public_role(client, world, name, method):
    """Of the tables of records: only the functions of the role are asked, by the role."""
    with CaptureQueriesContext(connection) as queries:
        getattr(client, method)(address(name, world))
    said = [query["sql"] for query in queries]
    role = next(i for i, sql in enumerate(said) if "SET LOCAL ROLE" in sql)
    assert settings.DATABASE_PUBLIC_ROLE in said[role]
    early = [sql for sql in said[:role] if " FROM " in sql and "portal_worknotice" not in sql]
    assert early == []


@pytest.mark.parametrize("name", sorted(VIEWS))
def test_a_page_is_the_same_for_a_member_of_staff(client, client_of, make_user, world, name):
    member = client_of(make_user(Role.COMMUNITY_STAFF, _unit_of(world)))
    pages = [
        re.sub(r'value="[\w-]{32,64}"', "", person.get(address(name, world)).content.decode())
        for person in (client, member)
    ]
    assert pages[0] == pages[1]


def _unit_of(world):
    return Unit.objects.get(code=world["code"])


@pytest.mark.parametrize("name", sorted(VIEWS))
@pytest.mark.parametrize("words", ["\x00", "<script>1</script>{{7*7}}", "%s%(x)s", "龘" * 3000])
def test_hostile_words_are_no_fault_and_come_back_as_words(client, world, name, words):
    fields = ("words", "number", "code", "content", "name", "phone", "level", "comment", "id_kind")
    data = dict.fromkeys(fields, words) | {"form_key": str(uuid.uuid4()), "consented": "on"}
    answer = client.post(address(name, world), data)
    assert answer.status_code < 500
    assert "<script>1" not in answer.content.decode()
