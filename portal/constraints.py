"""Constraints of dates and numbers that speak at their own field, without asking the database."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q


class InOrder(models.CheckConstraint):
    """``later`` is empty or not before ``first``; both are dates of the row."""

    def __init__(self, *, first, later, name):
        self.first, self.later = first, later
        condition = Q(**{f"{first}__isnull": True}) | Q(**{f"{later}__isnull": True})
        super().__init__(condition=condition | Q(**{f"{later}__gte": F(first)}), name=name)

    def deconstruct(self):
        path = f"{type(self).__module__}.{type(self).__qualname__}"
        return path, (), {"first": self.first, "later": self.later, "name": self.name}

    def __eq__(self, other):
        return type(other) is type(self) and other.deconstruct() == self.deconstruct()

    def __hash__(self):
        return hash((self.first, self.later, self.name))

    def validate(self, model, instance, exclude=None, using=None):
        first, later = getattr(instance, self.first), getattr(instance, self.later)
        if first is not None and later is not None and later < first:
            labels = (str(model._meta.get_field(n).verbose_name) for n in (self.later, self.first))
            raise ValidationError({self.later: "{}不能早于{}。".format(*labels)})


def in_order(first: str, *later: str) -> list[InOrder]:
    """Each of ``later`` not before ``first``; for ``Meta.constraints``."""
    return [
        InOrder(first=first, later=each, name=f"%(app_label)s_%(class)s_{each}_not_before_{first}")
        for each in later
    ]


def not_negative(*names: str) -> list[models.CheckConstraint]:
    """For decimals; a positive integer has it from the database already."""
    return [
        models.CheckConstraint(
            condition=Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gte": 0}),
            name=f"%(app_label)s_%(class)s_{name}_not_negative",
            violation_error_message="不能是负数。",
        )
        for name in names
    ]
