"""社区组: some communities of a street for which numbers are told together (片区, 联合党委 …)."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinLengthValidator
from django.db import models
from django.db.models import Q

from portal.records import Kept


class UnitGroup(Kept):
    """Communities below ``unit`` by their keys; a summary may be about them together."""

    domain = "office"

    name = models.CharField("名称", max_length=60, validators=[MinLengthValidator(2)])
    members = ArrayField(models.BigIntegerField(), verbose_name="社区")

    class Meta:
        verbose_name = "社区组"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "name"],
                condition=Q(deleted_at__isnull=True),
                name="unit_group_name_once",
                violation_error_message="本单位已有同名的社区组。",
            ),
            models.CheckConstraint(condition=Q(members__len__gte=1), name="unit_group_has_members"),
        ]

    def __str__(self):
        return self.name
