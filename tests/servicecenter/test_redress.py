"""The loop of a bad rating: every state × step × role, who reviews, what an appeal changes."""

from datetime import timedelta
from itertools import product

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.errors import StaleRecord
from portal.roles import DUTIES, Role
from portal.scope import Denied
from servicecenter.enums.loops import REDRESS
from servicecenter.enums.ratings import RedressState as R
from servicecenter.models import Rating, Redress, RedressStep
from servicecenter.services import redress as services
from tests.factories import redress as make

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
WORDS = {"appeal_for": "mistaken"}
WORK = (
    Role.COMMUNITY_STAFF,
    Role.WINDOW_CLERK,
    Role.STATION_HANDLER,
    Role.COMMUNITY_HEAD,
    Role.STREET_SECTION,
    Role.STREET_SUPERVISOR,
    Role.VOLUNTEER_LEADER,
)


def values_for(name, person="周一鸣"):
    """What the step asks for, on today."""

    def value(field):
        if field in WORDS:
            return WORDS[field]
        return {"on": TODAY, "by": person}.get(field.rpartition("_")[2], "已按要求办理。")

    return {field: value(field) for field in REDRESS.steps[name].asks}


def told_of(redress) -> tuple:
    """Everything that is stored of it."""
    steps = RedressStep.objects.filter(redress=redress).count()
    return Redress.objects.filter(pk=redress.pk).values().get(), steps


@pytest.mark.parametrize("role", WORK)
def test_every_state_step_and_role_is_allowed_or_denied_as_the_table_says(
    acting, make_user, community, role
):
    user = make_user(role, community)
    for state, name in product(R.values, REDRESS.steps):
        step = REDRESS.steps[name]
        permitted = step.who in DUTIES[role].permissions
        with acting(community):
            redress = make.redress(community, state)
            before = told_of(redress)
        with acting(user if permitted else community):
            loaded = Redress.objects.get(pk=redress.pk)
            if permitted and state in step.sources:
                assert services.act(loaded, name, values_for(name), by=user).state == step.target
                continue
            with pytest.raises(ValidationError if permitted else Denied):
                services.act(loaded, name, values_for(name), by=user)
        with acting(community):
            assert told_of(redress) == before, (state, name, role)


@pytest.fixture
def staff(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community, name="林秋月")


@pytest.fixture
def head(make_user, community):
    return make_user(Role.COMMUNITY_HEAD, community, name="陈志远")


def go(acting, user, redress, *names):
    """These steps one after another."""
    for name in names:
        with acting(user):
            loaded = Redress.objects.get(pk=redress.pk)
            redress = services.act(loaded, name, values_for(name, user.name), by=user)
    return redress


@pytest.fixture
def opened(acting, community):
    with acting(community):
        return make.redress(community, due_on=TODAY)


def test_from_the_call_back_to_the_review(acting, community, staff, head, opened):
    go(acting, staff, opened, "call", "remedy", "feed_back")
    done = go(acting, head, opened, "pass")
    assert (done.state, done.closed_on, done.reviewed_by) == (R.DONE, TODAY, "陈志远")
    with acting(community):
        steps = done.steps.values_list("action", "source", "target", "person")
        assert list(steps) == [
            ("call", "calling", "remedy", "林秋月"),
            ("remedy", "remedy", "feedback", "林秋月"),
            ("feed_back", "feedback", "review", "林秋月"),
            ("pass", "review", "done", "陈志远"),
        ]


def test_what_is_not_made_good_goes_back_and_the_round_is_kept(
    acting, community, staff, head, opened
):
    go(acting, staff, opened, "call", "remedy", "feed_back")
    back = go(acting, head, opened, "redo")
    assert (back.state, back.rounds, back.remedy, back.remedied_on) == (R.REMEDY, 1, "", None)
    go(acting, staff, opened, "remedy", "feed_back")
    assert go(acting, head, opened, "pass").state == R.DONE
    with acting(community):
        assert opened.steps.filter(action="remedy").count() == 2


