"""民情走访: one shared visit, an editable checklist, needs that go on; the agency's share of other facts."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from portal.figures import engine
from portal.ledgers import ledgers
from portal.periods import Period
from portal.roles import Role
from portal.worklists import worklists
from residents.enums import Relation
from residents.models import Visit
from servicecenter.models import ChecklistAnswer, ChecklistItem, FolkVisit
from servicecenter.selectors.visits import checklist_on
from servicecenter.services.visits import take_seed
from tests import factories
from tests.factories import cases, reception

pytestmark = pytest.mark.django_db
YEAR = Period.parse("2025")
DAY = date(2025, 3, 10)
LEDGER = ledgers["folk-visits"]


@pytest.fixture
def clerk(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community)


@pytest.fixture
def person(acting, community):
    with acting(community):
        return factories.resident(community, "黄文发")


def full(code, unit, period=YEAR):
    return engine.read(f"servicecenter.{code}", {unit.pk}, period).full


# --- the checklist --------------------------------------------------------------------------------
def test_a_unit_goes_by_its_own_list_else_by_the_streets(
    acting, street, community, other_community
):
    with acting(street):
        theirs = reception.checklist_item(street)
        own = reception.checklist_item(community, 2, group="grasped")
        first = reception.checklist_item(community, 1, group="clear", ends_on=date(2025, 6, 30))
        assert checklist_on(community, DAY) == [first, own]
        assert checklist_on(community, date(2025, 7, 1)) == [own]
        assert checklist_on(other_community, DAY) == [theirs]
        assert checklist_on(community, date(2019, 1, 1)) == []


def test_the_usual_list_is_taken_once_and_changed_afterwards(acting, client_of, community, clerk):
    answer = client_of(clerk).post(
        "/servicecenter/checklist/seed/", {"_key": str(uuid4()), "unit": community.pk}
    )
    assert answer.status_code == 302
    with acting(clerk):
        groups = ChecklistItem.objects.values_list("group", flat=True)
        assert sorted(groups) == ["clear"] * 4 + ["grasped"] * 4 + ["known"] * 4
        with pytest.raises(ValidationError, match="已有走访清单"):
            take_seed(community, by=clerk)


def test_a_clerk_of_the_window_keeps_no_checklist(make_user, client_of, community):
    window = make_user(Role.WINDOW_CLERK, community)
    assert client_of(window).get("/servicecenter/checklist/seed/").status_code == 403
    assert client_of(window).get("/ledger/checklist-items/add/").status_code == 403


def test_an_item_stands_in_a_cell_beside_others(acting, client_of, clerk):
    sent = {"_key": str(uuid4()), "group": "known", "ordinal": "1", "starts_on": "2025-01-01"}
    answer = client_of(clerk).post("/ledger/checklist-items/add/", sent | {"text": "收入、住房"})
    assert "text" in answer.context["form"].errors
    with acting(clerk):
        assert not ChecklistItem.objects.exists()


# --- one visit ------------------------------------------------------------------------------------
def test_a_visit_is_recorded_once_with_what_was_found_out(
    acting, client_of, community, clerk, person
):
    with acting(community):
        home = factories.household(community)
        factories.member(home, person, Relation.HEAD)
        items = [reception.checklist_item(community, number) for number in (1, 2, 3)]
    sent = {
        "_key": str(uuid4()),
        "resident": person.pk,
        "occurred_on": "2025-03-10",
        "mode": "home",
        "visitor": "李梅",
        "purposes": ["folk"],
        "domains": ["servicecenter"],
        "known": [str(items[0].pk), str(items[2].pk)],
        "need": "想申请高龄津贴。",
    }
    assert client_of(clerk).post("/ledger/folk-visits/add/", sent).status_code == 302
    with acting(clerk):
        visit = Visit.objects.get()
        folk = visit.folk
        assert (folk.household, folk.asked, folk.known, folk.need) == (home, 3, 2, sent["need"])
        given = ChecklistAnswer.objects.values_list("item__ordinal", "known")
        assert sorted(given) == [(1, True), (2, False), (3, True)]
        assert ledgers["visits"].queryset(clerk).count() == 1
        assert "民情走访" in ledgers["visits"].kept_by(visit)
    form = client_of(clerk).get(f"/ledger/folk-visits/{visit.pk}/edit/").context["form"]
    assert form["known"].value() == sent["known"]
    assert form["need"].value() == sent["need"]


def test_changed_answers_replace_the_former_ones(acting, community, person):
    with acting(community):
        first, second = (reception.checklist_item(community, number) for number in (1, 2))
        visit = reception.folk_visit(person, known=[first])
        second.ends_on = date(2025, 3, 1)
        second.save()
        reception.save_visit(visit, known=set(), need="", by=None)
        folk = FolkVisit.objects.get()
        assert (folk.asked, folk.known) == (1, 0)
        assert [answer.item for answer in folk.answers.kept()] == [first]


def test_a_visit_goes_to_the_bin_and_comes_back_with_its_answers(acting, community, clerk, person):
    with acting(clerk):
        item = reception.checklist_item(community)
        visit = reception.folk_visit(person, known=[item])
        LEDGER.check_deletable(visit)
        LEDGER.recycle(visit, version=visit.version, by=clerk)
        assert not FolkVisit.objects.kept().exists()
        assert not ChecklistAnswer.objects.kept().exists()
        LEDGER.restore(Visit.objects.get(), by=clerk)
        assert FolkVisit.objects.kept().count() == ChecklistAnswer.objects.kept().count() == 1


# --- figures --------------------------------------------------------------------------------------
def test_visits_households_needs_and_the_checklist_are_counted(acting, community, person):
    with acting(community):
        home = factories.household(community)
        factories.member(home, person, Relation.HEAD)
        wife = factories.resident(community, "李小红")
        factories.member(home, wife, Relation.SPOUSE)
        first, _ = (reception.checklist_item(community, number) for number in (1, 2))
        needy = reception.folk_visit(person, known=[first], need="想申请高龄津贴。")
        reception.folk_visit(wife, date(2025, 4, 1), need="想换证。")
        reception.folk_visit(person, date(2024, 12, 31))
        factories.visit(person, domains=["servicecenter"], purposes=["policy"])
        cases.case(community, resident=person, visit=needy)
        assert full("folk_visits", community) == "2人次"
        assert full("folk_households", community) == "1户"
        assert full("folk_need_rate", community) == "50.0%（1/2）"
        assert full("checklist_rate", community) == "25.0%（1/4）"
        waiting = worklists["servicecenter.folk_needs_untaken"].rows({community.pk})
        assert [visit.folk.need for visit in waiting] == ["想换证。"]


def test_the_agencys_share_of_learning_technology_and_jobs(acting, community, person):
    ours = {"domains": ["servicecenter"]}
    with acting(community):
        for kind, people in (("meeting", 9), ("training", 11), ("technique", 30)):
            factories.activity(community, title=kind, kind=kind, participants=people, **ours)
            factories.activity(community, title=f"{kind}2", kind=kind, participants=99)
        factories.job_push(
            factories.job_info(community, **ours), person, result="hired", hired_on=DAY
        )
        factories.job_push(factories.job_info(community, post="保安"), person)
        told = {
            "study_sessions": "1次",
            "study_attendance": "9人次",
            "staff_trainings": "1次",
            "staff_training_attendance": "11人次",
            "technique_sessions": "1次",
            "technique_attendance": "30人次",
            "policy_events": "0次",
            "job_infos": "1条",
            "job_pushes": "1人次",
            "job_hired": "1人",
        }
        assert {code: full(code, community) for code in told} == told
