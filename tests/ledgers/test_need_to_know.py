"""Need to know by department: a shared fact is seen by those who see one of its departments."""

import pytest

from portal.roles import Role
from residents.models import Visit
from tests import factories


@pytest.fixture
def visits(acting, community):
    with acting(community):
        person = factories.resident(community)
        return {
            "disability": factories.visit(person, content="精神科随访", domains=["disability"]),
            "residents": factories.visit(person, content="询问近况", domains=["residents"]),
            "both": factories.visit(
                person, content="讲解垃圾分类", domains=["disability", "residents"]
            ),
        }


def contents(client, url="/ledger/visits/"):
    rows = client.get(url).context["rows"]
    return {cell["value"] for row in rows for cell in row["cells"] if cell["label"] == "情况记录"}


def test_window_clerk_sees_no_disability_visit_anywhere(
    client_of, make_user, community, visits, acting
):
    clerk = make_user(Role.WINDOW_CLERK, community)
    client = client_of(clerk)
    assert contents(client) == {"询问近况", "讲解垃圾分类"}
    hidden = visits["disability"]
    assert client.get(f"/ledger/visits/{hidden.pk}/").status_code == 404
    person = client.get(f"/ledger/residents/{hidden.resident_id}/").content.decode()
    assert "精神科随访" not in person
    assert "残疾人工作" not in {group["title"] for group in client.get("/").context["nav"]}
    with acting(clerk):
        assert hidden not in Visit.objects.visible_to(clerk)


def test_window_clerk_opens_no_figure_whose_evidence_would_show_them(
    client_of, make_user, community, visits
):
    client = client_of(make_user(Role.WINDOW_CLERK, community))
    assert client.get("/figures/visits.person_times/").status_code == 403
    assert client.get("/ledger/visits/").context["footer"] == []


def test_staff_see_all(client_of, make_user, community, visits):
    client = client_of(make_user(Role.COMMUNITY_STAFF, community))
    assert contents(client) == {"精神科随访", "询问近况", "讲解垃圾分类"}


def test_the_resident_search_box_is_only_for_those_who_see_residents(
    client_of, make_user, community
):
    inspector = client_of(make_user(Role.SANITATION_INSPECTOR, community))
    assert 'id="site-search"' not in inspector.get("/").content.decode()
    clerk = client_of(make_user(Role.WINDOW_CLERK, community))
    assert 'id="site-search"' in clerk.get("/").content.decode()
