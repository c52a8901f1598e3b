"""The yearly survey: once a year, an answer for everybody, each need followed until it is met."""

import uuid
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disability.enums.needs import RAISED, NeedState
from disability.enums.steps import NEED
from disability.models import Need, NeedsSurvey
from disability.services.needs import save_survey
from portal.figures import engine
from portal.periods import Period
from portal.roles import Role
from portal.worklists import worklists
from tests import factories

pytestmark = pytest.mark.django_db
DAY = date(2025, 3, 10)
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


def survey_fields(person, **fields):
    usual = {"occurred_on": "2025-03-10", "surveyor": "李梅", "mode": "home", "year": ""}
    return usual | {"resident": person.pk, "needs": ["device", "training"]} | fields


def value(code, unit, period=YEAR):
    return engine.read(f"disability.{code}", {unit.pk}, period).value


def test_a_survey_raises_a_need_of_each_class(acting, client, community, person):
    answer = post(client, "/ledger/needs-surveys/add/", **survey_fields(person))
    assert answer.status_code == 302
    with acting(community):
        survey = NeedsSurvey.objects.get()
        assert survey.year == 2025
        needs = Need.objects.order_by("kind")
        assert [(n.kind, n.state, n.occurred_on, n.resident) for n in needs] == [
            ("device", "open", DAY, person),
            ("training", "open", DAY, person),
        ]


