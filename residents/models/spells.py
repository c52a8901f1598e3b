"""在册时段: the dated spells in which a resident belongs to a unit, and how they live there."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from portal.records import Kept
from portal.wall.classes import Closes
from residents.enums import Residency, SpellEnd, SpellStart
from residents.models.people import Resident
from residents.models.shared import SpellQuerySet, ends_after_start, span


class _AsTheResident:
    """A column that a new spell takes from its resident where nobody said otherwise, in bulk too."""

    def pre_save(self, model_instance, add):
        value = super().pre_save(model_instance, add)
        if add and value in (None, ""):
            value = getattr(model_instance.resident, self.attname)
            setattr(model_instance, self.attname, value)
        return value

    def deconstruct(self):
        name, _, args, kwargs = super().deconstruct()
        return name, f"django.db.models.{self.plain}", args, kwargs


class _ResidencyField(_AsTheResident, models.CharField):
    plain = "CharField"


class _GridField(_AsTheResident, models.ForeignKey):
    plain = "ForeignKey"


class ResidencySpell(Kept):
    """The days (both included) on which a resident belonged to this unit; counted by these dates.

    ``left_on``, the first day of absence, is when a departure counts. A change of ``residency`` or
    a move to another grid ends one spell and begins the next.
    """

    closes = Closes(("starts_on", "left_on"), fixed=())

    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="spells", verbose_name="居民"
    )
    starts_on = models.DateField("起始日期")
    ends_on = models.DateField(
        "结束日期", null=True, blank=True, help_text="最后一天在册；去世、迁出的填前一天。"
    )
    began_by = models.CharField(
        "起始原因", max_length=10, choices=SpellStart, default=SpellStart.REGISTERED
    )
    ended_by = models.CharField("结束原因", max_length=8, choices=SpellEnd, blank=True)
    residency = _ResidencyField(
        "居住状态",
        max_length=12,
        choices=Residency,
        blank=True,
        help_text="不填则与居民现在的居住状态相同。",
    )
    grid = _GridField(
        "portal.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"kind": "grid"},
        verbose_name="网格",
    )
    left_on = models.GeneratedField(
        expression=Func(
            F("ends_on"), template="(%(expressions)s + 1)", output_field=models.DateField()
        ),
        output_field=models.DateField("离册日期"),
        db_persist=True,
        verbose_name="离册日期",
    )

    objects = SpellQuerySet.as_manager()

    class Meta:
        verbose_name = "在册时段"
        ordering = ["starts_on"]
        constraints = [
            ends_after_start("residency_ends_after_start"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True, ended_by="")
                | (Q(ends_on__isnull=False) & ~Q(ended_by="")),
                name="residency_end_has_reason",
                violation_error_message="结束日期和结束原因要一并填写；仍在册的都不填。",
            ),
            models.CheckConstraint(
                condition=~Q(residency=""),
                name="residency_spell_says_how",
                violation_error_message="请选择居住状态。",
            ),
            ExclusionConstraint(
                name="residency_one_unit_at_a_time",
                expressions=[
                    ("resident", RangeOperators.EQUAL),
                    (span(), RangeOperators.OVERLAPS),
                ],
                condition=Q(deleted_at__isnull=True),
                violation_error_message="该居民在这段时间已在册，起止日期不能重叠。",
            ),
        ]

    def __str__(self):
        return f"{self.resident} {self.starts_on}—{self.ends_on or ''}"
