"""What a ledger exports, the same ledger takes back and finds unchanged."""

from dataclasses import dataclass
from datetime import date

import pytest

from portal.exports.xlsx import workbook
from portal.ledgers import ledgers
from portal.models import Unit, User
from portal.roles import Role
from residents.enums import Relation
from residents.models import CareKind, CareTag
from tests import conftest, factories
from tests.factories import (
    office,
    sanitation_cleaners,
    sanitation_inspect,
    sanitation_market,
    sanitation_rectification,
    sanitation_scores,
    sanitation_sites,
    sanitation_waste,
    volunteer_activities,
)
from tests.factories.certificate_applications import certificate_application, take
from tests.sharing import undone_afterwards

# On one worker: the rows are made once.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("round-trip")]

# Their own numbers leave the portal masked, so nothing tells whose row it was.
SEALED = {"residents", "certificates", "outsiders"}
# No clerk sees the first, so no clerk exports them; the others are set by who approves hours and who
# manages rubrics (tests/sanitation/test_rubric_import.py).
HEADS_ONLY = {"staff-evaluations", "hours-rules", "rubrics", "rubric-items", "rubric-faults"}
STREETS_ONLY = {"score-rules", "quarter-runs"}  # tests/sanitation/test_scores_files.py
ON_A_PAGE = {"diary-contacts"}  # typed on a page of the diary, which no column names
OURS = {
    each.slug for each in ledgers if each.by_hand and not type(each).__module__.startswith("tests.")
}


def exported(slug, user) -> bytes:
    ledger = ledgers[slug]
    rows = ledger.queryset(user).order_by(*ledger.order)
    return workbook(ledger.title, ledger.shown_columns, rows)[0]


@dataclass(frozen=True)
class Full:
    community: Unit
    clerk: User


@pytest.fixture(scope="module")
def full(django_db_setup, django_db_blocker):
    """A community with one row or two in every ledger."""
    with django_db_blocker.unblock(), undone_afterwards():
        community = conftest.new_community(conftest.new_street(conftest.new_district()))
        clerk = conftest.new_user(Role.COMMUNITY_STAFF, community, "clerk")
        _fill(community)
        yield Full(community, clerk)


def _fill(community):
    with conftest.acting_as(community):
        person = factories.resident(community)
        flat = factories.dwelling(factories.building(community), floor=1, area="98.50")
        home = factories.household(community, dwelling=flat, address=flat.address)
        factories.member(home, person, Relation.HEAD)
        CareTag.objects.create(
            unit=community,
            resident=person,
            kind=CareKind.objects.first(),
            starts_on="2024-01-01",
        )
        factories.disability_file(person, components=["42", "13"], guardian_name="黄大发")
        factories.certificate(person)
        application = certificate_application(person)
        take(application, ("accept", date(2025, 3, 4)))
        event = factories.activity(community, participants=12580, theme_day="disability-day")
        factories.participation(event, person)
        factories.handout(community, quantity=12580, activity=event)
        factories.assistance(person, amount="10500.50")
        factories.application(person)
        factories.visit(person, purposes=["policy", "greeting"], content="第一行\n第二行")
        factories.visit(person)
        factories.consent(person)
        factories.data_request(person)
        factories.job_push(factories.job_info(community), person)
        factories.diary(community, person)
        factories.consultation(person)
        factories.problem(community)
        factories.life_event(factories.resident(community, "韦英堃"), to_place="江北区")
        office.one_of_each(community)
        factories.agency.one_of_each(community)
        factories.conditions.one_of_each(person)
        factories.share_of_each(person)
        factories.devices.one_of_each(person)
        factories.reception.one_of_each(person)
        factories.programmes.one_of_each(person)
        factories.rehabilitation_of(person, factories.body(community, name="卫生服务中心"))
        factories.subsidies_of(person)
        factories.former_subsidy(person)
        factories.catalogue.one_of_each(community)
        factories.cases.one_of_each(person)
        factories.redress.one_of_each(person)
        volunteer_activities.one_of_each(community)
        factories.volunteer_people.one_of_each(person)
        factories.placements.one_of_each(community)
        factories.volunteer_hours.one_of_each(community)
        factories.volunteer_served.one_of_each(person)
        sanitation_market.one_of_each(person)
        sanitation_waste.one_of_each(community)
        sanitation_cleaners.one_of_each(community)
        sanitation_sites.one_of_each(community, home)
        sanitation_rectification.one_of_each(community)
        sanitation_inspect.one_of_each(community)
        sanitation_scores.one_of_each(community)


@pytest.fixture
def community(full):
    return full.community


@pytest.fixture
def clerk(full):
    return full.clerk


@pytest.mark.parametrize("slug", sorted(OURS - SEALED - HEADS_ONLY - STREETS_ONLY - ON_A_PAGE))
def test_export_taken_back_changes_nothing(bring, acting, clerk, slug):
    with acting(clerk):
        content = exported(slug, clerk)
        rows = ledgers[slug].queryset(clerk).count()
    assert rows > 0

    report = bring(slug, content)

    assert report.problems == []
    assert report.totals == {"new": 0, "changed": 0, "unchanged": rows, "refused": 0}


@pytest.mark.parametrize("slug", sorted(SEALED))
def test_export_with_masked_numbers_is_refused_by_name(bring, acting, clerk, slug):
    with acting(clerk):
        content = exported(slug, clerk)

    report = bring(slug, content)

    assert {p.message for p in report.errors} == {
        "号码已遮盖，不能用来登记新记录，请填写完整号码。"
    }


@pytest.mark.parametrize("slug", sorted(ON_A_PAGE))
def test_export_that_does_not_say_what_its_rows_belong_to_is_refused(bring, acting, clerk, slug):
    with acting(clerk):
        content = exported(slug, clerk)

    assert {p.message for p in bring(slug, content).errors} == {"民情日记：没有填写。"}