@pytest.mark.parametrize(
    ("field", "fields", "message"),
    [
        ("needs", {"needs": []}, "没有需求的选“无需求”"),
        ("needs", {"needs": ["none", "device"]}, "选了“无需求”，就不能再选别的需求"),
        ("occurred_on", {"occurred_on": "2099-01-01"}, "不能晚于今天"),
        ("occurred_on", {"occurred_on": "1960-01-01"}, "早于这位居民的出生日期"),
        ("year", {"year": "2009"}, "相差太远"),
        ("surveyor", {"surveyor": ""}, "请填写调查人"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    acting, client, community, person, field, fields, message
):
    answer = post(client, "/ledger/needs-surveys/add/", **survey_fields(person, **fields))
    assert message in str(answer.context["form"].errors[field])
    with acting(community):
        assert not NeedsSurvey.objects.exists()
        assert not Need.objects.exists()


def test_nobody_is_asked_twice_in_a_year(acting, client, community, person):
    with acting(community):
        factories.needs_survey(person, occurred_on=date(2025, 1, 5))
        factories.needs_survey(person, occurred_on=date(2024, 12, 30))
    answer = post(client, "/ledger/needs-surveys/add/", **survey_fields(person))
    assert "这个年度已经调查过" in str(answer.context["form"].errors)
    said = survey_fields(person, year="2026")
    assert post(client, "/ledger/needs-surveys/add/", **said).status_code == 302


@pytest.mark.parametrize("needs", [[], ["none", "care"]])
def test_the_database_keeps_an_answer_whole(acting, community, person, needs):
    with acting(community), pytest.raises(IntegrityError), transaction.atomic():
        NeedsSurvey.objects.create(
            unit=community,
            resident=person,
            occurred_on=DAY,
            year=2025,
            surveyor="李梅",
            needs=needs,
        )


def test_a_changed_answer_keeps_what_came_of_the_others(acting, client, community, person):
    with acting(community):
        survey = factories.needs_survey(person, ["device", "training"])
        device = Need.objects.get(kind="device")
        device.state, device.met_on = NeedState.MET, date(2025, 4, 1)
        device.save()
    url = f"/ledger/needs-surveys/{survey.pk}/edit/"
    said = survey_fields(person, needs=["device", "care"], version=survey.version)
    assert post(client, url, **said).status_code == 302
    with acting(community):
        assert set(Need.objects.kept().values_list("kind", "state")) == {
            ("device", "met"),
            ("care", "open"),
        }
    client.post(
        f"/ledger/needs-surveys/{survey.pk}/delete/",
        {"_key": str(uuid.uuid4()), "version": survey.version + 1},
    )
    with acting(community):
        assert not Need.objects.kept().exists()


def test_a_need_of_a_survey_is_changed_and_removed_there(acting, client, community, person):
    with acting(community):
        factories.needs_survey(person, ["device"])
        need = Need.objects.get()
    fields = {"resident": person.pk, "occurred_on": "2025-03-10", "kind": "care", "item": "轮椅"}
    fields |= {"state": "open", "version": need.version}
    answer = post(client, f"/ledger/rehab-needs/{need.pk}/edit/", **fields)
    assert "请到那次调查里修改" in str(answer.context["form"].errors["kind"])
    fields["kind"] = "device"
    assert post(client, f"/ledger/rehab-needs/{need.pk}/edit/", **fields).status_code == 302
    answer = post(client, f"/ledger/rehab-needs/{need.pk}/delete/", version=need.version + 1)
    assert "请到那次调查里去掉" in client.get(answer["Location"]).content.decode()
    with acting(community):
        assert Need.objects.kept().get().item == "轮椅"


def test_the_steps_of_a_need():
    told = {
        (name, source, step.target) for name, step in NEED.steps.items() for source in step.sources
    }
    assert told == {
        ("arrange", "open", "arranged"),
        ("meet", "open", "met"),
        ("meet", "arranged", "met"),
        ("drop", "open", "dropped"),
        ("drop", "arranged", "dropped"),
        ("reopen", "met", "open"),
        ("reopen", "dropped", "open"),
    }


def test_a_need_is_met_on_a_day_and_opened_again(acting, client, community, person):
    with acting(community):
        need = factories.need(person)
    page = f"/ledger/rehab-needs/{need.pk}/step"
    versions = f"{need.pk}:{need.version}"
    early = post(client, f"{page}/meet/", met_on="2025-03-09", versions=versions)
    assert "满足日期不能早于" in early.content.decode()
    assert post(client, f"{page}/meet/", met_on="2025-03-12", versions=versions).status_code == 302
    versions = f"{need.pk}:{need.version + 1}"
    assert post(client, f"{page}/reopen/", versions=versions).status_code == 302
    with acting(community):
        need.refresh_from_db()
        assert (need.state, need.met_on) == ("open", None)


def test_rates_tell_both_terms(acting, community):
    with acting(community):
        people = [factories.resident(community) for _ in range(5)]
        for each in people[:4]:
            factories.disability_file(each)
        factories.disability_file(people[4], opened_on=date(2026, 1, 1))
        factories.needs_survey(people[0], ["device", "care"])
        factories.needs_survey(people[1], ["none"], date(2025, 12, 31))
        factories.needs_survey(people[2], ["care"], date(2026, 1, 1))
        factories.needs_survey(people[4], ["training"])
        met = Need.objects.get(kind="device")
        met.state, met.met_on = NeedState.MET, date(2026, 2, 1)
        met.save()
        read = {
            code: value(code, community)
            for code in ("needs_surveyed", "needs_found", "needs_none", "needs_raised", "needs_met")
        }
        assert read == dict(zip(read, (3, 2, 1, 3, 0), strict=True))
        assert value("needs_unmet", community) == 3
        rate = engine.read("disability.needs_rate", {community.pk}, YEAR)
        assert (rate.numerator.value, rate.denominator.value) == (1, 4)
        both = Period(date(2025, 1, 1), date(2026, 2, 1))
        rate = engine.read("disability.needs_met_rate", {community.pk}, both)
        assert (rate.numerator.value, rate.denominator.value) == (1, 4)
        assert value("needs_of_care", community, both) == 2
        classes = engine.by_category("disability.needs_found", "needs", {community.pk}, YEAR)
        assert {k: r.value for k, r in classes.items() if r.value} == {
            "device": 1,
            "care": 1,
            "training": 1,
        }


CLASSES = st.lists(st.sampled_from([key for key, _ in RAISED]), min_size=1, max_size=6, unique=True)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(answers=st.lists(st.one_of(st.just(["none"]), CLASSES), min_size=1, max_size=4))
def test_needs_always_agree_with_the_answers(acting, community, person, answers):
    with acting(community), transaction.atomic():
        survey = factories.needs_survey(person, answers[0], date(2023, 5, 5))
        for needs in answers[1:]:
            survey.needs = needs
            save_survey(survey, by=None)
        kept = Need.objects.kept().filter(survey=survey).values_list("kind", flat=True)
        assert set(kept) == set(answers[-1]) - {"none"}
        assert len(kept) == len(set(kept))
        transaction.set_rollback(True)


def test_who_was_not_asked_this_year_and_what_was_not_met_is_listed(acting, community):
    today = timezone.localdate()
    with acting(community):
        asked, dead, waiting = (factories.resident(community, n) for n in ("甲", "乙", "丙"))
        for each in (asked, dead, waiting):
            factories.disability_file(each)
        factories.life_event(dead, "died", date(2025, 5, 1))
        factories.needs_survey(asked, ["device"], today)
        old = factories.need(waiting, occurred_on=date(2025, 1, 6))
        factories.need(waiting, "care", date(2025, 1, 6), state="dropped")
        rows = worklists["disability.not_surveyed"].rows({community.pk})
        assert [row.resident for row in rows] == [waiting]
        assert list(worklists["disability.unmet_needs"].rows({community.pk})) == [old]


def test_many_are_recorded_on_one_screen(acting, client, community, person):
    lines = {"lines": "10", "occurred_on": "2025-03-10", "surveyor": "李梅", "mode": "home"}
    with acting(community):
        other = factories.resident(community, "王秀兰")
    lines |= {"l0-resident": person.pk, "l0-needs": ["none"], "l1-resident": other.pk}
    lines |= {"l1-needs": ["care", "device"]}
    assert post(client, "/ledger/needs-surveys/add-many/", **lines).status_code == 302
    with acting(community):
        assert NeedsSurvey.objects.count() == 2
        assert Need.objects.filter(resident=other).count() == 2
    assert client.get("/ledger/needs-surveys/sheet.pdf").status_code == 200


def test_a_need_becomes_a_problem_of_disability_work(acting, client, community, person):
    with acting(community):
        need = factories.need(person)
        factories.problem(community, domains=["disability"], resident=person)
        solved = factories.problem(community, domains=["disability"])
        solved.state, solved.closed_on, solved.result = "solved", DAY, "已解决"
        solved.save()
        rate = engine.read("disability.problems_solved_rate", {community.pk}, YEAR)
        assert (rate.numerator.value, rate.denominator.value) == (1, 2)
    page = client.get(f"/ledger/rehab-needs/{need.pk}/").content.decode()
    assert "转为问题事项" in page
    form = client.get(
        f"/ledger/problems/add/?resident={person.pk}&domains=disability&source=visit"
    ).context["form"]
    assert form["domains"].value() == "disability"
