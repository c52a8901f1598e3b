"""How many records of a unit met each data-quality rule at the end of a day."""

from django.db import models

from portal.models.units import Unit
from portal.wall.classes import Own


class QualityCount(models.Model):
    """The counts of one unit on one day, by the rule's code; counted at night or on request.

    One row for all rules, so that a year leaves hundreds of rows behind, not ten thousands.
    """

    wall = Own()

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="+", verbose_name="单位")
    counted_on = models.DateField("日期")
    counts = models.JSONField("各项数目", default=dict)

    class Meta:
        verbose_name = "数据质量计数"
        constraints = [
            models.UniqueConstraint(fields=["unit", "counted_on"], name="quality_once_a_day")
        ]

    def __str__(self):
        return f"{self.unit} {self.counted_on}"
