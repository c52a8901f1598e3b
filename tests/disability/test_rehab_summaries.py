"""What outlines A, B and F tell of rehabilitation, and that workbooks bring all of it in."""

from datetime import date

import pytest

from disability.models import Need, NeedsSurvey, RehabAgreement, RehabService, RehabSession
from portal.figures import engine
from portal.periods import Period
from portal.summaries import outlines
from reports.compose import compose
from tests import factories
from tests.imports.conftest import bring, clerk, xlsx

__all__ = ["bring", "clerk"]  # fixtures of these tests

pytestmark = pytest.mark.django_db
DAY = date(2025, 3, 10)
YEAR = Period.parse("2025")


@pytest.fixture
def told(acting, community):
    """The text of a part of an outline for 2025, figures as tokens."""

    def read(kind, key) -> str:
        with acting(community):
            draft = compose(outlines[kind], community, YEAR)
        return "\n".join(s.text for s in draft.sections if s.key == key)

    return read


@pytest.fixture
def work(acting, community):
    """One person with everything, told once."""
    with acting(community):
        person = factories.resident(community)
        factories.disability_file(person, components=["12"])
        factories.certificate(person, category="1")
        hospital = factories.office.partner(community, name="江湾医院", domains=["disability"])
        factories.needs_survey(person, ["device", "training"])
        factories.rehab_plan(person, "orientation", made_on=DAY, starts_on=DAY)
        agreement = factories.rehab_agreement(person, hospital)
        factories.rehab_service(
            person, "diet", agreement=agreement, provider=hospital, items="低盐饮食", highlight=True
        )
        session = factories.rehab_session(community, place="活动室", highlight=True)
        factories.rehab_service(person, "knowledge", session=session, mode="group")
        return person


def test_nothing_is_told_of_what_was_not_done(acting, community, told):
    with acting(community):
        factories.disability_file(factories.resident(community))
    assert told("A", "rehabilitation") == told("F", "plans") == ""
    assert told("B", "doorstep") == "【无记录】本期没有上门服务的记录。"
    assert told("F", "services") == "【无记录】本期没有康复服务的记录。"


def test_a_community_tells_survey_plans_services_and_agreements(told, work):
    text = told("A", "rehabilitation")
    for words in (
        "共调查{disability.needs_surveyed}",
        "需求筛出率{disability.needs_rate}",
        "功能训练{disability.needs_of_training}、辅助器具{disability.needs_of_device}",
        "个性化康复方案{disability.plans_made}",
        "提供康复服务{disability.rehab_services}",
        "组织集体康复服务{disability.group_sessions}",
        "签订康复服务约定书的残疾人{disability.agreements_signed}",
        "3月10日，在活动室开展“康复知识讲座”集体康复服务。",
        "3月10日，江湾医院为残疾人入户提供饮食卫生指导服务（低盐饮食）。",
    ):
        assert words in text
    assert work.name not in text
    assert "尚有{disability.needs_unmet}" in told("A", "gaps")


def test_a_street_tells_what_went_beyond_the_agreements(told, work):
    text = told("B", "doorstep")
    assert "持证残疾人康复签约率{disability.signing_rate}" in text
    assert "另提供服务{disability.rehab_beyond_agreement}。" in text
    assert "约定以外的服务包括饮食卫生指导。" in text
    assert "定向行走训练方案{disability.plans_orientation}" in told("B", "guidance")


def test_a_centre_tells_by_group(told, work):
    assert "康复方案{disability.plans_in_force}" in told("F", "plans")
    text = told("F", "services")
    assert "盲杖等辅助器具使用指导，提供服务{disability.services_vision}" in text
    assert "肢体残疾人" not in text
    assert "调查覆盖率{disability.survey_coverage}" in told("F", "basics")


def test_every_code_of_a_sentence_is_a_figure_that_can_be_read(acting, community, work):
    codes = ("services_per", "needs_rate", "signing_rate", "rehab_coverage", "survey_coverage")
    with acting(community):
        for code in codes[1:]:
            reading = engine.read(f"disability.{code}", {community.pk}, YEAR)
            assert reading.full == "100.0%（1/1）"


# --- workbooks ----------------------------------------------------------------------------------
def test_workbooks_bring_surveys_services_sessions_and_agreements(acting, community, bring):
    with acting(community):
        people = [factories.resident(community, name) for name in ("黄文发", "王秀兰")]
        factories.office.partner(community, name="江湾医院", domains=["disability"])
    who = [[p.name, p.id_number] for p in people]
    books = {
        "needs-surveys": [
            ["日期", "姓名", "证件号码", "康复需求", "方式", "调查人"],
            [DAY, *who[0], "功能训练、辅助器具", "入户", "李梅"],
            [DAY, *who[1], "无需求", "电话", "李梅"],
        ],
        "rehab-agreements": [
            [
                "签约日期",
                "姓名",
                "证件号码",
                "服务机构",
                "约定项目",
                "服务次数",
                "次数按",
                "有效期至",
            ],
            [DAY, *who[0], "江湾医院", "功能训练、护理指导", 2, "每月", date(2026, 3, 9)],
        ],
        "rehab-services": [
            [
                "日期",
                "姓名",
                "证件号码",
                "服务项目",
                "方式",
                "服务机构",
                "服务人员",
                "时长（分钟）",
            ],
            [DAY, *who[0], "饮食卫生指导", "入户", "江湾医院", "周医生", 30],
            [DAY, *who[1], "功能训练", "机构", None, "周医生", None],
        ],
        "rehab-sessions": [
            ["日期", "主题", "服务项目", "参加的人", "服务人员"],
            [DAY, "康复讲座", "康复知识讲解", "黄文发、王秀兰", "周医生"],
        ],
        "rehab-plans": [
            ["制订日期", "姓名", "证件号码", "方案类别", "制订人", "康复目标", "康复措施"],
            [DAY, *who[0], "肢体", "周医生", "能站立十分钟", "每日训练两次"],
        ],
        "plan-reviews": [
            ["日期", "姓名", "证件号码", "方案类别", "进展", "复评人"],
            [date(2025, 6, 10), *who[0], "肢体", "好转", "周医生"],
        ],
    }
    for slug, rows in books.items():
        content = xlsx(表=rows)
        report = bring(slug, content)
        assert (report.stored, report.problems) == (True, []), slug
        assert bring(slug, content).totals["unchanged"] == len(rows) - 1, slug
    with acting(community):
        assert NeedsSurvey.objects.count() == 2
        assert Need.objects.count() == 2
        assert RehabSession.objects.get().services.kept().count() == 2
        assert RehabService.objects.kept().count() == 4
        linked = RehabService.objects.get(kind="diet")
        assert linked.agreement == RehabAgreement.objects.get()
        value = engine.read("disability.plans_reviewed", {community.pk}, YEAR).value
        assert value == 1
