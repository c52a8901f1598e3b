"""关账: spans of days of a unit whose records are reported; what is corrected in them has a reason."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from portal.models.versioned import Versioned
from portal.periods import Period
from portal.wall.classes import Own


class ClosedPeriod(Versioned):
    """The days from ``starts_on`` to ``ends_on`` (both included) of one unit, by event date.

    Opened again it stays, with who and why (the wall sees to it); only rows without ``opened_at`` are in
    force.
    """

    wall = Own(kept=("opened_by_id", "opened_at", "opened_for", "version"))

    unit = models.ForeignKey("portal.Unit", models.PROTECT, related_name="+", verbose_name="单位")
    starts_on = models.DateField("自")
    ends_on = models.DateField("至")
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="关账人"
    )
    closed_at = models.DateTimeField("关账时间")
    note = models.CharField("说明", max_length=300, blank=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="解锁人"
    )
    opened_at = models.DateTimeField("解锁时间", null=True)
    opened_for = models.CharField("解锁理由", max_length=300, blank=True)

    class Meta:
        verbose_name = "关账时段"
        ordering = ["-starts_on", "-pk"]
        indexes = [
            models.Index(
                fields=["unit", "starts_on"],
                condition=Q(opened_at__isnull=True),
                name="closed_period_in_force",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="closed_period_in_order"
            ),
            models.CheckConstraint(
                condition=Q(opened_at__isnull=True, opened_by__isnull=True)
                | (Q(opened_at__isnull=False, opened_by__isnull=False) & ~Q(opened_for="")),
                name="closed_period_opened_with_reason",
            ),
        ]

    def __str__(self):
        return f"{self.unit} {self.period.label}"

    @property
    def period(self) -> Period:
        return Period(self.starts_on, self.ends_on)
