"""What the records of the one-stop service agency have in common."""

from django.db import models
from django.db.models import Q

from portal.records import Kept, Record
from portal.scope import above
from portal.wall.classes import Down


class OurKept(Kept):
    """Something that lasts: an item, a hall, an agent."""

    domain = "servicecenter"

    class Meta:
        abstract = True


class OurRecord(Record):
    """Something that happened in the agency's work on a day."""

    domain = "servicecenter"

    class Meta:
        abstract = True
        ordering = ["-occurred_on", "-pk"]


class ReadBelow(models.Model):
    """Read by the units below the one that keeps it: the street's catalogue serves its communities."""

    wall = Down()

    class Meta:
        abstract = True

    @classmethod
    def scope_condition(cls, units) -> Q:
        return Q(unit__in=units) | Q(unit__in=above(units))
