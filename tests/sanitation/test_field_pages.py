"""The pages of the phone: beginning a patrol, one finding by form and by queue, dropping, handing in."""

import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from portal.attachments.services import files_of
from portal.roles import Role
from sanitation.enums.inspections import InspectionKind
from sanitation.models import Finding, Inspection, RubricFault
from tests.factories import sanitation as made
from tests.sanitation.photos import taken

FIELD = "/sanitation/field/"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def inspector(make_user, street):
    return make_user(Role.SANITATION_INSPECTOR, street, name="吴永刚")


@pytest.fixture
def phone(client_of, inspector):
    return client_of(inspector)


@pytest.fixture
def patrol(acting, inspector, street, community):
    with acting(inspector):
        return made.inspection(
            street,
            community,
            rubric=made.rubric(street),
            occurred_on=timezone.localdate(),
            recorded_by=inspector,
        )


@pytest.fixture
def heap(acting, inspector, patrol):
    with acting(inspector):
        return RubricFault.objects.get(title="成堆垃圾")


def sent(**fields):
    return {"_key": str(uuid.uuid4()), "key": str(uuid.uuid4()), "occurrences": "1"} | fields


def stored(acting, inspector) -> list[Finding]:
    with acting(inspector):
        return list(Finding.objects.kept().order_by("pk"))


# --- beginning ----------------------------------------------------------------------------------
@pytest.mark.django_db
def test_a_patrol_begins_with_what_was_chosen_last(phone, acting, inspector, community, patrol):
    page = phone.get(FIELD)
    assert page.context["running"] == [patrol]
    initial = page.context["form"].initial
    assert initial["community"] == community.pk
    assert initial["inspectors"] == patrol.inspectors
    assert initial["rubric"] == patrol.rubric
    data = {"_key": str(uuid.uuid4()), "kind": "routine", "community": community.pk}
    data |= {"inspectors": "吴永刚、刘芳", "rubric": patrol.rubric_id}
    answer = phone.post(FIELD, data)
    with acting(inspector):
        row = Inspection.objects.order_by("-pk").first()
    assert answer["Location"] == f"{FIELD}{row.pk}/"
    assert (row.unit, row.community, row.recorded_by) == (patrol.unit, community, inspector)
    assert (row.occurred_on, row.notified) == (timezone.localdate(), False)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "at"), [({"inspectors": "吴永刚"}, "inspectors"), ({"community": "0"}, "community")]
)
def test_a_patrol_that_lacks_something_is_not_begun(phone, patrol, community, fields, at):
    data = {"_key": str(uuid.uuid4()), "kind": "routine", "community": community.pk}
    answer = phone.post(FIELD, data | {"inspectors": "吴永刚、刘芳"} | fields)
    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == [at]


@pytest.mark.django_db
def test_the_communitys_own_staff_patrol_for_themselves_alone(
    client_of, make_user, acting, community, patrol
):
    staff = make_user(Role.COMMUNITY_STAFF, community)
    phone = client_of(staff)
    data = {"_key": str(uuid.uuid4()), "community": community.pk, "inspectors": "甲一、乙二"}
    refused = phone.post(FIELD, data | {"kind": InspectionKind.UNANNOUNCED})
    assert list(refused.context["form"].errors) == ["kind"]
    phone.post(FIELD, data | {"kind": InspectionKind.ROUTINE, "_key": str(uuid.uuid4())})
    with acting(staff):
        assert Inspection.objects.get(recorded_by=staff).unit == community
    for path in ("", "items/", "drop/", "hand-in/"):
        answer = phone.post(f"{FIELD}{patrol.pk}/{path}", sent())
        assert answer.status_code == 404, path


@pytest.mark.django_db
def test_whoever_only_reads_has_no_field(client_of, make_user, street, patrol):
    phone = client_of(make_user(Role.STREET_SECTION, street))
    for path in ("", f"{patrol.pk}/"):
        assert phone.get(FIELD + path).status_code == 403, path


@pytest.mark.django_db
def test_the_menu_and_the_home_page_lead_there(phone, client_of, make_user, street):
    link = f'href="{FIELD}"'
    assert phone.get("/").content.decode().count(link) >= 1
    assert {"title": "现场检查", "url": FIELD, "icon": "walk"} in phone.get("/").context["ledgers"]
    reader = client_of(make_user(Role.STREET_SECTION, street))
    assert link not in reader.get("/").content.decode()


# --- without a script ---------------------------------------------------------------------------
@pytest.mark.django_db
def test_the_same_links_and_forms_work_without_a_script(phone, acting, inspector, patrol, heap):
    address = f"{FIELD}{patrol.pk}/"
    assert phone.get(address).context["step"] == "items"
    assert phone.get(f"{address}?item={heap.item_id}").context["step"] == "faults"
    page = phone.get(f"{address}?fault={heap.pk}")
    assert (page.context["step"], page.context["chosen"]) == ("form", "成堆垃圾")
    photo = SimpleUploadedFile("p.jpg", taken(timezone.localtime().replace(microsecond=0)))
    data = sent(fault=heap.pk, occurrences="2", place="老街口", located="on", photos=[photo])
    answer = phone.post(address, data)
    assert answer["Location"] == address
    [row] = stored(acting, inspector)
    assert (row.occurrences, row.place, row.points) == (2, "老街口", 4)
    assert row.found_at is not None
    assert row.latitude is not None
    with acting(inspector):
        assert files_of(row).count() == 1
    listed = phone.get(address)
    assert [each.photos for each in listed.context["found"]] == [1]
    assert listed.context["recent"] == [heap]


