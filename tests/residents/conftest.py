import pytest

from portal.models import Unit
from portal.models.units import UnitKind
from tests.conftest import as_command


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
