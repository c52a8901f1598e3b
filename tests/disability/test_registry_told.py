"""What figures, work lists and summaries tell of the register."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from portal.figures import engine
from portal.periods import Period
from portal.roles import Role
from portal.summaries import CategoryTable, Telling, outlines
from portal.worklists import worklists
from reports.compose import compose
from reports.tables import tables_of, tabulate
from tests import factories
from tests.factories.certificate_applications import certificate_application, take

pytestmark = pytest.mark.django_db
YEAR = Period.parse("2025")


@pytest.fixture
def staff(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community)


@pytest.fixture
def register(acting, staff, community):
    """Three known as disabled, two with files, one of these a minor without a guardian; one linked."""
    with acting(staff):
        first = factories.resident(community)
        factories.disability_file(first, components=["42"], health_record="JK0001")
        factories.certificate(first, "4", "2")
        minor = factories.resident(community, born_on=date(2015, 5, 1))
        factories.disability_file(minor, components=["53"])
        third = factories.resident(community)
        factories.certificate(third, "1", "1", expires_on=date(2026, 6, 1))
        take(certificate_application(third), ("accept", date(2025, 3, 4)))
        factories.resident(community)


def test_rates_have_their_terms(acting, staff, community, register):
    with acting(staff):

        def full(code):
            return engine.read(f"disability.{code}", [community.pk], YEAR).full

        assert full("files_rate") == "66.7%（2/3）"
        assert full("health_record_rate") == "50.0%（1/2）"
        assert (full("minors"), full("guardian_missing")) == ("1人", "1人")
        assert full("expiring") == "1本"


def test_outlines_tell_the_holders_in_a_table(acting, staff, community, register):
    with acting(staff):
        telling = Telling.of(community, YEAR)
        for kind in "ABF":
            outline = outlines[kind]
            table = tables_of(outline)["持证残疾人类别和等级"]
            assert isinstance(table, CategoryTable)
            content = tabulate(table, telling)
            assert content.headers == ("残疾类别", "一级", "二级", "三级", "四级", "合计")
            assert {row[0]: row[1:] for row in content.rows}["肢体"] == (
                "0", "1", "0", "0", "1",
            )  # fmt: skip
            assert content.total == ("合计", "1", "1", "0", "0", "2")
            assert "建档率" in str(compose(outline, community, YEAR))


def test_work_lists_of_certificates_and_applications(acting, staff, community):
    today = timezone.localdate()
    with acting(staff):
        for days in (10, 100, 300):
            card = factories.certificate(
                factories.resident(community), expires_on=today + timedelta(days=days)
            )
        soon = today.replace(day=1, year=today.year - 18) + timedelta(days=58)
        factories.disability_file(
            factories.resident(community, born_on=soon, since=date(2020, 1, 1))
        )
        take(certificate_application(card.resident), ("accept", date(2025, 3, 4)))

        def count(code):
            return worklists[f"disability.{code}"].rows(frozenset({community.pk})).count()

        assert count("expiring") == 3
        assert count("applications_waiting") == 1
        assert count("becoming_adult") == 1
        assert count("left_behind") == count("notice_over") == 0
