"""The forms of the register."""

import pytest

from portal.roles import Role
from tests import factories


@pytest.fixture
def client(client_of, make_user, community):
    return client_of(make_user(Role.COMMUNITY_STAFF, community))


def test_the_form_of_a_known_resident_lays_out_its_own_fields_alone(
    acting, client, community, caplog
):
    with acting(community):
        person = factories.resident(community)
    form = client.get(f"/ledger/residents/{person.pk}/edit/").context["form"]
    laid_out = {pointer.name for pointer in form.helper.layout.get_field_names()}
    assert laid_out == form.fields.keys()
    assert caplog.messages == []
