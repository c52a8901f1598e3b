"""好差评: one for each case, by a link that works once, or taken down by staff."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from portal.roles import Role
from portal.scope import NOBODY, scope
from portal.wall.public_role import public_role
from portal.workdays import after_workdays
from servicecenter.enums.cases import CaseState
from servicecenter.enums.ratings import RatingChannel, RedressState
from servicecenter.models import Rating, RatingInvitation, Redress
from servicecenter.selectors.receipts import rating_token
from servicecenter.services import ratings
from servicecenter.services.supervision_rounds import run
from tests.factories import cases, redress

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def case(acting, community):
    with acting(community):
        return redress.replied(community)


@pytest.fixture
def token(acting, community, case):
    with acting(community):
        invitation = ratings.invite(case)
        return rating_token(case.pk, invitation.serial)


def by_stranger(token, level=5, **more):
    """As a page without sign-in does it: no unit in scope."""
    with scope(NOBODY), public_role():
        return ratings.rate_by_token(token, level, **more)


def offered(token):
    with scope(NOBODY), public_role():
        return ratings.offer(token)


def stored(acting, community) -> list:
    with acting(community):
        return list(Rating.objects.values_list("level", "channel", "comment"))


def test_a_link_rates_its_case_once(acting, community, case, token):
    marks = {"efficiency": 5, "attitude": 4, "comment": "很快"}
    assert by_stranger(token, 4, **marks) == "rated"
    assert by_stranger(token, 1) == ""
    assert stored(acting, community) == [(4, RatingChannel.LINK, "很快")]
    with acting(community):
        rating = Rating.objects.get()
        assert (rating.efficiency, rating.ability, rating.attitude) == (5, None, 4)
        assert (rating.case, rating.occurred_on) == (case, TODAY)
        assert ratings.rating_url_path(case) == ""


def test_the_link_can_be_printed_again_and_its_token_is_stored_nowhere(
    acting, community, case, token
):
    assert len(token) == 32
    with acting(community):
        assert (
            ratings.rating_url_path(case)
            == ratings.rating_url_path(case)
            == f"/public/rate/{token}/"
        )
        assert token not in str(RatingInvitation.objects.values().get())


def test_unknown_revoked_expired_and_reopened_links_answer_alike(acting, community, case, token):
    with acting(community):
        ratings.revoke(case)
        other = redress.replied(community)
        late = ratings.invite(other)
        RatingInvitation.objects.filter(pk=late.pk).update(expires_on=TODAY - timedelta(days=1))
        late = rating_token(other.pk, late.serial)
        again = cases.case(community, CaseState.HANDLING)
        handled = rating_token(again.pk, ratings.invite(again).serial)
    for asked in (token, late, handled, "0" * 32, "", "%"):
        assert by_stranger(asked, 1) == ""
        assert offered(asked) is None
    assert stored(acting, community) == []


def test_a_new_invitation_revokes_the_former(acting, community, case, token):
    with acting(community):
        second = rating_token(case.pk, ratings.invite(case).serial)
    assert second != token
    assert by_stranger(token) == ""
    assert by_stranger(second) == "rated"


def test_the_page_of_a_link_is_told_the_item_and_nobodys_name(acting, community, case, token):
    told = offered(token)
    with acting(community):
        assert told == ratings.Offer(
            case.item.item.name, community.name, case.decided_on, later=False
        )


def test_a_stranger_sees_no_rating(acting, community, case, token):
    by_stranger(token)
    with scope(NOBODY):
        assert not Rating.objects.exists()
        assert not RatingInvitation.objects.exists()


@pytest.mark.parametrize("level", [0, 6, -1])
def test_other_levels_than_the_five_are_refused(acting, community, token, level):
    with pytest.raises(ValidationError) as refused:
        by_stranger(token, level)
    assert "level" in refused.value.message_dict
    assert stored(acting, community) == []


def test_there_is_no_level_by_default(acting, community, case):
    with acting(community), pytest.raises(IntegrityError), transaction.atomic():
        Rating.objects.create(
            unit=community, case=case, occurred_on=TODAY, channel=RatingChannel.WINDOW
        )


@pytest.mark.parametrize("level", [1, 2])
def test_a_bad_rating_opens_its_redress_with_a_deadline(acting, community, token, level):
    assert by_stranger(token, level, comment="跑了三趟") == "rated"
    with acting(community):
        run(community, TODAY)
        opened = Redress.objects.get()
        assert (opened.state, opened.occurred_on) == (RedressState.CALLING, TODAY)
        assert opened.due_on == after_workdays(TODAY, 5)
        opened.full_clean(exclude={"recorded_by", "deleted_by"})


@pytest.mark.parametrize("level", [3, 4, 5])
def test_no_other_rating_does(acting, community, token, level):
    by_stranger(token, level)
    with acting(community):
        run(community, TODAY)
        assert not Redress.objects.exists()


def test_after_a_case_was_handled_again_the_link_adds_a_later_rating_once(
    acting, community, case, token
):
    by_stranger(token, 1)
    with acting(community):
        second = rating_token(case.pk, ratings.invite(case).serial)
    assert offered(second).later
    assert by_stranger(second, 5, comment="改好了") == "later"
    with acting(community):
        rating = Rating.objects.get()
        assert (rating.level, rating.later_level, rating.later_comment) == (1, 5, "改好了")
        assert ratings.invite(case) is None


def test_the_web_role_itself_may_not_call_what_strangers_call(acting, community, token):
    with acting(community), pytest.raises(DatabaseError), transaction.atomic():
        ratings.rate_by_token(token, 5)


# --- what staff take down -----------------------------------------------------------------------
@pytest.fixture
def clerk(make_user, community):
    return make_user(Role.WINDOW_CLERK, community)


def sent(case, **fields):
    usual = {"case": case.pk, "occurred_on": TODAY, "level": 5, "channel": "window"}
    return {**usual, **fields}


def post(client_of, clerk, data):
    return client_of(clerk).post("/ledger/ratings/add/", {"_key": str(uuid.uuid4()), **data})


def test_at_the_window_a_rating_is_recorded_and_the_link_no_longer_rates(
    acting, client_of, clerk, community, case, token
):
    assert post(client_of, clerk, sent(case, level=2, comment="等太久")).status_code == 302
    assert by_stranger(token, 5) == ""
    assert stored(acting, community) == [(2, "window", "等太久")]
    with acting(community):
        assert Redress.objects.get().rating.recorded_by == clerk


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"level": ""}, "level"),
        ({"level": 6}, "level"),
        ({"channel": "link"}, "channel"),
        ({"attitude": 9}, "attitude"),
        ({"occurred_on": TODAY + timedelta(days=1)}, "occurred_on"),
        ({"occurred_on": "2025-03-04"}, "occurred_on"),
        ({"channel": "call_back"}, "__all__"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    acting, client_of, clerk, community, case, changed, field
):
    answer = post(client_of, clerk, sent(case, **changed))
    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert stored(acting, community) == []


def test_a_case_in_hand_is_not_rated_and_no_case_twice(acting, client_of, clerk, community, case):
    with acting(community):
        running = cases.case(community, CaseState.HANDLING)
        redress.rating(case)
    for wrong in (running, case):
        assert post(client_of, clerk, sent(wrong)).status_code == 200
    assert len(stored(acting, community)) == 1
