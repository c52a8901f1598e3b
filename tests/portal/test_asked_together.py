"""The constraints of a row are asked in one question, and answered as Django answers them."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import models

from disability.models import Certificate
from residents.enums import Relation
from residents.models import Membership
from tests import factories

pytestmark = pytest.mark.django_db

LATER = date(2025, 6, 1)


def said(row, ask=None) -> dict:
    try:
        (ask or type(row).validate_constraints)(row, exclude={"recorded_by", "deleted_by"})
    except ValidationError as error:
        return error.message_dict
    return {}


@pytest.fixture
def certificate(acting, community):
    with acting(community):
        yield factories.certificate(factories.resident(community, "黄文发"))


def another(certificate, **changes):
    """A second one of the same person and number."""
    fields = ("unit", "resident", "number", "category", "level", "occurred_on", "expires_on")
    row = Certificate(**{name: getattr(certificate, name) for name in fields} | changes)
    row.derive()
    return row


def test_a_row_that_keeps_them_is_asked_about_once(certificate, django_assert_num_queries):
    with django_assert_num_queries(1):  # the question, and the savepoint along with it
        assert said(certificate) == {}


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"occurred_on": LATER, "ended_on": date(2025, 1, 1)},
        {"occurred_on": LATER, "ended_on": date(2025, 7, 1)},
        {"occurred_on": LATER, "moved_in_on": date(2025, 1, 1)},
        {"number": "another"},
    ],
)
def test_what_is_broken_is_said_as_django_says_it(certificate, changes):
    row = another(certificate, **changes)
    expected = said(row, models.Model.validate_constraints)
    assert expected
    assert said(row) == expected


def test_an_end_frees_the_place_for_the_next(certificate):
    certificate.ended_on = date(2025, 5, 31)
    certificate.save()
    assert said(another(certificate, occurred_on=LATER)) == {}


def test_a_question_that_fails_leaves_the_transaction_usable(certificate):
    row = another(certificate, number="another", occurred_on=LATER)
    row.ended_on = date(2025, 1, 1)  # a range that ends before it begins cannot even be asked about
    for _ in range(2):
        assert said(row) == said(row, models.Model.validate_constraints) != {}
    assert Certificate.objects.count() == 1


@pytest.mark.parametrize("relation", [Relation.HEAD, Relation.SPOUSE])
def test_conditions_of_a_row_are_its_own(acting, community, relation):
    with acting(community):
        home = factories.household(community)
        head, other = (factories.resident(community, name) for name in ("黄文发", "单小花"))
        factories.member(home, head)
        row = Membership(
            unit=community,
            household=home,
            resident=other,
            relation=relation,
            starts_on=date(2025, 1, 1),
        )
        assert bool(said(row)) is (relation == Relation.HEAD)
        assert said(row) == said(row, models.Model.validate_constraints)
        row.living = row.registered = False
        assert said(row) == said(row, models.Model.validate_constraints) != {}
