"""Carers who learnt to care, and therapy that was arranged."""

import re

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from disability.enums.conditions import AdviceItem, AppointmentState, TherapyKind
from disability.models.conditions import provider_field
from disability.models.stages import refuse_beyond_life
from portal.fields import EncryptedTextField
from portal.records import Kept, Record
from portal.wall.classes import Closes
from residents.models import Resident

CLOCK = re.compile(r"(\d{1,2})[:：](\d{2})(?::00)?")


class CarerTraining(Record):
    """A carer at home was taught, alone, how to care for one resident.

    Not a share of ``Participation``: that is a seat in a course (an ``Activity`` with its day, place
    and organisers) and is counted there for relatives (参参训残疾人家属). Here nothing was organised
    that others could attend: a nurse showed one carer, who need be no relative, at the bed what to do.
    """

    domain = "disability"

    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="carer_trainings", verbose_name="居民"
    )
    carer = models.CharField("照护人", max_length=50)
    relation = models.CharField(
        "与居民关系", max_length=20, blank=True, help_text="如母亲、女儿、护理员。"
    )
    phone = EncryptedTextField("照护人电话", purpose="phone", blank=True)
    topics = ArrayField(
        models.CharField(max_length=16, choices=AdviceItem), verbose_name="学习内容"
    )
    provider = provider_field("carer_trainings")
    trainer = models.CharField("指导人", max_length=50)
    minutes = models.PositiveSmallIntegerField("时长（分钟）", null=True, blank=True)
    mastered = models.BooleanField("已掌握", default=False)
    # The same carer of the same resident, told apart from a namesake at another bed. The database
    # makes it, because merging two residents moves rows without save().
    carer_key = models.GeneratedField(
        expression=Concat(Cast(F("resident_id"), models.CharField()), Value("/"), F("carer")),
        output_field=models.CharField(max_length=80),
        db_persist=True,
    )

    class Meta:
        verbose_name = "照护人指导"
        ordering = ["-occurred_on", "-pk"]
        indexes = [models.Index(fields=["unit", "occurred_on"], name="carer_training_unit_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(topics__len__gte=1),
                name="carer_training_has_topics",
                violation_error_message="请至少选择一项学习内容。",
            ),
        ]

    def __str__(self):
        return f"{self.occurred_on} {self.carer}（{self.resident}的照护人）"


class TherapyAppointment(Kept):
    """A therapy session that was arranged, and whether the person came.

    ``planned_on`` is the day that was arranged; by it every figure counts. What was done there is a
    rehabilitation service of its own: the appointment only says that the person came.
    """

    closes = Closes(("planned_on",), fixed=())

    domain = "disability"

    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="therapy_appointments", verbose_name="居民"
    )
    kind = models.CharField("治疗项目", max_length=16, choices=TherapyKind)
    planned_on = models.DateField("预约日期")
    planned_at = models.CharField("时间", max_length=8, blank=True, help_text="如 09:30。")
    provider = provider_field("therapy_appointments")
    therapist = models.CharField("治疗师", max_length=50, blank=True)
    state = models.CharField(
        "状态", max_length=12, choices=AppointmentState, default=AppointmentState.PLANNED
    )
    note = models.CharField("说明", max_length=100, blank=True, help_text="未到、取消的写明原因。")

    class Meta:
        verbose_name = "治疗预约"
        ordering = ["-planned_on", "-planned_at", "-pk"]
        indexes = [models.Index(fields=["unit", "planned_on"], name="therapy_unit_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["resident", "planned_on", "planned_at"],
                condition=Q(deleted_at__isnull=True)
                & ~Q(state=AppointmentState.CANCELLED)
                & ~Q(planned_at=""),
                name="therapy_one_at_a_time",
                violation_error_message="这位居民这个时间已有预约。",
            ),
        ]

    def __str__(self):
        return f"{self.planned_on} {self.resident} {self.get_kind_display()}"

    def clean(self):
        super().clean()
        refuse_beyond_life(self, (), ("planned_on",))
        if self.planned_at:
            self.planned_at = clock(self.planned_at)
        came = {AppointmentState.KEPT, AppointmentState.MISSED}
        if self.planned_on and self.planned_on > timezone.localdate() and self.state in came:
            raise ValidationError(
                {"planned_on": "预约的日子还没有到，不能登记到诊或未到；改了时间的请先改期。"}
            )
        if self.state == AppointmentState.MISSED and not self.note:
            raise ValidationError({"note": "未到的请写明原因。"})


def clock(text: str) -> str:
    """A time of day as HH:MM; raises ValidationError at ``planned_at``."""
    found = CLOCK.fullmatch(text.strip())
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        raise ValidationError({"planned_at": "时间请写成 09:30 这样的形式。"})
    return f"{int(found[1]):02d}:{found[2]}"
