"""What the wall's tests share: raw statements as the web role, and papers of two communities."""

import pytest
from django.db import connection, connections

from tests.database import owner_connection
from tests.wallapp.models import Neighbour, Paper


@pytest.fixture
def sql():
    """Run one statement on the web role's connection; rows of a query, or the number changed."""

    def run(statement, *parameters):
        with connection.cursor() as cursor:
            cursor.execute(statement, parameters or None)
            return cursor.fetchall() if cursor.description else cursor.rowcount

    return run


@pytest.fixture
def tamper(transactional_db):
    """Statements of the role that owns the log, which a database administrator can be."""
    with owner_connection(connections["default"].settings_dict["NAME"]) as owner:
        owner.execute("SET ROLE portal_audit")
        yield owner.execute


@pytest.fixture
def paper(community, acting):
    with acting(community):
        return Paper.objects.create(unit=community, title="路灯不亮")


@pytest.fixture
def foreign_paper(other_community, acting):
    with acting(other_community):
        return Paper.objects.create(unit=other_community, title="水管漏水")


@pytest.fixture
def neighbour(community, acting):
    with acting(community):
        return Neighbour.objects.create(unit=community, unit_ids=[community.pk], name="黄文发")


@pytest.fixture
def foreign_neighbour(other_community, acting):
    with acting(other_community):
        return Neighbour.objects.create(
            unit=other_community, unit_ids=[other_community.pk], name="单小梅"
        )
