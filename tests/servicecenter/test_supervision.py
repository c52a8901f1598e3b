"""督办: by hand and by itself, answered, urged, stepped up and closed; never twice."""

from datetime import date, timedelta
from itertools import product

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.roles import DUTIES, Role
from portal.scope import Denied
from portal.workdays import after_workdays
from servicecenter.enums.cases import CaseState
from servicecenter.enums.loops import SUPERVISION
from servicecenter.enums.supervision import SupervisionLevel as L
from servicecenter.enums.supervision import SupervisionState as S
from servicecenter.enums.supervision import SupervisionTrigger as T
from servicecenter.models import Case, CasePause, Supervision, SupervisionStep
from servicecenter.selectors.supervision import workdays_before
from servicecenter.services import supervision as services
from servicecenter.services.supervision_rounds import run, run_everywhere
from tests.factories import cases, redress

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MONDAY = date(2025, 3, 10)
TODAY = timezone.localdate()


def raised(acting, community) -> list:
    with acting(community):
        return list(Supervision.objects.order_by("pk").values_list("trigger", "state", "level"))


def rounds(acting, community, today=MONDAY) -> dict:
    with acting(community):
        return run(community, today)


# --- what sets it off ---------------------------------------------------------------------------
def unassigned(unit, due_on=MONDAY + DAY):
    return cases.case(unit, CaseState.ACCEPTED, due_on=due_on)


def running(unit, due_on=MONDAY - DAY):
    return cases.case(unit, CaseState.HANDLING, due_on=due_on)


def badly_rated(unit, level=2):
    rating = redress.rating(redress.replied(unit), level)
    return redress.redress(rating) if level < 3 else rating


def paused(unit, since=MONDAY - 11 * DAY):
    case = cases.case(unit, CaseState.PAUSED, occurred_on=since - 2 * DAY)
    CasePause.objects.create(
        unit=unit, case=case, reason="notice", evidence="公示一号", starts_on=since
    )


def decided(unit, days_ago=5):
    day = MONDAY - days_ago * DAY
    return cases.case(unit, CaseState.DECIDED, occurred_on=day - 3 * DAY, decided_on=day)


@pytest.mark.parametrize(
    ("make", "trigger"),
    [
        (unassigned, T.UNASSIGNED),
        (running, T.OVERDUE),
        (badly_rated, T.BAD_RATING),
        (paused, T.PAUSED),
        (decided, T.UNREPLIED),
    ],
)
def test_each_cause_is_raised_once_and_addressed(acting, community, make, trigger):
    with acting(community):
        make(community)
    assert rounds(acting, community)["raised"] == 1
    assert rounds(acting, community) == {"raised": 0, "closed": 0, "escalated": 0}
    assert raised(acting, community) == [(trigger, S.WAITING, L.HANDLER)]
    with acting(community):
        asked = Supervision.objects.get()
        assert asked.target == f"{community}窗口"
        assert asked.reply_by == date(2025, 3, 12)
        asked.full_clean(exclude={"recorded_by", "deleted_by"})


@pytest.mark.parametrize(
    "make",
    [
        lambda unit: unassigned(unit, MONDAY + 7 * DAY),
        lambda unit: running(unit, MONDAY),
        lambda unit: badly_rated(unit, 3),
        lambda unit: paused(unit, MONDAY - 10 * DAY),
        lambda unit: decided(unit, 4),  # Thursday: Friday and Monday have passed only tonight
        redress.replied,
    ],
)
def test_on_the_last_day_nothing_is_raised(acting, community, make):
    with acting(community):
        make(community)
    assert rounds(acting, community)["raised"] == 0


@pytest.mark.parametrize("today", [MONDAY + n * DAY for n in range(8)])
def test_two_working_days_after_the_decision(db, today):
    last = workdays_before(today)
    assert after_workdays(last, 2) >= today
    assert after_workdays(last - DAY, 2) < today


def test_the_database_keeps_one_open_of_each_cause(acting, community):
    with acting(community):
        case = running(community)
        redress.supervision(case, trigger=T.OVERDUE)
        with pytest.raises(IntegrityError), transaction.atomic():
            redress.supervision(case, trigger=T.OVERDUE)
        redress.supervision(case, trigger=T.BY_HAND)
        redress.supervision(case, S.CLOSED, trigger=T.OVERDUE)


def test_when_the_cause_is_gone_it_closes_itself_and_says_why(acting, community):
    with acting(community):
        case = running(community)
    rounds(acting, community)
    with acting(community):
        Case.objects.filter(pk=case.pk).update(due_on=MONDAY + 9 * DAY)
    assert rounds(acting, community, MONDAY + DAY)["closed"] == 1
    with acting(community):
        closed = Supervision.objects.get()
        assert (closed.state, closed.closed_on) == (S.CLOSED, MONDAY + DAY)
        assert closed.closing == "不再超期，自动销号；办件现为“办理中”。"
        assert closed.steps.get().recorded_by is None


# --- the ladder ---------------------------------------------------------------------------------
def test_unanswered_it_goes_to_the_head_and_then_to_the_street(acting, community):
    with acting(community):
        running(community)
    rounds(acting, community)
    levels = {}
    for days in range(1, 15):
        rounds(acting, community, MONDAY + days * DAY)
        levels[days] = raised(acting, community)[0][2]
    assert levels[3] == L.HANDLER  # Tuesday, Wednesday, Thursday are for the answer
    assert levels[4] == L.HEAD
    assert levels[9] == L.HEAD
    assert levels[10] == L.STREET
    with acting(community):
        asked = Supervision.objects.get()
        assert (asked.urges, asked.target) == (2, "街道分管负责人")
        assert asked.steps.filter(action="escalate").count() == 2


