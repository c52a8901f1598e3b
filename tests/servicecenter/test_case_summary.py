"""What outline C tells of cases: rates with both terms, no noughts, gaps and next steps that are true."""

from datetime import date, timedelta

import pytest

from portal.periods import Period
from portal.summaries import Telling, outlines
from reports.compose import compose
from reports.facts import facts_for
from reports.layout import lay_out
from reports.tables import tables_of, tabulate
from servicecenter.enums.cases import CaseState as S
from servicecenter.enums.catalogue import CaseKind
from tests.factories import cases, office, resident

pytestmark = pytest.mark.django_db
OUTLINE, YEAR = outlines["C"], Period.parse("2025")
MARCH_3 = date(2025, 3, 3)


@pytest.fixture
def told(acting, community):
    """``told(part)``: the words of that part, numbers filled in."""

    def told(part):
        with acting(community):
            draft = compose(OUTLINE, community, YEAR)
            facts = facts_for(OUTLINE, draft.telling, [s.text for s in draft.sections])
            sections = [(s.key, s.heading, s.text) for s in draft.sections]
            laid = lay_out(draft.title, sections, facts.values, facts.tables)
        found = {s.key: [str(b) for b in s.blocks if b.kind == "paragraph"] for s in laid.sections}
        return "\n".join(found.get(part, []))

    return told


@pytest.fixture
def filed(acting, community):
    with acting(community):
        promised = cases.version(community)
        on_spot = cases.version(community, kind=CaseKind.ON_SPOT, promised_days=0)
        person = resident(community)

        def filed(state=S.REPLIED, *, at_once=False, **fields):
            days = {"occurred_on": MARCH_3, "accepted_on": MARCH_3, "receipt_on": MARCH_3}
            if state in {S.REFUSED, S.CANCELLED}:
                days = {"occurred_on": MARCH_3}
            fields = {"item": on_spot if at_once else promised, "resident": person} | days | fields
            return cases.case(community, state, **fields)

        yield filed


def test_without_a_case_nothing_is_told(told):
    for part in ("totals", "running", "gaps", "next"):
        assert told(part) == ""


def test_totals_tell_each_rate_with_both_terms_and_no_noughts(told, filed):
    filed(worked_days=1)
    filed(S.HANDLING)
    totals = told("totals")
    assert "共受理申请2件，到期末已办结1件，办结率50.0%（1/2）。" in totals
    assert "按时办结率100.0%（1/1）" in totals
    assert "期末在办1件，其中办理中1件。在办件中超期1件，在办超期率100.0%（1/1）。" in totals
    assert "结转" not in totals
    assert "辖区外" not in totals


def test_what_was_carried_over_is_told_with_the_overall_rate(told, filed):
    before = date(2024, 12, 30)
    days = {"occurred_on": before, "accepted_on": before, "decided_on": date(2025, 1, 3)}
    filed(S.DECIDED, **days, due_on=date(2025, 1, 6))
    filed()
    assert "加上期结转1件，应办总量2件，期内办结2件，综合办结率100.0%（2/2）" in told("totals")


def test_the_way_is_told_by_kind_with_pace_and_receipts(told, filed):
    filed(worked_days=2)
    filed(worked_days=3)
    filed(at_once=True, worked_days=0)
    running = told("running")
    assert "按办件类型分，即办件1件、承诺件2件，即办率33.3%（1/3）。" in running
    assert "从受理到办结，承诺件平均用时2.5个工作日（5个工作日/2件）。" in running
    assert "从办结到回复平均1.0天（3天/3件）" in running
    assert "逐件出具承办单3件" in running
    assert "上报" not in running.split("\n")[-1]


def test_cases_without_a_receipt_are_a_gap(told, filed):
    filed()
    filed(receipt_on=None)
    assert "受理时出具承办单1件" in told("running")
    assert "受理的2件中，出具承办单的只有1件" in told("gaps")


def test_overdue_and_unreplied_cases_are_gaps_and_come_next(told, filed):
    filed(S.HANDLING)
    filed(S.HANDLING, due_on=date(2026, 1, 5))
    filed(S.DECIDED)
    gaps, after = told("gaps"), told("next")
    assert "有1件超过承诺期限没有办结" in gaps
    assert "已办结未回复1件" in gaps
    assert "对期末超期的1件逐件督办" in after
    assert "其余在办件按承诺期限办理" in after


def test_what_did_not_go_straight_is_told(told, filed):
    filed(S.REFUSED)
    filed(told_on=MARCH_3, missing="收入证明", reopened_on=MARCH_3 + timedelta(9), reopened_times=1)
    running = told("running")
    assert "期内一次性告知补正1件、不予受理1件、因申请人不满意重新办理1件。" in running
    assert "退件率50.0%（1/2）" in running


def test_open_tasks_of_the_agencys_plan_come_next_and_not_those_of_others(told, acting, community):
    with acting(community):
        for domain, title in (("servicecenter", "开通网上申请"), ("disability", "走访残疾人")):
            plan = office.work_plan(community, domains=[domain], title=title)
            office.work_task(plan, title=title, due_on=date(2026, 3, 31))
    assert told("next") == "下一年按计划推进以下任务：3月31日前，开通网上申请。"


def test_a_table_by_category_has_rows_for_what_there_is(acting, community, filed):
    filed(worked_days=2)
    filed(at_once=True)
    with acting(community):
        telling = Telling.of(community, YEAR)
        by_kind = tabulate(tables_of(OUTLINE)["各类办件情况"], telling)
        by_station = tabulate(tables_of(OUTLINE)["各站所办件情况"], telling)
    assert by_kind.headers[0] == "办件类型"
    assert [row[:4] for row in by_kind.rows] == [
        ("即办件", "1", "1", "100.0%"),
        ("承诺件", "1", "1", "100.0%"),
    ]
    assert by_kind.rows[1][-1] == "2.0"
    assert by_kind.total[:4] == ("全部", "2", "2", "100.0%")
    assert [row[0] for row in by_station.rows] == ["未派办"]
