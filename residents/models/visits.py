"""走访: one visit may serve several purposes and several departments."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from portal.records import Record
from residents.enums import VisitMode, VisitPurpose
from residents.models.people import Resident
from residents.models.shared import domains_field, tagged


class Visit(Record):
    """Somebody of the community spoke with a resident, at home, by phone or at the office."""

    tags = "domains"

    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="visits", verbose_name="居民"
    )
    mode = models.CharField("方式", max_length=8, choices=VisitMode, default=VisitMode.HOME)
    purposes = ArrayField(
        models.CharField(max_length=20, choices=VisitPurpose),
        verbose_name="目的",
        default=list,
        blank=True,
    )
    visitor = models.CharField("走访人", max_length=60)
    content = models.TextField("情况记录", max_length=2000, blank=True)
    follow_up = models.CharField("后续事项", max_length=200, blank=True)
    domains = domains_field()

    class Meta:
        verbose_name = "走访"
        ordering = ["-occurred_on", "-pk"]
        indexes = [models.Index(fields=["unit", "occurred_on"], name="visit_unit_day")]
        constraints = [tagged("visit_is_tagged")]

    def __str__(self):
        return f"{self.occurred_on} {self.get_mode_display()} {self.resident}"
