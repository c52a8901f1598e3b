"""What the rooms around a case do with it: invitations, ratings, supervision, where it came from."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from portal.ledgers import ledgers
from portal.ledgers.forms import form_class_for
from portal.roles import Role
from servicecenter.enums.cases import CaseState as S
from servicecenter.models import Case, Rating, RatingInvitation, Reception
from servicecenter.services.cases import act
from servicecenter.services.ratings import rating_url_path, record
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


# --- nobody goes round the steps ----------------------------------------------------------------
def test_an_edit_hands_nothing_over_and_names_no_other_applicant(
    acting, client_of, clerk, community
):
    with acting(clerk):
        case = recent(community, S.HANDLING)
        place, other = cases.station(community, name="便民服务站"), factories.resident(community)
        form = form_class_for(ledgers["cases"])(
            {
                "resident": other.pk,
                "matter": case.item.item_id,
                "occurred_on": case.occurred_on,
                "channel": case.channel,
                "station": place.pk,
                "version": case.version,
            },
            instance=case,
            ledger=ledgers["cases"],
            user=clerk,
        )
        assert not form.is_valid()
        assert {"resident", "station"} <= form.errors.keys()


def test_a_past_case_keeps_to_the_series_of_its_own_unit(
    acting, clerk, community, other_community, street
):
    with acting(street):
        cases.hall(community, "明珠代办")
        cases.hall(other_community, "和平代办")
        version = cases.version(community, cases.item(community), materials=())
    with acting(clerk):
        person = factories.resident(community)

        def of_past(number):
            return form_class_for(ledgers["cases"])(
                {
                    "resident": person.pk,
                    "matter": version.item_id,
                    "occurred_on": "2025-03-03",
                    "channel": "window",
                    "accepted_on": "2025-03-03",
                    "number": number,
                },
                ledger=ledgers["cases"],
                user=clerk,
            )

        foreign = of_past("和平代办〔2025〕13号")
        assert not foreign.is_valid()
        assert "应是本单位的“明珠代办”" in str(foreign.errors["number"])
        assert of_past("明珠代办〔2025〕13号").is_valid()


def test_nobody_writes_down_what_is_said_of_their_own_work(acting, clerk, community):
    with acting(clerk):
        mine = cases.agent(community, "李梅", kind="handler", user=clerk)
        case = act(recent(community, S.DECIDED, handler=mine), "reply", given("reply"), by=clerk)
        rating = Rating(
            unit=community, case=case, level=5, channel="window", occurred_on=timezone.localdate()
        )
        with pytest.raises(ValidationError, match="您是这件的承办人"):
            record(rating, by=clerk)
        early = Rating(
            unit=community,
            case=recent(community, S.DECIDED),
            level=5,
            channel="window",
            occurred_on=timezone.localdate(),
        )
        with pytest.raises(ValidationError, match="还没有回复申请人"):
            record(early, by=clerk)
        assert Rating.objects.count() == 0


def test_no_number_of_a_person_gets_public_by_a_step(acting, community):
    with acting(community):
        echo = factories.reception.public_echo(community)
        echo.wording = "我的电话 138 0013 8000，灯坏了。"
        with pytest.raises(ValidationError, match="有证件号码或电话号码"):
            echo.full_clean(exclude={"recorded_by", "deleted_by"})
