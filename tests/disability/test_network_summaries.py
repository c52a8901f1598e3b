"""What outlines A, B and F tell of the network, publicity, stories, gaps and the next plan."""

from datetime import date

import pytest

from disability.enums.network import WorkerRole
from portal.figures import engine
from portal.office.enums import ChannelKind, GroupRole, SurveyGroup
from portal.office.summaries import following
from portal.periods import Period
from portal.scope import below
from portal.summaries import outlines
from reports.compose import compose
from reports.tokens import codes_in
from residents.enums import ActivityKind, AssistanceKind, TrainingTopic
from tests import factories

office = factories.office
OURS = {"domains": ["disability"]}


@pytest.fixture
def told(acting, community):
    """``told("B", "management")``: the sentences of that part of the community's summary, figures
    as they are printed."""

    def read(kind, key, period="2025") -> str:
        period = Period.parse(period)
        with acting(community):
            draft = compose(outlines[kind], community, period)
            text = "\n".join(s.text for s in draft.sections if s.key == key)
            for code in codes_in(text):
                reading = engine.read(code, {community.pk}, period)
                text = text.replace(f"{{{code}}}", reading.full)
                text = text.replace(f"{{{code}#}}", reading.text)
        return text

    return read


def test_management_tells_campaign_paper_group_tasks_and_posts(acting, community, told):
    with acting(community):
        campaign = office.campaign(
            community, name="社区康复示范街道", granted_on=date(2025, 11, 3),
            ends_on=date(2025, 11, 3), grantor="上海市残联", **OURS,
        )  # fmt: skip
        office.indicator(campaign)
        office.policy_document(community, title="康复实施方案", number="春街发〔2025〕3号", **OURS)
        group = office.leading_group(community, name="康复领导小组", **OURS)
        office.group_member(group, person="林国栋", position="街道办事处分管主任")
        office.group_member(group, person="何建平", role=GroupRole.MEMBER)
        plan = office.work_plan(community, **OURS)
        office.work_task(plan, owner="卫生服务中心、派出所", done_on=date(2025, 3, 1))
        office.work_task(plan, title="上门", owner="李梅")
        office.post_holder(office.post(community, timetable="每周一上午", planned=2, **OURS))
        office.scheduled_event(community, held_on=date(2025, 3, 12), **OURS)
    text = told("B", "management")
    assert "11月3日，被上海市残联命名为“社区康复示范街道”。" in text
    assert "印发《康复实施方案》（春街发〔2025〕3号）文件1份。" in text
    assert "成立“康复领导小组”，由街道办事处分管主任任组长。" in text
    assert "现有助残工作小组1个，成员2人（兼任的重复计算）。" in text
    assert "把任务分解到卫生服务中心、派出所，逐项明确责任和期限。" in text
    # One of the owners is a person; one body alone needs no list of who did how much.
    assert "各单位完成任务数" not in text
    assert "计划任务2项，完成1项，完成率50.0%（1/2）。" in text
    assert "设助残岗位定员2人，在岗1人，定时安排为：残疾人专职委员（每周一上午）。" in text
    assert "应开展1次，已开展1次，落实率100.0%（1/1）。" in text
    for name in ("林国栋", "何建平", "李梅"):
        assert name not in text
    assert "年度计划任务2项，完成1项，完成率50.0%（1/2）。" in told("A", "basics")


def test_a_campaign_under_way_tells_its_indicators(acting, community, told):
    with acting(community):
        campaign = office.campaign(community, name="先进文化社区", **OURS)
        office.progress(office.indicator(campaign, target=5), value=6)
        office.indicator(campaign, title="文艺队伍")
    text = told("B", "management")
    assert "开展“先进文化社区”创建工作（市级）。" in text
    assert "创建指标2项，已达标1项，达标率50.0%（1/2）。" in text


