"""Households and who belongs to them, dated."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from portal.records import Kept, KeptQuerySet
from residents.enums import HouseholdKind, Relation
from residents.models.shared import SharedKept, ends_after_start, span, unit_ids_index


class HouseholdQuerySet(KeptQuerySet):
    def with_head_name(self):
        """Annotate ``head_name``: the head's name today."""
        today = timezone.localdate()
        heads = Membership.objects.kept().filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=today),
            household=OuterRef("pk"),
            relation=Relation.HEAD,
            starts_on__lte=today,
        )
        return self.annotate(head_name=Subquery(heads.values("resident__name")[:1]))


class Household(SharedKept):
    """Persons who live together under one head; one person alone is a household too."""

    number = models.CharField("户编号", max_length=30)
    kind = models.CharField(
        "户类型", max_length=12, choices=HouseholdKind, default=HouseholdKind.FAMILY
    )
    address = models.CharField("地址", max_length=120)
    grid = models.ForeignKey(
        "portal.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"kind": "grid"},
        verbose_name="网格",
    )
    phone = models.CharField("门牌电话", max_length=20, blank=True)

    objects = HouseholdQuerySet.as_manager()

    class Meta:
        verbose_name = "户"
        indexes = [unit_ids_index("household_unit_ids")]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "number"],
                condition=Q(deleted_at__isnull=True),
                name="household_number_once_per_unit",
                violation_error_message="本单位已有这个户编号。",
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.address}"


class Membership(Kept):
    """A resident in a household, from a day to a day (both included)."""

    household = models.ForeignKey(
        Household, models.PROTECT, related_name="memberships", verbose_name="户"
    )
    resident = models.ForeignKey(
        "residents.Resident", models.PROTECT, related_name="memberships", verbose_name="居民"
    )
    relation = models.CharField("与户主关系", max_length=2, choices=Relation)
    starts_on = models.DateField("入户日期")
    ends_on = models.DateField("离户日期", null=True, blank=True)

    class Meta:
        verbose_name = "户成员"
        ordering = ["relation", "pk"]
        constraints = [
            ends_after_start("membership_ends_after_start"),
            ExclusionConstraint(
                name="membership_one_household_at_a_time",
                expressions=[
                    ("resident", RangeOperators.EQUAL),
                    (span(), RangeOperators.OVERLAPS),
                ],
                condition=Q(deleted_at__isnull=True),
                violation_error_message="该居民在这段时间已属于另一户。",
            ),
            ExclusionConstraint(
                name="membership_one_head_at_a_time",
                expressions=[
                    ("household", RangeOperators.EQUAL),
                    (span(), RangeOperators.OVERLAPS),
                ],
                condition=Q(deleted_at__isnull=True, relation=Relation.HEAD),
                violation_error_message="这一户在这段时间已有户主。",
            ),
        ]

    def __str__(self):
        return f"{self.get_relation_display()} {self.resident}"
