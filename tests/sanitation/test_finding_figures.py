"""Figures of what was found: open ones alone, the same problem once, by type, fault, kind and grid."""

import pytest

from portal.attachments.services import reread
from portal.figures import engine
from portal.periods import Period
from portal.roles import Role
from sanitation.enums.inspections import InspectionKind, ProblemType
from sanitation.models import Finding, RubricFault
from sanitation.services import findings
from tests.attachments import files
from tests.factories import sanitation as made

YEAR = Period.parse("2025")


@pytest.fixture
def inspector(make_user, street):
    return make_user(Role.SANITATION_INSPECTOR, street)


@pytest.fixture
def year(acting, inspector, street, community, make_grid, settings, tmp_path):
    """Two heaps and litter by a patrol, one heap again by the quarter's check; a secret one, closed."""
    settings.MEDIA_ROOT = tmp_path
    grid = make_grid(community, 1)
    with acting(inspector):
        rubric = made.rubric(street)
        heap, litter = (RubricFault.objects.get(title=title) for title in ("成堆垃圾", "散落垃圾"))

        def held(kind, *found):
            row = made.inspection(street, community, kind=kind, rubric=rubric)
            return [findings.add(row, each, by=inspector, photos=photos) for each, photos in found]

        photo = [files.noise((80, 60))]
        first, *_ = held(
            InspectionKind.ROUTINE,
            (Finding(fault=heap, occurrences=2, grid=grid), photo),
            (Finding(fault=litter, occurrences=5), ()),
            (Finding(problem=ProblemType.BUILT), ()),
        )
        [again] = held(InspectionKind.QUARTER, (Finding(fault=heap), photo))
        Finding.objects.update(is_open=True)
        reread(Finding.objects.all())
        again, first = (Finding.objects.get(pk=row.pk) for row in (again, first))
        findings.same_as(again, first, by=inspector)
        held(InspectionKind.UNANNOUNCED, (Finding(fault=heap, occurrences=9), photo))
        return community, grid


def read(code, units):
    return engine.read(f"sanitation.{code}", units, YEAR).text


@pytest.mark.django_db
def test_what_counts_and_what_does_not(acting, year, inspector, other_community, make_user):
    community, _ = year
    counted = {
        "findings": "3",
        "finding_spots": "8",
        "serious_findings": "1",
        "repeated_findings": "1",
        "findings_with_photo": "1",
        "finding_photo_rate": "33.3%",
    }
    staff = make_user(Role.COMMUNITY_STAFF, community)
    for user in (inspector, staff):  # a number does not depend on who looks
        with acting(user):
            assert {code: read(code, {community.pk}) for code in counted} == counted
    with acting(inspector):
        assert read("findings", {other_community.pk}) == "0"
        assert engine.read("sanitation.findings", {community.pk}, Period.parse("2024")).value == 0


@pytest.mark.django_db
def test_how_it_divides(acting, year, inspector):
    community, grid = year

    def by(name):
        found = engine.by_category("sanitation.finding_spots", name, {community.pk}, YEAR)
        return {key: reading.value for key, reading in found.items() if reading.value}

    with acting(inspector):
        assert by("problem") == {"heap": 2, "litter": 5, "built": 1}
        assert by("fault") == {"成堆垃圾": 2, "散落垃圾": 5, "unstated": 1}
        assert by("kind") == {"routine": 8}
        assert by("grid") == {str(grid.pk): 2, "none": 6}
