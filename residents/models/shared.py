"""Pieces that several models of the register have in common."""

from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeBoundary
from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q

from portal.records import Kept, KeptQuerySet
from portal.roles import DOMAINS
from portal.wall.classes import Person


class DateSpan(Func):
    """daterange(starts, ends, '[]'): both days belong to the spell, an open end is endless."""

    function = "DATERANGE"
    output_field = DateRangeField()


def span(starts="starts_on", ends="ends_on"):
    return DateSpan(F(starts), F(ends), RangeBoundary(inclusive_lower=True, inclusive_upper=True))


def ends_after_start(name):
    return models.CheckConstraint(
        condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
        name=name,
        violation_error_message="结束的日期不能早于起始的日期。",
    )


class SpellQuerySet(KeptQuerySet):
    """Rows that last from ``starts_on`` to ``ends_on``, both days included."""

    def in_force(self, day):
        """Those, not in the recycle bin, that the day lies in."""
        open_or_later = Q(ends_on__isnull=True) | Q(ends_on__gte=day)
        return self.kept().filter(open_or_later, starts_on__lte=day)


class SharedKept(Kept):
    """A person or household: known to every unit in ``unit_ids``, kept by the present ``unit``."""

    wall = Person()

    unit_ids = ArrayField(models.BigIntegerField(), editable=False, default=list)

    objects = KeptQuerySet.as_manager()

    class Meta:
        abstract = True

    @classmethod
    def scope_condition(cls, units) -> Q:
        return Q(unit_ids__overlap=list(units))

    def save(self, *args, update_fields=None, **kwargs):
        if self.unit_id not in self.unit_ids:
            self.unit_ids = [*self.unit_ids, self.unit_id]
            if update_fields is not None:
                update_fields = {*update_fields, "unit_ids"}
        super().save(*args, update_fields=update_fields, **kwargs)


def unit_ids_index(name):
    return GinIndex(fields=["unit_ids"], name=name)


class Tagged(models.CheckConstraint):
    """At least one department: a fact of none would be counted by all and seen by none."""

    def validate(self, model, instance, exclude=None, using=None):
        """As the database, without asking it: an import validates thousands of rows."""
        if not instance.domains:
            raise ValidationError(self.get_violation_error_message())


def tagged(name) -> Tagged:
    return Tagged(
        condition=Q(domains__len__gte=1),
        name=name,
        violation_error_message="请选择计入哪项工作。",
    )


def domains_field():
    """Which departments' work this fact is; each of them counts it, it is entered once."""
    return ArrayField(
        models.CharField(max_length=16, choices=DOMAINS),
        verbose_name="计入工作",
        help_text="同一件事属于几项工作的，都勾上，不必重复登记。",
        default=list,
    )
