"""Plans: begun from a template, one of a group at a time, reviewed on time, printed to be signed."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from disability.enums.plans import PlanGroup
from disability.enums.steps import PLAN
from disability.models import PlanReview, PlanTemplate, RehabPlan
from disability.plan_library import LIBRARY
from portal.figures import engine
from portal.models import AccessLog
from portal.periods import Period
from portal.roles import Role
from portal.worklists import worklists
from tests import factories

pytestmark = pytest.mark.django_db
YEAR = Period.parse("2025")


@pytest.fixture
def staff(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community, name="李梅")


@pytest.fixture
def client(client_of, staff):
    return client_of(staff)


@pytest.fixture
def person(acting, community):
    with acting(community):
        person = factories.resident(community)
        factories.disability_file(person)
        return person


def post(client, url, **fields):
    return client.post(url, {"_key": str(uuid.uuid4())} | fields)


def plan_fields(person, **fields):
    usual = {
        "resident": person.pk,
        "template": "",
        "group": "physical",
        "made_on": "2025-03-10",
        "made_by": "李梅",
        "goals": "能站立十分钟",
        "measures": "每日训练两次",
        "review_months": "",
        "state": "active",
        "consented_on": "2025-03-10",
        "consented_by": "self",
    }
    return usual | fields


def value(code, unit, period=YEAR):
    return engine.read(f"disability.{code}", {unit.pk}, period).value


# --- templates ----------------------------------------------------------------------------------
def test_the_library_has_something_for_each_group():
    assert {pattern.group for pattern in LIBRARY} == set(PlanGroup) - {PlanGroup.OTHER}
    assert len({pattern.name for pattern in LIBRARY}) == len(LIBRARY)
    words = "".join("".join((p.name, *p.goals, *p.measures)) for p in LIBRARY)
    for word in [
        "便秘",
        "压疮",
        "尿路感染",
        "定向",
        "盲杖",
        "理疗",
        "假肢",
        "助听器",
        "手语",
        "服药",
        "家属",
    ]:
        assert word in words
    for wrong in ("聋哑", "义肢", "盲具", "残废"):
        assert wrong not in words


def test_a_unit_takes_the_library_once_and_changes_it(acting, client, community):
    page = client.get("/disability/plan-templates/library/").content.decode()
    assert "截瘫并发症防治" in page
    assert post(client, "/disability/plan-templates/library/").status_code == 302
    with acting(community):
        assert PlanTemplate.objects.count() == len(LIBRARY)
        template = PlanTemplate.objects.get(name="截瘫并发症防治")
        template.goals = "一个目标"
        template.save()
    answer = post(client, "/disability/plan-templates/library/")
    assert "没有重复载入" in client.get(answer["Location"]).content.decode()
    with acting(community):
        assert PlanTemplate.objects.count() == len(LIBRARY)
        assert PlanTemplate.objects.get(pk=template.pk).goals == "一个目标"


def test_the_streets_templates_serve_its_communities(
    acting, client, community, other_community, street, person
):
    with acting(street):
        template = factories.plan_template(street, "街道范本")
        foreign = factories.plan_template(other_community, "别处范本")
    page = client.get("/ledger/plan-templates/").content.decode()
    assert "街道范本" in page
    assert "别处范本" not in page
    assert client.get(f"/ledger/plan-templates/{foreign.pk}/").status_code == 404
    assert client.get(f"/ledger/plan-templates/{template.pk}/edit/").status_code == 403
    assert (
        "用这个范本制订方案"
        in client.get(f"/ledger/plan-templates/{template.pk}/").content.decode()
    )
    said = plan_fields(person, template=template.pk, group="", goals="", measures="")
    assert post(client, "/ledger/rehab-plans/add/", **said).status_code == 302
    with acting(community):
        plan = RehabPlan.objects.get()
        assert plan.measures == template.measures


# --- plans --------------------------------------------------------------------------------------
def test_the_form_opens_with_what_the_template_says(acting, client, community):
    with acting(community):
        template = factories.plan_template(community, "定向", "orientation")
    form = client.get(f"/ledger/rehab-plans/add/?template={template.pk}").context["form"]
    assert form["goals"].value() == template.goals
    assert form["group"].value() == "orientation"
    assert form["review_months"].value() == 2
    assert client.get("/ledger/rehab-plans/add/?template=987654").status_code == 200
    assert client.get("/ledger/rehab-plans/add/?template=甲").status_code == 200


def test_what_is_left_empty_is_filled_from_the_template(acting, client, community, person):
    with acting(community):
        template = factories.plan_template(community)
    said = plan_fields(person, template=template.pk, group="", goals="", measures="自己写的措施")
    assert post(client, "/ledger/rehab-plans/add/", **said).status_code == 302
    with acting(community):
        plan = RehabPlan.objects.get()
        assert (plan.group, plan.goals, plan.measures) == (
            "physical",
            template.goals,
            "自己写的措施",
        )
        assert (plan.review_months, plan.starts_on) == (2, date(2025, 3, 10))


@pytest.mark.parametrize(
    ("field", "fields", "message"),
    [
        ("goals", {"goals": ""}, "请填写康复目标，或选择方案范本"),
        ("measures", {"measures": ""}, "请填写康复措施，或选择方案范本"),
        ("group", {"group": ""}, "请填写方案类别，或选择方案范本"),
        ("made_on", {"made_on": "2099-01-01"}, "不能晚于今天"),
        ("starts_on", {"starts_on": "2025-03-01"}, "开始日期不能早于制订日期"),
        ("ends_on", {"ends_on": "2025-03-01"}, "结束日期不能早于开始日期"),
        ("__all__", {"consented_by": ""}, "告知并同意日期和同意人要一起填写"),
        ("__all__", {"state": "finished"}, "请填写结束日期"),
        ("review_months", {"review_months": "0"}, "不能小于 1"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    acting, client, community, person, field, fields, message
):
    answer = post(client, "/ledger/rehab-plans/add/", **plan_fields(person, **fields))
    assert message in str(answer.context["form"].errors[field])
    with acting(community):
        assert not RehabPlan.objects.exists()


def test_a_template_of_another_group_is_refused(acting, client, community, person):
    with acting(community):
        template = factories.plan_template(community, group="vision")
    answer = post(client, "/ledger/rehab-plans/add/", **plan_fields(person, template=template.pk))
    assert "适用于视力" in str(answer.context["form"].errors["template"])


def test_one_plan_of_a_group_at_a_time(acting, client, community, person):
    with acting(community):
        factories.rehab_plan(person, ends_on=date(2025, 3, 10))
    answer = post(client, "/ledger/rehab-plans/add/", **plan_fields(person))
    assert "已有一份" in str(answer.context["form"].errors)
    others = ({"group": "mental"}, {"made_on": "2025-03-11", "consented_on": ""})
    for other in others:
        said = plan_fields(person, **other)
        if not said["consented_on"]:
            said["consented_by"] = ""
        assert post(client, "/ledger/rehab-plans/add/", **said).status_code == 302
    with acting(community), pytest.raises(IntegrityError), transaction.atomic():
        factories.rehab_plan(person, "mental", date(2025, 6, 1))


@pytest.mark.parametrize(
    ("state", "steps"),
    [
        ("active", {"finish", "stop"}),
        ("finished", {"resume"}),
        ("stopped", {"resume"}),
    ],
)
def test_the_steps_of_a_plan(acting, client, client_of, make_user, community, person, state, steps):
    over = {} if state == "active" else {"ends_on": date(2025, 6, 1)}
    with acting(community):
        plan = factories.rehab_plan(person, state=state, **over)
    head = client_of(make_user(Role.COMMUNITY_HEAD, community))
    for name, step in PLAN.steps.items():
        url = f"/ledger/rehab-plans/{plan.pk}/step/{name}/"
        fields = {
            "ends_on": "2025-06-30",
            "result": "目标达到",
            "versions": f"{plan.pk}:{plan.version}",
        }
        assert post(head, url, **fields).status_code == 403
        answer = post(client, url, **fields)
        done = answer.status_code == 302
        assert done == (name in steps), name
        with acting(community):
            stored = RehabPlan.objects.get(pk=plan.pk)
            assert stored.state == (step.target if done else state)
            if done:
                RehabPlan.objects.filter(pk=plan.pk).update(
                    state=state, ends_on=over.get("ends_on"), result=""
                )
                plan.refresh_from_db()


# --- reviews ------------------------------------------------------------------------------------
def test_a_review_lies_within_the_plan_and_is_counted(acting, client, community, person):
    with acting(community):
        plan = factories.rehab_plan(person)
    url = f"/ledger/plan-reviews/add/?plan={plan.pk}"
    assert client.get(url).context["form"]["plan"].value() == str(plan.pk)
    fields = {"plan": plan.pk, "progress": "better", "reviewer": "李梅"}
    early = post(client, url, occurred_on="2024-12-31", **fields)
    assert "早于方案的开始日期" in str(early.context["form"].errors["occurred_on"])
    for day in ("2025-02-01", "2025-12-31"):
        assert post(client, url, occurred_on=day, **fields).status_code == 302
    with acting(community):
        assert PlanReview.objects.count() == 2
        assert (value("plan_reviews", community), value("plans_reviewed", community)) == (2, 1)
        assert value("plans_better", community, Period.parse("2025H1")) == 1


def test_plans_are_counted_by_their_days(acting, community, person):
    with acting(community):
        other = factories.resident(community, "王秀兰")
        factories.rehab_plan(person, "orientation", date(2025, 1, 1), ends_on=date(2025, 12, 31))
        factories.rehab_plan(person, "physical", date(2024, 12, 31), ends_on=date(2025, 12, 30))
        factories.rehab_plan(other, "orientation", date(2025, 12, 31))
        assert value("plans_made", community) == 2
        assert value("plans_persons", community) == 2
        assert value("plans_orientation", community) == 2
        assert value("plans_in_force", community) == 2
        assert value("plans_in_force", community, Period.parse("2024")) == 1
        factories.life_event(other, "died", date(2025, 12, 31))
        assert value("plans_in_force", community) == 1


def test_reviews_that_are_due_and_plans_that_are_over(acting, community, person):
    today = timezone.localdate()
    long_ago = today - timedelta(days=100)
    with acting(community):
        due = factories.rehab_plan(person, "physical", long_ago)
        reviewed = factories.rehab_plan(person, "mental", long_ago)
        factories.plan_review(reviewed, today - timedelta(days=5))
        over = factories.rehab_plan(
            person, "vision", today - timedelta(days=20), ends_on=today - timedelta(days=1)
        )
        factories.rehab_plan(
            person, "other", long_ago, ends_on=long_ago, state="finished", result="完成"
        )

        def listed(code):
            return list(worklists[f"disability.{code}"].rows({community.pk}))

        assert listed("review_due") == [due]
        assert listed("plan_over") == [over]
        assert set(listed("plan_without_consent")) == {due, reviewed, over}


# --- on paper -----------------------------------------------------------------------------------
def test_a_plan_is_printed_on_one_page_and_the_look_is_logged(
    acting, client, client_of, make_user, community, other_community, person
):
    pattern = max(LIBRARY, key=lambda p: len("".join(p.goals + p.measures)))
    with acting(community):
        person.name = "古丽娜扎尔·买买提明·吐尔逊江·阿不都热合曼诺夫"
        person.save()
        plan = factories.rehab_plan(
            person,
            pattern.group,
            goals="\n".join(pattern.goals),
            measures="\n".join(pattern.measures),
        )
    answer = client.get(f"/disability/plans/{plan.pk}/plan.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.count(b"/Type /Page\n") + answer.content.count(b"/Type /Page ") <= 1
    with acting(community):
        assert AccessLog.objects.filter(subject="disability.rehabplan", subject_id=plan.pk).exists()
    stranger = client_of(make_user(Role.COMMUNITY_STAFF, other_community))
    assert stranger.get(f"/disability/plans/{plan.pk}/plan.pdf").status_code == 404
    clerk = client_of(make_user(Role.WINDOW_CLERK, community))
    assert clerk.get(f"/disability/plans/{plan.pk}/plan.pdf").status_code == 403