@pytest.mark.parametrize(("first", "then"), [("remedy", "pass"), ("remedy", "redo")])
def test_nobody_reviews_their_own_remedy(acting, community, make_user, opened, first, then):
    """Whoever holds both permissions: the account is compared, and the name that is written."""
    both = make_user(Role.COMMUNITY_STAFF, community, name="双职工")
    head = make_user(Role.COMMUNITY_HEAD, community, name="双职工")
    go(acting, both, opened, "call", first, "feed_back")
    with acting(head):
        loaded = Redress.objects.get(pk=opened.pk)
        with pytest.raises(ValidationError, match="不能复核自己的整改"):
            services.act(loaded, then, values_for(then, "双职工"), by=head)
    with acting(community):
        RedressStep.objects.filter(action=first).update(recorded_by=head)
    with acting(head), pytest.raises(Denied, match="不能复核自己的整改"):
        services.act(Redress.objects.get(pk=opened.pk), then, values_for(then), by=head)


def test_an_appeal_upheld_takes_the_rating_out_and_keeps_the_original(
    acting, community, staff, head, opened
):
    go(acting, staff, opened, "call", "appeal")
    assert go(acting, head, opened, "uphold").state == R.VOIDED
    with acting(community):
        rating = Rating.objects.get()
        assert (rating.level, rating.voided_on, rating.void_reason) == (1, TODAY, "mistaken")
        make.rating(rating.case, 5)  # the one that was meant


def test_an_appeal_is_made_once(acting, community, staff, head, opened):
    go(acting, staff, opened, "call", "appeal")
    assert go(acting, head, opened, "reject").state == R.REMEDY
    with acting(community):
        assert Rating.objects.get().voided_on is None
    with acting(staff), pytest.raises(ValidationError, match="不能再次申诉"):
        services.act(Redress.objects.get(), "appeal", values_for("appeal"), by=staff)


def test_what_is_missing_or_too_early_is_said_at_its_field(acting, staff, opened):
    with acting(staff):
        loaded = Redress.objects.get()
        for values, field in (
            ({**values_for("call"), "heard": ""}, "heard"),
            ({**values_for("call"), "called_on": opened.occurred_on - timedelta(1)}, "called_on"),
            ({**values_for("call"), "called_on": TODAY + timedelta(1)}, "called_on"),
        ):
            with pytest.raises(ValidationError) as refused:
                services.act(loaded, "call", values, by=staff)
            assert field in refused.value.message_dict


def test_a_second_clerk_does_not_take_the_step_again(acting, staff, opened):
    with acting(staff):
        loaded = Redress.objects.get()
        services.act(loaded, "call", values_for("call"), by=staff)
        with pytest.raises(StaleRecord):
            services.act(loaded, "call", values_for("call"), by=staff)


def test_the_page_of_a_step_shows_asks_and_goes_back(acting, client_of, staff, opened):
    client = client_of(staff)
    page = client.get(f"/ledger/redresses/{opened.pk}/")
    assert "回访核实" in page.content.decode()
    url = f"/servicecenter/redresses/{opened.pk}/call/"
    form = client.get(url).context["form"]
    assert form["called_by"].value() == "林秋月"
    sent = {"versions": form.shown_versions, "_key": "c0ffee00-0000-4000-8000-000000000001"}
    bad = client.post(url, {**sent, **values_for("call"), "heard": ""})
    assert bad.context["form"].errors["heard"] == ["请填写回访核实情况。"]
    good = client.post(url, {**sent, **values_for("call")})
    assert good["Location"] == f"/ledger/redresses/{opened.pk}/"
    assert client.get(f"/servicecenter/redresses/{opened.pk}/pass/").status_code == 403
    assert client.get(f"/ledger/redresses/{opened.pk}/edit/").status_code == 403
