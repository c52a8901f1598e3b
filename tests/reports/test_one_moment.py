"""Signing reads one moment, and two signatures of one draft give one issue."""

import uuid
from threading import Barrier, Thread

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from portal.isolation import one_moment, require_one_moment
from portal.middleware import RequestScope
from portal.scope import Access, scope, scope_of_units
from reports import services
from reports.models import Issue

pytestmark = pytest.mark.django_db(transaction=True)


def level():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('transaction_isolation')")
        return cursor.fetchone()[0]


def test_issue_is_refused_where_two_moments_could_be_read(head, ready):
    with scope(Access(head).scope()), pytest.raises(RuntimeError, match="one moment"):
        services.issue(ready, version=ready.version, by=head)


def test_one_moment_is_repeatable_read():
    with one_moment():
        assert level() == "repeatable read"
        require_one_moment()


@pytest.mark.parametrize(
    ("method", "name", "expected"),
    [
        ("get", "summary-detail", "repeatable read"),
        ("post", "summary-issue", "repeatable read"),
        ("post", "summary-edit", "read committed"),
    ],
)
def test_request_reads_one_moment_where_the_view_is_marked(rf, head, method, name, expected):
    request = getattr(rf, method)(reverse(name, args=[1]))
    request.user = head
    seen = []

    def answer(request):
        seen.append(level())
        return type("Response", (), {"status_code": 200})()

    RequestScope(answer)(request)
    assert seen == [expected]


def test_unknown_address_is_no_error(rf, head):
    request = rf.post("/no/such/page/")
    request.user = head
    RequestScope(lambda request: type("Response", (), {"status_code": 404})())(request)


def sign_at_once(head, draft, keys):
    """Post the signature in as many threads as there are keys, at one moment."""
    start, answers = Barrier(len(keys)), []
    url = reverse("summary-issue", args=[draft.pk])

    def sign(key):
        client = Client()
        client.force_login(head)
        start.wait()
        response = client.post(url, {"_key": key, "version": draft.version})
        answers.append(response.status_code)
        connection.close()

    threads = [Thread(target=sign, args=[key]) for key in keys]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(answers)


def issues_of(community):
    within = scope_of_units([community.pk], "command:test")
    with scope(within):
        return Issue.objects.count()


def test_two_signatures_give_one_issue(head, ready, community):
    answers = sign_at_once(head, ready, [uuid.uuid4(), uuid.uuid4()])
    assert answers == [302, 302]  # one to the issue, one back to the draft with a message
    assert issues_of(community) == 1


def test_double_click_gives_one_issue(head, ready, community):
    key = uuid.uuid4()
    answers = sign_at_once(head, ready, [key, key])
    assert answers[0] == 302
    assert answers[1] in {302, 409}
    assert issues_of(community) == 1


def test_command_composes_in_a_transaction_of_its_own(tmp_path, community):
    output = tmp_path / "a.pdf"
    call_command("summary", "A", "--unit", community.code, "--output", output)
    assert output.read_bytes().startswith(b"%PDF-")


def test_nested_transaction_cannot_begin_a_moment():
    with transaction.atomic(), pytest.raises(RuntimeError), one_moment():
        pass
