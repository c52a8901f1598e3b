"""The way of a quarter: every state × step × role, the reasons that stand against a step, objections."""

from datetime import date, timedelta
from decimal import Decimal as D

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.errors import StaleRecord
from portal.roles import Role
from portal.scope import Denied
from portal.workdays import after_workdays
from sanitation.enums.scoring import LineKind, RunState
from sanitation.models import QuarterRun, QuarterScore, ScoreLine
from sanitation.selectors.scores import changed_since, mistaken
from sanitation.services import score_objections, scores
from sanitation.services.quarters import refuse_frozen
from sanitation.workflow import QUARTER
from tests.factories import sanitation_scores as also

pytestmark = pytest.mark.django_db
S = RunState
ON = date(2025, 10, 9)
UNTIL = after_workdays


@pytest.fixture
def run(street, community, other_community, supervisor, acting):
    """A draft of two communities that both have a check."""
    with acting(street):
        also.score_rule(street, least_communities=1, least_groups=0)
        also.handed_in(street, community, "86.5")
        also.handed_in(street, other_community, 90)
    with acting(supervisor):
        row = QuarterRun(unit=street, year=2025, quarter=3)
        return scores.begin(row, by=supervisor)


def in_state(run, state, by):
    """The run, taken there by its steps."""
    if state != S.DRAFT:
        run = scores.publish(run, objections_until=UNTIL(ON, 5), by=by, on=ON)
    if state in (S.FINAL, S.FROZEN):
        run = scores.settle(run, by=by, on=date(2025, 10, 20))
    if state == S.FROZEN:
        run = scores.freeze(run, by=by, on=date(2025, 10, 21))
    return run


VALUES = {"publish": True, "reopen": True}
ALLOWED = {
    (S.DRAFT, "compute"): S.DRAFT,
    (S.PUBLISHED, "compute"): S.PUBLISHED,
    (S.DRAFT, "publish"): S.PUBLISHED,
    (S.PUBLISHED, "withdraw"): S.DRAFT,
    (S.PUBLISHED, "settle"): S.FINAL,
    (S.FINAL, "reopen"): S.PUBLISHED,
    (S.FINAL, "freeze"): S.FROZEN,
}


def taken(run, name, by):
    day = date(2025, 10, 22)
    values = {"objections_until": UNTIL(day, 5)} if name in VALUES else {}
    return scores.take(run, name, values, by=by, on=day)


@pytest.mark.parametrize(("state", "name"), ALLOWED)
def test_each_step_leads_from_its_states(run, supervisor, acting, state, name):
    with acting(supervisor):
        run = taken(in_state(run, state, supervisor), name, supervisor)
        assert run.state == ALLOWED[(state, name)]
        opened = run.state != S.DRAFT
        assert run.is_open == opened
        assert {score.is_open for score in run.scores.all()} == {opened}
        assert set(ScoreLine.objects.values_list("is_open", flat=True)) == {opened}


@pytest.mark.parametrize("state", S)
def test_no_other_step_is_taken_from_a_state(run, supervisor, acting, state):
    with acting(supervisor):
        run = in_state(run, state, supervisor)
        before = QuarterRun.objects.values().get(pk=run.pk)
        refused = [name for name in QUARTER.steps if (state, name) not in ALLOWED]
        assert refused
        for name in refused:
            with pytest.raises(ValidationError, match="不能"):
                taken(QuarterRun.objects.get(pk=run.pk), name, supervisor)
            assert QuarterRun.objects.values().get(pk=run.pk) == before, name


def test_who_may_take_a_step(run, street, make_user):
    may = {
        (role, name): scores.may_take(run, name, user)
        for role in Role
        for user in [make_user(role, street)]
        for name in QUARTER.steps
    }
    inspecting = {(Role.SANITATION_INSPECTOR, "compute")}
    supervising = {(Role.STREET_SUPERVISOR, name) for name in QUARTER.steps}
    assert {pair for pair, held in may.items() if held} == inspecting | supervising


def test_the_service_asks_for_the_right_itself(run, inspector, acting):
    with acting(inspector), pytest.raises(Denied):
        scores.publish(run, objections_until=UNTIL(ON, 5), by=inspector, on=ON)


def test_a_step_upon_a_changed_run_is_refused(run, supervisor, acting):
    with acting(supervisor):
        old = QuarterRun.objects.get(pk=run.pk)
        scores.compute(run, by=supervisor)
        with pytest.raises(StaleRecord):
            scores.publish(old, objections_until=UNTIL(ON, 5), by=supervisor, on=ON)


@pytest.mark.parametrize(
    ("until", "on", "message"),
    [
        (date(2025, 10, 20), date(2025, 9, 30), "季度结束以后"),
        (date(2025, 10, 10), ON, "至少 3 个工作日"),
        (date(2025, 10, 1), ON, "至少 3 个工作日"),
        (None, ON, "请填写异议截止日期"),
    ],
)
def test_what_stands_against_publishing(run, supervisor, acting, until, on, message):
    with acting(supervisor), pytest.raises(ValidationError, match=message):
        scores.publish(run, objections_until=until, by=supervisor, on=on)


def test_records_that_changed_are_computed_before_they_are_published(
    run, street, community, supervisor, acting
):
    with acting(supervisor):
        also.patrol(street, community)
        with pytest.raises(ValidationError, match="重新计算"):
            scores.publish(run, objections_until=UNTIL(ON, 5), by=supervisor, on=ON)
        run = scores.compute(run, by=supervisor)
        scores.publish(run, objections_until=UNTIL(ON, 5), by=supervisor, on=ON)