@pytest.mark.django_db
def test_a_refused_form_keeps_what_was_typed(phone, acting, inspector, patrol, heap):
    answer = phone.post(
        f"{FIELD}{patrol.pk}/", sent(fault=heap.pk, occurrences="0", place="老街口")
    )
    assert answer.status_code == 400
    assert answer.context["step"] == "form"
    assert "老街口" in answer.content.decode()
    assert stored(acting, inspector) == []


# --- the queue; more in tests/offline -----------------------------------------------------------
QUEUE = "/offline/finding/"


@pytest.mark.django_db
def test_the_queue_is_told_the_findings_so_far_however_often_it_sends(
    phone, acting, inspector, patrol, heap
):
    data = sent(user=inspector.pk, inspection=patrol.pk, fault=heap.pk, occurrences="3")
    answers = [phone.post(QUEUE, data) for _ in range(3)]
    [row] = stored(acting, inspector)
    assert {answer.json()["stored"] for answer in answers} == {row.pk}
    assert all("成堆垃圾" in answer.json()["found"] for answer in answers)


@pytest.mark.django_db
def test_the_queue_is_told_that_the_inspection_was_handed_in(
    phone, acting, inspector, patrol, heap
):
    with acting(inspector):
        Inspection.objects.filter(pk=patrol.pk).update(handed_in_on=timezone.localdate())
    late = phone.post(QUEUE, sent(user=inspector.pk, inspection=patrol.pk, fault=heap.pk))
    assert (late.status_code, "已经提交" in late.json()["reason"]) == (400, True)
    assert stored(acting, inspector) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        ({"located": "on", "latitude": "28.2277812", "longitude": "112.9386111"}, True),
        ({"latitude": "28.22778", "longitude": "112.93861"}, False),  # without leave
        ({"located": "on", "latitude": "51.5", "longitude": "-0.12"}, False),
        ({"located": "on", "latitude": "28.2"}, False),
        ({"located": "on", "latitude": "NaN", "longitude": "Infinity"}, False),
        ({"located": "on", "latitude": "NaN", "longitude": "112.93861"}, False),
    ],
)
def test_a_position_is_kept_with_leave_and_where_it_can_be(
    phone, acting, inspector, patrol, heap, fields, kept
):
    phone.post(f"{FIELD}{patrol.pk}/", sent(fault=heap.pk, **fields))
    [row] = stored(acting, inspector)
    assert ((str(row.latitude), str(row.longitude)) == ("28.22778", "112.93861")) is kept
    assert (row.latitude is None) is not kept


@pytest.mark.django_db
def test_a_phones_clock_never_refuses_a_finding(phone, acting, inspector, patrol, heap):
    now = timezone.now()
    said = [now, now + timedelta(days=1), now - timedelta(days=400), "gestern", "2025-01-01T10:00"]
    said += ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"]  # beyond, in another zone
    for moment in said:
        text = moment if isinstance(moment, str) else moment.isoformat()
        phone.post(f"{FIELD}{patrol.pk}/", sent(fault=heap.pk, found_at=text))
    assert [row.found_at for row in stored(acting, inspector)] == [now, *[None] * 6]


# --- items, dropping, handing in ----------------------------------------------------------------
@pytest.mark.django_db
def test_what_does_not_apply_is_said_and_no_longer_offered(phone, acting, inspector, patrol, heap):
    with acting(inspector):
        toilet = RubricFault.objects.get(title="不洁")
    address = f"{FIELD}{patrol.pk}/"
    phone.post(f"{address}items/", sent(**{f"na-{toilet.item_id}": "on"}))
    assert phone.get(address).context["na"] == {toilet.item_id}
    answer = phone.post(address, sent(fault=toilet.pk))
    assert "fault" in answer.context["form"].errors
    phone.post(f"{address}items/", sent())
    assert phone.get(address).context["na"] == set()


@pytest.mark.django_db
def test_a_finding_is_dropped_and_the_inspection_handed_in(phone, acting, inspector, patrol, heap):
    address = f"{FIELD}{patrol.pk}/"
    phone.post(address, sent(fault=heap.pk))
    phone.post(address, sent(fault=heap.pk))
    first, last = stored(acting, inspector)
    phone.post(f"{address}drop/", sent(finding=last.pk))
    assert stored(acting, inspector) == [first]
    phone.post(f"{address}hand-in/", sent())
    with acting(inspector):
        patrol.refresh_from_db()
    assert patrol.handed_in_on == timezone.localdate()
    assert phone.get(address).status_code == 302
