"""The list of cases: what it shows and finds, and that ten thousand rows cost no more queries than ten."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.bulk import load
from portal.ledgers import ledgers
from portal.roles import Role
from servicecenter.enums.cases import CaseState as S
from servicecenter.enums.catalogue import Department
from servicecenter.models import Case
from tests import factories
from tests.factories import cases
from tests.servicecenter.casework import recent, today

pytestmark = pytest.mark.django_db
LIST = "/ledger/cases/"


@pytest.fixture
def staff(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community)


def listed(response) -> list[str]:
    return [row["url"] for row in response.context["rows"]]


def url_of(case) -> str:
    return f"{LIST}{case.pk}/"


def test_the_list_shows_light_and_day_and_masks_the_applicant(acting, client_of, staff, community):
    with acting(community):
        case = recent(community, S.HANDLING, due_on=today() - timedelta(days=1))
    response = client_of(staff).get(LIST)
    [row] = response.context["rows"]
    cells = {cell["label"]: cell for cell in row["cells"]}
    assert (cells["灯"]["value"], cells["灯"]["badge"]) == ("超期", "bad")
    assert cells["承诺办结日期"]["value"] == f"{case.due_on}"
    assert cells["灯"]["icon"]
    assert cells["申请人"]["value"] == case.resident.name
    assert case.resident.id_number not in response.content.decode()


def test_the_list_is_narrowed(acting, client_of, staff, community):
    with acting(community):
        late = recent(community, S.HANDLING, due_on=today() - timedelta(days=1))
        item = cases.item(community, "CL-01", department=Department.DISABLED)
        station, agent = cases.station(community), cases.agent(community)
        asked = cases.version(community, item)
        other = recent(
            community, item=asked, station=station, agent=agent, state=S.ACCEPTED, channel="phone"
        )
    client = client_of(staff)
    for query, expected in (
        ({"light": "red"}, [late]),
        ({"department": "disabled"}, [other]),
        ({"at_station": station.pk}, [other]),
        ({"by_agent": agent.pk}, [other]),
        ({"state": "handling"}, [late]),
        ({"channel": "phone"}, [other]),
    ):
        assert listed(client.get(LIST, query)) == [url_of(case) for case in expected], query


def test_a_case_is_found_by_number_and_by_its_applicant(acting, client_of, staff, community):
    with acting(community):
        cases.hall(community, "春明代办")
        case = recent(community, S.ACCEPTED, resident=factories.resident(community, "黄文发"))
        other = recent(community, outsider=cases.outsider(community, "湖畔文化有限公司"))
    client = client_of(staff)
    for typed, expected in ((case.number, case), ("hwf", case), ("hpwh", other)):
        found = client.post(LIST, {"q": typed}, follow=True)
        assert listed(found) == [url_of(expected)], typed
    for typed in (case.number, f"〔{today().year}〕1号"):
        assert client.post("/search/", {"q": typed})["Location"] == url_of(case)


def test_the_person_page_tells_of_cases(acting, client_of, staff, community):
    with acting(community):
        case = recent(community, S.ACCEPTED)
    page = client_of(staff).get(f"/ledger/residents/{case.resident_id}/").content.decode()
    assert url_of(case) in page
    assert f"/servicecenter/cases/new/?resident={case.resident_id}" in page


def test_ten_thousand_cases_cost_no_more_queries(acting, client_of, staff, community):
    with acting(community):
        first = recent(community)
    client = client_of(staff)
    client.get(LIST)
    with CaptureQueriesContext(connection) as few:
        client.get(LIST)
    with acting(community):
        person, asked = first.resident, first.item
        rows = [
            Case(
                unit=community,
                item=asked,
                kind=asked.kind,
                resident=person,
                occurred_on=today() - timedelta(days=number % 700),
            )
            for number in range(10_000)
        ]
        load(Case, rows)
        ledger = ledgers["cases"]
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            page = ledger.queryset(staff).order_by(*ledger.order)[:30]
            plan = page.explain()
        assert "Seq Scan on servicecenter_case" not in plan
    with CaptureQueriesContext(connection) as many:
        assert len(listed(client.get(LIST))) == 30
    assert len(many) == len(few)


@pytest.mark.parametrize("state", [S.REFUSED, S.REPLIED, S.ARCHIVED])
def test_what_is_finished_is_not_edited(acting, client_of, staff, community, state):
    with acting(community):
        case = recent(community, state)
    client = client_of(staff)
    assert not client.get(url_of(case)).context["can"]["edit"]
    assert client.get(f"{url_of(case)}edit/").status_code == 403


def test_a_numbered_case_is_not_deleted(acting, client_of, staff, community):
    with acting(community):
        case = recent(community, S.ACCEPTED)
    client_of(staff).post(f"{url_of(case)}delete/", {"version": case.version})
    with acting(community):
        assert Case.objects.get().deleted_at is None
