"""Who sees the office's facts: by department, by unit, down the tree but not up or sideways."""

import pytest

from portal.office.models import PolicyDocument, Rule, StaffEvaluation, Station
from portal.roles import DUTIES, Role
from tests import factories

office = factories.office
pytestmark = pytest.mark.django_db

READERS = {
    Role.COMMUNITY_STAFF,
    Role.COMMUNITY_HEAD,
    Role.STREET_SECTION,
    Role.STREET_SUPERVISOR,
}


@pytest.mark.parametrize("role", Role)
def test_each_role_sees_what_its_duty_says(client_of, make_user, community, role):
    client = client_of(make_user(role, community))
    may = role in READERS
    for url in ("/office/", "/ledger/stations/", "/ledger/work-tasks/"):
        assert client.get(url).status_code == (200 if may else 403), url
    evaluates = "staff.evaluate" in DUTIES[role].permissions
    assert evaluates == (role in {Role.COMMUNITY_HEAD, Role.STREET_SUPERVISOR})
    assert client.get("/ledger/staff-evaluations/").status_code == (200 if evaluates else 403)


def test_evaluations_are_for_the_head_alone(
    client_of, acting, make_user, community, other_community, staff, head
):
    with acting(community):
        row = office.staff_evaluation(community, person="金丝雀")
    client = client_of(staff)
    assert client.get(f"/ledger/staff-evaluations/{row.pk}/").status_code == 403
    for url in ("/", "/office/"):
        body = client.get(url).content.decode()
        assert "金丝雀" not in body
        assert "人员考核" not in body
    with acting(staff):
        assert not StaffEvaluation.objects.visible_to(staff).exists()
    assert "金丝雀" in client_of(head).get("/ledger/staff-evaluations/").content.decode()
    elsewhere = client_of(make_user(Role.COMMUNITY_HEAD, other_community))
    assert elsewhere.get(f"/ledger/staff-evaluations/{row.pk}/").status_code == 404


@pytest.mark.parametrize("make", [office.policy_document, office.rule])
def test_papers_of_the_street_are_read_below_and_neither_above_nor_beside(
    acting, make_user, street, other_street, community, other_community, make
):
    with acting(street, other_street):
        rows = {unit: make(unit) for unit in (street, community, other_community, other_street)}
    model = type(rows[street])

    def seen(role, unit):
        user = make_user(role, unit)
        with acting(user):
            return {row.unit for row in model.objects.visible_to(user)}, {
                row.unit for row in model.objects.all()
            }

    assert seen(Role.COMMUNITY_STAFF, community) == ({street, community},) * 2
    assert seen(Role.COMMUNITY_STAFF, other_community) == ({street, other_community},) * 2
    assert seen(Role.STREET_SECTION, street) == ({street, community, other_community},) * 2


def test_a_paper_of_the_street_opens_below_but_only_to_be_read(
    client_of, acting, street, community, staff
):
    with acting(street):
        paper = office.policy_document(street, title="社区康复实施方案")
    client = client_of(staff)
    url = f"/ledger/policy-documents/{paper.pk}/"
    page = client.get(url)
    assert "社区康复实施方案" in page.content.decode()
    assert page.context["can"]["edit"] is False
    assert client.get(f"{url}edit/").status_code == 403
    listed = client.get("/ledger/policy-documents/").content.decode()
    assert "社区康复实施方案" in listed
    assert client.get("/figures/office.documents_issued/").context["value"] == "0"


def test_below_too_one_of_the_tags_must_be_known(acting, make_user, street, community):
    """A role that sees the office but not disability would not read the paper."""
    from portal.scope import access_of

    with acting(street):
        office.policy_document(street, domains=["disability"])
        office.rule(street, domains=["servicecenter"])
    clerk = make_user(Role.WINDOW_CLERK, community)
    with acting(clerk):
        access = access_of(clerk)
        assert not PolicyDocument.objects.filter(PolicyDocument.known_to(access)).exists()
        assert Rule.objects.filter(Rule.known_to(access)).count() == 1


def test_facts_are_known_by_their_tags_and_rows_by_their_facts(acting, make_user, community):
    from portal.office.models import WorkTask
    from portal.scope import access_of

    with acting(community):
        for domain in ("disability", "servicecenter"):
            office.station(community, name=domain, domains=[domain])
            office.work_task(office.work_plan(community, title=domain, domains=[domain]))
    clerk = make_user(Role.WINDOW_CLERK, community)
    with acting(clerk):
        access = access_of(clerk)
        assert [s.name for s in Station.objects.filter(Station.known_to(access))] == [
            "servicecenter"
        ]
        assert [t.plan.title for t in WorkTask.objects.filter(WorkTask.known_to(access))] == [
            "servicecenter"
        ]
