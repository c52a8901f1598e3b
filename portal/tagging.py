"""计入工作: the departments that a shared fact is tagged with (ADR 10)."""

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from portal.roles import DOMAINS


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
