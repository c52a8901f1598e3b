"""What every request must be, before any view sees it (SECURITY rows 3, 20 and 37)."""

import uuid

import pytest
from django.db import DatabaseError, transaction
from django.http import HttpResponse

from portal.codings import utf8_only
from portal.middleware import RequestScope
from portal.roles import Role
from residents.models import Visit
from tests import factories


@pytest.fixture
def worker(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community)


@pytest.fixture
def client(client_of, worker):
    return client_of(worker)


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


# --- the transaction of a request -------------------------------------------------------------
def page(request):
    """A view that may write on POST alone, as most."""


def logging_page(request):
    """A view that logs a sensitive look."""


logging_page.writing_get = True


@pytest.fixture
def visited(acting, worker, community, rf):
    """Sends a request whose view adds a visit and answers with the status; how many visits then stand."""
    with acting(community):
        person = factories.resident(community)

    def visited(method="post", status=200, view=page) -> int:
        def add_visit(request):
            scope.process_view(request, view, (), {})
            factories.visit(person)
            return HttpResponse(status=status)

        scope = RequestScope(add_visit)
        request = getattr(rf, method)("/")
        request.user = worker
        assert scope(request).status_code == status
        with acting(community):
            return Visit.objects.count()

    return visited


@pytest.mark.parametrize(
    ("status", "left"), [(200, 1), (302, 1), (400, 1), (500, 0), (503, 0), (507, 0)]
)
def test_what_a_failed_request_wrote_is_taken_back(visited, status, left):
    assert visited(status=status) == left


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_page_that_only_reads_cannot_write(visited, method):
    with pytest.raises(DatabaseError, match="read-only transaction"), transaction.atomic():
        visited(method)


def test_a_page_that_logs_a_look_may_write(visited):
    assert visited("get", view=logging_page) == 1
