"""Posts and pushes, diaries, consultations, problems: counted by event date, found, and need to know."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.figures import engine
from portal.ledgers import ledgers
from portal.models import AccessLog
from portal.periods import Period
from portal.roles import Role
from portal.worklists import worklists
from residents.models import Consultation, Diary, JobPush, Problem
from residents.people_field import PeopleField
from tests import factories

pytestmark = pytest.mark.django_db
DAY, LAST = date(2025, 3, 10), date(2025, 12, 31)
YEAR, NEXT = Period.parse("2025"), Period.parse("2026")


@pytest.fixture
def staff(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community, name="李梅")


@pytest.fixture
def client(client_of, staff):
    return client_of(staff)


def post(client, url, **fields):
    return client.post(url, {"_key": str(uuid.uuid4())} | fields)


def value(code, unit, period=YEAR):
    return engine.read(code, {unit.pk}, period).value


# --- posts and pushes ---------------------------------------------------------------------------
def test_posts_and_pushes_are_counted_by_their_days(acting, community):
    with acting(community):
        one, two = factories.resident(community), factories.resident(community, "王秀兰")
        info = factories.job_info(community, wanted=3)
        factories.job_info(community, LAST, post="保安", wanted=2)
        factories.job_info(community, date(2026, 1, 1), post="厨师", wanted=9)
        factories.job_push(info, one, DAY)
        factories.job_push(info, one, LAST, result="hired", hired_on=date(2026, 1, 5))
        factories.job_push(info, two, LAST, result="hired", hired_on=LAST)
        binned = factories.job_push(info, two, DAY)
        binned.deleted_at = timezone.now()
        binned.save()
        found = {
            code: value(f"jobs.{code}", community)
            for code in ("infos", "wanted", "pushes", "persons", "hired")
        }
        assert found == {"infos": 2, "wanted": 5, "pushes": 3, "persons": 2, "hired": 1}
        assert value("jobs.hired", community, NEXT) == 1
        assert value("jobs.pushes", community, NEXT) == 0


@pytest.mark.parametrize(
    "wrong", [{"result": "hired"}, {"hired_on": DAY}, {"followed_up_on": date(2025, 3, 9)}]
)
def test_the_database_keeps_the_rules_of_pushes(acting, community, wrong):
    with acting(community):
        info, person = factories.job_info(community), factories.resident(community)
        with pytest.raises(IntegrityError), transaction.atomic():
            factories.job_push(info, person, **wrong)


def test_many_people_are_told_of_a_post_on_one_page(acting, client, community):
    with acting(community):
        info = factories.job_info(community)
        people = [factories.resident(community, name) for name in ("黄文发", "王秀兰", "李大海")]
        twin = factories.resident(community, "王秀兰")
    url = f"/residents/job-infos/{info.pk}/push/"
    assert client.get(url).status_code == 200
    told = {"occurred_on": "2025-03-12", "mode": "wechat", "pusher": "李梅"}
    unclear = post(client, url, people="黄文发、王秀兰\n没有此人", **told)
    text = unclear.content.decode()
    assert "“王秀兰”不止一人" in text
    assert "没有找到“没有此人”" in text
    typed = f"黄文发、王秀兰 {people[1].id_number[-4:]}\n李大海\n黄文发"
    shown = post(client, url, people=typed, **told)
    assert "推送给 3 人：黄文发、王秀兰、李大海" in shown.content.decode()
    with acting(community):
        assert not JobPush.objects.exists()
    assert post(client, url, people=typed, step="confirm", **told).status_code == 302
    with acting(community):
        assert JobPush.objects.filter(info=info, mode="wechat").count() == 3
        assert not JobPush.objects.filter(resident=twin).exists()
    answer = post(client, url, people=typed, step="confirm", **told)
    assert "另有 3 人当天已登记过" in client.get(answer["Location"]).content.decode()


def test_a_post_of_another_unit_cannot_be_pushed(acting, client, other_community):
    with acting(other_community):
        info = factories.job_info(other_community)
    assert client.get(f"/residents/job-infos/{info.pk}/push/").status_code == 404


def test_the_box_of_people_never_names_another_units(acting, staff, community, other_community):
    with acting(other_community):
        factories.resident(other_community, "金丝雀")
    with acting(staff):
        field = PeopleField(user=staff, label="人", required=False)
        assert field.clean("") == []
        with pytest.raises(Exception, match="没有找到“金丝雀”"):
            field.clean("金丝雀")
        with pytest.raises(Exception, match="一次最多 200 人"):
            field.clean("、".join(f"人{n}" for n in range(201)))


# --- diaries ------------------------------------------------------------------------------------
def diary_fields(**fields):
    return {
        "occurred_on": "2025-03-12",
        "author": "李梅",
        "heard": "楼道灯坏了，老人不敢下楼。",
        "domains": ["residents"],
    } | fields


def test_a_diary_names_whom_its_author_met_and_stands_on_their_pages(acting, client, community):
    with acting(community):
        one, two = factories.resident(community), factories.resident(community, "王秀兰")
    answer = post(client, "/ledger/diaries/add/", **diary_fields(people="黄文发、王秀兰"))
    assert answer.status_code == 302
    with acting(community):
        diary = Diary.objects.get()
        assert {c.resident for c in diary.contacts.kept()} == {one, two}
        assert value("diaries.pages", community) == 1
        assert value("diaries.persons", community) == 2
    assert "楼道灯坏了" in client.get(f"/ledger/residents/{one.pk}/").content.decode()
    url = f"/ledger/diaries/{diary.pk}/edit/"
    assert two.id_number[-4:] in client.get(url).content.decode()
    moved = diary_fields(people="王秀兰", occurred_on="2025-03-13", version=diary.version)
    assert post(client, url, **moved).status_code == 302
    with acting(community):
        [left] = diary.contacts.kept()
        assert (left.resident, left.occurred_on) == (two, date(2025, 3, 13))


def test_a_diary_with_an_unknown_name_is_not_stored(acting, client, community):
    answer = post(client, "/ledger/diaries/add/", **diary_fields(people="没有此人"))
    assert list(answer.context["form"].errors) == ["people"]
    with acting(community):
        assert not Diary.objects.exists()


# --- consultations ------------------------------------------------------------------------------
def test_what_was_measured_is_sealed_shown_to_nobody_unasked_and_opened_with_a_purpose(
    acting, client, staff, community
):
    with acting(community):
        row = factories.consultation(
            factories.resident(community), measured="血压 150/95", findings="高血压二级"
        )
        raw = Consultation.objects.extra(select={"raw": "measured"}).get().raw
    assert "150" not in raw
    page = client.get(f"/ledger/consultations/{row.pk}/").content.decode()
    assert "150/95" not in page
    assert "高血压二级" not in page
    url = f"/ledger/consultations/{row.pk}/unmask/measured/"
    assert "血压 150/95" in client.post(url, {"purpose": "办理业务核对"}).content.decode()
    with acting(staff):
        assert AccessLog.objects.get(action="unmask").field == "measured"


def test_consultations_count_person_times_and_persons(acting, community):
    with acting(community):
        person = factories.resident(community)
        for day in (DAY, LAST, date(2026, 1, 1)):
            factories.consultation(person, day)
        assert value("consultations.person_times", community) == 2
        assert value("consultations.persons", community) == 1


# --- problems -----------------------------------------------------------------------------------
def test_a_need_found_on_a_visit_becomes_a_problem_with_what_the_visit_knows(
    acting, client, community
):
    with acting(community):
        visit = factories.visit(
            factories.resident(community),
            content="反映楼道灯不亮",
            follow_up="联系物业换灯",
            domains=["residents", "volunteers"],
        )
    page = client.get(f"/ledger/visits/{visit.pk}/").content.decode()
    url = f"/ledger/problems/add/?visit={visit.pk}"
    assert url in page
    form = client.get(url).context["form"]
    begun = {name: form[name].value() for name in ("title", "content", "raiser", "source")}
    assert begun == {
        "title": "联系物业换灯",
        "content": "反映楼道灯不亮",
        "raiser": "黄文发",
        "source": "visit",
    }
    assert form["domains"].value() == ["residents", "volunteers"]
    answer = post(
        client,
        url,
        **begun,
        kind="facilities",
        occurred_on="2025-03-12",
        visit=visit.pk,
        resident=visit.resident_id,
        state="open",
        domains=["residents"],
    )
    assert answer.status_code == 302, answer.context["form"].errors
    with acting(community):
        problem = Problem.objects.get()
    assert (problem.visit_id, problem.source) == (visit.pk, "visit")
    assert "联系物业换灯" in client.get(f"/ledger/visits/{visit.pk}/").content.decode()


def test_a_foreign_visit_fills_nothing_in(acting, client, other_community):
    with acting(other_community):
        visit = factories.visit(factories.resident(other_community), content="金丝雀")
    page = client.get(f"/ledger/problems/add/?visit={visit.pk}")
    assert "金丝雀" not in page.content.decode()
    assert client.get("/ledger/problems/add/?visit=abc").status_code == 200


def test_rate_is_of_those_raised_in_the_period_and_told_with_both_terms(acting, community):
    with acting(community):
        factories.problem(community, DAY, state="solved", closed_on=DAY, result="好")
        factories.problem(community, DAY, state="solved", closed_on=date(2026, 1, 1), result="好")
        factories.problem(community, DAY, state="unsolvable", closed_on=LAST, result="无法")
        factories.problem(community, DAY)
        factories.problem(community, date(2024, 12, 31), state="solved", closed_on=DAY, result="早")
        numbers = {
            code: value(f"problems.{code}", community)
            for code in ("raised", "solved", "pending", "settled")
        }
        assert numbers == {"raised": 4, "solved": 1, "pending": 2, "settled": 3}
        rate = engine.read("problems.solved_rate", {community.pk}, YEAR)
        assert rate.full == "25.0%（1/4）"
        by_state = engine.by_category("problems.solved_rate", "kind", {community.pk}, YEAR)
        assert [each.full for each in by_state.values() if each.value] == ["25.0%（1/4）"]
        assert value("problems.settled", community, NEXT) == 1


def test_problems_wait_in_the_worklists_until_settled(acting, community):
    today = timezone.localdate()
    with acting(community):
        late = factories.problem(community, today - timedelta(9), due_on=today - timedelta(1))
        soon = factories.problem(community, today, due_on=today + timedelta(7), owner="李梅")
        factories.problem(community, today, due_on=today + timedelta(8), owner="李梅")
        factories.problem(
            community,
            today - timedelta(9),
            due_on=today - timedelta(2),
            state="solved",
            closed_on=today,
            result="好",
        )
        overdue = worklists["residents.overdue_problems"]
        assert [(r, overdue.due(r)) for r in overdue.rows({community.pk})] == [
            (late, "超期 1 天"),
            (soon, f"{soon.due_on} 到期"),
        ]
        assert list(worklists["residents.unassigned_problems"].rows({community.pk})) == [late]


def test_pushes_nobody_followed_up_wait_for_a_week(acting, community):
    today = timezone.localdate()
    with acting(community):
        info = factories.job_info(community, today - timedelta(20))
        waiting = factories.job_push(info, factories.resident(community), today - timedelta(8))
        factories.job_push(info, factories.resident(community, "王秀兰"), today - timedelta(6))
        rows = worklists["residents.unanswered_pushes"].rows({community.pk})
        assert list(rows) == [waiting]


def test_what_is_tagged_for_another_department_stays_unknown(acting, make_user, community):
    """The window clerk sees no disability work, whichever ledger it stands in (ADR 10)."""
    clerk = make_user(Role.WINDOW_CLERK, community)
    with acting(community):
        person = factories.resident(community)
        ours = {"domains": ["disability"]}
        info = factories.job_info(community, **ours)
        rows = {
            "job-infos": info,
            "job-pushes": factories.job_push(info, person),
            "diaries": factories.diary(community, person, **ours),
            "consultations": factories.consultation(person, **ours),
            "problems": factories.problem(community, resident=person, **ours),
        }
        rows["diary-contacts"] = rows["diaries"].contacts.get()
    with acting(clerk):
        for slug in rows:
            assert not ledgers[slug].queryset(clerk).exists(), slug


# --- entering a visit ---------------------------------------------------------------------------
def test_a_visit_takes_six_fields_and_begins_with_today_and_the_clerks_name(
    acting, client, community
):
    with acting(community):
        person = factories.resident(community)
    page = client.get(f"/ledger/visits/add/?resident={person.pk}")
    form, text = page.context["form"], page.content.decode()
    assert ledgers["visits"].form_fields.index(*ledgers["visits"].form_folds) == 6
    assert form["occurred_on"].value() == timezone.localdate()
    assert (form["visitor"].value(), form["mode"].value()) == ("李梅", "home")
    assert '<details class="form-fold">' in text
    wrong = post(client, "/ledger/visits/add/", resident=person.pk, domains=[])
    assert '<details class="form-fold" open>' in wrong.content.decode()


def test_the_next_visit_of_a_round_keeps_day_and_mode_but_no_person(acting, client, community):
    with acting(community):
        person = factories.resident(community)
    answer = post(
        client,
        "/ledger/visits/add/",
        resident=person.pk,
        occurred_on="2025-03-12",
        mode="phone",
        visitor="李梅",
        domains=["residents"],
        next="again",
    )
    assert answer["Location"] == "/ledger/visits/add/?occurred_on=2025-03-12&mode=phone"
    form = client.get(answer["Location"]).context["form"]
    assert (form["occurred_on"].value(), form["mode"].value()) == ("2025-03-12", "phone")
