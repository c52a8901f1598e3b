"""The harness: a cloned database seen through the web role, no network, and a few units and users.

A test's own transaction (mark ``django_db``) or the whole clone (``transactional_db``,
``live_server``) is undone after it. Rows are visible, and writable, only inside ``acting``.
"""

import ipaddress
import math
import socket
from contextlib import contextmanager
from datetime import date

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.test import Client, TransactionTestCase

from portal.accounts import second_factor, sessions
from portal.accounts.session_store import SessionStore
from portal.figures.cells import reading as cells
from portal.models import RoleAssignment, Unit, User
from portal.models.units import UnitKind
from portal.policies import reading as policies
from portal.scope import Access, Scope, scope, scope_of_units
from tests import database
from tests.grouping import pytest_collection_modifyitems
from tests.memory import pytest_collection_finish

__all__ = ["pytest_collection_finish", "pytest_collection_modifyitems"]  # hooks

PASSWORD = "a password for tests only"


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker):
    """Clone the template for this process; drop the clone at the end."""
    TransactionTestCase._fixture_teardown = lambda self: database.flush()
    with django_db_blocker.unblock():
        clone = database.create()
        yield
        database.drop(clone)


@pytest.fixture(autouse=True, scope="session")
def no_cells_are_asked_for():
    """None are counted but in their own tests; a process asks each minute, which a count of queries would see."""
    cells.ASKED_AGAIN_SECONDS = math.inf


@pytest.fixture(autouse=True, scope="session")
def no_network():
    """Connections beyond this machine fail at once, naming the address."""
    connect = socket.socket.connect

    def checked(self, address):
        if self.family != socket.AF_UNIX and not _is_loopback(address[0]):
            raise OSError(f"tests may not open a connection to {address}")
        return connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", checked)
        yield


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True)
def default_policies():
    """The values of security policies that a process keeps do not pass from test to test, nor into
    what a module makes before its first one."""
    policies.keep({}, math.inf)
    yield
    policies.keep({}, math.inf)


policies.keep({}, math.inf)


# --- units ------------------------------------------------------------------------------------
@contextmanager
def as_command(units=frozenset()):
    """Write as ``command:test``: exempt tables need no unit, but every write needs an actor."""
    with scope(Scope(frozenset(units), frozenset(), "command:test")) as entered:
        yield entered


def _unit(kind, code, name, parent=None):
    with as_command():
        return Unit.objects.create(kind=kind, code=code, name=name, parent=parent)


def new_district():
    return _unit(UnitKind.DISTRICT, "440103000000", "清河区")


def new_street(district):
    return _unit(UnitKind.STREET, "440103001000", "春华街道", district)


def new_community(street):
    return _unit(UnitKind.COMMUNITY, "440103001001", "明珠社区", street)


@pytest.fixture
def district(db):
    return new_district()


@pytest.fixture
def street(district):
    return new_street(district)


@pytest.fixture
def other_street(district):
    return _unit(UnitKind.STREET, "440103002000", "秋实街道", district)


@pytest.fixture
def community(street):
    return new_community(street)


@pytest.fixture
def other_community(street):
    """Another community of the same street."""
    return _unit(UnitKind.COMMUNITY, "440103001002", "和平社区", street)


@pytest.fixture
def make_grid(db):
    """``make_grid(community, number)``: one of its grids."""

    def make(community, number):
        with as_command():
            return Unit.objects.create(
                kind=UnitKind.GRID,
                code=f"{community.code}{number:03d}",
                name=f"第{number}网格",
                parent=community,
            )

    return make


# --- people who sign in -----------------------------------------------------------------------
def new_user(role, unit, username=None, **fields):
    with as_command():
        username = username or f"user{User.objects.count() + 1}"
        fields = {"name": "王小明", "password": PASSWORD} | fields
        user = User.objects.create_user(username, **fields)
        RoleAssignment.objects.create(user=user, unit=unit, role=role, valid_from=date(2020, 1, 1))
    return user


@pytest.fixture
def make_user(db):
    """``make_user(role, unit, **fields)``: a user with that one role since 2020; PASSWORD signs in."""
    return new_user


@contextmanager
def acting_as(*who):
    if isinstance(who[0], User):
        to = Access(who[0]).scope()
    else:
        to = scope_of_units([unit.pk for unit in who], "command:test")
    with scope(to) as entered:
        yield entered


@pytest.fixture
def acting():
    """``with acting(user)`` or ``with acting(unit, …)``: the scope of an account, or of a command."""
    return acting_as


@pytest.fixture
def client_of():
    """``client_of(user)``: a browser in which that user is signed in."""
    return signed_in


def signed_in(user):
    """Only the session that a sign-in leaves; what else it does is proven where it is asked for."""
    client = Client()
    session = SessionStore()
    session.update(
        {
            SESSION_KEY: str(user.pk),
            BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
            HASH_SESSION_KEY: user.get_session_auth_hash(),
        }
        | sessions.stamps()
        | {second_factor.STATE: second_factor.PROVEN}
    )
    session.create()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client
