"""What every request must be, before any view sees it (SECURITY rows 3, 20 and 37)."""

import uuid

import pytest

from portal.codings import utf8_only
from portal.roles import Role
from tests import factories


@pytest.fixture
def client(client_of, make_user, community):
    return client_of(make_user(Role.COMMUNITY_STAFF, community))


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "OPTIONS", "FOO"])
@pytest.mark.parametrize("url", ["/", "/login/", "/figures/", "/ledger/visits/", "/nowhere/"])
def test_other_methods_are_not_allowed(client, method, url):
    answer = client.generic(method, url)
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, POST")


def served(environ, start_response):
    start_response("200 OK", [])
    return [b""]


def answered(content_type) -> str:
    """The status line that a request of this Content-Type gets."""
    said = []
    environ = {"CONTENT_TYPE": content_type} if content_type else {}
    utf8_only(served)(environ, lambda status, headers: said.append(status))
    return said[0]


@pytest.mark.parametrize("charset", ["utf-7", "utf-16", "hex", "raw_unicode_escape", "nothing"])
def test_text_in_another_coding_is_refused(charset):
    assert answered(f"text/html; charset={charset}") == "415 Unsupported Media Type"


@pytest.mark.parametrize(
    "named", ["", "text/html", "text/html; charset=UTF-8", 'multipart/form-data; charset="utf8"']
)
def test_utf_8_by_any_of_its_names_is_read(named):
    assert answered(named) == "200 OK"


def test_one_key_does_not_answer_for_another_page(acting, client, community):
    with acting(community):
        person = factories.resident(community)
        first, second = factories.visit(person), factories.visit(person)
    data = {"_key": str(uuid.uuid4()), "version": 1}
    assert client.post(f"/ledger/visits/{first.pk}/delete/", data).status_code == 302
    assert client.post(f"/ledger/visits/{second.pk}/delete/", data).status_code == 409
