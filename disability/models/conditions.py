"""What goes wrong with a person in rehabilitation, and what is done and advised about it."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from disability.enums.conditions import AdviceItem, Advised, ComplicationKind, Gravity
from disability.models.stages import refuse_beyond_life
from portal.constraints import in_order
from portal.fields import EncryptedTextField
from portal.office.models import Partner
from portal.records import Kept, Record
from portal.spells import span
from portal.wall.classes import Closes
from residents.models import Resident


def provider_field(related_name: str):
    """The hospital, health centre or association that gave the service, where it is a partner."""
    return models.ForeignKey(
        Partner,
        models.PROTECT,
        null=True,
        blank=True,
        related_name=related_name,
        verbose_name="服务机构",
        help_text="已登记的医院、卫生服务中心、协会等；没有登记的不填。",
    )


class Complication(Kept):
    """A complication from the day it was found to the day it was gone; a person has no two of the
    same kind at once (其他 excepted, which its name tells apart)."""

    closes = Closes(("found_on", "resolved_on"), fixed=())

    domain = "disability"

    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="complications", verbose_name="居民"
    )
    kind = models.CharField("并发症", max_length=16, choices=ComplicationKind)
    name = models.CharField("具体名称", max_length=30, blank=True, help_text="选“其他”时必填。")
    gravity = models.CharField("程度", max_length=8, choices=Gravity, default=Gravity.MILD)
    found_on = models.DateField("发现日期")
    resolved_on = models.DateField("消除日期", null=True, blank=True)
    finder = models.CharField("发现人", max_length=50, blank=True)
    handling = models.CharField("处理措施", max_length=200, blank=True)

    class Meta:
        verbose_name = "并发症"
        ordering = ["-found_on", "-pk"]
        indexes = [models.Index(fields=["unit", "found_on"], name="complication_unit_day")]
        constraints = [
            *in_order("found_on", "resolved_on"),
            models.CheckConstraint(
                condition=~Q(kind=ComplicationKind.OTHER) | ~Q(name=""),
                name="complication_other_is_named",
                violation_error_message="选“其他”的，请填写具体名称。",
            ),
            ExclusionConstraint(
                name="complication_once_at_a_time",
                expressions=[
                    ("resident", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    ("unit", RangeOperators.EQUAL),
                    (span("found_on", "resolved_on"), RangeOperators.OVERLAPS),
                ],
                condition=Q(deleted_at__isnull=True) & ~Q(kind=ComplicationKind.OTHER),
                violation_error_message="这位居民在这段时间已登记同一种并发症，请先填写原来那条的消除日期。",
            ),
        ]

    def __str__(self):
        return f"{self.resident} {self.what} {self.found_on}"

    @property
    def what(self) -> str:
        return self.name or self.get_kind_display()

    def clean(self):
        super().clean()
        refuse_beyond_life(self, ("found_on", "resolved_on"))
        if self.kind == ComplicationKind.OTHER and not self.name:
            raise ValidationError({"name": "选“其他”的，请填写具体名称。"})


class Treatment(Record):
    """One treatment by a doctor, nurse or therapist, of a complication or of another complaint. The
    complaint is sealed: it tells of a person's health."""

    domain = "disability"

    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="treatments", verbose_name="居民"
    )
    complication = models.ForeignKey(
        Complication,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="treatments",
        verbose_name="针对的并发症",
        help_text="不是治疗并发症的不填。",
    )
    provider = provider_field("treatments")
    staff = models.CharField("医护人员", max_length=50, blank=True)
    complaint = EncryptedTextField(
        "主诉", purpose="health", max_length=200, blank=True, help_text="加密保存。"
    )
    method = models.CharField("治疗措施", max_length=200)
    result = models.CharField("效果", max_length=100, blank=True, help_text="不写病名。")
    minutes = models.PositiveSmallIntegerField("时长（分钟）", null=True, blank=True)

    class Meta:
        verbose_name = "治疗"
        ordering = ["-occurred_on", "-pk"]
        indexes = [models.Index(fields=["unit", "occurred_on"], name="treatment_unit_day")]

    def __str__(self):
        return f"{self.occurred_on} {self.resident} {self.method}"

    def clean(self):
        super().clean()
        sick = self.complication if self.complication_id else None
        if sick is None:
            return
        if sick.resident_id != self.resident_id:
            raise ValidationError({"complication": "这是另一位居民的并发症，请重新选择。"})
        if self.occurred_on and self.occurred_on < sick.found_on:
            raise ValidationError(
                {"occurred_on": f"治疗日期不能早于并发症的发现日期{sick.found_on}。"}
            )


class NursingAdvice(Record):
    """What a person or their carer was advised in care: one checklist gone through on a day."""

    domain = "disability"

    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="nursing_advice", verbose_name="居民"
    )
    items = ArrayField(models.CharField(max_length=16, choices=AdviceItem), verbose_name="指导内容")
    advised = ArrayField(models.CharField(max_length=8, choices=Advised), verbose_name="指导对象")
    provider = provider_field("nursing_advice")
    adviser = models.CharField("指导人", max_length=50)
    note = models.CharField("要点", max_length=200, blank=True)

    class Meta:
        verbose_name = "护理指导"
        ordering = ["-occurred_on", "-pk"]
        indexes = [models.Index(fields=["unit", "occurred_on"], name="nursing_advice_unit_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(items__len__gte=1, advised__len__gte=1),
                name="nursing_advice_says_something",
                violation_error_message="请至少选择一项指导内容和一个指导对象。",
            ),
        ]

    def __str__(self):
        return f"{self.occurred_on} {self.resident} 护理指导"
