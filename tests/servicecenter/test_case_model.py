"""The case as a row: each state stands with the days that it asks for, and with no others."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from servicecenter.enums.cases import CaseState
from servicecenter.models import Case
from servicecenter.selectors.receipts import fits, receipt_code
from tests.factories import cases, resident

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", CaseState.values)
def test_a_case_stands_in_every_state(acting, community, state):
    with acting(community):
        case = cases.case(community, state)
        case.full_clean(exclude={"recorded_by", "deleted_by"})
        assert Case.objects.get().state == state


def test_a_case_has_exactly_one_applicant(acting, community):
    with acting(community):
        both = {"resident": resident(community), "outsider": cases.outsider(community)}
        with pytest.raises(IntegrityError), transaction.atomic():
            cases.case(community, **both)


def test_nothing_is_decided_before_it_is_accepted(acting, community):
    with acting(community):
        case = cases.case(community, CaseState.DECIDED)
        case.decided_on = date(2025, 3, 3)
        with pytest.raises(ValidationError) as refused:
            case.full_clean(exclude={"recorded_by", "deleted_by"})
    assert refused.value.message_dict["decided_on"] == ["办结日期不能早于受理日期。"]


def test_numbers_follow_on_within_unit_and_year(acting, community):
    with acting(community):
        made = [cases.case(community, CaseState.ACCEPTED) for _ in range(2)]
        assert [case.number_serial for case in made] == [1, 2]
        last = cases.case(community, CaseState.ACCEPTED, accepted_on=date(2026, 1, 5))
        assert (last.number_year, last.number_serial) == (2026, 1)
        assert last.number.endswith("〔2026〕1号")


def test_a_receipt_code_fits_its_number_alone():
    assert fits("春明代办〔2025〕1号", receipt_code("春明代办〔2025〕1号").lower())
    assert not fits("春明代办〔2025〕2号", receipt_code("春明代办〔2025〕1号"))
    assert not fits("春明代办〔2025〕1号", "")
