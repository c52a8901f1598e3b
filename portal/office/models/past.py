"""Totals of times before the portal, typed once for the first comparison (手工录入)."""

from django.db import models
from django.db.models import Q

from portal.constraints import not_negative
from portal.office.models.base import Office, decimal
from portal.records import Kept


class HistoricTotal(Office, Kept):
    """What a figure was in a period before the first record of it here, with its source."""

    figure = models.CharField("指标", max_length=60)
    period = models.CharField("时段", max_length=22, help_text="如 2024、2024H1、2024Q3。")
    value = decimal("数值")
    source = models.CharField("数据来源", max_length=120, help_text="如 2024 年工作总结。")

    class Meta:
        verbose_name = "历史数据"
        ordering = ["-period", "figure"]
        constraints = [
            *not_negative("value"),
            models.UniqueConstraint(
                fields=["unit", "figure", "period"],
                condition=Q(deleted_at__isnull=True),
                name="office_historic_once",
                violation_error_message="这个指标这一时段已录入过历史数据。",
            ),
        ]

    def __str__(self):
        return f"{self.figure} {self.period}"
