"""Rating by the link of a case: once, while it is good, with nothing chosen beforehand."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from servicecenter.enums.cases import CaseState
from servicecenter.models import Rating, RatingInvitation
from servicecenter.services import ratings
from tests.servicecenter.public_world import CANARIES, hall, make_case

__all__ = ["hall", "make_case"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def case(make_case):
    return make_case(CaseState.REPLIED)


@pytest.fixture
def link(case, acting):
    with acting(case.unit):
        ratings.invite(case)
        return ratings.rating_url_path(case)


def text_of(answer) -> str:
    return re.sub(r'value="\w{64}"', "", answer.content.decode())


def test_the_page_offers_five_levels_with_words_and_none_chosen(client, link):
    page = client.get(link)
    text = page.content.decode()
    for word in ("非常满意", "满意", "基本满意", "不满意", "非常不满意"):
        assert word in text
    assert "checked" not in text
    assert text.count("public-face") == 5
    assert not [word for word in CANARIES if word in text]
    assert "session" not in page.cookies


def test_a_rating_is_kept_once_and_the_link_is_used_up(client, link, case, acting):
    thanks = client.post(link, {"level": "5", "comment": "很快"})
    assert "谢谢您的评价" in thanks.content.decode()
    with acting(case.unit):
        rating = Rating.objects.get()
        assert (rating.level, rating.comment, rating.channel) == (5, "很快", "link")
    assert client.get(link).status_code == 404
    assert client.post(link, {"level": "1"}).status_code == 404
    with acting(case.unit):
        assert Rating.objects.count() == 1


def test_a_bad_rating_is_kept_and_its_sender_told_of_a_call(client, link, case, acting):
    assert "与您联系" in client.post(link, {"level": "1"}).content.decode()
    with acting(case.unit):
        assert Rating.objects.get().is_bad


@pytest.mark.parametrize("level", ["", "0", "6", "x"])
def test_without_one_of_the_five_levels_nothing_is_kept(client, link, case, acting, level):
    assert "请选一项" in client.post(link, {"level": level}).content.decode()
    with acting(case.unit):
        assert not Rating.objects.exists()


def test_used_expired_revoked_and_invented_links_get_the_same_page(
    client, link, make_case, acting, settings
):
    settings.PUBLIC_TRIES = 1000
    links = [
        link,
        "/public/rate/" + "0" * 32 + "/",
        "/public/rate/x/",
        "/public/rate/" + "9" * 200 + "/",
    ]
    client.post(link, {"level": "4"})
    for change in (
        {"expires_on": timezone.localdate() - timedelta(days=1)},
        {"revoked_on": "2025-03-09"},
    ):
        other = make_case(CaseState.REPLIED)
        with acting(other.unit):
            ratings.invite(other)
            links.append(ratings.rating_url_path(other))
            invitation = RatingInvitation.objects.get(case=other)
            for name, value in change.items():
                setattr(invitation, name, value)
            invitation.save()
    bodies = {text_of(client.get(each)) for each in links}
    bodies |= {text_of(client.post(each, {"level": "3"})) for each in links}
    assert len(bodies) == 1


def test_asking_is_limited(client, link, settings):
    settings.PUBLIC_TRIES = 2
    assert [client.get(link).status_code for _ in range(3)] == [200, 200, 429]
