"""Files of a notice stay as they were published, also for who still holds it as a draft."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.attachments.services import checked, files_of
from portal.models import Attachment, Notice
from portal.notices import services
from portal.notices.workflow import NoticeState
from portal.roles import Role
from portal.scope import Denied
from tests.attachments.files import picture

pytestmark = pytest.mark.django_db


def test_files_of_what_was_published_meanwhile_stay(
    acting, make_user, street, community, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    section = make_user(Role.STREET_SECTION, street)
    first, second = (
        checked(picture(colour=colour), Attachment.Purpose.PHOTO) for colour in ("red", "blue")
    )
    with acting(section):
        draft = Notice(unit=street, title="防汛值守", text="请做好值守。")
        notice = services.save_draft(draft, [community], by=section)
        services.add_files(notice, [(first, "一")], by=section)
        [row] = files_of(notice)
        held = Notice.objects.get(pk=notice.pk)
        services.publish(notice, version=notice.version, by=section)
        assert held.state == NoticeState.DRAFT  # what another window still knows
        for change in (
            lambda: services.add_files(held, [(second, "二")], by=section),
            lambda: services.remove_file(held, row, version=row.version, by=section),
        ):
            with CaptureQueriesContext(connection) as asked, pytest.raises(Denied, match="已发布"):
                change()
            # Under the lock that publishing takes, so that neither slips in between.
            assert any("FOR UPDATE" in each["sql"] for each in asked)
        assert [each.caption for each in files_of(notice)] == ["一"]
