"""Nothing of a person in the log, also when the database refuses a row (SECURITY row 27)."""

import logging
import sys

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from portal.logs import Formatter, WithoutExpectedTracebacks
from portal.roles import Role

NAMES = ["黄文发", "黄文发"]


@pytest.mark.django_db
def test_the_values_of_a_refused_row_are_left_out():
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("CREATE TEMPORARY TABLE people (name text UNIQUE)")
            cursor.execute("INSERT INTO people VALUES (%s), (%s)", NAMES)
    except DatabaseError:
        record = logging.LogRecord("x", logging.ERROR, "", 0, "broken", (), sys.exc_info())
    told = Formatter(settings.LOGGING["formatters"]["line"]["format"]).format(record)
    assert NAMES[0] not in told
    assert "duplicate key value" in told


def test_the_log_is_written_by_that_formatter():
    assert settings.LOGGING["formatters"]["line"]["()"] == "portal.logs.Formatter"
    assert settings.LOGGING["handlers"]["console"]["formatter"] == "line"


@pytest.mark.django_db
def test_a_refusal_is_one_line_without_a_traceback(client_of, make_user, community, caplog):
    with caplog.at_level(logging.WARNING, logger="django.request"):
        client_of(make_user(Role.VOLUNTEER_LEADER, community)).get("/ledger/residents/")
    [record] = [record for record in caplog.records if record.name == "django.request"]
    assert WithoutExpectedTracebacks().filter(record)
    assert Formatter("%(message)s").format(record).count("\n") == 0
