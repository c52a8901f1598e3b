"""Twenty at once: one record, one accepted edit (SECURITY rows 3 and 4)."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connections
from django.test import Client

from portal.roles import Role
from residents.models import Visit
from tests import factories

AT_ONCE = 20


@pytest.fixture
def staff(transactional_db, make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community)


@pytest.fixture
def person(acting, staff, community):
    with acting(community):
        return factories.resident(community)


def at_once(client_of, user, requests) -> list:
    """Send all requests together, each from a browser of the same session."""
    cookies = client_of(user).cookies

    def send(request):
        client = Client()
        client.cookies = cookies
        try:
            return client.post(*request)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(send, requests))


def data(person, **changes):
    return {
        "_key": str(uuid.uuid4()),
        "resident": person.pk,
        "occurred_on": "2025-03-10",
        "mode": "home",
        "visitor": "李梅",
        "content": "同一次走访",
        "domains": ["disability"],
    } | changes


def test_one_form_sent_many_times_at_once_makes_one_record(client_of, acting, staff, person):
    form = data(person)
    answers = at_once(client_of, staff, [("/ledger/visits/add/", form)] * AT_ONCE)
    assert {answer.status_code for answer in answers} == {302}
    assert len({answer["Location"] for answer in answers}) == 1
    with acting(staff):
        assert Visit.objects.count() == 1


def test_many_edits_of_one_version_accept_one(client_of, acting, staff, person):
    with acting(staff):
        visit = factories.visit(person, date(2025, 3, 10))
    url = f"/ledger/visits/{visit.pk}/edit/"
    edits = [
        (url, data(person, version=visit.version, content=f"第{number}个人写的"))
        for number in range(AT_ONCE)
    ]
    answers = at_once(client_of, staff, edits)
    assert sorted(answer.status_code for answer in answers) == [302] + [409] * (AT_ONCE - 1)
    with acting(staff):
        assert Visit.objects.get().version == visit.version + 1
