"""时限怎么算出来的: what the page of a case says of its clock."""

from datetime import date

import pytest
from django.template.loader import render_to_string

from servicecenter.enums.cases import CaseState as S
from servicecenter.enums.cases import Light, PauseReason
from servicecenter.models import CasePause
from servicecenter.selectors.clock_working import told_light, working
from servicecenter.services.clock import set_due
from tests.factories import cases

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(community, acting):
    """``made("2025-09-26", 5)``: a case accepted on that day with so many days; its due date is set."""
    with acting(community):

        def make(accepted, days=5, state=S.HANDLING, pauses=(), **fields):
            day = date.fromisoformat(accepted)
            item = cases.version(community, promised_days=days)
            case = cases.case(
                community,
                state,
                item=item,
                occurred_on=day,
                accepted_on=day,
                clock_from=day,
                **fields,
            )
            for starts, ends in pauses:
                CasePause.objects.create(
                    unit=community,
                    case=case,
                    reason=PauseReason.NOTICE,
                    evidence="公示",
                    starts_on=starts,
                    ends_on=ends,
                )
            set_due(case)
            return case

        yield make


def rows(clock):
    return [(row.dates, row.ordinal, row.words) for month in clock.months for row in month.rows]


def test_each_day_counted_skipped_and_made_up(made):
    clock = working(made("2025-09-26"), date(2025, 9, 29))
    assert rows(clock) == [
        ("9月27日 周六", None, "周末"),
        ("9月28日 周日", 1, "调休上班（国庆节）"),
        ("9月29日 周一", 2, "工作日"),
        ("9月30日 周二", 3, "工作日"),
        ("10月1日—5日", None, "国庆节放假"),
        ("10月6日 周一", None, "中秋节放假"),
        ("10月7日—8日", None, "国庆节放假"),
        ("10月9日 周四", 4, "工作日"),
        ("10月10日 周五", 5, "工作日"),
    ]
    assert clock.sentence == (
        "2025年9月26日受理，承诺5个工作日；从次日起数，跳过9天，2025年10月10日到期。今天起还有3个工作日。"
    )
    september, october = clock.months
    assert (september.counted, september.skipped) == (3, 1)
    assert (october.counted, october.skipped) == (2, 8)
    assert [row.dates for row in october.rows if row.is_due] == ["10月10日 周五"]
    assert [row.dates for row in september.rows if row.is_today] == ["9月29日 周一"]
    assert clock.provisional == ""


def test_paused_days_are_told_with_their_reason_and_the_holiday_within(made):
    pause = (date(2025, 9, 29), date(2025, 10, 10))
    clock = working(made("2025-09-26", 3, pauses=[pause]), date(2025, 10, 10))
    assert rows(clock)[2:4] == [
        ("9月29日—30日", None, "停钟：公示"),
        ("10月1日—9日", None, "停钟：公示（含国庆节放假、中秋节放假）"),
    ]


def test_provisional_days_are_marked(made):
    clock = working(made("2026-11-20", 31), date(2026, 11, 26))
    assert "2027年的放假通知还没有导入" in clock.provisional
    assert "暂定2027年1月5日到期" in clock.sentence
    page = render_to_string("servicecenter/clock.html", {"clock": clock})
    earlier, january = page.split("<summary>2027年1月")
    assert january.count(">暂定<") == 4  # the 1st, the weekend, the 4th and the 5th
    assert ">暂定<" not in earlier


def test_a_stopped_clock_has_no_due_date(made):
    case = made("2025-03-10", 5, S.PAUSED, pauses=[(date(2025, 3, 13), None)])
    clock = working(case, date(2025, 3, 20))
    assert clock.due is None
    assert "自2025年3月13日起停钟，此前计了2个工作日，恢复办理后再算到期日。" in clock.sentence
    assert clock.light == {"value": "停钟", "badge": "neutral", "icon": "hand-stop"}


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date(2025, 3, 14), "今天起还有1个工作日。"),
        (date(2025, 3, 17), "今天到期。"),
        (date(2025, 3, 19), "今天已超期2个工作日。"),
    ],
)
def test_how_it_stands_today(made, today, words):
    assert working(made("2025-03-10"), today).sentence.endswith(words)


@pytest.mark.parametrize(
    ("decided", "words"),
    [
        (date(2025, 3, 17), "2025年3月17日办结，没有超期。"),
        (date(2025, 3, 18), "2025年3月18日办结，超期1个工作日。"),
    ],
)
def test_how_it_ended(made, decided, words):
    case = made("2025-03-10", 5, S.DECIDED, decided_on=decided)
    clock = working(case, date(2025, 6, 1))
    assert clock.sentence.endswith(words)
    assert clock.light is None


def test_extended_and_reopened(made):
    case = made("2025-03-10", 5, extended_days=3, reopened_on=date(2025, 3, 10))
    clock = working(case, date(2025, 3, 10))
    assert clock.sentence.startswith("2025年3月10日重新办理，承诺5个工作日，延长3个工作日；")
    assert clock.start_words == "重新办理当天不算"


def test_long_reckonings_fold_the_months_between(made):
    clock = working(made("2025-03-03", 120), date(2025, 3, 4))
    assert clock.folds
    assert [month.is_open for month in clock.months] == [True, *[False] * 4, True]
    page = render_to_string("servicecenter/clock.html", {"clock": clock})
    assert page.count('<details class="clock-month" open>') == 2
    assert not working(made("2025-03-03", 20), date(2025, 3, 4)).folds


def test_nothing_before_acceptance(community, acting):
    with acting(community):
        assert working(cases.case(community)) is None
    assert "clock-title" not in render_to_string("servicecenter/clock.html", {"clock": None})


@pytest.mark.parametrize("light", Light)
def test_a_light_is_a_word_an_icon_and_a_tone(light):
    cell = told_light(light)
    page = render_to_string("components/cell.html", {"cell": cell})
    assert light.label in page
    assert f"ico-{cell['icon']}" in page


def test_no_two_lights_share_an_icon():
    assert len({told_light(light)["icon"] for light in Light}) == len(Light)
