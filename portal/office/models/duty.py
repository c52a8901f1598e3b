"""The duty roster (值班): planned ahead, handed over, with what happened."""

from django.db import models
from django.db.models import Q

from portal.office.enums import Shift
from portal.office.models.base import TAGGED, Fact, prose, words
from portal.wall.classes import Closes


class DutyShift(Fact):
    """One shift of one person; the day may lie ahead."""

    closes = Closes(("on",), fixed=())

    on = models.DateField("值班日期")
    shift = models.CharField("班次", max_length=8, choices=Shift, default=Shift.WHOLE)
    person = models.CharField("值班人", max_length=50)
    leader = words("带班领导", 50)
    phone = words("值班电话", 30)
    incident = prose("值班情况", help_text="没有情况的不填。")
    handed_over = models.BooleanField("已交接", default=False)
    handed_to = words("接班人", 50)

    class Meta:
        verbose_name = "值班"
        ordering = ["-on", "shift"]
        indexes = [models.Index(fields=["unit", "on"], name="office_dutyshift_day")]
        constraints = [
            TAGGED,
            models.UniqueConstraint(
                fields=["unit", "on", "shift", "person"],
                condition=Q(deleted_at__isnull=True),
                name="office_dutyshift_once",
                violation_error_message="这个人这一班已登记过。",
            ),
            models.CheckConstraint(
                condition=Q(handed_over=True) | Q(handed_to=""),
                name="office_dutyshift_handed_to_somebody",
                violation_error_message="填了接班人的，请勾选“已交接”。",
            ),
        ]

    def __str__(self):
        return f"{self.on} {self.get_shift_display()} {self.person}"
