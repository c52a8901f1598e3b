"""Rubrics by editions: taken over from a template, copied, and never changed once used."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from portal.roles import Role
from portal.scope import Denied
from sanitation.models import Rubric
from sanitation.resolving import EDITION_LABEL, RUBRIC_LABEL, find_rubric
from sanitation.rubric_templates import RURAL, TEMPLATES
from sanitation.selectors.rubrics import full_of, in_force, items_of
from sanitation.services.rubrics import check_unused, from_template, new_edition
from tests.factories import sanitation as make

pytestmark = pytest.mark.django_db
BEGIN = date(2025, 1, 1)


@pytest.fixture
def section(make_user, street):
    return make_user(Role.STREET_SECTION, street)


@pytest.mark.parametrize("code", TEMPLATES)
def test_a_template_is_taken_over_whole(section, street, acting, code):
    template = TEMPLATES[code]
    with acting(section):
        rubric = from_template(street, template, starts_on=BEGIN, by=section)
        items = items_of(rubric)
        assert full_of(items) == 100
        assert [(item.title, item.maximum, item.by_rate, item.may_be_na) for item in items] == [
            (item.title, item.maximum, item.by_rate, item.may_be_na) for item in template.items
        ]
        assert [[str(fault) for fault in item.faults.all()] for item in items] == [
            [fault.title for fault in item.faults] for item in template.items
        ]
        with pytest.raises(ValidationError) as refused:
            from_template(street, template, starts_on=BEGIN, by=section)
        assert "name" in refused.value.message_dict


def test_a_new_edition_copies_and_the_old_one_ends(section, street, acting):
    with acting(section):
        old = from_template(street, RURAL, starts_on=BEGIN, by=section)
        new = new_edition(old, starts_on=date(2026, 1, 1), by=section)
        old.refresh_from_db()
        assert (new.edition, new.name, old.ends_on) == (2, old.name, date(2025, 12, 31))
        assert [str(item) for item in items_of(new)] == [str(item) for item in items_of(old)]
        assert {item.pk for item in items_of(new)}.isdisjoint(item.pk for item in items_of(old))
        assert list(in_force(street, date(2025, 12, 31))) == [old]
        assert list(in_force(street, date(2026, 1, 1))) == [new]
        with pytest.raises(ValidationError, match="最新"):
            new_edition(old, starts_on=date(2026, 6, 1), by=section)
        with pytest.raises(ValidationError, match="晚于"):
            new_edition(new, starts_on=date(2026, 1, 1), by=section)


def test_an_edition_that_is_no_number_is_not_found(section, street, acting):
    with acting(section):
        from_template(street, RURAL, starts_on=BEGIN, by=section)
        for odd in ("²", "9" * 5_000):
            cells = {RUBRIC_LABEL: RURAL.name, EDITION_LABEL: odd}
            with pytest.raises(ValidationError, match="没有这个名称和版次"):
                find_rubric(cells, section, street)


def test_a_used_edition_stays_and_ends_after_its_last_use(section, street, community, acting):
    with acting(section):
        rubric = make.rubric(street)
        check_unused(rubric)
        make.inspection(street, community, rubric=rubric, occurred_on=date(2025, 5, 6))
        with pytest.raises(Denied, match="1 次检查"):
            check_unused(rubric)
        with pytest.raises(ValidationError, match="使用本版"):
            new_edition(rubric, starts_on=date(2025, 5, 6), by=section)
        assert new_edition(rubric, starts_on=date(2025, 5, 7), by=section).edition == 2


@pytest.mark.parametrize(
    "role", [Role.SANITATION_INSPECTOR, Role.COMMUNITY_HEAD, Role.COMMUNITY_STAFF]
)
def test_others_keep_no_rubrics(make_user, street, community, acting, role):
    user = make_user(role, street if role == Role.SANITATION_INSPECTOR else community)
    with acting(street):
        rubric = make.rubric(street)
    with acting(user):
        with pytest.raises(Denied):
            from_template(user.assignments.get().unit, RURAL, starts_on=BEGIN, by=user)
        with pytest.raises(Denied):
            new_edition(rubric, starts_on=date(2026, 1, 1), by=user)


def test_a_community_reads_the_editions_of_its_street(street, community, acting):
    with acting(street):
        rubric = make.rubric(street)
    with acting(community):
        assert Rubric.objects.get() == rubric
        assert list(in_force(community, date(2025, 3, 1))) == [rubric]
