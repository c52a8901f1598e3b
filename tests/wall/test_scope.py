"""The scope is local to a transaction, restored on leaving, and never met by the next user."""

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from portal.scope import NOBODY, NOWHERE, announce, current_scope
from tests.wallapp.models import Paper

SETTINGS = "SELECT current_setting('app.scope', true), current_setting('app.actor', true)"


@pytest.mark.django_db
def test_leaving_a_nested_scope_restores_the_former(paper, foreign_paper, acting, sql):
    with acting(paper.unit) as outer:
        with acting(foreign_paper.unit):
            assert Paper.objects.get() == foreign_paper
        assert current_scope() == outer
        assert Paper.objects.get() == paper
    assert current_scope() == NOWHERE
    assert not Paper.objects.exists()
    assert sql(SETTINGS) == [("", "")]


@pytest.mark.django_db
def test_a_failure_inside_a_nested_scope_restores_the_former(paper, foreign_paper, acting, sql):
    with acting(paper.unit):
        with pytest.raises(DatabaseError), acting(foreign_paper.unit):
            sql("SELECT 1/0")
        assert Paper.objects.get() == paper


@pytest.mark.django_db
def test_a_scope_outside_a_transaction_is_refused(transactional_db):
    with pytest.raises(RuntimeError):
        announce(NOBODY)


def test_nothing_is_left_on_the_connection_for_the_next_request(
    transactional_db, paper, acting, sql
):
    with acting(paper.unit):
        before = connection.connection.info.backend_pid
        assert Paper.objects.count() == 1
    assert connection.connection.info.backend_pid == before
    assert sql(SETTINGS) == [("", "")]
    assert not Paper.objects.exists()
    with transaction.atomic():
        assert not Paper.objects.exists()


def test_nothing_is_left_after_a_rollback(transactional_db, paper, acting, sql):
    with pytest.raises(ZeroDivisionError), acting(paper.unit):
        raise ZeroDivisionError
    assert sql(SETTINGS) == [("", "")]
    assert not Paper.objects.exists()


def test_a_cursor_opened_in_a_scope_is_gone_with_it(transactional_db, paper, acting):
    with acting(paper.unit):
        rows = Paper.objects.iterator()
    with pytest.raises((DatabaseError, psycopg.Error, StopIteration)):
        next(rows)
