"""The way of an inspection: sample, hand in, publish, sign or object, answer — and who may."""

import pytest
from django.core.exceptions import ValidationError

from portal.models import Attachment
from portal.roles import Role
from sanitation.drawing import draw
from sanitation.enums.inspections import InspectionKind as K
from sanitation.enums.inspections import SampleMethod
from sanitation.models import GroupDraw, Inspection
from sanitation.services import inspections
from sanitation.services.inspections import begin
from tests.factories import sanitation as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def inspector(make_user, street):
    return make_user(Role.SANITATION_INSPECTOR, street)


@pytest.fixture
def supervisor(make_user, street):
    return make_user(Role.STREET_SUPERVISOR, street)


@pytest.fixture
def head(make_user, community):
    return make_user(Role.COMMUNITY_HEAD, community)


@pytest.fixture
def grids(community, make_grid):
    return [make_grid(community, number) for number in range(1, 7)]


def new(street, community, kind=K.QUARTER, **fields):
    return Inspection(
        unit=street,
        community=community,
        kind=kind,
        **{
            "occurred_on": make.DAY,
            "inspectors": "吴永刚、刘芳",
            "notified": kind != K.UNANNOUNCED,
        }
        | fields,
    )


def photographed(finding, user):
    Attachment.objects.create(
        unit=finding.unit,
        subject=finding._meta.label_lower,
        subject_id=finding.pk,
        media_type=Attachment.Media.JPEG,
        name=f"{finding.pk:032}",
        sha256="0" * 64,
        size=1,
        recorded_by=user,
    )


def test_the_sample_is_recommended_and_drawn_and_can_be_drawn_again(
    inspector, street, community, grids, acting
):
    with acting(inspector):
        row = begin(new(street, community), groups=grids[:2], wanted=2, by=inspector)
        drawn = GroupDraw.objects.get()
        assert drawn.frame == [grid.code for grid in grids[2:]]
        assert drawn.result == draw(drawn.frame, drawn.seed, 2)
        by_method = {
            method: {sample.grid.code for sample in row.samples.filter(method=method)}
            for method in SampleMethod
        }
        assert by_method[SampleMethod.RECOMMENDED] == {grid.code for grid in grids[:2]}
        assert by_method[SampleMethod.RANDOM] == set(drawn.result)
        with pytest.raises(ValidationError, match="1 到 2"):
            inspections.draw_groups(row, 3, by=inspector)


def test_groups_of_another_community_and_twice_the_same_are_refused(
    inspector, street, community, other_community, grids, make_grid, acting
):
    foreign = make_grid(other_community, 1)
    with acting(inspector):
        with pytest.raises(ValidationError, match="不是明珠社区"):
            begin(new(street, community), groups=[foreign], by=inspector)
        with pytest.raises(ValidationError, match="已在抽查名单"):
            begin(new(street, community), groups=grids[:1] * 2, by=inspector)
        row = begin(new(street, community, K.UNANNOUNCED), groups=grids[:1], by=inspector)
        assert row.samples.get().method == SampleMethod.NAMED


@pytest.mark.parametrize(
    ("kind", "by_itself"),
    [(kind, kind in {K.ROUTINE, K.SPECIAL}) for kind in K],
)
def test_a_community_inspects_itself_only_by_patrols_and_special_checks(
    make_user, community, acting, kind, by_itself
):
    staff = make_user(Role.COMMUNITY_STAFF, community)
    rank = {"rank": "city"} if kind == K.SUPERIOR else {}
    with acting(staff):
        if by_itself:
            assert begin(new(community, community, kind, **rank), by=staff).pk
            return
        with pytest.raises(ValidationError, match="由街道"):
            begin(new(community, community, kind, **rank), by=staff)