def test_guidance_tells_workers_specialties_trainings_and_coverage(acting, community, told):
    with acting(community):
        group = office.leading_group(community, name="指导组", **OURS)
        office.group_member(group, person="沈维民", specialty="康复医学")
        office.group_member(group, person="郝雅文", role="member", specialty="特殊教育")
        topics = [TrainingTopic.SERVICE, TrainingTopic.SPEECH]
        training = factories.workers_training(community, topics=topics, hours=24)
        survey = [TrainingTopic.NEEDS_SURVEY]
        factories.workers_training(community, title="需求调查", topics=survey, hours=4)
        doctor = factories.rehab_worker(community, "医生", role=WorkerRole.DOCTOR)
        factories.worker_attendance(training, doctor)
        factories.worker_attendance(training, factories.rehab_worker(community, "甲"))
        factories.rehab_worker(community, "乙")
    text = told("B", "guidance")
    assert "康复人员在岗3人（兼任的重复计算），其中社区医生1人，社区康复协调员2人。" in text
    assert "由康复医学、特殊教育专业人员2人开展康复指导。" in text
    assert "举办康复业务培训2次，培训康复人员2人，其中社区医生1人，社区康复协调员1人。" in text
    assert "培训累计28学时，" in text
    assert "培训内容包括康复服务、言语训练、需求调查。" in text
    assert "在岗协调员培训覆盖率为50.0%（1/2）。" in text
    assert "开展需求调查专题培训1次。" in text
    assert "养护数据库" not in text
    assert "没有参加培训" in told("B", "gaps")


def test_publicity_tells_theme_days_homes_newsletter_and_blog(acting, community, told):
    with acting(community):
        for day, code in ((date(2025, 3, 3), "ear-care-day"), (date(2025, 6, 6), "eye-care-day")):
            factories.activity(
                community, day, title=f"{code}宣传", kind=ActivityKind.PUBLICITY, theme_day=code,
                participants=80, disabled_participants=30,
            )  # fmt: skip
        factories.handout(community, 200, method="home", households=180)
        office.slogan(community, quantity=3, **OURS)
        paper = office.channel(community, name="康复简报", **OURS)
        office.channel_issue(paper, copies=300)
        blog = office.channel(community, name="助残博客", kind=ChannelKind.BLOG, **OURS)
        office.channel_issue(blog, copies=None, views=1200)
    for kind in "AB":
        text = told(kind, "publicity")
        assert "围绕主题日开展宣传：全国爱耳日1次、全国爱眼日1次。" in text
        assert "参加群众160人次，其中残疾人60人次" in text
        assert "入户发放200份，走到180户次。" in text
        assert "悬挂横幅标语3条。" in text
        assert "编发社区康复简报《康复简报》1期，印发300份。" in text
        assert "发布残疾人工作信息1篇，阅读1200人次。" in text


def test_help_culture_and_jobs_are_told_without_names(acting, community, told):
    with acting(community):
        person = factories.resident(community, "韦英堃")
        factories.assistance(
            person, kind=AssistanceKind.DONATION, giver="区图书馆", goods="科普图书",
            goods_kind="books", goods_quantity=12, goods_measure="册", highlight=True,
        )  # fmt: skip
        party = factories.activity(
            community, date(2025, 3, 7), title="庆“三八”联欢会", kind=ActivityKind.CULTURE,
            hosting="joined", organisers="区残联", participants=6, highlight=True,
        )  # fmt: skip
        factories.participation(party, person)
        factories.activity(
            community, date(2025, 9, 20), title="特奥融合活动", kind=ActivityKind.CULTURE,
            hosting="guests", guests="特奥代表团", highlight=True,
        )  # fmt: skip
        office.honor(
            community, prize="一等奖", contest="全市文艺汇演", work="诗朗诵", highlight=True,
            recipient="韦英堃", **OURS,
        )  # fmt: skip
        job = factories.job_info(community, **OURS)
        factories.job_push(job, person)
    assert told("A", "donations") == (
        "接受社会捐赠1次，受赠残疾人1人，其中图书12册。\n3月10日，区图书馆向残疾人捐赠科普图书。"
    )
    culture = told("A", "culture")
    held = "组织和参加文体活动2次，其中参加其他单位举办的1次，接待来访交流1次"
    assert held in culture
    assert "登记参加的残疾人1人。" in culture
    assert held in told("B", "sunshine")
    assert "3月7日，组织残疾人参加区残联举办的“庆‘三八’联欢会”。" in culture
    assert "9月20日，接待特奥代表团，开展“特奥融合活动”交流活动。" in culture
    assert "3月10日，残疾人作品“诗朗诵”在“全市文艺汇演”中获一等奖。" in culture
    assert "韦英堃" not in culture
    training = told("A", "training")
    assert "提供适合残疾人的招聘信息1条，推送岗位1人次，涉及残疾人1人。" in training
    assert "推送的岗位尚无残疾人入职" in told("A", "gaps")


