"""What the rooms around a case do with it: invitations, ratings, supervision, where it came from."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.roles import Role
from servicecenter.enums.cases import CaseState as S
from servicecenter.models import Case, Rating, RatingInvitation, Reception
from servicecenter.services.cases import act
from servicecenter.services.ratings import rating_url_path
from tests import factories
from tests.factories import cases, redress
from tests.servicecenter.casework import given, on_spot, recent
from tests.servicecenter.paper_prints import printed, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def head(make_user, community):
    return make_user(Role.COMMUNITY_HEAD, community, "head", name="林国栋")


def page_of(client, case) -> str:
    return client.get(reverse("ledger-detail", args=["cases", case.pk])).content.decode()


# --- who may rate -------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["reply", "at_once"])
def test_the_applicant_may_rate_from_the_reply_on(acting, clerk, community, name):
    with acting(clerk):
        case = recent(community, S.DECIDED) if name == "reply" else on_spot(community)
        cases.hall(community)
        assert rating_url_path(case) == ""
        case = act(case, name, given(name), by=clerk)
        assert rating_url_path(case).startswith("/public/rate/")


def test_a_case_that_is_handled_again_is_not_rated_by_the_old_link(acting, clerk, community):
    with acting(clerk):
        case = act(recent(community, S.DECIDED), "reply", given("reply"), by=clerk)
        act(case, "reopen", {}, "申请人不满意", by=clerk)
        assert rating_url_path(case) == ""
        assert RatingInvitation.objects.get().revoked_on == timezone.localdate()


def test_the_receipt_of_the_result_carries_the_link_until_it_is_used(
    acting, client_of, clerk, community
):
    with acting(clerk):
        case = act(recent(community, S.DECIDED), "reply", given("reply"), by=clerk)
    client = client_of(clerk)
    assert "扫码评价" in printed(client, case, "reply")
    with acting(clerk):
        redress.rating(case, 5)
        RatingInvitation.objects.update(used_at=timezone.now())
    assert "扫码评价" not in printed(client, case, "reply")


# --- the page -----------------------------------------------------------------------------------
def test_the_page_shows_the_rating_and_offers_to_write_one_down_once(
    acting, client_of, clerk, community
):
    client = client_of(clerk)
    with acting(clerk):
        case = act(recent(community, S.DECIDED), "reply", given("reply"), by=clerk)
    before = page_of(client, case)
    assert "还没有评价" in before
    assert "登记评价" in before
    assert rating_path(acting, clerk, case) not in before  # staff are given no link to rate by
    with acting(clerk):
        redress.rating(case, 4, comment="态度很好")
    after = page_of(client, case)
    assert "态度很好" in after
    assert "登记评价" not in after


def rating_path(acting, user, case):
    with acting(user):
        return rating_url_path(case)


def test_who_supervises_may_do_so_from_the_page_and_print_it(
    acting, client_of, head, clerk, community
):
    with acting(clerk):
        case = recent(community, S.HANDLING)
        assert "urge" not in told(case)
    assert f"{reverse('case-supervise')}?case={case.pk}" in page_of(client_of(head), case)
    assert reverse("case-supervise") not in page_of(client_of(clerk), case)
    with acting(clerk):
        redress.supervision(case, ask="请说明为什么还没有办。")
        assert "urge" in told(case)
    assert "请说明为什么还没有办。" in page_of(client_of(head), case)
    assert "请说明为什么还没有办。" in printed(client_of(head), case, "urge")


# --- where it came from -------------------------------------------------------------------------
def test_a_consultation_becomes_a_case_in_one_click(acting, client_of, clerk, community):
    with acting(clerk):
        cases.hall(community)
        version = cases.version(community, cases.item(community), materials=())
        person = factories.resident(community)
        asked = factories.reception.reception(community, resident=person, content="想申请低保")
    client = client_of(clerk)
    page = client.get(reverse("ledger-detail", args=["receptions", asked.pk])).content.decode()
    path = f"{reverse('case-new')}?reception={asked.pk}"
    assert path in page
    shown = client.get(path).content.decode()
    assert "想申请低保" in shown
    client.post(
        reverse("case-new"),
        {
            "reception": asked.pk,
            "applicant": f"resident:{person.pk}",
            "item": version.pk,
            "occurred_on": timezone.localdate(),
            "channel": "window",
            "way": "register",
            "_key": "5d8a1f0e-6f2f-4a39-9a53-2f4a1f6f0a11",
        },
    )
    with acting(clerk):
        assert Reception.objects.get().case == Case.objects.get()


def test_a_consultation_of_another_unit_is_left_alone(
    acting, client_of, clerk, community, other_community
):
    with acting(other_community):
        asked = factories.reception.reception(other_community, content="想申请低保")
    shown = client_of(clerk).get(f"{reverse('case-new')}?reception={asked.pk}").content.decode()
    assert "想申请低保" not in shown


def test_what_a_visit_found_begins_the_case(acting, client_of, clerk, community):
    with acting(clerk):
        visit = factories.reception.folk_visit(factories.resident(community), need="想装扶手")
    shown = client_of(clerk).get(f"{reverse('case-new')}?visit={visit.pk}").content.decode()
    assert "想装扶手" in shown


def test_a_rating_counts_from_nobodys_silence(acting, clerk, community):
    """办结 and 回复 alone never make a rating."""
    with acting(clerk):
        case = act(recent(community, S.DECIDED), "reply", given("reply"), by=clerk)
        act(case, "archive", given("archive"), by=clerk)
        assert Rating.objects.count() == 0
        assert RatingInvitation.objects.get().expires_on >= timezone.localdate() + timedelta(days=1)
