"""Recording and changing: scope, conflict, double submit, recycle bin, unmask, export."""

import io
import uuid
from datetime import date, timedelta

import openpyxl
import pytest
from django.utils import timezone

from portal.models import AccessLog
from portal.roles import Role
from residents.models import ResidencySpell, Resident, Visit
from tests import factories

ADD = "/ledger/visits/add/"


@pytest.fixture
def staff(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community)


@pytest.fixture
def person(acting, community):
    with acting(community):
        return factories.resident(community)


def visit_data(person, **changes):
    return {
        "_key": str(uuid.uuid4()),
        "resident": person.pk,
        "occurred_on": "2025-03-10",
        "mode": "home",
        "visitor": "李梅",
        "purposes": ["greeting"],
        "content": "身体尚可",
        "domains": ["disability"],
    } | changes


def count(acting, who, model=Visit):
    with acting(who):
        return model.objects.count()


def test_add_stores_the_record_with_unit_and_recorder(acting, client_of, staff, community, person):
    response = client_of(staff).post(ADD, visit_data(person))
    assert response.status_code == 302
    with acting(staff):
        visit = Visit.objects.get()
    assert (visit.unit, visit.recorded_by, visit.occurred_on, visit.domains) == (
        community,
        staff,
        date(2025, 3, 10),
        ["disability"],
    )


def test_the_same_post_twice_makes_one_record(acting, client_of, staff, person):
    client, data = client_of(staff), visit_data(person)
    first, second = client.post(ADD, data), client.post(ADD, data)
    assert second["Location"] == first["Location"]
    assert count(acting, staff) == 1


def test_the_same_key_with_another_body_is_refused(acting, client_of, staff, person):
    client, data = client_of(staff), visit_data(person)
    client.post(ADD, data)
    response = client.post(ADD, data | {"content": "另一件事"})
    assert response.status_code == 409
    assert count(acting, staff) == 1


def test_a_rejected_form_keeps_its_key_and_can_be_sent_again(acting, client_of, staff, person):
    client, data = client_of(staff), visit_data(person, occurred_on="2025-02-30")
    rejected = client.post(ADD, data)
    assert "没有" in rejected.content.decode()
    assert data["_key"] in rejected.content.decode()
    assert client.post(ADD, data | {"occurred_on": "2025-02-28"}).status_code == 302
    assert count(acting, staff) == 1


def test_a_post_without_key_is_refused(acting, client_of, staff, person):
    response = client_of(staff).post(ADD, visit_data(person, _key=""))
    assert response.status_code == 400
    assert count(acting, staff) == 0


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("occurred_on", f"{timezone.localdate() + timedelta(days=2)}", "日期不能晚于今天"),
        ("occurred_on", "三月十日", "日期"),
        ("resident", "", "请选择居民"),
        ("resident", "999999", "没有找到"),
        ("resident", "abc", "没有找到"),
        ("mode", "teleport", "teleport"),
        ("content", "x" * 2001, "2000"),
        ("domains", [], "请选择计入工作"),
    ],
)
def test_bad_input_is_told_at_the_field_and_nothing_is_stored(
    acting, client_of, staff, person, field, value, message
):
    response = client_of(staff).post(ADD, visit_data(person, **{field: value}))
    assert response.status_code == 200
    assert message in " ".join(response.context["form"].errors[field])
    assert count(acting, staff) == 0


def test_typed_name_without_script_finds_the_only_match(acting, client_of, staff, person):
    data = visit_data(person, resident="", resident_text="hwf")
    assert client_of(staff).post(ADD, data).status_code == 302
    assert count(acting, staff) == 1


def test_a_retyped_name_wins_over_the_id_picked_before(acting, client_of, staff, person):
    with acting(staff):
        other = factories.resident(person.unit, "安平")
    data = visit_data(person, resident_text="安平")
    assert client_of(staff).post(ADD, data).status_code == 302
    with acting(staff):
        assert Visit.objects.get().resident == other


def test_a_resident_of_another_unit_cannot_be_visited(
    acting, client_of, staff, other_community, person
):
    with acting(other_community):
        foreign = factories.resident(other_community, "金丝雀")
    response = client_of(staff).post(ADD, visit_data(foreign))
    assert "没有找到" in " ".join(response.context["form"].errors["resident"])
    assert "金丝雀" not in response.content.decode()
    assert count(acting, staff) == 0


def test_second_editor_gets_both_versions_and_loses_nothing(acting, client_of, staff, person):
    with acting(staff):
        visit = factories.visit(person, content="原来的")
    client, url = client_of(staff), f"/ledger/visits/{visit.pk}/edit/"
    mine = visit_data(person, version=visit.version, content="先保存的")
    theirs = visit_data(person, version=visit.version, content="后保存的")
    assert client.post(url, mine).status_code == 302
    conflict = client.post(url, theirs)
    body = conflict.content.decode()
    assert conflict.status_code == 409
    assert "先保存的" in body
    assert "后保存的" in body
    with acting(staff):
        assert Visit.objects.get().content == "先保存的"
    again = theirs | {"_key": str(uuid.uuid4()), "version": visit.version + 1}
    assert client.post(url, again).status_code == 302
    with acting(staff):
        assert Visit.objects.get().content == "后保存的"


@pytest.mark.parametrize("version", ["", "0", "999", "x", "-1"])
def test_an_edit_without_the_right_version_changes_nothing(
    acting, client_of, staff, person, version
):
    with acting(staff):
        visit = factories.visit(person, content="原来的")
    client_of(staff).post(
        f"/ledger/visits/{visit.pk}/edit/", visit_data(person, version=version, content="新的")
    )
    with acting(staff):
        assert Visit.objects.get().content == "原来的"


