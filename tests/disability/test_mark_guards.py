"""What the grids of marks, and odd addresses and numbers of programmes and devices, are refused."""

import uuid
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from disability.models import Attendance, MedicationLog
from portal.roles import Role
from tests import factories
from tests.factories import disability_devices as made
from tests.factories import programmes as make

MONDAY = date(2025, 3, 10)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    noon = datetime(2025, 3, 12, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
    monkeypatch.setattr(timezone, "now", lambda: noon)


@pytest.fixture
def client(client_of, make_user, community):
    return client_of(make_user(Role.COMMUNITY_STAFF, community))


@pytest.fixture
def home(acting, community):
    with acting(community):
        return make.programme(community)


@pytest.fixture
def enrolled(acting, community, home):
    with acting(community):
        return make.enrolment(home, factories.resident(community, "陈静"), dose_times=["1"])


def post(client, url, **fields):
    return client.post(url, fields | {"_key": str(uuid.uuid4())})


@pytest.mark.parametrize("page", ["attendance", "medication"])
@pytest.mark.parametrize("time", ["", "1", "7"])
def test_a_cell_of_another_time_is_not_stored(
    acting, community, client, home, enrolled, page, time
):
    mark = "P" if page == "attendance" else "taken"
    with acting(community):
        if page == "attendance":
            make.attendance(enrolled, MONDAY, "L")
    url = f"/disability/programmes/{home.pk}/{page}/?day=2025-03-10"
    answer = post(client, url, **{f"m-{enrolled.pk}-20250310-{time}-": mark})
    with acting(community):
        stored = {row.time for row in MedicationLog.objects.all()}
        assert stored <= {"1"}
        assert [row.mark for row in Attendance.objects.kept()] in ([], ["L"])
    ours = page == "medication" and time == "1"
    assert answer.status_code == (302 if ours else 200)


@pytest.mark.parametrize("page", ["attendance", "medication", "timetable"])
@pytest.mark.parametrize(
    "query",
    ["day=1850-01-01", "day=0001-01-01", "day=x", "day=", "month=1900-01", "month=2100-12",
     "month=0001-01", "month=x"],
)  # fmt: skip
def test_odd_days_and_months_are_no_fault(client, home, enrolled, page, query):
    assert client.get(f"/disability/programmes/{home.pk}/{page}/?{query}").status_code == 200


def test_what_would_overflow_the_store_is_refused_at_the_field(acting, community, client):
    with acting(community):
        kind = made.kind()
    for _ in range(2):
        answer = post(
            client,
            "/ledger/device-entries/add/",
            kind=kind.pk,
            quantity="2147483647",
            move="purchase",
            occurred_on="2025-03-10",
        )
        assert "核对" in str(answer.context["form"].errors["quantity"])
