"""Cleaners on the screen: what follows from the number, leaving the post, trainings ticked at once."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from portal.roles import Role
from residents.enums import Sex
from sanitation.models import Cleaner, CleanerAttendance, CleanerLeave, GridAssignment
from tests.factories import sanitation_cleaners as make
from tests.imports.conftest import citizen

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
ADD = "/ledger/cleaners/add/"


@pytest.fixture
def inspector(client_of, make_user, street):
    return client_of(make_user(Role.SANITATION_INSPECTOR, street))


@pytest.fixture
def staff(client_of, make_user, community):
    return client_of(make_user(Role.COMMUNITY_STAFF, community))


def posted(client, path, **fields):
    return client.post(path, fields | {"_key": uuid.uuid4()})


def filled(unit, community, **fields):
    whole = {"unit": unit.pk, "community": community.pk, "name": "彭建国", "phone": "13800000011"}
    return whole | {"employment": "full", "starts_on": "2024-01-01"} | fields


def test_sex_and_birth_date_follow_from_the_number_and_both_numbers_are_sealed(
    inspector, street, community, acting
):
    number = citizen(122, "19660501")
    assert posted(inspector, ADD, **filled(street, community, number=number)).status_code == 302
    with acting(street):
        who = Cleaner.objects.get()
        assert (who.sex, who.born_on, who.id_kind) == (Sex.FEMALE, date(1966, 5, 1), "citizen")
        assert (who.unit, who.community) == (street, community)
        with connection.cursor() as cursor:
            cursor.execute("SELECT number || phone FROM sanitation_cleaner")
            stored = cursor.fetchone()[0]
        assert number not in stored
        assert "13800000011" not in stored
    page = inspector.get(f"/ledger/cleaners/{who.pk}/").content.decode()
    assert number not in page
    assert "138****0011" in page
    age = TODAY.year - 1966 - ((TODAY.month, TODAY.day) < (5, 1))
    assert f"{age} 岁" in page


def test_a_number_is_opened_for_a_purpose(client_of, make_user, street, community, acting):
    with acting(street):
        who = make.cleaner(street, community=community)
    supervisor = client_of(make_user(Role.STREET_SUPERVISOR, street))
    url = f"/ledger/cleaners/{who.pk}/unmask/phone/"
    assert "13800000011" not in supervisor.get(f"/ledger/cleaners/{who.pk}/").content.decode()
    opened = posted(supervisor, url, purpose="办理业务核对")
    assert "13800000011" in opened.content.decode()


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"number": citizen(121, "19660501"), "sex": "2"}, "与证件号码中的性别不一致。"),
        ({"number": citizen(121, "19660501")[:-1] + "0"}, "校验码不对"),
        ({"phone": "1380000"}, "手机号码应为11位"),
        ({"born_on": "2010-05-01"}, "上岗时未满 16 周岁"),
        ({"born_on": (TODAY + timedelta(days=1)).isoformat()}, "出生日期不能晚于今天。"),
        ({"employment": ""}, "请选择用工方式。"),
        ({"pay": "-1"}, "不能小于 0"),
        ({"ends_on": "2023-12-31"}, "离岗日期不能早于上岗日期。"),
        ({"name": "彭3"}, "姓名中不能有“3”"),
    ],
)
def test_what_is_refused_says_why_and_stores_nothing(
    inspector, street, community, acting, fields, message
):
    answer = posted(inspector, ADD, **filled(street, community, **fields))
    assert message in answer.content.decode()
    with acting(street):
        assert not Cleaner.objects.exists()


@pytest.fixture
def swept(street, community, make_grid, acting):
    """A cleaner of the street's with two grids, one of them only from next month on, and a leave."""
    with acting(street):
        who = make.cleaner(street, community=community)
        make.assignment(who, make_grid(community, 1))
        make.assignment(who, make_grid(community, 2), starts_on=TODAY + timedelta(days=30))
        make.leave(who, TODAY - timedelta(days=2), TODAY + timedelta(days=9))
    return who


def test_who_leaves_gives_up_the_grids_and_the_rest_of_the_leave(inspector, street, acting, swept):
    url = f"/sanitation/cleaners/{swept.pk}/leave/"
    with acting(street):
        versions = f"{swept.pk}:{Cleaner.objects.get().version}"
    early = posted(inspector, url, ends_on="2023-01-01", versions=versions)
    assert "离岗日期不能早于上岗日期。" in early.content.decode()
    answer = posted(inspector, url, ends_on=TODAY.isoformat(), reason="搬走", versions=versions)
    assert answer.status_code == 302
    with acting(street):
        assert Cleaner.objects.get().note == "搬走"
        assert [row.ends_on for row in GridAssignment.objects.kept()] == [TODAY]
        assert CleanerLeave.objects.get().ends_on == TODAY
    assert inspector.get(url).status_code == 302  # it is done


