"""Regimes, meetings, promises, disclosures, agents and windows: rules and figures at their edges."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from portal.figures import engine
from portal.ledgers import ledgers
from portal.ledgers.forms import form_class_for
from portal.periods import Period
from portal.roles import Role
from servicecenter.enums.agents import AgentKind
from servicecenter.enums.regimes import CheckResult, CommitmentAspect
from servicecenter.models import Agent, AgentGrid, JointMeeting
from servicecenter.services.meetings import plan_everywhere
from tests.factories import agency, cases

pytestmark = pytest.mark.django_db
YEAR = Period.parse("2025")


@pytest.fixture
def clerk(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community)


def told(code, unit, period=YEAR):
    return engine.read(f"servicecenter.{code}", {unit.pk}, period).full


def form_of(slug, by, **data):
    ledger = ledgers[slug]
    return form_class_for(ledger)(data, ledger=ledger, user=by)


def test_one_meeting_plans_the_year_and_held_is_divided_by_twelve(acting, clerk, community):
    with acting(clerk):
        form = form_of(
            "joint-meetings", clerk, month="2025-03", held_on="2025-03-05", attendees="12"
        )
        assert form.is_valid(), form.errors
        ledgers["joint-meetings"].save(form, by=clerk)
        assert JointMeeting.objects.count() == 12
        assert told("meetings_rate", community) == "8.3%（1/12）"
        assert told("meetings_rate", community, Period.parse("2025H1")) == "16.7%（1/6）"
        assert told("meetings_held", community, Period.parse("2025-04")) == "0次"


def test_a_month_has_one_meeting(acting, clerk, community):
    with acting(clerk):
        agency.meeting(community)
        form = form_of("joint-meetings", clerk, month="2025-03")
        assert not form.is_valid()
        assert "请打开它填写" in str(form.errors)


@pytest.mark.parametrize(
    ("data", "field", "message"),
    [
        ({"held_on": "2025-04-01", "attendees": "9"}, "held_on", "不在会议月份内"),
        ({"held_on": "2025-03-05"}, "attendees", "请填写参加人数"),
        ({"held_on": "2025-03-05", "attendees": "0"}, "attendees", "1"),
    ],
)
def test_what_a_meeting_refuses(acting, clerk, data, field, message):
    with acting(clerk):
        form = form_of("joint-meetings", clerk, month="2025-03", **data)
        assert not form.is_valid()
        assert message in str(form.errors[field])


def test_an_issue_is_of_a_meeting_that_was_held(acting, clerk, community):
    with acting(clerk):
        planned = agency.meeting(community, held_on=None, attendees=None)
        form = form_of(
            "meeting-issues",
            clerk,
            meeting=planned.pk,
            occurred_on="2025-03-05",
            issue="无人值守",
            owner="综合办公室",
        )
        assert not form.is_valid()
        assert "还没有登记召开日期" in str(form.errors["meeting"])


def test_an_issue_counts_as_closed_only_on_the_day_it_was(acting, community):
    with acting(community):
        of = agency.meeting(community)
        agency.issue(of, closed_on=date(2025, 7, 1), result="已轮值。")
        agency.issue(of, issue="样本看不清")
        assert told("issues_closed_rate", community) == "50.0%（1/2）"
        assert told("issues_closed_rate", community, Period.parse("2025H1")) == "0.0%（0/2）"


def test_kept_regimes_are_never_more_than_the_regimes(acting, community):
    with acting(community):
        for ordinal in range(1, 7):
            agency.regime(community, f"第{ordinal}项制度", ordinal)
        ended = agency.regime(community, "旧制度", 7, ends_on=date(2025, 6, 30))
        agency.proof(ended)
        agency.proof(agency.regime(community, "别项", 8, domains=["office"]))
        agency.proof(agency.regime(community, "公开制度", 9), date(2025, 12, 31))
        assert told("regimes", community) == "7项"
        assert told("regimes_kept_rate", community) == "14.3%（1/7）"


def test_promises_by_aspect(acting, community):
    with acting(community):
        fee = agency.commitment(community, CommitmentAspect.FEE, "不收费。")
        agency.check(agency.commitment(community))
        agency.check(fee, CheckResult.BROKEN)
        assert told("commitment_aspects", community) == "2个方面"
        by = engine.by_category(
            "servicecenter.commitments_kept_rate", "aspect", {community.pk}, YEAR
        )
        assert by["fee"].full == "0.0%（0/1）"
        assert by["time"].full == "100.0%（1/1）"


def test_a_check_lies_within_its_promise(acting, community):
    with acting(community):
        check = agency.check(agency.commitment(community))
        check.occurred_on = date(2025, 1, 5)
        with pytest.raises(ValidationError, match="不在这条承诺的有效期内"):
            check.full_clean(exclude={"recorded_by", "deleted_by"})


def test_a_broken_promise_needs_a_remedy(acting, community):
    with acting(community):
        check = agency.check(agency.commitment(community), CheckResult.BROKEN)
        check.remedy = ""
        with pytest.raises(ValidationError, match="请填写整改措施"):
            check.full_clean(exclude={"recorded_by", "deleted_by"})


def test_coverage_counts_each_grid_once_and_only_with_agents_in_office(
    acting, community, make_grid
):
    grids = [make_grid(community, number) for number in (1, 2, 3, 4)]
    with acting(community):
        first, second = cases.agent(community), cases.agent(community, "方志宏")
        gone = cases.agent(community, "江雪琴", ends_on=date(2025, 6, 30))
        agency.served_grid(first, grids[0])
        agency.served_grid(second, grids[0])
        agency.served_grid(second, grids[1])
        agency.served_grid(gone, grids[2])
        assert told("grid_coverage", community) == "50.0%（2/4）"
        assert told("grid_coverage", community, Period.parse("2025H1")) == "75.0%（3/4）"
        assert told("agents", community) == "2人"
        cases.agent(community, "钱立群", kind=AgentKind.HANDLER)
        assert told("agents", community) == "2人"


def test_an_agent_serves_a_grid_once_at_a_time(acting, community, make_grid):
    grid = make_grid(community, 1)
    with acting(community):
        agent = cases.agent(community)
        agency.served_grid(agent, grid)
        twice = AgentGrid(unit=community, agent=agent, grid=grid, starts_on=date(2025, 5, 1))
        with pytest.raises(ValidationError, match="这段时间已负责这个网格"):
            twice.full_clean(exclude={"recorded_by", "deleted_by"})


def test_an_agents_account_is_of_somebody_who_works_there(
    acting, clerk, make_user, community, other_community
):
    stranger = make_user(Role.COMMUNITY_STAFF, other_community)
    data = {"name": "何晓燕", "kind": "agent", "starts_on": "2025-01-06"}
    with acting(clerk):
        assert form_of("agents", clerk, user=clerk.pk, **data).is_valid()
        assert "user" in form_of("agents", clerk, user=stranger.pk, **data).errors
        assert Agent.objects.count() == 0


def test_a_disclosure_on_the_web_has_something_to_show(acting, community):
    with acting(community):
        shown = agency.disclosure(community)
        shown.places = ["web"]
        with pytest.raises(ValidationError, match="请填写公开内容"):
            shown.full_clean(exclude={"recorded_by", "deleted_by"})


def test_a_unit_has_one_hall_and_a_code_word_one_unit(acting, community, other_community, street):
    with acting(street):
        cases.hall(community, "明珠代办")
        second = cases.hall(other_community)
        second.code_word = "明珠代办"
        with pytest.raises(ValidationError, match="已有单位使用"):
            second.full_clean(exclude={"recorded_by", "deleted_by"})


def test_a_new_year_is_planned_by_itself_where_meetings_are_held(acting, community, street):
    with acting(street):
        agency.meeting(community)
        year = Period.parse("2026")
        assert told("meetings_rate", community, year) == "—（0/0）"
    assert plan_everywhere("job:plan_meetings", 2026) == 12
    assert plan_everywhere("job:plan_meetings", 2026) == 0
    with acting(street):
        assert told("meetings_rate", community, year) == "0.0%（0/12）"
        assert told("meetings_planned", street, year) == "0次"