def test_delete_goes_to_the_bin_and_comes_back(acting, client_of, staff, person):
    with acting(staff):
        visit = factories.visit(person)
    client, url = client_of(staff), f"/ledger/visits/{visit.pk}/"
    key = {"_key": str(uuid.uuid4())}
    client.post(f"{url}delete/", key | {"version": visit.version})
    assert client.get(url).status_code == 404
    assert client.get("/ledger/visits/").context["rows"] == []
    bin_page = client.get("/ledger/visits/bin/")
    assert [row["pk"] for row in bin_page.context["rows"]] == [visit.pk]
    client.post("/ledger/visits/bin/", {"_key": str(uuid.uuid4()), "pk": visit.pk})
    assert client.get(url).status_code == 200


def test_a_resident_with_records_cannot_be_deleted(acting, client_of, staff, person):
    with acting(staff):
        factories.visit(person)
    response = client_of(staff).post(
        f"/ledger/residents/{person.pk}/delete/",
        {"_key": str(uuid.uuid4()), "version": person.version},
        follow=True,
    )
    assert response.redirect_chain == [(f"/ledger/residents/{person.pk}/", 302)]
    assert "先处理" in response.content.decode()
    with acting(staff):
        assert Resident.objects.kept().filter(pk=person.pk).exists()


def test_a_mistyped_resident_goes_to_the_bin_with_its_spell_and_comes_back(
    acting, client_of, staff, person
):
    with acting(staff):
        ended = ResidencySpell.objects.create(
            unit=person.unit,
            resident=person,
            starts_on=date(2010, 1, 1),
            ends_on=date(2010, 2, 1),
            ended_by="moved",
            deleted_at=timezone.now(),
        )
        factories.member(factories.household(person.unit), person)
    client = client_of(staff)
    registered = "/figures/residents.registered/"
    assert client.get(registered).context["value"] == "1"
    data = {"_key": str(uuid.uuid4()), "version": person.version}
    client.post(f"/ledger/residents/{person.pk}/delete/", data)
    assert client.get(registered).context["value"] == "0"
    assert client.get("/figures/residents.households/").context["value"] == "0"
    client.post("/ledger/residents/bin/", {"_key": str(uuid.uuid4()), "pk": person.pk})
    assert client.get(registered).context["value"] == "1"
    assert client.get("/figures/residents.households/").context["value"] == "1"
    with acting(staff):
        ended.refresh_from_db()
        assert ended.deleted_at is not None


def test_a_second_record_of_the_same_is_stored_and_warned_of(acting, client_of, staff, person):
    client = client_of(staff)
    first = client.post(ADD, visit_data(person), follow=True)
    assert "内容相近" not in first.content.decode()
    other_day = client.post(ADD, visit_data(person, occurred_on="2025-03-11"), follow=True)
    assert "内容相近" not in other_day.content.decode()
    second = client.post(ADD, visit_data(person), follow=True)
    assert "内容相近" in second.content.decode()
    assert count(acting, staff) == 3


def test_history_tells_who_changed_what(client_of, staff, person, acting):
    with acting(staff):
        visit = factories.visit(person, content="原来的")
    client = client_of(staff)
    client.post(
        f"/ledger/visits/{visit.pk}/edit/",
        visit_data(person, version=visit.version, content="改过的"),
    )
    history = client.get(f"/ledger/visits/{visit.pk}/").context["history"]
    assert history[0].actor_label == staff.name
    assert ("情况记录", "原来的", "改过的") in [
        (change.label, change.before, change.after) for change in history[0].changes
    ]


def test_unmask_needs_a_purpose_and_leaves_a_trace(acting, client_of, staff, person):
    client, url = client_of(staff), f"/ledger/residents/{person.pk}/unmask/id_number/"
    assert person.id_number not in client.get(url).content.decode()
    refused = client.post(url, {"purpose": "好奇"})
    assert person.id_number not in refused.content.decode()
    shown = client.post(url, {"purpose": "办理业务核对"})
    assert person.id_number in shown.content.decode()
    with acting(staff):
        trace = AccessLog.objects.get()
    assert (trace.user, trace.subject_id, trace.field, trace.purpose) == (
        staff,
        person.pk,
        "id_number",
        "办理业务核对",
    )


@pytest.mark.parametrize("field", ["name", "id_hash", "nothing"])
def test_only_sealed_fields_can_be_unmasked(client_of, staff, person, field):
    url = f"/ledger/residents/{person.pk}/unmask/{field}/"
    assert client_of(staff).get(url).status_code == 404


def test_export_writes_text_cells_masked_and_is_logged(acting, client_of, staff, person):
    with acting(staff):
        factories.visit(person, content='=HYPERLINK("http://x")')
    response = client_of(staff).post("/ledger/visits/export/")
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    rows = list(book.active.iter_rows(values_only=True))
    assert len(rows) == 2
    assert '\'=HYPERLINK("http://x")' in rows[1]
    assert all(cell.data_type != "f" for row in book.active for cell in row)
    assert person.id_number not in rows[1]
    with acting(staff):
        assert AccessLog.objects.get().rows == 1


def test_export_without_the_permission_is_refused(client_of, make_user, community, person):
    clerk = make_user(Role.WINDOW_CLERK, community)
    assert client_of(clerk).post("/ledger/visits/export/").status_code == 403


def test_a_records_page_links_to_the_resident_it_is_about(client_of, staff, person, acting):
    with acting(staff):
        visit = factories.visit(person)
    page = client_of(staff).get(f"/ledger/visits/{visit.pk}/")
    assert f'<a href="/ledger/residents/{person.pk}/">{person.name}</a>' in page.content.decode()
