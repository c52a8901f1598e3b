"""What else is known of people: rare names, papers, consents, care kinds."""

import io
import uuid
from datetime import date

import openpyxl
import pytest
from django.db import IntegrityError, transaction

from portal.figures import engine
from portal.periods import Period
from portal.roles import Role
from residents.models import CareKind, CareTag, Resident
from tests import factories

pytestmark = pytest.mark.django_db
RARE = {
    "Ext-B": "\U00020bb7家宝",
    "Ext-G": "林\U00030edd",
    "Ext-I": "赵\U0002ebf0",
    "·": "阿卜杜热合曼·阿卜杜克热木·买买提依明·努尔麦麦提",
}


@pytest.fixture
def staff(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community)


@pytest.fixture
def client(client_of, staff):
    return client_of(staff)


def send(client, url, **data):
    return client.post(url, data | {"_key": str(uuid.uuid4())})


def newcomer(name, **fields) -> dict:
    return {"name": name, "id_kind": "citizen", "id_number": factories.id_number(),
            "residency": "here"} | fields  # fmt: skip


# --- names ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", RARE.values(), ids=RARE)
def test_a_rare_name_is_stored_found_listed_and_exported(acting, client, staff, name):
    assert send(client, "/ledger/residents/add/", **newcomer(name)).status_code == 302
    with acting(staff):
        person = Resident.objects.get()
    assert person.name == name
    listed = client.get("/ledger/residents/").content.decode()
    assert name in listed
    for typed in (name, name[-1], name[:1]):
        found = client.post("/ledger/residents/pick/", {"q": typed}).content.decode()
        assert f'data-label="{name}"' in found, typed
    answer = send(client, "/ledger/residents/export/")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer)), read_only=True)
    cells = {value for row in book.worksheets[0].iter_rows(values_only=True) for value in row}
    assert name in cells


@pytest.mark.parametrize(
    ("name", "typed"), [("林\U00030edd", "lin"), ("\U00020bb7家宝", "jiabao"), ("赵\U0002ebf0", "zhao")]
)  # fmt: skip
def test_a_rare_name_is_found_by_the_readings_that_are_known(
    acting, client, community, name, typed
):
    with acting(community):
        factories.resident(community, name)
    found = client.post("/ledger/residents/pick/", {"q": typed}).content.decode()
    assert f'data-label="{name}"' in found


def test_a_former_name_is_cleaned_and_finds_the_person(acting, client, staff):
    data = newcomer("买买提", former_name="艾力.买买提", second_phone="138 0013 8000",
                    education="20", marital_status="10", politics="13",
                    employment="employed", workplace="清河区第一中学",
                    contact_name="王 芳", contact_phone="13900139000")  # fmt: skip
    assert send(client, "/ledger/residents/add/", **data).status_code == 302
    with acting(staff):
        person = Resident.objects.get()
    assert (person.former_name, person.contact_name) == ("艾力·买买提", "王芳")
    assert (person.second_phone, person.contact_phone) == ("13800138000", "13900139000")
    page = client.get(f"/ledger/residents/{person.pk}/").content.decode()
    for shown in ("大学本科", "未婚", "群众", "清河区第一中学", "138****8000"):
        assert shown in page
    assert "13800138000" not in page
    assert (
        'data-label="买买提"'
        in client.post("/ledger/residents/pick/", {"q": "艾力"}).content.decode()
    )


def test_a_newcomer_is_entered_with_few_fields_and_the_rest_is_folded_away(client):
    page = client.get("/ledger/residents/add/").content.decode()
    assert page.count('<details class="form-fold">') == 2
    wrong = send(client, "/ledger/residents/add/", **newcomer("黄文发", contact_phone="12"))
    page = wrong.content.decode()
    assert page.count('<details class="form-fold" open>') == 1


def test_a_15_digit_number_is_converted_and_flagged(acting, client, staff):
    data = newcomer("黄文发", id_number="440103700517123")
    assert send(client, "/ledger/residents/add/", **data).status_code == 302
    with acting(staff):
        person = Resident.objects.get()
    assert (len(person.id_number), person.id_converted) == (18, True)


# --- consents -------------------------------------------------------------------------------------
def consent(person, **fields) -> dict:
    return {"resident": person.pk, "occurred_on": "2025-03-10", "kind": "consent",
            "purpose": "办理高龄津贴", "scope_of_data": "姓名", "manner": "oral"} | fields  # fmt: skip


