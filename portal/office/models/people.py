"""Staff evaluations, for the eyes of the head alone."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from portal.office.enums import Grade
from portal.office.models.base import Office, words
from portal.records import Record


class StaffEvaluation(Office, Record):
    """What the head found of one member of staff in a period. Need to know: ``staff.evaluate``."""

    occurred_on = models.DateField("考核日期")
    period = models.CharField("考核时段", max_length=22, help_text="如 2025、2025H1、2025Q3。")
    person = models.CharField("姓名", max_length=50)
    score = models.DecimalField(
        "得分",
        max_digits=5,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    grade = models.CharField("等次", max_length=12, choices=Grade)
    remarks = words("评语", 300)

    class Meta:
        verbose_name = "人员考核"
        ordering = ["-occurred_on", "person"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "period", "person"],
                condition=Q(deleted_at__isnull=True),
                name="office_evaluation_once",
                violation_error_message="这个人这一时段已有考核。",
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__range=(0, 100)),
                name="office_evaluation_score_in_range",
                violation_error_message="得分应在 0 到 100 之间。",
            ),
        ]

    def __str__(self):
        return f"{self.person} {self.period}"

    @classmethod
    def known_to(cls, access) -> Q:
        return Q(unit__in=access.units("staff.evaluate"))
