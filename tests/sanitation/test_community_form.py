"""What every form about a community asks."""

import uuid

import pytest

from portal.roles import Role
from sanitation.models import InspectionPoint

pytestmark = pytest.mark.django_db
URL = "/ledger/inspection-points/add/"


def test_without_the_keeping_unit_the_form_says_so(client_of, make_user, street, community, acting):
    """A street's account may keep rows at several units: the one that is not named is asked for."""
    inspector = make_user(Role.SANITATION_INSPECTOR, street)
    point = {"name": "老街公厕", "kind": "toilet", "starts_on": "2025-01-01"}
    point |= {"community": community.pk, "_key": str(uuid.uuid4())}
    answer = client_of(inspector).post(URL, point)
    assert "请选择单位。" in answer.content.decode()
    with acting(street):
        assert not InspectionPoint.objects.exists()