def test_an_answer_that_does_not_help_goes_up_as_well(acting, community):
    with acting(community):
        running(community)
    rounds(acting, community)
    with acting(community):
        Supervision.objects.update(
            state=S.ANSWERED, replied_on=MONDAY + DAY, reply="正在催。", replied_by="林秋月"
        )
    rounds(acting, community, MONDAY + 4 * DAY)
    assert raised(acting, community)[0][1:] == (S.ANSWERED, L.HANDLER)
    rounds(acting, community, MONDAY + 7 * DAY)
    assert raised(acting, community)[0][1:] == (S.WAITING, L.HEAD)


def test_an_answer_to_what_was_asked_by_hand_waits_for_the_supervisor(acting, community):
    with acting(community):
        redress.supervision(running(community, MONDAY + 90 * DAY), S.ANSWERED)
    assert rounds(acting, community, MONDAY + 40 * DAY)["escalated"] == 0


def test_the_job_and_the_command_do_all_units_and_nothing_twice(
    acting, community, other_community, capsys
):
    for unit in (community, other_community):
        with acting(unit):
            running(unit)
    assert run_everywhere("job:supervise")["raised"] == 2
    call_command("supervise")
    assert capsys.readouterr().out == "0 raised, 0 stepped up, 0 closed.\n"


# --- by hand ------------------------------------------------------------------------------------
ASK = {"ask": "请本周内办结。", "on": TODAY}


@pytest.mark.parametrize("role", [r for r in Role if "servicecenter.view" in DUTIES[r].permissions])
def test_only_supervisors_supervise(acting, make_user, community, role):
    user = make_user(role, community)
    with acting(community):
        case = running(community)
    with acting(user):
        if "cases.supervise" in DUTIES[role].permissions:
            [asked] = services.supervise([case], by=user, **ASK)
            assert (asked.trigger, asked.asked_by) == (T.BY_HAND, user.name)
            return
        with pytest.raises(Denied):
            services.supervise([case], by=user, **ASK)
    assert raised(acting, community) == []


def test_several_are_supervised_together_or_none(acting, make_user, community):
    head = make_user(Role.COMMUNITY_HEAD, community)
    with acting(head):
        two, new = [running(community), running(community)], cases.case(community)
        with pytest.raises(ValidationError, match="还没有受理"):
            services.supervise([*two, new], by=head, **ASK)
        assert len(services.supervise(two, by=head, **ASK)) == 2
        with pytest.raises(ValidationError, match="已有手工督办没有销号"):
            services.supervise(two, by=head, **ASK)
    assert len(raised(acting, community)) == 2


def values_for(name):
    asked = SUPERVISION.steps[name].asks
    return {f: {"on": TODAY, "by": "周一鸣"}.get(f.rpartition("_")[2], "尽快。") for f in asked}


WORK = (
    Role.COMMUNITY_STAFF,
    Role.WINDOW_CLERK,
    Role.STATION_HANDLER,
    Role.COMMUNITY_HEAD,
    Role.STREET_SUPERVISOR,
    Role.VOLUNTEER_LEADER,
)
REPLIES = {  # (trigger of the window, level) → who may answer
    (False, L.HANDLER): {Role.COMMUNITY_STAFF, Role.STATION_HANDLER},
    (True, L.HANDLER): {Role.COMMUNITY_STAFF, Role.STATION_HANDLER, Role.WINDOW_CLERK},
    (False, L.HEAD): {*WORK} - {Role.WINDOW_CLERK, Role.VOLUNTEER_LEADER},
    (True, L.STREET): {*WORK} - {Role.VOLUNTEER_LEADER},
}
SUPERVISORS = {Role.COMMUNITY_HEAD, Role.STREET_SUPERVISOR}


@pytest.mark.parametrize("role", WORK)
@pytest.mark.parametrize(("of_window", "level"), REPLIES)
def test_every_state_step_and_role(acting, make_user, community, role, of_window, level):
    user = make_user(role, community)
    trigger = T.UNREPLIED if of_window else T.BY_HAND
    for state, name in product(S.values, SUPERVISION.steps):
        with acting(community):
            asked = redress.supervision(
                redress.replied(community), state, trigger=trigger, level=level
            )
            before = Supervision.objects.filter(pk=asked.pk).values().get()
        permitted = role in (REPLIES[of_window, level] if name == "reply" else SUPERVISORS)
        possible = state in SUPERVISION.steps[name].sources
        possible &= not (name == "close" and state == S.WAITING)
        possible &= not (name == "escalate" and level == L.STREET)
        with acting(user if permitted else community):
            loaded = Supervision.objects.get(pk=asked.pk)
            if permitted and possible:
                done = services.act(loaded, name, values_for(name), by=user)
                assert done.state == SUPERVISION.steps[name].target
                assert SupervisionStep.objects.filter(supervision=asked).count() == 1
                continue
            with pytest.raises(ValidationError if permitted else Denied):
                services.act(loaded, name, values_for(name), by=user)
        with acting(community):
            assert Supervision.objects.filter(pk=asked.pk).values().get() == before


def test_what_raised_itself_is_not_closed_while_its_cause_is_there(acting, make_user, community):
    head = make_user(Role.COMMUNITY_HEAD, community)
    with acting(head):
        asked = redress.supervision(running(community), S.ANSWERED, trigger=T.OVERDUE)
        with pytest.raises(ValidationError, match="原因还在"):
            services.act(asked, "close", values_for("close"), by=head)
