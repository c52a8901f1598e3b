"""What a person scored on a scale, on a day."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from disability.enums.outcomes import BOUNDS, LOWER_IS_BETTER, Scale
from portal.numbers import trimmed
from portal.records import Record
from residents.models import Resident


def in_range() -> Q:
    """Every scale with its own lowest and highest value."""
    found = Q()
    for scale, bounds in BOUNDS.items():
        found |= Q(scale=scale, value__gte=bounds.low, value__lte=bounds.high)
    return found


class OutcomeMeasure(Record):
    """A value on a scale. The person's first value on the scale at the unit is the baseline, whatever
    comes later is a follow-up: nobody types which is which."""

    domain = "disability"

    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="outcome_measures", verbose_name="居民"
    )
    scale = models.CharField("量表", max_length=16, choices=Scale)
    value = models.DecimalField("分值", max_digits=5, decimal_places=1)
    assessor = models.CharField("评定人", max_length=50, blank=True)
    note = models.CharField("备注", max_length=100, blank=True)

    class Meta:
        verbose_name = "效果评定"
        ordering = ["-occurred_on", "-pk"]
        indexes = [
            models.Index(fields=["unit", "occurred_on"], name="outcome_unit_day"),
            models.Index(fields=["resident", "scale", "occurred_on"], name="outcome_of_person"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=in_range(),
                name="outcome_in_range",
                violation_error_message="分值不在这个量表的范围内。",
            ),
            models.UniqueConstraint(
                fields=["unit", "resident", "scale", "occurred_on"],
                condition=Q(deleted_at__isnull=True),
                name="outcome_once_a_day",
                violation_error_message="这位居民这一天已有同一量表的评定。",
            ),
        ]

    def __str__(self):
        return f"{self.occurred_on} {self.resident} {self.get_scale_display()}"

    def clean(self):
        super().clean()
        bounds = BOUNDS.get(self.scale)
        if bounds is None or self.value is None:
            return
        if not bounds.low <= self.value <= bounds.high:
            raise ValidationError(
                {
                    "value": f"{self.get_scale_display()}的分值在 {bounds.low} 到 {bounds.high} 之间。"
                }
            )
        if self.value % bounds.step:
            raise ValidationError(
                {"value": f"{self.get_scale_display()}的分值以 {trimmed(bounds.step)} 为一档。"}
            )

    @property
    def lower_is_better(self) -> bool:
        return self.scale in LOWER_IS_BETTER