def test_nothing_is_settled_within_the_objection_period(run, supervisor, acting):
    with acting(supervisor):
        run = in_state(run, S.PUBLISHED, supervisor)
        with pytest.raises(ValidationError, match="期满后"):
            scores.settle(run, by=supervisor, on=run.objections_until)


@pytest.fixture
def objected(run, community, head, supervisor, acting):
    """A published run; the first community objects."""
    with acting(supervisor):
        run = in_state(run, S.PUBLISHED, supervisor)
    with acting(head):
        score = QuarterScore.objects.select_related("run", "community").get()
        row = score_objections.object_to(
            score,
            reason="那处垃圾当天已清走。",
            signer="李梅",
            line=score.lines.get(kind=LineKind.CHECK),
            by=head,
            on=date(2025, 10, 10),
        )
    return row


def test_an_objection_that_is_upheld_is_a_line_of_the_score(objected, run, supervisor, acting):
    with acting(supervisor):
        score_objections.answer(
            objected, upheld=True, answer="补回。", adjustment=D("1.25"), by=supervisor
        )
        score = QuarterScore.objects.get(pk=objected.score_id)
        line = score.lines.kept().get(kind=LineKind.OBJECTION)
        assert (line.points, line.subject_id, score.total) == (D("1.25"), objected.pk, D("87.75"))
        assert score.is_open
        assert line.is_open
        assert mistaken(QuarterRun.objects.get(pk=run.pk)) == []


def test_one_that_is_refused_changes_nothing(objected, supervisor, acting):
    with acting(supervisor):
        score_objections.answer(objected, upheld=False, answer="扣分无误。", by=supervisor)
        assert QuarterScore.objects.get(pk=objected.score_id).total == D("86.50")
        objected.refresh_from_db()
        with pytest.raises(ValidationError, match="已经答复"):
            score_objections.answer(objected, upheld=True, answer="改判。", by=supervisor)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"upheld": True, "answer": ""}, "answer"),
        ({"upheld": False, "answer": "无误。", "adjustment": D(1)}, "adjustment"),
        ({"upheld": True, "answer": "补回。", "adjustment": D(-1)}, "adjustment"),
    ],
)
def test_an_answer_is_complete(objected, supervisor, acting, given, field):
    with acting(supervisor), pytest.raises(ValidationError) as refused:
        score_objections.answer(objected, **given, by=supervisor)
    assert field in refused.value.message_dict


def test_an_unanswered_objection_holds_the_run(objected, run, supervisor, acting):
    with acting(supervisor):
        run = QuarterRun.objects.get(pk=run.pk)
        with pytest.raises(ValidationError, match="1 条异议没有答复"):
            scores.settle(run, by=supervisor, on=date(2025, 11, 3))
        with pytest.raises(ValidationError, match="不能撤回"):
            scores.withdraw(run, by=supervisor)


def test_who_may_object_and_when(objected, run, community, head, supervisor, make_user, acting):
    score, others = objected.score, make_user(Role.STREET_SECTION, community.parent)
    given = {"reason": "分数不对。", "signer": "李梅"}
    with acting(others), pytest.raises(Denied):
        score_objections.object_to(score, **given, by=others, on=ON)
    with acting(head):
        with pytest.raises(ValidationError, match="已经结束"):
            score_objections.object_to(score, **given, by=head, on=date(2025, 12, 1))
        with pytest.raises(ValidationError, match="已经提出"):
            score_objections.object_to(score, **given, line=objected.line, by=head, on=ON)
        with pytest.raises(Denied):
            score_objections.answer(objected, upheld=True, answer="成立", by=head)


# --- frozen -------------------------------------------------------------------------------------
def test_a_frozen_quarter_stays_whatever_the_records_say(
    run, street, community, supervisor, acting
):
    with acting(supervisor):
        run = in_state(run, S.FROZEN, supervisor)
        before = list(QuarterScore.objects.order_by("pk").values("total", "rank", "inputs"))
        also.yellow_card(street, community)
        assert [(d.name, d.parts, d.before, d.now) for d in changed_since(run)] == [
            (community.name, ("警告牌",), D("86.50"), D("81.50"))
        ]
        with pytest.raises(ValidationError, match="不能重新计算"):
            scores.compute(run, by=supervisor)
        assert list(QuarterScore.objects.order_by("pk").values("total", "rank", "inputs")) == before
        assert mistaken(run) == []


def test_what_was_tampered_with_is_found(run, supervisor, acting):
    with acting(supervisor):
        run = in_state(run, S.FINAL, supervisor)
        ScoreLine.objects.filter(score__run=run).update(points=D(99))
        with pytest.raises(ValidationError, match="不能冻结"):
            scores.freeze(run, by=supervisor)


def test_days_of_a_frozen_quarter_are_refused_there_and_below(
    run, street, community, other_street, supervisor, acting
):
    with acting(supervisor):
        refuse_frozen(street, date(2025, 8, 1))
        in_state(run, S.FROZEN, supervisor)
        for unit in (street, community):
            with pytest.raises(ValidationError, match="2025年三季度的考核已经冻结"):
                refuse_frozen(unit, date(2025, 10, 1), date(2025, 7, 1))
        refuse_frozen(street, date(2025, 10, 1), None)
    with acting(other_street):
        refuse_frozen(other_street, date(2025, 8, 1))


def test_the_objection_period_begins_with_five_working_days():
    friday = timezone.localdate()
    assert scores.objections_by(friday) == after_workdays(friday, 5) > friday + timedelta(days=4)
