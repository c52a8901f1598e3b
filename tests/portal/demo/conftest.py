"""The demo street, built twice for all modules here: beside a case, and forced beside a real unit too."""

from dataclasses import dataclass

import pytest
from django.db import transaction

from portal.scope import scope
from tests.portal.demo.snapshot import REAL, snapshot, street_scope
from tests.portal.test_demo_command import demo, unit
from tests.sharing import undone_afterwards

SCALE = 0.03


@dataclass(frozen=True)
class Built:
    """What the command printed, and snapshots of the two builds."""

    printed: str
    first: dict
    second: dict


@pytest.fixture(scope="package")
def built(django_db_setup, django_db_blocker):
    """The second build stays for the tests that ask for it, and is undone after them."""
    with django_db_blocker.unblock(), undone_afterwards():
        unit("449902000000", "案例区")
        before = transaction.savepoint()
        printed = demo(scale=SCALE)
        with scope(street_scope()):
            first = snapshot()
        transaction.savepoint_rollback(before)
        unit(REAL, "真实区")
        demo(scale=SCALE, force=True)
        with scope(street_scope()):
            second = snapshot()
        yield Built(printed, first, second)
