"""Spells: what lasts from a day to a day, both included."""

from django.contrib.postgres.fields import DateRangeField, RangeBoundary
from django.db.models import F, Func


class DateSpan(Func):
    """daterange(starts, ends, '[]'): both days belong to the spell, an open end is endless."""

    function = "DATERANGE"
    output_field = DateRangeField()


def span(starts="starts_on", ends="ends_on"):
    return DateSpan(F(starts), F(ends), RangeBoundary(inclusive_lower=True, inclusive_upper=True))
