"""走访覆盖率 is a share: its numerator is always among its denominator."""

from datetime import date

import pytest

from portal.figures import engine
from portal.periods import Period
from tests import factories

YEAR = Period.parse("2025")


@pytest.mark.django_db
def test_coverage_counts_only_files_in_force_at_the_end_of_the_period(acting, community):
    with acting(community):
        for closed_on, opened_on in (
            (None, date(2020, 1, 1)),
            (date(2025, 6, 1), date(2020, 1, 1)),  # visited, then closed within the year
            (None, date(2026, 1, 10)),  # visited before the file was opened, after the year
            (date(2026, 2, 1), date(2020, 1, 1)),  # closed after the year
        ):
            person = factories.resident(community, "陈静")
            factories.disability_file(person, opened_on=opened_on, closed_on=closed_on)
            factories.visit(person, date(2025, 3, 10))
        factories.disability_file(factories.resident(community, "未访"))
        reading = engine.read("disability.visit_coverage", [community.pk], YEAR)
        months = engine.by_month("disability.visited_registered", [community.pk], YEAR)
        alone = [engine.read(r.figure.code, [community.pk], month).value for month, r in months]
    assert (reading.numerator.value, reading.denominator.value) == (2, 3)
    assert reading.text == "66.7%"
    assert [r.value for _, r in months] == alone


@pytest.mark.django_db
def test_a_renewed_certificate_keeps_its_number(acting, community):
    with acting(community):
        person = factories.resident(community, "陈静")
        factories.certificate(
            person, occurred_on=date(2015, 1, 5), ended_on=date(2025, 1, 5), status="replaced"
        )
        factories.certificate(person, occurred_on=date(2025, 1, 5))
        for day, holders in (("2024", 1), ("2025", 1)):
            reading = engine.read("disability.holders", [community.pk], Period.parse(day))
            assert reading.value == holders
