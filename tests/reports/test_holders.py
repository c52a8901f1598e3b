"""Who has a summary on the table, by name."""

from datetime import date

import pytest

from portal.models import RoleAssignment
from portal.roles import Role
from reports.holders import holders_of, with_way
from reports.models import Summary
from tests.conftest import as_command
from tests.reports.conftest import submitted


@pytest.fixture
def holder(acting, draft):
    def told(user):
        with acting(user):
            rows = with_way(Summary.objects.filter(pk=draft.pk))
            [summary] = rows.select_related("unit__parent", "recorded_by")
            return holders_of([summary])[summary.pk]

    return told


def test_the_drafter_has_a_draft(holder, staff):
    assert holder(staff) == "李梅"


def test_many_reviewers_are_two_names_and_a_number(
    draft, holder, staff, head, make_user, community
):
    for name in ("白洁", "赵强"):
        make_user(Role.COMMUNITY_HEAD, community, name=name)
    submitted(draft, staff)
    assert holder(staff) == "白洁、赵强等3人"


def test_who_has_two_roles_is_named_once(draft, holder, staff, head, community):
    with as_command():
        RoleAssignment.objects.create(
            user=head, unit=community, role=Role.STREET_SECTION, valid_from=date(2021, 1, 1)
        )
    submitted(draft, staff)
    assert holder(staff) == "陈刚"


def test_who_left_is_not_named(draft, holder, staff, head, community):
    with as_command():
        head.is_active = False
        head.save()
    submitted(draft, staff)
    assert holder(staff) == "春华街道"
