import pytest
from portal.models import ImportBatch, Unit

pytestmark = pytest.mark.django_db


def test_x(community, other_community, make_user, acting):
    user = make_user("community_staff", community)
    with acting(community):
        ImportBatch.objects.create(
            unit=community, filename="x", sha256="1", content=b"1", uploaded_by=user
        )
        assert ImportBatch.objects.count() == 1
    with acting(other_community):
        assert ImportBatch.objects.count() == 0
    assert ImportBatch.objects.count() == 0
