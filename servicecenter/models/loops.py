"""What a supervision and a redress have in common: each of their steps is kept."""

from django.db import models

from servicecenter.models.base import OurRecord


class LoopStep(OurRecord):
    """One step that was taken on ``occurred_on``; ``recorded_by`` is empty where a job took it."""

    action = models.CharField("动作", max_length=12)
    source = models.CharField("原状态", max_length=12)
    target = models.CharField("现状态", max_length=12)
    person = models.CharField("办理人", max_length=50, blank=True)
    note = models.CharField("说明", max_length=500, blank=True)

    class Meta:
        abstract = True
        ordering = ["recorded_at", "pk"]

    def __str__(self):
        return f"{self.occurred_on} {self.action}"
