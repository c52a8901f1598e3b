"""Photos and scans of a merged record: they go along to the survivor, and come back."""

import pytest

from portal.attachments.services import attach, checked, files_of
from portal.roles import Role
from residents.duplicates.deciding import propose
from residents.duplicates.merging import Choices, merge
from residents.duplicates.undoing import undo
from residents.models import DuplicatePair
from tests import factories
from tests.attachments import files


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.django_db
def test_files_of_a_merged_record_move_to_the_survivor_and_back(make_user, community, acting):
    clerk = make_user(Role.COMMUNITY_STAFF, community)
    with acting(clerk):
        one = factories.resident(community, "黄文发")
        other = factories.resident(community, "黄文法", id_number="", no_id_reason="拒报")
        other.spells.update(deleted_at="2026-01-01T00:00Z")
        scan = checked(files.noise((40, 40)), "scan")
        [row] = attach(other, [scan], purpose="scan", caption="身份证", by=clerk)
        pair = DuplicatePair.objects.select_related("first", "second", "unit").get(
            pk=propose(one, other, by=clerk).pk
        )
        done = merge(pair, survivor=one, choices=Choices(), by=clerk)
        assert list(files_of(one)) == [row]
        undo(done, by=clerk)
        assert list(files_of(other)) == [row]
        assert not files_of(one).exists()
