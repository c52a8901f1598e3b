"""The board: a month's figures as the engine counted them when they were published."""

import uuid
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.roles import Role
from portal.scope import Denied
from servicecenter.enums.cases import CaseState
from servicecenter.models import Commitment, Disclosure, PublishedMonth
from servicecenter.services.public_months import publish
from tests.servicecenter.public_world import hall, make_case

__all__ = ["hall", "make_case"]
pytestmark = pytest.mark.django_db
MARCH = date(2025, 3, 1)


@pytest.fixture
def staff(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community)


def board(client, unit) -> str:
    return client.get(f"/public/{unit.code}/board/").content.decode()


def test_published_figures_are_shown_with_their_terms_and_stay(
    client, community, staff, acting, make_case
):
    make_case(CaseState.REPLIED)
    make_case(CaseState.HANDLING)
    assert "还没有公布" in board(client, community)
    with acting(staff):
        publish(community, MARCH, by=staff)
    text = board(client, community)
    assert "2025年3月办件情况" in text
    assert "（1/2）" in text
    make_case(CaseState.REPLIED)
    assert board(client, community) == text
    with acting(staff):
        publish(community, MARCH, by=staff)
        assert PublishedMonth.objects.count() == 1
    assert "（2/3）" in board(client, community)


def test_a_month_that_is_not_over_is_not_published(community, staff, acting):
    with acting(staff), pytest.raises(ValidationError, match="还没有结束"):
        publish(community, timezone.localdate(), by=staff)


def test_who_does_not_keep_the_catalogue_publishes_nothing(community, make_user, acting):
    clerk = make_user(Role.WINDOW_CLERK, community)
    with acting(clerk), pytest.raises(Denied):
        publish(community, MARCH, by=clerk)


def test_another_unit_publishes_for_itself(client, community, other_community, staff, acting):
    with acting(staff):
        publish(community, MARCH, by=staff)
        with pytest.raises(Denied):
            publish(other_community, MARCH, by=staff)
    assert "还没有公布" in board(client, other_community)


def test_the_page_shows_the_figures_before_they_are_published(
    client, client_of, staff, community, make_case, acting
):
    make_case(CaseState.REPLIED)
    desk = client_of(staff)
    assert "公布一个月的数据" in desk.get("/ledger/published-months/").content.decode()
    data = {"unit": community.pk, "month": "2025-03"}
    url = "/servicecenter/months/publish/"
    asked = desk.post(url, data | {"_key": str(uuid.uuid4())})
    assert "（1/1）" in asked.content.decode()
    with acting(staff):
        assert not PublishedMonth.objects.exists()
    done = desk.post(url, data | {"_key": str(uuid.uuid4()), "step": "confirm"})
    assert done.status_code == 302
    assert "（1/1）" in board(client, community)


def test_what_is_made_public_on_the_page_and_promises_in_force_are_shown(
    client, community, other_community, acting
):
    with acting(community):
        facts = {"unit": community, "occurred_on": MARCH, "kind": "fee", "places": ["web"]}
        Disclosure.objects.create(**facts, title="代办不收费", content="任何环节都不收钱。")
        Disclosure.objects.create(**facts | {"places": ["board"]}, title="只在墙上", content="墙")
        Disclosure.objects.create(**facts, title="已撤下", content="旧", ends_on=date(2025, 4, 1))
        promise = {"unit": community, "aspect": "time", "starts_on": MARCH}
        Commitment.objects.create(**promise, text="当场办结。")
        Commitment.objects.create(**promise, text="已废止。", ends_on=date(2025, 4, 1))
    text = board(client, community)
    for told in ("代办不收费", "任何环节都不收钱。", "当场办结。"):
        assert told in text
        assert told not in board(client, other_community)
    for word in ("只在墙上", "已撤下", "已废止。"):
        assert word not in text
