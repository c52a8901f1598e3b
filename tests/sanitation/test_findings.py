"""Findings are stored once, follow their fault, and stand still once the inspection is handed in."""

import uuid
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.attachments.services import content_of, files_of
from portal.attachments.traces import traces_of
from portal.errors import StaleRecord
from portal.roles import Role
from portal.scope import Denied
from sanitation.enums.inspections import InspectionKind, ProblemType
from sanitation.models import Finding, InspectedItem, Inspection, RubricFault
from sanitation.services import findings
from tests.attachments import files
from tests.factories import sanitation as made
from tests.sanitation.photos import HERE, taken

NOON = datetime(2025, 3, 12, 12, 0, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def inspector(make_user, street):
    return make_user(Role.SANITATION_INSPECTOR, street)


@pytest.fixture
def patrol(acting, inspector, street, community):
    with acting(inspector):
        return made.inspection(street, community, rubric=made.rubric(street))


def fault_of(patrol, title="成堆垃圾"):
    return RubricFault.objects.get(item__rubric=patrol.rubric_id, title=title)


def found(patrol, **fields):
    return Finding(**{"fault": fault_of(patrol)} | fields)


def refused(call, *args, **options) -> dict:
    with pytest.raises(ValidationError) as caught:
        call(*args, **options)
    error = caught.value
    return error.message_dict if hasattr(error, "error_dict") else {"": error.messages}


@pytest.mark.django_db
def test_what_the_fault_says_is_taken_over(acting, inspector, patrol, street, community):
    with acting(inspector):
        row = findings.add(patrol, found(patrol, occurrences=3), by=inspector)
        row.refresh_from_db()
        assert (row.points, row.problem, row.is_serious) == (Decimal("6.0"), ProblemType.HEAP, True)
        assert (row.unit, row.community, row.recorded_by) == (street, community, inspector)
        assert row.occurred_on == patrol.occurred_on
        said = found(patrol, fault=fault_of(patrol, "散落垃圾"), problem=ProblemType.OLD)
        row = findings.add(patrol, said, by=inspector)
        assert (row.points, row.problem, row.is_serious) == (Decimal("0.5"), "old", False)


@pytest.mark.django_db
def test_the_same_key_is_stored_once_and_answered_alike(acting, inspector, patrol):
    key = uuid.uuid4()
    with acting(inspector):
        first = findings.add(patrol, found(patrol, key=key), by=inspector)
        assert findings.add(patrol, found(patrol, key=key), by=inspector).pk == first.pk
        # Also when the first answer was lost and the inspection handed in, or the finding dropped.
        Inspection.objects.filter(pk=patrol.pk).update(handed_in_on=patrol.occurred_on)
        assert findings.add(patrol, found(patrol, key=key), by=inspector).pk == first.pk
        Finding.objects.filter(pk=first.pk).update(deleted_at=timezone.now())
        assert findings.add(patrol, found(patrol, key=key), by=inspector).deleted_at
        assert Finding.objects.count() == 1
        other = made.inspection(patrol.unit, patrol.community, rubric=patrol.rubric)
        assert "另一次检查" in str(
            refused(findings.add, other, found(other, key=key), by=inspector)
        )


@pytest.mark.django_db
def test_after_handing_in_nothing_changes(acting, inspector, patrol):
    with acting(inspector):
        row = findings.add(patrol, found(patrol), by=inspector)
        Inspection.objects.filter(pk=patrol.pk).update(handed_in_on=patrol.occurred_on)
        row.occurrences = 9
        for call in (
            lambda: findings.add(patrol, found(patrol), by=inspector),
            lambda: findings.change(row, by=inspector),
            lambda: findings.drop(row, by=inspector),
        ):
            assert "已经提交" in str(refused(call))
        row.refresh_from_db()
        assert row.occurrences == 1
        assert row.deleted_at is None


@pytest.mark.django_db
def test_changing_counts_anew_and_another_fault_says_its_own(acting, inspector, patrol):
    with acting(inspector):
        row = findings.add(patrol, found(patrol), by=inspector)
        stale = Finding.objects.get(pk=row.pk)
        row.fault, row.occurrences = fault_of(patrol, "不洁"), 4
        findings.change(row, by=inspector)
        row.refresh_from_db()
        assert (row.points, row.problem) == (Decimal("4.0"), ProblemType.TOILET)
        with pytest.raises(StaleRecord):
            findings.drop(stale, by=inspector)
        findings.drop(row, by=inspector)
        assert not Finding.objects.kept().exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"fault": None}, "problem"),
        ({"occurrences": 0}, "occurrences"),
        ({"occurrences": 1000}, "occurrences"),
        ({"found_at": timezone.now() + timedelta(hours=1)}, "found_at"),
        ({"latitude": HERE[0]}, "latitude"),
        ({"latitude": Decimal("51.5"), "longitude": Decimal("-0.1")}, "latitude"),
        ({"occurred_on": NOON.date() - timedelta(days=1)}, "occurred_on"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(acting, inspector, patrol, fields, at):
    with acting(inspector):
        assert at in refused(findings.add, patrol, found(patrol, **fields), by=inspector)
        assert not Finding.objects.exists()


@pytest.mark.django_db
def test_faults_points_and_grids_are_of_the_inspection(
    acting, inspector, patrol, street, other_community, make_grid
):
    grid = make_grid(other_community, 1)
    with acting(inspector):
        point = made.point(street, community=other_community)
        foreign = made.rubric(street, name="另一张表").items.first().faults.first()
        plain = made.inspection(street, patrol.community, kind=InspectionKind.SPECIAL)
        assert "fault" in refused(findings.add, patrol, found(patrol, fault=foreign), by=inspector)
        assert "fault" in refused(findings.add, plain, found(patrol), by=inspector)
        assert "problem" in refused(findings.add, plain, Finding(), by=inspector)
        assert "point" in refused(findings.add, patrol, found(patrol, point=point), by=inspector)
        assert "grid" in refused(findings.add, patrol, found(patrol, grid=grid), by=inspector)
        row = findings.add(plain, Finding(problem=ProblemType.OLD), by=inspector)
        assert row.points == 0
        toilet = fault_of(patrol, "不洁")
        InspectedItem.objects.create(unit=street, inspection=patrol, item=toilet.item, is_na=True)
        assert "fault" in refused(findings.add, patrol, found(patrol, fault=toilet), by=inspector)


@pytest.mark.django_db
def test_the_inspected_community_writes_nothing(acting, inspector, patrol, make_user, community):
    staff = make_user(Role.COMMUNITY_STAFF, community)
    with acting(inspector):
        row = findings.add(patrol, found(patrol), by=inspector)
    with acting(staff):
        for call in (
            lambda: findings.add(patrol, found(patrol), by=staff),
            lambda: findings.change(row, by=staff),
            lambda: findings.drop(row, by=staff),
            lambda: findings.same_as(row, None, by=staff),
        ):
            with pytest.raises(Denied):
                call()


# --- photos -----------------------------------------------------------------------------------
@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.django_db
def test_a_photo_tells_when_and_with_leave_where(acting, inspector, patrol, media):
    photo = taken(NOON)
    with acting(inspector):
        silent = findings.add(patrol, found(patrol), by=inspector, photos=[photo])
        told = findings.add(patrol, found(patrol), by=inspector, photos=[photo], located=True)
        assert (silent.found_at, silent.latitude, silent.longitude) == (NOON, None, None)
        assert (told.found_at, told.latitude, told.longitude) == (NOON, *HERE)
        kept = content_of(files_of(told).get())
        assert traces_of(kept) == traces_of(b"")
        assert b"Exif" not in kept


@pytest.mark.django_db
def test_what_a_photo_says_against_reason_is_not_believed(acting, inspector, patrol, media):
    with acting(inspector):
        for photo in (taken(NOON - timedelta(days=30)), taken(NOON + timedelta(days=9999))):
            row = findings.add(patrol, found(patrol), by=inspector, photos=[photo])
            assert row.found_at is None
        abroad = taken(NOON, where=(51.5, -0.12))
        row = findings.add(patrol, found(patrol), by=inspector, photos=[abroad], located=True)
        assert row.latitude is None
        own = findings.add(
            patrol,
            found(patrol, found_at=NOON + timedelta(hours=2)),
            by=inspector,
            photos=[taken(NOON)],
        )
        assert own.found_at == NOON + timedelta(hours=2)


@pytest.mark.django_db
def test_a_bad_file_stores_nothing(acting, inspector, patrol, media):
    with acting(inspector):
        for content in (b"", files.SVG, files.HOSTILE["photo.heic"]()):
            assert "photos" in refused(
                findings.add, patrol, found(patrol), by=inspector, photos=[content]
            )
        assert not Finding.objects.exists()


# --- the same problem -------------------------------------------------------------------------
@pytest.fixture
def three(acting, inspector, patrol):
    """A finding in each of three inspections of the community."""
    with acting(inspector):
        rows = [findings.add(patrol, found(patrol), by=inspector)]
        for _ in range(2):
            more = made.inspection(patrol.unit, patrol.community, rubric=patrol.rubric)
            rows.append(findings.add(more, found(more), by=inspector))
        Inspection.objects.update(is_open=True, handed_in_on=made.DAY)
        Finding.objects.update(is_open=True)
        return [Finding.objects.get(pk=row.pk) for row in rows]


@pytest.mark.django_db
def test_the_same_problem_never_makes_a_chain_or_a_circle(acting, inspector, three):
    first, second, third = three
    with acting(inspector):
        findings.same_as(third, second, by=inspector)
        findings.same_as(second, first, by=inspector)  # the third follows
        third.refresh_from_db()
        assert third.same_as_id == first.pk
        assert "same_as" in refused(findings.same_as, first, third, by=inspector)
        findings.same_as(third, None, by=inspector)
        findings.same_as(third, second, by=inspector)  # which is itself the first
        assert third.same_as_id == first.pk
        with pytest.raises(Denied):
            findings.drop(Finding.objects.get(pk=first.pk), by=inspector, past=True)


@pytest.mark.django_db
def test_other_communities_and_the_same_inspection_are_refused(
    acting, inspector, three, patrol, other_community
):
    with acting(inspector):
        twin = findings.add(patrol, found(patrol), by=inspector, past=True)
        away = made.inspection(patrol.unit, other_community, rubric=patrol.rubric)
        away = findings.add(away, found(away), by=inspector)
        for other in (twin, away, three[0]):
            assert "same_as" in refused(findings.same_as, three[0], other, by=inspector)
