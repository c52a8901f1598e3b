"""The disability file of a resident."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from disability.enums import COMPONENTS, Communication, Insurance, SelfCare
from portal.fields import EncryptedTextField
from portal.records import Kept
from portal.wall.classes import Closes
from residents.models import Resident


class DisabilityFile(Kept):
    """What the community knows of a person's disability; ``components`` are codes like 42:
    category 4 (肢体), level 2. The diagnosis is sealed. Employment and poverty are the resident's own
    facts (就业状况, 关爱类别): the file shows them and keeps no copy."""

    closes = Closes(("opened_on", "closed_on"), fixed=())

    domain = "disability"

    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="disability_files", verbose_name="居民"
    )
    components = ArrayField(
        models.CharField(max_length=2, choices=COMPONENTS),
        verbose_name="残疾类别和等级",
        help_text="多重残疾的逐项选择。",
    )
    onset_on = models.DateField("致残日期", null=True, blank=True)
    cause = models.CharField("致残原因", max_length=60, blank=True)
    diagnosis = EncryptedTextField("诊断", purpose="diagnosis", blank=True)
    self_care = models.CharField("自理能力", max_length=12, choices=SelfCare, blank=True)
    communication = ArrayField(
        models.CharField(max_length=16, choices=Communication),
        verbose_name="沟通方式",
        help_text="上门、培训时怎样沟通方便，可选几项。",
        default=list,
        blank=True,
    )
    insurances = ArrayField(
        models.CharField(max_length=20, choices=Insurance),
        verbose_name="参加保险",
        default=list,
        blank=True,
    )
    health_record = models.CharField(
        "家庭健康档案号",
        max_length=40,
        blank=True,
        help_text="社区卫生服务中心的健康档案编号；残疾情况已记入该档案的填写。",
    )
    guardian_name = models.CharField("监护人", max_length=50, blank=True)
    guardian_relation = models.CharField("监护人关系", max_length=20, blank=True)
    guardian_phone = EncryptedTextField("监护人电话", purpose="phone", blank=True)
    opened_on = models.DateField("建档日期")
    closed_on = models.DateField(
        "销档日期", null=True, blank=True, help_text="死亡、迁出或康复后不再计入的第一天。"
    )

    class Meta:
        verbose_name = "残疾人档案"
        ordering = ["-opened_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["resident", "unit"],
                condition=Q(deleted_at__isnull=True),
                name="disability_file_once_per_unit",
                violation_error_message="这位居民已有残疾人档案。",
            ),
            models.CheckConstraint(
                condition=~Q(insurances__contains=["none"]) | Q(insurances__len=1),
                name="disability_file_uninsured_alone",
                violation_error_message="选了“未参保”的，不能再选其他保险。",
            ),
        ]

    def __str__(self):
        return f"{self.resident} 残疾人档案"

    @property
    def level(self) -> int | None:
        """The most severe level of all components (1 is the most severe)."""
        return min((int(code[1]) for code in self.components), default=None)
