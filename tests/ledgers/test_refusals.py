"""What the pages of ledgers refuse, and that they do so with a page of ours."""

import io
import uuid
from datetime import date

import openpyxl
import pytest
from django.utils import timezone

from disability.models import Certificate
from portal.models import RoleAssignment, Unit
from portal.models.units import UnitKind
from portal.roles import Role
from residents.models import Household, Participation, Visit
from tests import factories
from tests.conftest import as_command

TOO_LONG = "9" * 5000
TOO_LARGE = "9" * 12


@pytest.fixture
def staff(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community)


@pytest.fixture
def client(client_of, staff):
    return client_of(staff)


@pytest.fixture
def person(acting, community):
    with acting(community):
        return factories.resident(community)


def sent(client, url, **data):
    return client.post(url, {"_key": str(uuid.uuid4()), **data})


def visit_data(person, **changes):
    return {
        "resident": person.pk,
        "occurred_on": "2025-03-10",
        "mode": "home",
        "visitor": "李梅",
        "domains": ["disability"],
    } | changes


# --- malformed keys, versions and words ---------------------------------------------------------
@pytest.mark.parametrize("typed", ["abc", "\0", "-1", "1e9", TOO_LONG, TOO_LARGE])
def test_an_impossible_record_in_the_address_fills_nothing(client, person, typed):
    answer = client.get("/ledger/visits/add/", {"resident": typed})
    assert (answer.status_code, answer.context["form"]["resident"].errors) == (200, [])


@pytest.mark.parametrize("typed", ["abc", "\0", "²", TOO_LONG, TOO_LARGE])
def test_an_impossible_record_in_a_form_is_told_at_its_field(client, person, typed):
    answer = sent(client, "/ledger/visits/add/", **visit_data(person, resident=typed))
    assert list(answer.context["form"].errors) == ["resident"]


@pytest.mark.parametrize("typed", ["", "0", "abc", "-1", TOO_LONG, TOO_LARGE, "2147483648"])
def test_a_version_that_never_was_deletes_nothing(acting, client, community, person, typed):
    with acting(community):
        visit = factories.visit(person)
    assert sent(client, f"/ledger/visits/{visit.pk}/delete/", version=typed).status_code == 409
    with acting(community):
        assert Visit.objects.kept().count() == 1


@pytest.mark.parametrize("typed", ["2147483648", TOO_LARGE])
def test_a_version_that_never_was_changes_nothing(acting, client, community, person, typed):
    with acting(community):
        visit = factories.visit(person)
    data = visit_data(person, version=typed, visitor="别人")
    assert sent(client, f"/ledger/visits/{visit.pk}/edit/", **data).status_code == 409
    with acting(community):
        assert Visit.objects.get().visitor == "李梅"


@pytest.mark.parametrize("typed", ["", "abc", TOO_LONG, TOO_LARGE])
def test_an_impossible_record_is_not_in_the_bin(client, person, typed):
    assert sent(client, "/ledger/visits/bin/", pk=typed).status_code == 404


@pytest.mark.parametrize("typed", ["\0", "黄\0", "\ufffd", "\ue000"])
@pytest.mark.parametrize("url", ["/search/", "/ledger/visits/pick/", "/ledger/visits/"])
def test_words_that_no_text_holds_find_nothing(client, person, url, typed):
    answer = client.post(url, {"q": typed}, follow=True)
    assert answer.status_code == 200
    assert "黄文发" not in answer.content.decode()


# --- records of other units ---------------------------------------------------------------------
def test_a_certificate_held_out_of_sight_is_refused_without_telling_of_it(
    acting, client, community, other_community
):
    with acting(community, other_community):
        known = [community.pk, other_community.pk]
        person = factories.resident(other_community, unit_ids=known)
        held = factories.certificate(person)
    answer = sent(
        client,
        "/ledger/certificates/add/",
        resident=person.pk,
        number=held.number,
        category="4",
        level="2",
        status="valid",
        occurred_on="2024-05-01",
    )
    assert answer.status_code == 200
    [message] = answer.context["form"].non_field_errors()
    assert message == "与已有的记录冲突，那条记录可能由其他单位登记；请核对，或联系街道办理。"
    with acting(community, other_community):
        assert Certificate.objects.get() == held


