"""Rows counted in one question are those that each queryset counts alone."""

from datetime import date

import pytest
from django.db.models import Count

from portal.counted_together import told_together
from residents.models import Resident, Visit
from tests import factories


def counts(asked) -> dict:
    """The number of each that can have rows."""
    return dict(told_together(asked, lambda rows: rows.values("pk"), lambda name: ("count(*)", ())))


@pytest.fixture
def people(acting, community):
    with acting(community):
        people = [factories.resident(community, name) for name in ("黄文发", "单小花", "沈小涵")]
        for day in (date(2025, 3, 10), date(2025, 3, 11), date(2025, 3, 12)):
            factories.visit(people[0], day)
        factories.visit(people[1])
        yield people


def test_all_shapes_of_questions_are_counted_as_alone(people, django_assert_num_queries):
    asked = {
        "all": Resident.objects.order_by("name", "pk").select_related("unit"),
        "none": Resident.objects.none(),
        "nowhere": Resident.objects.filter(pk__in=[]),
        "joined": Visit.objects.filter(resident__name="黄文发", mode__contains="%"),
        "distinct": Visit.objects.filter(resident__in=people).distinct().order_by("pk"),
        "grouped": Resident.objects.annotate(times=Count("visits")).filter(times__gt=1),
        "sliced": Visit.objects.order_by("-occurred_on", "pk")[:2],
    }
    with django_assert_num_queries(1):
        told = counts(asked)
    assert told == {name: rows.count() for name, rows in asked.items() if name in told}
    assert asked.keys() - told.keys() == {"none", "nowhere"}
    assert (told["all"], told["grouped"], told["sliced"]) == (3, 1, 2)


def test_nothing_asked_is_no_question(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert counts({"none": Resident.objects.none()}) == {}
        assert counts({}) == {}
