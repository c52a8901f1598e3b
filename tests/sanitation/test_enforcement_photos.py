"""Photos of enforcement: before and after side by side, by the beginning of their captions."""

import pytest

from portal.attachments.services import attach, checked
from portal.models import Attachment
from portal.roles import Role
from sanitation.enums.enforcement import Handling
from tests.attachments.files import picture
from tests.factories import sanitation_market as make

pytestmark = pytest.mark.django_db
PHOTO = Attachment.Purpose.PHOTO


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def inspector(make_user, street):
    return make_user(Role.SANITATION_INSPECTOR, street)


def photographed(record, user):
    """With one photo before, one after, and one that says neither."""
    captions = ("整改前：店外占道", "整改后", "现场")
    for tint, caption in enumerate(captions):
        file = checked(picture(colour=(tint, 80, 40)), PHOTO)
        attach(record, [file], purpose=PHOTO, caption=caption, by=user)


@pytest.mark.parametrize("slug", ["enforcement-actions", "enforcement-items"])
def test_photos_before_and_after_stand_side_by_side(slug, client_of, inspector, street, acting):
    with acting(inspector):
        item = make.item(make.action(street), handling=Handling.ORDERED)
        record = item.action if slug == "enforcement-actions" else item
    client, path = client_of(inspector), f"/ledger/{slug}/{record.pk}/"
    assert "说明以“整改前”开头的列在这里。" in client.get(path).content.decode()
    with acting(inspector):
        photographed(record, inspector)
    page = client.get(path)
    sides = {side: [p["row"].caption for p in page.context[side]] for side in ("before", "after")}
    assert sides == {"before": ["整改前：店外占道"], "after": ["整改后"]}
    told = page.content.decode()
    assert told.index("<h3>整改前</h3>") < told.index("<h3>整改后</h3>")
    assert "说明以“整改前”开头的列在这里。" not in told


def test_nothing_is_compared_where_nothing_was_to_be_mended(client_of, inspector, street, acting):
    with acting(inspector):
        item = make.item(make.action(street), handling=Handling.CLOSED)
    client = client_of(inspector)
    for path in (f"enforcement-actions/{item.action_id}", f"enforcement-items/{item.pk}"):
        assert "整改前后" not in client.get(f"/ledger/{path}/").content.decode()