@pytest.mark.parametrize(
    ("born_on", "fields", "errors"),
    [
        (date(1950, 1, 1), {}, {}),
        (date(2011, 3, 11), {}, {"guardian_name": ["不满十四周岁的，由监护人同意，请填写监护人。"]}),
        (date(2011, 3, 10), {}, {}),
        (date(2015, 1, 1), {"guardian_name": "黄文发"}, {}),
        (date(1950, 1, 1), {"is_unable": "on"}, {"__all__": ["本人不能辨认的，请填写监护人。"]}),
        (date(1950, 1, 1), {"withdrawn_on": "2025-03-09"},
         {"__all__": ["撤回日期不能早于告知（同意）的日期。"]}),
        (date(1950, 1, 1), {"kind": "notice", "withdrawn_on": "2025-03-19"},
         {"__all__": ["告知没有撤回；撤回的是同意。"]}),
        (date(1950, 1, 1), {"withdrawn_on": "2999-01-01"}, {"withdrawn_on": None}),
    ],
)  # fmt: skip
def test_who_may_consent_and_when(acting, client, community, born_on, fields, errors):
    with acting(community):
        person = factories.resident(community, born_on=born_on)
    answer = send(client, "/ledger/consents/add/", **consent(person, **fields))
    if not errors:
        assert answer.status_code == 302
        return
    found = {name: list(each) for name, each in answer.context["form"].errors.items()}
    assert found.keys() == errors.keys()
    assert {name: each for name, each in found.items() if errors[name]} == {
        name: each for name, each in errors.items() if each
    }


def test_a_withdrawn_consent_is_shown_on_the_persons_page_and_counted(acting, client, community):
    with acting(community):
        person = factories.resident(community)
        factories.consent(person)
        factories.consent(person, purpose="加入微信群", withdrawn_on=date(2025, 5, 1))
        year, units = Period.parse("2025"), {community.pk}
        assert engine.read("consents.given", units, year).value == 2
        assert engine.read("consents.withdrawn", units, year).value == 1
    page = client.get(f"/ledger/residents/{person.pk}/")
    assert [each.purpose for each in page.context["withdrawn"]] == ["加入微信群"]
    assert "撤回同意：不得再为" in page.content.decode()


# --- care kinds -----------------------------------------------------------------------------------
def tagged(community, person, kind, **fields):
    fields = {"starts_on": date(2024, 1, 1)} | fields
    return CareTag.objects.create(unit=community, resident=person, kind=kind, **fields)


def test_the_database_keeps_tags_of_one_kind_apart(acting, community):
    with acting(community):
        person, kind = factories.resident(community), CareKind.objects.first()
        tagged(community, person, kind, ends_on=date(2024, 6, 30))
        tagged(community, person, kind, starts_on=date(2024, 7, 1))
        with pytest.raises(IntegrityError, match="caretag_once"), transaction.atomic():
            tagged(community, person, kind, starts_on=date(2025, 1, 1))


def test_kinds_are_added_changed_and_retired_and_those_in_use_stay(
    acting, client_of, make_user, client, street, community
):
    boss = client_of(make_user(Role.STREET_SUPERVISOR, street))
    add = {"name": "高龄独居", "ordinal": "5"}
    assert send(boss, "/residents/care-kinds/add/", **add).status_code == 302
    assert "已有这个名称" in send(boss, "/residents/care-kinds/add/", **add).content.decode()
    kind = CareKind.objects.get(name="高龄独居")
    with acting(community):
        person = factories.resident(community)
        tagged(community, person, kind)
    refused = send(boss, f"/residents/care-kinds/{kind.pk}/delete/")
    assert "不能删除，请改为停用" in refused.content.decode()
    data = {"name": "高龄独居老人", "ordinal": "6", "is_retired": "on"}
    assert send(boss, f"/residents/care-kinds/{kind.pk}/", **data).status_code == 302
    kind.refresh_from_db()
    assert (kind.name, kind.is_retired) == ("高龄独居老人", True)
    offered = client.get("/ledger/care-tags/add/").context["form"].fields["kind"].queryset
    assert kind not in offered
    spare = CareKind.objects.create(code="spare", name="多余")
    assert send(boss, f"/residents/care-kinds/{spare.pk}/delete/").status_code == 302
    assert not CareKind.objects.filter(pk=spare.pk).exists()
    assert "高龄独居老人" in boss.get("/residents/care-kinds/").content.decode()


@pytest.mark.parametrize("role", [Role.COMMUNITY_STAFF, Role.COMMUNITY_HEAD, Role.WINDOW_CLERK])
def test_others_do_not_keep_the_table_of_kinds(client_of, make_user, community, role):
    client, kind = client_of(make_user(role, community)), CareKind.objects.first()
    for url in ("", "add/", f"{kind.pk}/", f"{kind.pk}/delete/"):
        assert client.get(f"/residents/care-kinds/{url}").status_code == 403
