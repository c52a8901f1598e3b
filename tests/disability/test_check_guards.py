"""The check of subsidies: outcomes that cannot be, and rows that somebody may see but not take along."""

import io
from datetime import date, datetime
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from django.utils import timezone

from disability.models import SubsidyFinding
from portal.models import RoleAssignment
from portal.roles import Role
from tests import factories
from tests.conftest import as_command
from tests.disability.posting import keyed

PAGE = "/disability/subsidy-check/"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    noon = datetime(2025, 9, 10, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
    monkeypatch.setattr(timezone, "now", lambda: noon)


@pytest.fixture
def staff(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community)


def drawing(community, name, **fields):
    person = factories.resident(community, name)
    factories.certificate(person)
    return factories.subsidy(person, "nursing", date(2024, 1, 1), **fields)


def settled(client, row, rule, **sent):
    url = f"{PAGE}{rule}/{row.pk}/{row.kind_id}/"
    known = {"versions": f"{row.pk}:{row.version}", "occurred_on": "2025-09-10", "note": "已核实"}
    return client.post(url, keyed(known | sent))


def test_who_died_is_not_stopped_later_than_that_month(acting, client_of, community, staff):
    with acting(community):
        row = drawing(community, "黄文发")
        factories.life_event(row.resident, "died", date(2025, 3, 10))
    client = client_of(staff)
    answer = settled(client, row, "dead", outcome="stopped", ends_on="2025-08")
    assert "2025-03-10" in str(answer.context["form"].errors["ends_on"])
    with acting(community):
        assert not SubsidyFinding.objects.exists()
    assert settled(client, row, "dead", outcome="stopped", ends_on="2025-03").status_code == 302


def test_a_review_is_not_of_before_the_last_one(acting, client_of, community, staff):
    with acting(community):
        row = drawing(community, "黄文发", reviewed_on=date(2024, 8, 1))
    answer = settled(client_of(staff), row, "review", outcome="continued", occurred_on="2024-07-01")
    assert "2024-08-01" in str(answer.context["form"].errors["occurred_on"])


def test_the_workbook_has_rows_of_units_whose_lists_one_may_take_along(
    acting, client_of, community, other_community, staff
):
    with as_command():
        RoleAssignment.objects.create(
            user=staff,
            role=Role.REHABILITATION_WORKER,
            unit=other_community,
            valid_from=date(2020, 1, 1),
        )
    with acting(community, other_community):
        drawing(community, "自己的")
        drawing(other_community, "隔壁的")
    client = client_of(staff)
    assert "隔壁的" in client.get(f"{PAGE}?rule=review").content.decode()
    answer = client.post(f"{PAGE}review/export/", keyed({}))
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    cells = {str(cell.value) for row in sheet for cell in row}
    assert "自己的" in cells
    assert "隔壁的" not in cells
