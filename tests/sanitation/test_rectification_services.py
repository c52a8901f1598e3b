"""Orders: issued from findings or typed, numbered, dated by working days, extended and reopened."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.errors import StaleRecord
from portal.roles import Role
from portal.scope import Denied
from sanitation.enums.inspections import InspectionKind
from sanitation.enums.rectification import OrderState
from sanitation.models import Finding, RectificationOrder, RectificationRound
from sanitation.selectors.rectification import (
    due_day,
    is_in_time,
    is_late,
    state_of,
    told_deadline,
    told_left,
    without_order,
)
from sanitation.services import rectification as services
from tests.factories import sanitation as make
from tests.factories import sanitation_rectification as made

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def inspector(make_user, street):
    return make_user(Role.SANITATION_INSPECTOR, street, "inspector", name="吴永刚")


@pytest.fixture
def worker(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community, "worker", name="李梅")


@pytest.fixture
def found(street, community, acting):
    """Two findings of an opened inspection: at a point with its keeper, and at a place."""
    with acting(street):
        held = make.inspection(
            street, community, InspectionKind.QUARTER, handed_in_on=TODAY, is_open=True
        )
        rubric = make.rubric(street)
        fault = rubric.items.get(ordinal=1).faults.get(ordinal=1)
        point = make.point(street, community=community, keeper="彭建国")
        return [
            make.finding(held, fault, 2, point=point, household="黄文发", description="墙脚"),
            make.finding(held, place="桥头"),
        ]


def new(street, community, **fields):
    fields = {"occurred_on": date(2025, 3, 12), "problem": "垃圾池满溢", "working_days": 5} | fields
    return RectificationOrder(unit=street, community=community, **fields)


# --- issuing --------------------------------------------------------------------------------------
def test_one_order_for_each_finding_with_its_place_and_never_its_household(
    found, inspector, acting
):
    with acting(inspector):
        orders = services.issue_for(
            found, working_days=5, demand="清除", day=date(2025, 9, 29), by=inspector
        )
    first, second = orders
    assert [order.number for order in orders] == ["整改〔2025〕1号", "整改〔2025〕2号"]
    assert first.due_on == date(2025, 10, 13)  # the National Day holidays do not count
    assert first.problem == "成堆垃圾 2 处：墙脚"
    assert "黄文发" not in f"{first.problem}{first.place}{first.responsible}"
    assert (first.place, first.responsible) == ("老街公厕", "彭建国")
    assert (second.place, second.responsible) == ("桥头", "")
    assert first.community == found[0].community
    assert first.unit == found[0].unit


def test_numbers_go_on_after_one_from_paper_and_begin_anew_each_year(
    street, community, inspector, acting
):
    with acting(inspector):
        paper = services.issue(new(street, community, number="整改〔2025〕12号"), by=inspector)
        after = services.issue(new(street, community, problem="散落垃圾"), by=inspector)
        later = services.issue(new(street, community, occurred_on=date(2026, 1, 5)), by=inspector)
    assert paper.number == "整改〔2025〕12号"
    assert after.number == "整改〔2025〕13号"
    assert later.number == "整改〔2026〕1号"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (lambda f: Finding.objects.filter(pk=f.pk).update(is_open=False), "finding"),
        (lambda f: made.order(f.unit, f.community, "纸1", finding=f), "finding"),
        (lambda f: made.order(f.unit, f.community, "纸1", finding=repeat_of(f)), "finding"),
        (lambda f: Finding.objects.filter(pk=f.pk).update(occurred_on=TODAY), "occurred_on"),
        (lambda f: Finding.objects.filter(pk=f.pk).update(same_as=repeat_of(f, None)), "finding"),
    ],
    ids=["hidden", "has one", "its repeat has one", "found later", "repeats another"],
)
def test_a_finding_that_takes_no_order_is_refused_at_the_field(
    found, inspector, acting, change, field
):
    with acting(inspector):
        change(found[0])
        fresh = Finding.objects.get(pk=found[0].pk)
        before = RectificationOrder.objects.count()
        with pytest.raises(ValidationError) as refused:
            services.issue_for(
                [found[1], fresh], working_days=5, demand="", day=date(2025, 4, 1), by=inspector
            )
        assert field in refused.value.message_dict
        assert RectificationOrder.objects.count() == before


def repeat_of(finding, of=0):
    """The same problem found by a patrol; of=None: a finding of another inspection by itself."""
    held = make.inspection(finding.unit, finding.community, handed_in_on=TODAY, is_open=True)
    return make.finding(held, same_as=finding if of == 0 else None)


def test_findings_without_order_are_those_of_opened_inspections_that_count(
    found, inspector, acting, street
):
    units = frozenset({street.pk})
    with acting(inspector):
        assert {row.pk for row in without_order(units)} == {row.pk for row in found}
        repeat_of(found[1])
        assert {row.pk for row in without_order(units)} == {row.pk for row in found}
        services.issue_for(found[:1], working_days=3, demand="", by=inspector)
        assert [row.pk for row in without_order(units)] == [found[1].pk]


def test_a_community_issues_nothing_for_the_street(found, worker, acting):
    with acting(worker), pytest.raises(Denied):
        services.issue_for(found, working_days=5, demand="", by=worker)


def test_without_days_or_day_nothing_is_stored(street, community, inspector, acting):
    with acting(inspector):
        with pytest.raises(ValidationError) as refused:
            services.issue(new(street, community, working_days=None), by=inspector)
        assert refused.value.message_dict == {"working_days": ["请填写整改期限或限期日期。"]}
        assert not RectificationOrder.objects.exists()


# --- rounds ---------------------------------------------------------------------------------------
@pytest.fixture
def order(street, community, acting):
    with acting(street):
        return made.order(street, community)


def tell(order, by, day=date(2025, 3, 14), **more):
    more = {"on": day} | more
    return services.report(order, content="已清理", reporter="彭建国", day=day, by=by, **more)


def look(row, by, passed, day=date(2025, 3, 17), **more):
    more = {"opinion": "还有残留" if not passed else "", "rechecker": "吴永刚"} | more
    return services.recheck(row, passed=passed, day=day, by=by, **more)


def again(order):
    return RectificationOrder.objects.get(pk=order.pk)


def test_a_second_round_passes_and_closes_the_order(order, worker, inspector, acting):
    with acting(worker):
        first = tell(order, worker)
        assert first.unit == first.community == order.community
        assert state_of(again(order)) == OrderState.REPORTED
    with acting(inspector):
        look(first, inspector, passed=False)
        assert state_of(again(order)) == OrderState.AGAIN
    with acting(worker):
        second = tell(order, worker, day=date(2025, 3, 18))
    with acting(inspector):
        look(second, inspector, True, date(2025, 3, 24), result="已清除", score="95.5")
        closed = again(order)
        assert state_of(closed) == OrderState.CLOSED
        assert (closed.closed_on, closed.worked_days) == (date(2025, 3, 24), 8)
        assert (closed.result, str(closed.recheck_score)) == ("已清除", "95.5")
        assert closed.due_on < closed.closed_on
        assert is_in_time(closed)  # reported by the deadline; the recheck came later
    with acting(worker):
        assert state_of(again(order)) == OrderState.CLOSED


@pytest.mark.parametrize(
    ("day", "message"),
    [
        (date(2025, 3, 11), "不能早于整改单的下达日期"),
        (TODAY + timedelta(days=1), "日期不能晚于今天"),
    ],
)
def test_a_report_of_an_impossible_day_is_refused(order, worker, acting, day, message):
    with acting(worker):
        with pytest.raises(ValidationError) as refused:
            tell(order, worker, day=day)
        assert message in refused.value.message_dict["occurred_on"][0]
        assert not RectificationRound.objects.exists()


def test_nobody_rechecks_their_own_work_and_a_refusal_says_why(order, worker, inspector, acting):
    with acting(worker):
        row = tell(order, worker)
    with acting(inspector):
        with pytest.raises(ValidationError) as refused:
            look(row, inspector, passed=True, rechecker="彭建国")
        assert "rechecker" in refused.value.message_dict
        with pytest.raises(ValidationError) as refused:
            look(row, inspector, passed=False, opinion=" ")
        assert "opinion" in refused.value.message_dict
        with pytest.raises(ValidationError) as refused:
            look(row, inspector, passed=True, day=date(2025, 3, 13))
        assert "rechecked_on" in refused.value.message_dict
        stale = RectificationRound.objects.get(pk=row.pk)
        look(row, inspector, passed=True)
        with pytest.raises(StaleRecord):
            look(stale, inspector, passed=False)


def test_an_own_order_of_a_community_is_rechecked_by_somebody_else(
    community, worker, inspector, acting
):
    with acting(worker):
        row = tell(made.order(community), worker)
        with pytest.raises(ValidationError):
            look(row, worker, passed=True)
    with acting(inspector):
        assert look(row, inspector, passed=True).passed


def test_a_wrong_closing_is_taken_back_with_its_reason(order, worker, inspector, acting):
    with acting(worker):
        row = tell(order, worker)
    with acting(inspector):
        with pytest.raises(ValidationError):
            services.reopen(again(order), reason="看错", by=inspector)
        look(row, inspector, passed=True, result="已清除", score=90)
        with pytest.raises(ValidationError) as refused:
            services.reopen(again(order), reason="", by=inspector)
        assert "reason" in refused.value.message_dict
        reopened = services.reopen(again(order), reason="看错了地点", by=inspector)
        assert state_of(again(order)) == OrderState.REPORTED
        assert (reopened.closed_on, reopened.result, reopened.worked_days) == (None, "", None)
        row = RectificationRound.objects.get(pk=row.pk)
        assert row.opinion == "撤回销号：看错了地点"
        look(row, inspector, passed=True)
        assert state_of(again(order)) == OrderState.CLOSED


def test_what_paper_closed_is_not_reopened(street, community, inspector, acting):
    with acting(inspector):
        paper = made.order(street, community, closed_on=date(2025, 3, 20))
        with pytest.raises(ValidationError):
            services.reopen(paper, reason="看错", by=inspector)


# --- deadlines ------------------------------------------------------------------------------------
def test_an_extension_keeps_the_first_deadline_and_tells_why(order, inspector, worker, acting):
    was = order.due_on
    with acting(worker), pytest.raises(Denied):
        services.extend(order, due_on=was + timedelta(days=7), reason="下雨", by=worker)
    with acting(inspector):
        for day, reason, field in [
            (was, "下雨", "due_on"),
            (was + timedelta(days=1), " ", "extended_for"),
        ]:
            with pytest.raises(ValidationError) as refused:
                services.extend(again(order), due_on=day, reason=reason, by=inspector)
            assert field in refused.value.message_dict
        services.extend(again(order), due_on=was + timedelta(days=2), reason="下雨", by=inspector)
        services.extend(again(order), due_on=was + timedelta(days=5), reason="停电", by=inspector)
        twice = again(order)
    assert (twice.first_due_on, twice.due_on) == (was, was + timedelta(days=5))
    assert twice.extended_for == "停电"


def test_late_is_what_nobody_reported_by_the_deadline(street, community, acting):
    past = TODAY - timedelta(days=10)
    with acting(street):
        late = made.order(street, community, occurred_on=past, due_on=TODAY - timedelta(days=3))
        assert is_late(late)
        assert told_left(late) == "超期 3 天"
        made.round_(late, TODAY - timedelta(days=3))
        assert not is_late(late)  # waits for the street
        ontime = made.order(street, community, "2号", occurred_on=past, due_on=TODAY)
        assert not is_late(ontime)
        assert told_left(ontime) == "今天到期"
        made.round_(ontime, TODAY - timedelta(days=1), rechecked_on=TODAY, passed=False)
        assert not is_late(ontime)
        assert is_late(ontime, TODAY + timedelta(days=1))


def test_a_deadline_of_a_year_without_a_notice_is_provisional():
    assert told_deadline(date(2025, 3, 19)) == "2025-03-19（周三）"
    assert told_deadline(date(2099, 3, 19)).endswith("，暂定")
    assert due_day(date(2025, 4, 25), 5) == date(2025, 5, 6)  # the 27th worked, the 1st to 5th not
