"""With the code's filters taken away on purpose, the database still shows nothing foreign."""

import io

import openpyxl
import pytest
from django.db.models import Q

from portal.ledgers import ledgers
from portal.records import Kept
from portal.roles import Role
from portal.scope import Access
from residents.models import Resident
from residents.models.shared import SharedKept
from tests import factories


@pytest.fixture
def no_first_wall(monkeypatch):
    """Every queryset and every permission check lets everything through."""
    everything = classmethod(lambda cls, units: Q())
    monkeypatch.setattr(Kept, "scope_condition", everything)
    monkeypatch.setattr(SharedKept, "scope_condition", everything)
    monkeypatch.setattr(Access, "may", lambda self, permission, unit_id=None: True)


@pytest.fixture
def foreign(acting, other_community):
    with acting(other_community):
        person = factories.resident(other_community, "金丝雀")
        factories.household(other_community, "金丝雀户")
        return {
            "visits": factories.visit(person, content="金丝雀"),
            "residents": person,
            "disability-files": factories.disability_file(person),
            "certificates": factories.certificate(person),
            "activities": factories.activity(other_community, title="金丝雀活动"),
        }


@pytest.mark.django_db
def test_no_page_shows_a_foreign_row_without_the_first_wall(
    client_of, make_user, community, foreign, no_first_wall
):
    client = client_of(make_user(Role.COMMUNITY_STAFF, community))
    for ledger in ledgers:
        page = client.get(ledger.url())
        assert page.status_code == 200, ledger
        assert page.context["rows"] == [], ledger
        assert "金丝雀" not in page.content.decode(), ledger
    for slug, row in foreign.items():
        for action in ("detail", "edit", "delete"):
            assert client.get(ledgers[slug].url(action, row)).status_code == 404
    assert client.post("/search/", {"q": "金丝雀"}).context["groups"] == []
    found = client.post("/ledger/residents/pick/", {"q": "金丝雀"})
    assert 'data-label="金丝雀"' not in found.content.decode()
    exported = client.post("/ledger/visits/export/")
    assert list(openpyxl.load_workbook(io.BytesIO(exported.content)).active.values)[1:] == []


@pytest.mark.django_db
def test_no_scope_shows_no_rows_at_all(foreign):
    assert list(Resident.objects.all()) == []