def grid(parent, code, **fields):
    with as_command():
        return Unit.objects.create(
            kind=UnitKind.GRID, code=code, name="第一网格", parent=parent, **fields
        )


def household_data(**changes):
    return {"number": "1-101", "kind": "family", "address": "春华路 8 号"} | changes


def test_a_grid_of_another_unit_than_the_chosen_one_is_refused(
    acting, client_of, make_user, street, community, other_community
):
    foreign = grid(other_community, "440103001002001")
    client = client_of(make_user(Role.WINDOW_CLERK, street))
    answer = sent(
        client, "/ledger/households/add/", **household_data(unit=community.pk, grid=foreign.pk)
    )
    assert answer.context["form"].errors == {"grid": ["这个网格不属于所选的单位。"]}
    with acting(street):
        assert not Household.objects.exists()


def test_a_grid_that_ended_stays_with_its_records(acting, client, community):
    ended = grid(community, "440103001001001", valid_to=date(2025, 1, 31))
    with acting(community):
        home = factories.household(community, grid=ended)
    url = f"/ledger/households/{home.pk}/edit/"
    form = client.get(url).context["form"]
    assert (form["grid"].value(), list(form.fields["grid"].queryset)) == (ended.pk, [ended])
    data = household_data(version=home.version, grid=ended.pk, address="春华路 9 号")
    assert sent(client, url, **data).status_code == 302
    with acting(community):
        home = Household.objects.get()
        assert (home.grid_id, home.address) == (ended.pk, "春华路 9 号")


def test_export_holds_only_units_where_the_right_to_export_is_held(
    acting, client_of, staff, community, other_community
):
    with as_command():
        RoleAssignment.objects.create(
            user=staff, unit=other_community, role=Role.WINDOW_CLERK, valid_from=date(2020, 1, 1)
        )
    with acting(community, other_community):
        factories.visit(factories.resident(community, "陈静"))
        factories.visit(factories.resident(other_community, "周敏"), domains=["residents"])
    client = client_of(staff)
    assert client.get("/ledger/visits/").context["page"].paginator.count == 2
    book = openpyxl.load_workbook(io.BytesIO(client.post("/ledger/visits/export/").content))
    [_, *rows] = book.active.iter_rows(values_only=True)
    assert [row[1] for row in rows] == ["陈静"]


# --- the recycle bin ----------------------------------------------------------------------------
def test_nothing_comes_back_before_what_it_belongs_to(acting, client, community, person):
    now = timezone.now()
    with acting(community):
        training = factories.activity(community, deleted_at=now)
        taken = factories.participation(training, person, deleted_at=now)
    answer = sent(client, "/ledger/participations/bin/", pk=taken.pk)
    assert answer.status_code == 403
    assert "活动还在回收站里" in answer.content.decode()
    with acting(community):
        assert not Participation.objects.kept().exists()
    assert sent(client, "/ledger/activities/bin/", pk=training.pk).status_code == 302
    assert sent(client, "/ledger/participations/bin/", pk=taken.pk).status_code == 302


# --- lists --------------------------------------------------------------------------------------
def test_an_invalid_filter_beside_a_valid_one_leaves_list_and_footer_equal(
    acting, client, community, person
):
    with acting(community):
        factories.visit(person, mode="home")
        factories.visit(person, mode="phone")
    context = client.get("/ledger/visits/?mode=home&purposes=nonsense").context
    footer = {each["label"]: each["value"] for each in context["footer"]}
    assert (context["page"].paginator.count, footer["走访人次"]) == (1, "1")
