"""What the figures of cases count at their edges: the period's last day, what came after it, nobody's cases."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.figures import engine
from portal.periods import Period
from servicecenter.enums.cases import CaseState as S
from servicecenter.enums.catalogue import CaseKind
from servicecenter.models import Case, CasePause, CaseStep
from tests.factories import cases, resident
from tests.portal.test_figures_agree import undone

pytestmark = pytest.mark.django_db
MARCH = Period.parse("2025-03")
LAST = MARCH.end


@pytest.fixture
def read(community):
    def read(code, period=MARCH, **category):
        return engine.read(f"servicecenter.{code}", {community.pk}, period, category)

    return read


def filed(community, accepted, decided=None, **fields):
    """A case accepted on a day and, perhaps, decided on another."""
    days = {"occurred_on": accepted, "accepted_on": accepted, "due_on": accepted + timedelta(7)}
    state = S.DECIDED if decided else S.HANDLING
    if decided:
        days["decided_on"] = decided
    return cases.case(community, state, **days | fields)


def test_every_rate_stands_with_its_terms(acting, community, read):
    with acting(community):
        one = {"item": cases.version(community), "resident": resident(community)}
        filed(community, date(2025, 2, 20), date(2025, 3, 3), due_on=date(2025, 2, 28), **one)
        filed(community, date(2025, 3, 3), date(2025, 3, 5), **one)
        filed(community, date(2025, 3, 4), date(2025, 3, 12), due_on=date(2025, 3, 11), **one)
        filed(community, date(2025, 3, 24), **one)
        assert read("completion").full == "66.7%（2/3）"
        assert read("overall_completion").full == "75.0%（3/4）"
        assert read("on_time_rate").full == "33.3%（1/3）"
        assert read("due_completion").full == "66.7%（2/3）"
        assert (read("carried_over").value, read("to_decide").value) == (1, 4)


def test_a_case_decided_after_the_period_was_in_progress_at_its_end(acting, community, read):
    with acting(community):
        case = filed(community, date(2025, 3, 24), date(2025, 4, 2), sent_up_on=date(2025, 4, 1))
        steps = (
            (S.ACCEPTED, 3, 24),
            (S.ASSIGNED, 3, 25),
            (S.HANDLING, 4, 1),
            (S.SENT_UP, 4, 1),
            (S.DECIDED, 4, 2),
        )
        for target, month, day in steps:
            day = date(2025, month, day)
            CaseStep.objects.create(
                unit=community, case=case, action="assign", target=target, occurred_on=day
            )
        assert read("in_progress").value == 1
        assert (
            read("in_progress_assigned").value == read("in_progress", state="assigned").value == 1
        )
        assert read("in_progress_handling").value == 0
        assert read("completion").full == "0.0%（0/1）"
        april = Period.parse("2025-04")
        assert read("in_progress", april).value == 0
        assert read("completion", Period.parse("2025")).full == "100.0%（1/1）"


def test_a_case_brought_in_without_steps_stands_where_its_days_say(acting, community, read):
    with acting(community):
        march = {"occurred_on": date(2025, 3, 3), "accepted_on": date(2025, 3, 3)}
        cases.case(community, S.PAUSED, **march)
        filed(community, date(2025, 3, 3), date(2025, 4, 9), sent_up_on=date(2025, 3, 31))
        filed(community, date(2025, 3, 3), date(2025, 4, 9), sent_up_on=date(2025, 4, 1))
        found = engine.by_category(
            "servicecenter.in_progress", "state", {community.pk}, MARCH
        ).items()
        told = {state: reading.value for state, reading in found if reading.value}
        assert told == {S.PAUSED: 1, S.SENT_UP: 1, S.HANDLING: 1}


@pytest.mark.parametrize(("due", "late"), [(LAST - timedelta(1), 1), (LAST, 0)])
def test_a_case_is_overdue_from_the_day_after_it_was_due(acting, community, read, due, late):
    with acting(community):
        filed(community, date(2025, 3, 3), due_on=due)
        cases.case(community, S.PAUSED, occurred_on=date(2025, 3, 3), accepted_on=date(2025, 3, 3))
        assert read("overdue").value == late
        assert read("overdue_rate").value == 50 * late
        assert read("in_progress", light="stopped").value == 1


def test_decided_on_the_due_day_is_on_time(acting, community, read):
    with acting(community):
        filed(community, date(2025, 3, 3), date(2025, 3, 10))
        filed(community, date(2025, 3, 3), date(2025, 3, 11))
        assert (read("on_time").value, read("late").value) == (1, 1)


def test_an_average_is_a_sum_by_a_count_with_one_decimal(acting, community, read):
    with acting(community):
        assert read("average_days").text == "—"
        for day in (4, 5, 7):
            filed(community, date(2025, 3, 3), date(2025, 3, day))
        filed(community, date(2025, 3, 3))
        told = read("average_days")
        assert (told.text, told.measure) == ("2.3", "个工作日")
        assert told.full == "2.3个工作日（7个工作日/3件）"
        assert read("average_days_promised").full == told.full
        assert read("average_days_joint").value is None


def test_working_days_of_handling_leave_pauses_and_holidays_out(acting, community):
    with acting(community):
        friday = date(2025, 9, 26)  # Sunday 28 September is made up; 1 to 8 October are off
        case = filed(community, friday, date(2025, 10, 10))
        assert case.worked_days == 5
        case.state, case.decided_on, case.outcome = S.HANDLING, None, ""
        case.save()
        assert Case.objects.get().worked_days is None
        stood = {"starts_on": date(2025, 9, 29), "ends_on": date(2025, 10, 9)}
        CasePause.objects.create(
            unit=community, case=case, reason="notice", evidence="公示", **stood
        )
        case.state, case.decided_on, case.outcome = S.DECIDED, date(2025, 10, 10), "granted"
        case.save()
        assert Case.objects.get().worked_days == 3


def test_days_between_two_steps_are_calendar_days(acting, community, read):
    with acting(community):
        for day in (7, 10):
            replied = date(2025, 3, day)
            cases.case(community, S.REPLIED, replied_on=replied)
        assert read("answer_average").full == "3.5天（7天/2件）"


def test_what_is_refused_was_never_accepted(acting, community, read):
    with acting(community):
        cases.case(community, S.REFUSED)
        cases.case(community, S.CANCELLED)
        cases.case(community, S.SUPPLEMENT)
        filed(community, date(2025, 3, 3), date(2025, 3, 3))
        assert read("refusal_rate").full == "33.3%（1/3）"
        assert [read(code).value for code in ("accepted", "refused", "supplemented")] == [1, 1, 1]
        assert read("to_decide").value == 1


def test_cases_divide_by_item_and_agent_and_those_without_one(acting, community, read):
    with acting(community):
        agent, version = cases.agent(community), cases.version(community)
        for who in (agent, None, None):
            filed(community, date(2025, 3, 3), agent=who, item=version)
        units = {community.pk}
        by_agent = engine.by_category("servicecenter.completion", "agent", units, MARCH)
        told = {key: reading.denominator.value for key, reading in by_agent.items()}
        assert told == {str(agent.pk): 1, "none": 2}
        assert read("accepted", item=str(version.item_id)).value == 3
        assert read("accepted", agent="none").value == 2


def test_applicants_are_counted_once_each(acting, community, read):
    with acting(community):
        person, firm = resident(community), cases.outsider(community)
        for who in ({"resident": person}, {"resident": person}, {"outsider": firm}):
            filed(community, date(2025, 3, 3), **who)
        assert (read("applicants").value, read("outside_applicants").value) == (1, 1)


def test_a_case_in_the_bin_counts_nowhere(acting, community, read):
    with acting(community):
        filed(community, date(2025, 3, 3))
        Case.objects.update(deleted_at="2025-03-04T00:00Z")
        assert [read(code).value for code in ("accepted", "in_progress", "to_decide")] == [0, 0, 0]


days = st.dates(date(2025, 1, 1), date(2025, 6, 30))


@given(spans=st.lists(st.tuples(days, st.none() | st.integers(0, 60)), max_size=8))
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_what_was_carried_over_and_came_is_decided_or_left(acting, community, read, spans):
    with acting(community), undone():
        common = {"item": cases.version(community), "resident": resident(community)}
        for start, length in spans:
            end = None if length is None else start + timedelta(length)
            filed(community, start, end, **common)
        got = {
            code: read(code).value
            for code in ("carried_over", "accepted", "to_decide", "decided", "in_progress")
        }
        assert got["carried_over"] + got["accepted"] == got["to_decide"]
        assert got["decided"] + got["in_progress"] == got["to_decide"]
        by_state = engine.by_category(
            "servicecenter.in_progress", "state", {community.pk}, MARCH
        ).values()
        assert sum(reading.value for reading in by_state) == got["in_progress"]
        by_kind = [read("accepted", kind=kind).value for kind in CaseKind]
        assert sum(by_kind) == got["accepted"]
