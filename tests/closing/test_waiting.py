"""Closing and writing at one moment: who came first is let in, who comes after is refused."""

from datetime import date
from threading import Event, Thread

import pytest
from django.db import connection

from portal.closing import services
from portal.errors import PeriodClosed, translating
from portal.models import ClosedPeriod
from tests import factories
from tests.closing.conftest import YEAR
from tests.conftest import acting_as

pytestmark = pytest.mark.django_db(transaction=True)
IN = date(2025, 5, 6)


class Beside(Thread):
    """``act`` in a transaction and connection of its own; ``over`` is set when it has ended."""

    def __init__(self, who, act):
        super().__init__(daemon=True)
        self.who, self.act, self.over, self.refusal = who, act, Event(), None

    def run(self):
        try:
            with translating(), acting_as(self.who):
                self.act()
        except PeriodClosed as refusal:
            self.refusal = refusal
        finally:
            connection.close()
            self.over.set()


def test_closing_waits_for_a_write_begun_before(community, other_community, head):
    with acting_as(community):
        person = factories.resident(community)
    closing = Beside(head, lambda: services.close(community, YEAR, by=head))
    with acting_as(community):
        factories.visit(person, IN)
        closing.start()
        assert not closing.over.wait(0.5)
    assert closing.over.wait(10)
    with acting_as(community):
        assert ClosedPeriod.objects.count() == 1


def test_a_write_that_comes_while_it_closes_waits_and_is_refused(community, other_community, head):
    with acting_as(community):
        person = factories.resident(community)
    with acting_as(other_community):
        elsewhere = factories.resident(other_community)
    writing = Beside(community, lambda: factories.visit(person, IN))
    other = Beside(other_community, lambda: factories.visit(elsewhere, IN))
    with acting_as(head):
        services.close(community, YEAR, by=head)
        writing.start()
        other.start()
        assert other.over.wait(10)  # another unit does not wait
        assert not writing.over.wait(0.5)
    assert writing.over.wait(10)
    assert writing.refusal
    assert not other.refusal
