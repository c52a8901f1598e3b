"""A register of the past comes in with its days: the state follows, numbers are kept or given."""

from datetime import date

import pytest

from portal.imports.running import run
from portal.ledgers import ledgers
from portal.models import Serial
from portal.roles import Role
from servicecenter.enums.cases import CaseState as S
from servicecenter.models import Case
from servicecenter.services.numbers import written_number
from tests import factories
from tests.factories import cases
from tests.imports.conftest import xlsx

pytestmark = pytest.mark.django_db

HEAD = [
    "办件编号",
    "申请日期",
    "事项",
    "姓名",
    "受理日期",
    "办结日期",
    "办理结果",
    "回复日期",
    "归档日期",
]


@pytest.fixture
def staff(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community)


@pytest.fixture
def bring(acting, staff, community):
    with acting(community):
        cases.hall(community, "春明代办")
        cases.version(community, cases.item(community, "GL-01", "高龄津贴申领"))
        factories.resident(community, "黄文发")

    def brought(*rows, head=HEAD):
        with acting(staff):
            content = xlsx(办件=[head, *rows])
            return run(content, ledger=ledgers["cases"], unit=community, by=staff, commit=True)

    return brought


def row(number="", applied="2025-03-03", accepted="", decided="", outcome="", replied="", kept=""):
    return [number, applied, "高龄津贴申领", "黄文发", accepted, decided, outcome, replied, kept]


@pytest.mark.parametrize(
    ("days", "state", "actions"),
    [
        ({}, S.REGISTERED, "register"),
        ({"accepted": "2025-03-03"}, S.ACCEPTED, "register accept"),
        (
            {"accepted": "2025-03-03", "decided": "2025-03-06", "outcome": "准予（办成）"},
            S.DECIDED,
            "register accept decide",
        ),
        (
            {
                "accepted": "2025-03-03",
                "decided": "2025-03-06",
                "outcome": "申请人撤回",
                "replied": "2025-03-07",
                "kept": "2025-03-10",
            },
            S.ARCHIVED,
            "register accept withdraw reply archive",
        ),
    ],
)
def test_the_state_follows_from_the_days(acting, bring, community, days, state, actions):
    report = bring(row(**days))
    assert report.problems == []
    with acting(community):
        case = Case.objects.get()
        assert case.state == state
        assert [step.action for step in case.steps.order_by("pk")] == actions.split()
        if case.accepted_on:
            assert case.due_on == date(2025, 3, 10)


def test_numbers_are_kept_and_those_given_go_on_after_them(acting, bring, community):
    bring(row("春明代办[2025]7号", accepted="2025-03-03"))
    bring(row("", applied="2025-03-04", accepted="2025-03-04"))
    bring(row("2019-33", applied="2025-03-05", accepted="2025-03-05"))
    with acting(community):
        numbers = Case.objects.order_by("occurred_on").values_list("number", flat=True)
        assert list(numbers) == ["春明代办〔2025〕7号", "春明代办〔2025〕8号", "2019-33"]
        assert Serial.objects.get(series="case").last == 8


def test_brought_twice_it_changes_nothing(acting, bring):
    rows = [row("", accepted="2025-03-03"), row("春明代办〔2025〕9号", "2025-04-01", "2025-04-01")]
    assert bring(*rows).totals["new"] == 2
    assert bring(*rows).totals == {"new": 0, "changed": 0, "unchanged": 2, "refused": 0}


def test_a_file_takes_no_step_with_a_case_that_is_there(acting, bring, community):
    bring(row("", accepted="2025-03-03"))
    told = bring(
        row("", accepted="2025-03-03", decided="2025-03-05", outcome="准予（办成）")
    ).problems
    assert {"办件页面" in problem.message for problem in told} == {True}
    with acting(community):
        assert Case.objects.get().state == S.ACCEPTED


@pytest.mark.parametrize(
    ("days", "column"),
    [
        ({"decided": "2025-03-06", "outcome": "准予（办成）"}, "受理日期"),
        ({"accepted": "2025-03-03", "decided": "2025-03-06"}, "办理结果"),
        ({"accepted": "2025-03-03", "replied": "2025-03-06"}, "办结日期"),
        ({"number": "春明代办〔2025〕1号"}, "办件编号"),
        ({"applied": "2019-03-03"}, "事项"),
    ],
)
def test_what_is_missing_is_said_at_its_cell(acting, bring, community, days, column):
    report = bring(row(**days))
    letter = "ABCDEFGHI"[HEAD.index(column)]
    assert letter in {problem.column for problem in report.problems}
    with acting(community):
        assert not Case.objects.exists()


def test_days_out_of_order_and_ahead_are_refused(acting, bring, community):
    for days in (
        {"accepted": "2025-03-01"},
        {"accepted": "2025-03-03", "decided": "2025-03-01", "outcome": "准予（办成）"},
        {"accepted": "2099-03-03"},
    ):
        assert bring(row(**days)).totals["refused"] == 1, days
    with acting(community):
        assert not Case.objects.exists()
        assert not Serial.objects.filter(series="case").exists()


def test_a_number_is_taken_once(acting, bring, community):
    bring(row("春明代办〔2025〕1号", accepted="2025-03-03"))
    told = bring(row("春明代办(2025)1", "2025-05-05", "2025-05-05")).problems
    assert "已有办件用这个编号" in told[0].message


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("春明代办〔2025〕12号", "春明代办〔2025〕12号"),
        ("春明代办[2025] 12", "春明代办〔2025〕12号"),
        ("春明代办（2025）第012号", "春明代办〔2025〕12号"),
        ("2019-33", None),
        ("春明代办〔2025〕0号", None),
    ],
)
def test_a_number_is_read_as_registers_write_it(text, told):
    number = written_number(text)
    assert (str(number) if number else None) == told
