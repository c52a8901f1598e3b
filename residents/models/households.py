"""Households and who belongs to them, dated."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone

from portal.records import Kept, KeptQuerySet
from portal.wall.classes import Closes
from residents.enums import Bond, HouseholdKind, Relation
from residents.models.shared import (
    SharedKept,
    SpellQuerySet,
    ends_after_start,
    span,
    unit_ids_index,
)


class HouseholdQuerySet(KeptQuerySet):
    def with_head_name(self, on=None):
        """Annotate ``head_name``: the head's name on the day, by default today."""
        heads = Membership.objects.in_force(on or timezone.localdate()).filter(
            household=OuterRef("pk"), relation=Relation.HEAD
        )
        return self.annotate(head_name=Subquery(heads.values("resident__name")[:1]))

    def with_members_on(self, day):
        """Those in which somebody was a member on the day."""
        members = Membership.objects.in_force(day).filter(household=OuterRef("pk"))
        return self.filter(Exists(members))


class Household(SharedKept):
    """Persons who live together under one head; one person alone is a household too."""

    number = models.CharField("户编号", max_length=30)
    kind = models.CharField(
        "户类型", max_length=12, choices=HouseholdKind, default=HouseholdKind.FAMILY
    )
    dwelling = models.ForeignKey(
        "residents.Dwelling",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="households",
        verbose_name="房屋",
        help_text="选了房屋的，地址和网格随房屋。",
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


def _apart(name, message, **which) -> ExclusionConstraint:
    """A resident's rows of this sort never overlap in time, in whichever households they are."""
    return ExclusionConstraint(
        name=name,
        expressions=[
            ("resident", RangeOperators.EQUAL),
            (span(), RangeOperators.OVERLAPS),
        ],
        condition=Q(deleted_at__isnull=True, **which),
        violation_error_message=message,
    )


class Membership(Kept):
    """A resident in a household, from a day to a day (both included).

    ``registered`` tells that the person's 户籍 is with this household, ``living`` that they live
    in it; where the two part (人户分离) a person has two rows, one of each. On every day on which a
    household has members it has exactly one head: the exclusion below lets there be no second one,
    a deferred trigger (migration ``a_head_on_every_day``) that there be one.
    """

    closes = Closes(("starts_on", "ends_on"), fixed=())

    household = models.ForeignKey(
        Household, models.PROTECT, related_name="memberships", verbose_name="户"
    )
    resident = models.ForeignKey(
        "residents.Resident", models.PROTECT, related_name="memberships", verbose_name="居民"
    )
    relation = models.CharField("与户主关系", max_length=2, choices=Relation)
    starts_on = models.DateField("入户日期")
    ends_on = models.DateField("离户日期", null=True, blank=True)
    registered = models.BooleanField("户籍在此户", default=True)
    living = models.BooleanField("居住在此户", default=True)

    objects = SpellQuerySet.as_manager()

    class Meta:
        verbose_name = "户成员"
        ordering = ["relation", "pk"]
        constraints = [
            ends_after_start("membership_ends_after_start"),
            models.CheckConstraint(
                condition=Q(registered=True) | Q(living=True),
                name="membership_registered_or_living",
                violation_error_message="户籍和居住至少有一项在这一户。",
            ),
            _apart(
                "membership_registered_once",
                "该居民在这段时间的户籍已在另一户。",
                registered=True,
            ),
            _apart("membership_living_once", "该居民在这段时间已居住在另一户。", living=True),
            ExclusionConstraint(
                name="membership_once_in_a_household",
                expressions=[
                    ("resident", RangeOperators.EQUAL),
                    ("household", RangeOperators.EQUAL),
                    (span(), RangeOperators.OVERLAPS),
                ],
                condition=Q(deleted_at__isnull=True),
                violation_error_message="该居民在这段时间已是这一户的成员。",
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

    @property
    def bond(self) -> Bond:
        return Bond.of(self.registered, self.living)
