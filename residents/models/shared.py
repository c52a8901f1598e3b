"""Pieces that several models of the register have in common."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from portal.records import Kept, KeptQuerySet
from portal.spells import DateSpan, span
from portal.tagging import Tagged, domains_field, tagged
from portal.wall.classes import Person

__all__ = [
    "DateSpan",
    "SharedKept",
    "Tagged",
    "domains_field",
    "ends_after_start",
    "not_before",
    "refuse_future",
    "span",
    "tagged",
    "unit_ids_index",
]


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


def refuse_future(record, *names) -> None:
    """Raise ValidationError at each of the days that has not come yet; for ``clean()``."""
    today = timezone.localdate()
    late = {
        name: f"{record._meta.get_field(name).verbose_name}不能晚于今天。"
        for name in names
        if getattr(record, name) and getattr(record, name) > today
    }
    if late:
        raise ValidationError(late)


def not_before(name: str, day: str, message: str, start: str = "occurred_on"):
    """The day is empty or not before the other one."""
    return models.CheckConstraint(
        condition=Q(**{f"{day}__isnull": True}) | Q(**{f"{day}__gte": F(start)}),
        name=name,
        violation_error_message=message,
    )