def test_who_left_by_the_form_gives_up_the_grids_too(inspector, street, community, acting, swept):
    fields = filled(street, community, ends_on=TODAY.isoformat(), version=1, sex=1)
    assert posted(inspector, f"/ledger/cleaners/{swept.pk}/edit/", **fields).status_code == 302
    with acting(street):
        assert GridAssignment.objects.kept().get().ends_on == TODAY


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"starts_on": "2023-12-01"}, "才上岗。"),
        ({"starts_on": "2025-07-01", "ends_on": "2025-06-01"}, "截止日期不能早于起始日期。"),
        ({"grid": "foreign"}, "这个网格不属于所选的单位。"),
        ({}, "这位保洁员在这段时间已负责这个网格。"),
    ],
)
def test_a_grid_is_given_only_within_the_community_and_the_time_on_the_post(
    inspector, street, other_community, make_grid, acting, swept, fields, message
):
    with acting(street):
        mine = GridAssignment.objects.order_by("starts_on").first().grid
    if fields.get("grid"):
        fields = fields | {"grid": make_grid(other_community, 1).pk}
    data = {"unit": street.pk, "cleaner": swept.pk, "grid": mine.pk, "starts_on": "2025-02-01"}
    answer = posted(inspector, "/ledger/grid-assignments/add/", **data | fields)
    assert message in answer.content.decode()
    with acting(street):
        assert GridAssignment.objects.count() == 2


def test_a_community_reads_what_the_street_keeps_and_records_nothing_about_another(
    staff, street, other_community, acting, swept
):
    assert "彭建国" in staff.get("/ledger/cleaners/").content.decode()
    assert staff.get(f"/ledger/cleaners/{swept.pk}/edit/").status_code in {403, 404}
    assert posted(staff, f"/sanitation/cleaners/{swept.pk}/leave/").status_code == 403
    with acting(street):
        foreign = make.cleaner(street, "外村人", other_community)
    assert staff.get(f"/ledger/cleaners/{foreign.pk}/").status_code == 404
    assert staff.get(f"/sanitation/cleaners/{foreign.pk}/leave/").status_code == 404
    answer = posted(staff, ADD, **filled(street, other_community))
    assert answer.status_code == 200
    with acting(street):
        assert Cleaner.objects.count() == 2


# --- trainings ------------------------------------------------------------------------------------
@pytest.fixture
def course(street, community, other_community, acting):
    with acting(street):
        return {
            "training": make.training(street),
            "first": make.cleaner(street, community=community),
            "second": make.cleaner(street, "龙秀英", other_community),
            "gone": make.cleaner(street, "胡小兰", community, ends_on=date(2025, 8, 20)),
        }


def test_many_cleaners_are_ticked_at_once_and_none_twice(inspector, street, course, acting):
    url = f"/sanitation/trainings/{course['training'].pk}/cleaners/"
    page = inspector.get(url).content.decode()
    assert "彭建国" in page
    assert "胡小兰" not in page
    keys = [course["first"].pk, course["second"].pk]
    assert "请勾选参加培训的保洁员。" in posted(inspector, url).content.decode()
    assert "名单已有变化" in posted(inspector, url, cleaners=[course["gone"].pk]).content.decode()
    assert posted(inspector, url, cleaners=keys, passed="1").status_code == 302
    assert posted(inspector, url, cleaners=keys, passed="0").status_code == 302
    with acting(street):
        rows = CleanerAttendance.objects.order_by("pk")
        assert [(row.cleaner_id, row.passed) for row in rows] == [(keys[0], True), (keys[1], True)]
        assert {row.occurred_on for row in rows} == {make.DAY}
        assert rows[1].community == course["second"].community


def test_those_taught_follow_a_training_to_another_day(inspector, street, course, acting):
    training = course["training"]
    with acting(street):
        make.attendance(training, course["first"])
    fields = {"title": training.title, "occurred_on": "2025-08-25", "version": training.version}
    fields |= {"kind": "training", "domains": ["sanitation"]}
    url = f"/ledger/cleaner-trainings/{training.pk}/edit/"
    assert posted(inspector, url, **fields).status_code == 302
    with acting(street):
        assert CleanerAttendance.objects.get().occurred_on == date(2025, 8, 25)


def test_the_community_reads_who_was_taught_though_the_training_is_the_streets(
    staff, street, course, acting
):
    with acting(street):
        row = make.attendance(course["training"], course["first"])
    listed = staff.get("/ledger/cleaner-attendance/").content.decode()
    assert "彭建国" in listed
    page = staff.get(f"/ledger/cleaner-attendance/{row.pk}/").content.decode()
    assert "街道组织的培训" in page
    assert "垃圾分类培训" not in page
    assert "街道组织的培训" in staff.get(f"/ledger/cleaners/{course['first'].pk}/").content.decode()
    assert staff.get(f"/sanitation/trainings/{course['training'].pk}/cleaners/").status_code == 404
