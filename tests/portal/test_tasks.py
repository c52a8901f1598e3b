"""The worker's night work drops what served its time, and nothing else."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from portal.models import ImportBatch, ImportState, Submission
from portal.roles import Role
from portal.tasks import housekeeping


@pytest.mark.django_db
def test_housekeeping_drops_old_keys_and_unconfirmed_uploads(make_user, community, acting):
    user = make_user(Role.COMMUNITY_STAFF, community)
    old = timezone.now() - timedelta(days=8)
    with acting(user):
        for _ in range(2):
            Submission.objects.create(user=user, key=uuid.uuid4(), body_hash="x")
        Submission.objects.filter(pk=Submission.objects.first().pk).update(created_at=old)
        for confirmed in (None, timezone.now()):
            batch = ImportBatch.objects.create(
                unit=community,
                filename="a.xlsx",
                sha256="f" * 64,
                content=b"sealed",
                uploaded_by=user,
                confirmed_at=confirmed,
                state=ImportState.STORED if confirmed else ImportState.CHECKED,
            )
            ImportBatch.objects.filter(pk=batch.pk).update(uploaded_at=old)
    done = housekeeping(timestamp=0)
    assert (done["keys"], done["uploads"]) == (1, 1)
    with acting(user):
        assert Submission.objects.count() == 1
        assert ImportBatch.objects.get().confirmed_at is not None
