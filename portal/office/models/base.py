"""What the office's facts have in common: tags, dated spells, and papers that are read below."""

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from portal import records
from portal.days import not_future
from portal.records import Kept, Record
from portal.scope import above
from portal.tagging import domains_field, tagged

TAGGED = tagged("%(app_label)s_%(class)s_is_tagged")


def words(label: str, size: int = 60, **options) -> models.CharField:
    """A short text that may be left empty."""
    return models.CharField(label, max_length=size, blank=True, **options)


def prose(label: str, **options) -> models.TextField:
    """A longer text that may be left empty."""
    return models.TextField(label, max_length=2000, blank=True, **options)


def day(label: str, **options) -> models.DateField:
    """A day that may be empty and may lie ahead."""
    return models.DateField(label, null=True, blank=True, **options)


def past_day(label: str, **options) -> models.DateField:
    """The day on which something has happened; empty while it has not."""
    return day(label, validators=[not_future], **options)


def decimal(label: str, *, places=2, **options) -> models.DecimalField:
    """A number from nought on; pair it with ``not_negative`` in the constraints."""
    options.setdefault("validators", [MinValueValidator(Decimal(0))])
    return models.DecimalField(label, max_digits=14, decimal_places=places, **options)


class Office(models.Model):
    """The department of the office's own facts."""

    domain = "office"

    class Meta:
        abstract = True


class Fact(Office, Kept):
    """Something kept: a station, a group, a plan."""

    tags = "domains"

    domains = domains_field()

    class Meta:
        abstract = True
        constraints = [TAGGED]


class Event(Office, Record):
    """Something that happened in the office on a day."""

    tags = "domains"

    domains = domains_field()

    class Meta:
        abstract = True
        ordering = ["-occurred_on", "-pk"]
        constraints = [TAGGED]


class Part(Office, Kept):
    """A row that belongs to a fact and is known to whoever knows that; ``tags`` leads to it."""

    class Meta:
        abstract = True


class PartEvent(Office, Record):
    """Something that happened to a fact; known to whoever knows that, ``tags`` leads to it."""

    class Meta:
        abstract = True
        ordering = ["-occurred_on", "-pk"]


class ReadBelow(records.ReadBelow):
    """A paper that everybody below the unit may read.

    Need to know holds for readers below too: one of the tags must be a department that they see.
    """

    class Meta:
        abstract = True

    @classmethod
    def known_to(cls, access) -> Q:
        known = Q(pk__in=[])
        for units, domains in access.domains_by_units.items():
            known |= Q(domains__overlap=domains, unit__in=units | above(units))
        return known
