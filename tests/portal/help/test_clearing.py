"""Sample data can be cleared, and takes nothing of a real unit along."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from portal.demo.world import STREET
from portal.models import RoleAssignment, Unit, User
from portal.models.units import UnitKind
from portal.roles import Role
from residents.models import Resident, Visit
from tests import factories
from tests.conftest import as_command

pytestmark = pytest.mark.django_db(databases=["default", "owner"], transaction=True)


@pytest.fixture
def staff(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community)


@pytest.fixture
def sample(acting, district):
    """A community below the demo street, with an account and a visited resident."""
    with as_command():
        street = Unit.objects.create(
            kind=UnitKind.STREET, code=STREET[0], name=STREET[1], parent=district
        )
        community = Unit.objects.create(
            kind=UnitKind.COMMUNITY, code=f"{STREET[0][:9]}001", name="明珠社区", parent=street
        )
        user = User.objects.create_user("demo-worker", "示例人员")
        RoleAssignment.objects.create(
            user=user, unit=community, role=Role.COMMUNITY_STAFF, valid_from=date(2020, 1, 1)
        )
    with acting(community):
        factories.visit(factories.resident(community, "示例居民"))
    return community


def test_sample_data_goes_and_real_data_stays(sample, community, staff, acting):
    with acting(community):
        factories.visit(factories.resident(community, "真实居民"))
    call_command("demo", "--clear")
    with acting(community, sample):
        assert [str(person.name) for person in Resident.objects.all()] == ["真实居民"]
        assert Visit.objects.count() == 1
    assert not Unit.objects.filter(code__startswith=STREET[0][:9]).exists()
    assert not User.objects.filter(username="demo-worker").exists()
    assert User.objects.filter(pk=staff.pk).exists()


def test_a_real_record_that_refers_to_the_sample_stops_it(sample, community, acting):
    worker = User.objects.get(username="demo-worker")
    with acting(community):
        visit = factories.visit(factories.resident(community, "真实居民"))
        Visit.objects.filter(pk=visit.pk).update(recorded_by=worker)
    with pytest.raises(CommandError, match="residents_visit"):
        call_command("demo", "--clear")
    with acting(community, sample):
        assert Resident.objects.count() == 2