def test_satisfaction_is_told_of_the_groups_that_were_asked(acting, community, told):
    with acting(community):
        office.survey(community, group=SurveyGroup.DISABLED, **OURS)
        office.survey(community, group=SurveyGroup.RESIDENTS)  # of the office's own work
    text = told("B", "satisfaction")
    assert text == "对残疾人的满意度调查收回有效问卷90份，满意率94.4%（85/90）。"
    assert "本期没有开展对残疾人家属、居民的满意度调查。" in told("B", "gaps")


def test_a_story_is_told_only_when_marked_and_agreed_to(acting, community, told):
    with acting(community):
        person = factories.resident(community, "倪建国")
        consent = factories.consent(person)
        kept = factories.case_story(
            person, consent=consent, title="搬进养护院", text="倪某{住进}养护院。",
            quote="我放心了。", speaker="母亲",
        )  # fmt: skip
        factories.case_story(person, title="没有同意")
        factories.case_story(person, title="没有勾选", consent=consent, highlight=False)
    expected = "“搬进养护院”：倪某｛住进｝养护院。母亲说：“我放心了。”"
    assert told("A", "stories") == told("B", "stories") == expected
    assert "有1个典型案例没有取得同意，暂不公开。" in told("A", "gaps")
    with acting(community):
        consent.withdrawn_on = date(2026, 1, 5)
        consent.save()
    assert told("A", "stories") == ""
    assert kept.highlight


@pytest.mark.parametrize(
    ("period", "after"),
    [("2025", "2026"), ("2025H1", "2025H2"), ("2025Q4", "2026Q1"), ("2025-01", "2025-02")],
)
def test_the_following_period_is_as_long(period, after):
    assert following(Period.parse(period)) == Period.parse(after)


def test_the_next_plan_is_the_open_tasks(acting, community, told):
    with acting(community):
        plan = office.work_plan(community, ends_on=date(2026, 12, 31), **OURS)
        office.work_task(plan, title="已完成", done_on=date(2025, 3, 9))
        office.work_task(plan, title="上门调查。")
        office.work_task(plan, title="做完得晚", done_on=date(2026, 1, 20))
        office.work_task(plan, title="取消的", cancelled_on=date(2025, 3, 1))
        office.work_task(plan, title="助残日宣传", due_on=date(2025, 5, 20))
        office.work_task(plan, title="需求调查", due_on=date(2026, 8, 31))
        office.work_task(plan, title="太远", due_on=date(2026, 12, 31), starts_on=date(2026, 6, 1))
        others = office.work_plan(community, title="别的计划", ends_on=date(2026, 12, 31))
        office.work_task(others, title="别的部门的任务")
    for kind in "ABF":
        first = told(kind, "next").replace("\n", "").split("。")
        assert first[0] == "抓紧完成到期未完成的任务：上门调查；做完得晚；助残日宣传"
        assert first[1] == "下一年按计划推进以下任务：8月31日前，需求调查；12月31日前，太远"
        assert "任务中有3项到期没有完成。" in told(kind, "gaps")
    half = told("A", "next", "2025H1").split("。")[0]
    assert half == "抓紧完成到期未完成的任务：上门调查；做完得晚；助残日宣传"


def test_what_several_communities_recorded_alike_is_told_once(
    acting, street, community, other_community
):
    with acting(street, community, other_community):
        for unit in (community, other_community):
            factories.activity(
                unit, date(2025, 9, 26), title="同乐会", kind=ActivityKind.CULTURE,
                place=f"{unit.name}活动室", highlight=True,
            )  # fmt: skip
            factories.provider_service(factories.body(unit))
            plan = office.work_plan(unit, ends_on=date(2026, 12, 31), **OURS)
            office.work_task(plan, title="需求调查", due_on=date(2026, 8, 31))
            office.leading_group(unit, name=f"{unit.name}领导小组", **OURS)
    with acting(street):
        draft = compose(outlines["B"], street, Period.parse("2025"))
        found = {section.key: section.text for section in draft.sections}
        year, units = Period.parse("2025"), below({street.pk})
        assert engine.read("disability.serving_bodies", units, year).value == 1
    assert "9月26日，明珠社区、和平社区举办“同乐会”。" in found["sunshine"]
    assert found["next"].count("8月31日前，需求调查") == 1
    assert found["places"].count("江湾医院") == 1
    assert "明珠社区领导小组" not in found["management"]
    assert "现有助残工作小组{disability.groups}" in found["management"]
