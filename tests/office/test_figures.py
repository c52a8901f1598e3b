"""The office's figures against counts by hand, over three dates where they are of stocks."""

from datetime import date
from decimal import Decimal

import pytest

from portal.figures import engine
from portal.office.enums import EventKind
from portal.periods import Period
from tests import factories

office = factories.office
pytestmark = pytest.mark.django_db


@pytest.fixture
def told(acting, community):
    """``told("office.rules", "2025")``: the value of the community."""

    def read(code, period, **category):
        with acting(community):
            return engine.read(f"office.{code}", [community.pk], Period.parse(period), category)

    return read


@pytest.fixture
def inside(acting, community):
    with acting(community):
        yield community


def test_a_facility_passes_from_planned_to_built_to_use_and_zones_add_nothing(inside, told):
    home = office.facility(
        inside,
        area=1100,
        planned_on=date(2024, 3, 1),
        built_on=date(2025, 3, 31),
        opened_on=date(2025, 9, 1),
    )
    office.zone(home, area=100)
    office.facility(inside, name="阳光之家", area=Decimal("99.5"), opened_on=date(2020, 1, 1))
    states = ("facilities_planned_area", "facilities_built_area", "facility_area")
    seen = {key: [told(code, key).value for code in states] for key in ("2024", "2025Q1", "2025")}
    assert seen == {
        "2024": [1100, 0, Decimal("99.5")],
        "2025Q1": [0, 1100, Decimal("99.5")],
        "2025": [0, 0, Decimal("1199.5")],
    }
    assert told("facilities", "2025").value == 2


def test_tasks_of_the_first_half_and_of_the_year(inside, told):
    plan = office.work_plan(inside)
    dates = [("03-10", "03-01"), ("06-30", "07-02"), ("09-01", None), ("12-31", None)]
    for due, done in dates:
        office.work_task(
            plan,
            due_on=date.fromisoformat(f"2025-{due}"),
            done_on=done and date.fromisoformat(f"2025-{done}"),
        )
    office.work_task(plan, due_on=date(2025, 5, 1), cancelled_on=date(2025, 4, 1))
    assert told("tasks_done_rate", "2025H1").full == "50.0%（1/2）"
    assert told("tasks_done_rate", "2025").full == "50.0%（2/4）"


def test_meetings_held_of_twelve(inside, told):
    for month in range(1, 13):
        held = date(2025, month, 12) if month not in (2, 8) else None
        office.scheduled_event(inside, planned_on=date(2025, month, 10), held_on=held)
    office.scheduled_event(inside, kind=EventKind.STUDY, planned_on=date(2025, 4, 1))
    assert told("meetings_held_rate", "2025").full == "83.3%（10/12）"
    assert told("events_planned", "2025").value == 13


def test_rules_counted_and_kept(inside, told):
    rules = [office.rule(inside, title=f"制度{n}", ordinal=n) for n in range(1, 7)]
    office.rule(inside, title="旧制度", ends_on=date(2025, 6, 30))
    for rule in (rules[0], rules[0], rules[1]):
        office.rule_evidence(rule)
    assert told("rules", "2025H1").value == 7
    assert told("rules_kept_rate", "2025").full == "33.3%（2/6）"
    assert told("rules_kept_rate", "2024").full == "—（0/0）"


def test_posts_planned_and_held_on_three_dates(inside, told):
    post = office.post(inside, planned=2)
    office.post_holder(post, person="甲", ends_on=date(2025, 6, 30))
    office.post_holder(post, person="乙", starts_on=date(2025, 4, 1))
    rates = [told("posts_filled_rate", key).full for key in ("2025Q1", "2025Q2", "2025Q3")]
    assert rates == ["50.0%（1/2）", "100.0%（2/2）", "50.0%（1/2）"]


def test_money_and_satisfaction_carry_their_terms(inside, told):
    office.purchase(inside, amount="12800.50")
    office.purchase(inside, amount="0.50", occurred_on=date(2026, 1, 1))
    assert told("purchase_amount", "2025").full == "12,800.50元"
    office.survey(inside, group="disabled", domains=["disability"])
    office.survey(inside)
    assert told("survey_rate", "2025").full == "94.4%（170/180）"
    assert told("survey_rate", "2025", domains="disability").full == "94.4%（85/90）"


def test_indicators_are_reached_by_a_progress_record_of_the_time(inside, told):
    target = office.indicator(office.campaign(inside), target=12)
    office.progress(target, value=11)
    office.progress(target, value=12, occurred_on=date(2025, 8, 1))
    assert told("indicators_reached_rate", "2025H1").full == "0.0%（0/1）"
    assert told("indicators_reached_rate", "2025").full == "100.0%（1/1）"


def test_partners_count_while_an_agreement_runs(inside, told):
    hospital = office.partner(inside)
    office.agreement(hospital, ends_on=date(2025, 12, 31))
    office.agreement(hospital, title="补充协议", starts_on=date(2025, 2, 1))
    office.agreement(office.partner(inside, name="超市"), ends_on=date(2025, 6, 29))
    assert [told("partners", key).value for key in ("2025Q1", "2025H1", "2026")] == [2, 1, 1]


def test_the_leading_group_of_disability_is_told_by_its_tag(inside, told):
    office.leading_group(inside, domains=["disability"])
    office.leading_group(inside, name="环境整治领导小组", domains=["sanitation", "office"])
    assert told("leading_groups", "2025").value == 2
    assert told("leading_groups", "2025", domains="disability").value == 1


def test_documents_and_instructions_done_keep_the_past(inside, told):
    office.incoming_document(inside, done_on=date(2025, 7, 1))
    office.instruction(inside, done_on=date(2025, 3, 20))
    office.instruction(inside)
    assert told("documents_done_rate", "2025H1").full == "0.0%（0/1）"
    assert told("documents_done_rate", "2025").full == "100.0%（1/1）"
    assert told("instructions_done_rate", "2025").full == "50.0%（1/2）"


def test_publicity_in_copies_views_and_slogans(inside, told):
    channel = office.channel(inside)
    office.channel_issue(channel, copies=200)
    office.channel_issue(channel, title="第二期", copies=None, views=560)
    office.slogan(inside, quantity=3)
    office.honor(inside)
    counted = ("issues", "issue_copies", "issue_views", "slogans", "honors", "channels")
    assert [told(code, "2025").value for code in counted] == [2, 200, 560, 3, 1, 1]
