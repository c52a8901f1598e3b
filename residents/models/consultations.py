"""健康咨询: what a resident asked a doctor or nurse at the community, and what they were told."""

from django.db import models

from portal.fields import EncryptedTextField
from portal.records import Record
from residents.enums import ConsultationTopic
from residents.models.activities import Activity
from residents.models.people import Resident
from residents.models.shared import domains_field, tagged


class Consultation(Record):
    """One consultation. What was measured and found is sealed: it tells of a person's health."""

    tags = "domains"

    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="consultations", verbose_name="居民"
    )
    topic = models.CharField("咨询内容", max_length=16, choices=ConsultationTopic)
    activity = models.ForeignKey(
        Activity,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="health_consultations",
        verbose_name="义诊活动",
    )
    consultant = models.CharField("咨询医护", max_length=50, blank=True)
    measured = EncryptedTextField(
        "测量值",
        purpose="health",
        max_length=100,
        blank=True,
        help_text="如：血压 150/95，空腹血糖 7.8。加密保存。",
    )
    findings = EncryptedTextField(
        "症状和诊断", purpose="health", max_length=300, blank=True, help_text="加密保存。"
    )
    advice = models.CharField("建议", max_length=200, blank=True, help_text="不写病名。")
    referral = models.CharField("转诊转介", max_length=60, blank=True)
    domains = domains_field()

    class Meta:
        verbose_name = "健康咨询"
        ordering = ["-occurred_on", "-pk"]
        indexes = [models.Index(fields=["unit", "occurred_on"], name="consultation_unit_day")]
        constraints = [tagged("consultation_is_tagged")]

    def __str__(self):
        return f"{self.occurred_on} {self.get_topic_display()} {self.resident}"
