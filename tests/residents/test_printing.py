"""The printed 户卡 (issue 3.5)."""

from datetime import date

import pypdfium2
import pytest
from django.utils import timezone

from portal.models import AccessLog
from portal.roles import Role
from residents.enums import Relation
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def household(acting, community):
    with acting(community):
        home = factories.household(community, "2-004", address="春华路 66 号 2 栋 301")
        head = factories.resident(community, "黄文发", phone="13800138000")
        factories.member(home, head)
        son = factories.resident(community, "阿卜杜热合曼·阿卜杜克热木·买买提依明·努尔麦麦提")
        factories.member(home, son, Relation.SON, ends_on=date(2024, 12, 31))
    return home


def words(response) -> str:
    document = pypdfium2.PdfDocument(response.content)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    return "".join(text.split())


def card(client, household, **query):
    return client.get(f"/residents/households/{household.pk}/card.pdf", query)


def test_card_shows_the_members_of_the_day_masked(client_of, make_user, community, household):
    client = client_of(make_user(Role.COMMUNITY_STAFF, community))
    now = words(card(client, household))
    assert "黄文发" in now
    assert "2-004" in now
    assert "春华路66号2栋301" in now
    assert "阿卜杜热合曼" not in now
    then = words(card(client, household, as_of="2024-12-31"))
    assert "阿卜杜热合曼·阿卜杜克热木·买买提依明·努尔麦麦提" in then
    head = household.memberships.get(relation=Relation.HEAD).resident
    assert head.masked_id in now
    assert head.id_number not in now


def test_printing_a_card_is_logged(client_of, make_user, community, household, acting):
    clerk = make_user(Role.COMMUNITY_STAFF, community)
    card(client_of(clerk), household)
    with acting(clerk):
        entry = AccessLog.objects.get()
    assert (entry.action, entry.subject, entry.subject_id, entry.rows) == (
        "pdf",
        "residents.household",
        household.pk,
        1,
    )
    assert entry.at.date() == timezone.now().date()


def test_characters_without_a_font_are_named_on_the_card(
    client_of, make_user, acting, community, household
):
    with acting(community):
        rare = factories.resident(community, "李\U0002ebf0")
        factories.member(household, rare, Relation.SPOUSE)
    client = client_of(make_user(Role.COMMUNITY_STAFF, community))
    assert "U+2EBF0" in words(card(client, household))


def test_another_unit_has_no_card(client_of, make_user, other_community, household):
    client = client_of(make_user(Role.COMMUNITY_STAFF, other_community))
    assert card(client, household).status_code == 404
