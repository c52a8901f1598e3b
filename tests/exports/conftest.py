"""Staff of one community, its head, and what an answer's file holds."""

import io

import openpyxl
import pytest

from portal.roles import Role
from tests import factories


@pytest.fixture
def staff(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community, name="李梅")


@pytest.fixture
def head(make_user, community):
    return make_user(Role.COMMUNITY_HEAD, community, name="刘志强")


@pytest.fixture
def person(acting, community):
    with acting(community):
        return factories.resident(community, "黄文发", phone="13812345678")


@pytest.fixture
def sheet_of():
    """``sheet_of(answer)``: the only sheet of the answer's workbook."""

    def read(answer):
        assert answer.status_code == 200, answer.content.decode(errors="ignore")[:500]
        return openpyxl.load_workbook(io.BytesIO(answer.content)).active

    return read


@pytest.fixture
def rows_of(sheet_of):
    """``rows_of(answer)``: its rows as tuples, the header first."""
    return lambda answer: list(sheet_of(answer).iter_rows(values_only=True))
