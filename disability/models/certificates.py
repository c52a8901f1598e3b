"""残疾人证: the certificates issued to residents, with those that have ended."""

from django.db import models
from django.db.models import F, Q

from disability.enums import Category, CertificateStatus, Level
from portal import masks
from portal.crypto import keyed_hash
from portal.fields import EncryptedTextField
from portal.records import Record
from residents.models import Resident


class Certificate(Record):
    """One issued certificate; ``occurred_on`` is its day of issue. Counted until ``ended_on``."""

    domain = "disability"

    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="certificates", verbose_name="居民"
    )
    number = EncryptedTextField("残疾人证号", purpose="certificate")
    number_hash = models.CharField(max_length=32, editable=False)
    category = models.CharField("残疾类别", max_length=1, choices=Category)
    level = models.CharField("残疾等级", max_length=1, choices=Level)
    expires_on = models.DateField("有效期至", null=True, blank=True)
    status = models.CharField(
        "状态", max_length=12, choices=CertificateStatus, default=CertificateStatus.VALID
    )
    ended_on = models.DateField(
        "失效日期", null=True, blank=True, help_text="注销、迁出或被新证替换的第一天。"
    )

    class Meta:
        verbose_name = "残疾人证"
        ordering = ["-occurred_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["number_hash"],
                condition=Q(deleted_at__isnull=True, ended_on__isnull=True),
                name="certificate_number_once",
                violation_error_message="这个证号正在使用。",
            ),
            models.UniqueConstraint(
                fields=["resident"],
                condition=Q(deleted_at__isnull=True, ended_on__isnull=True),
                name="certificate_one_current",
                violation_error_message="这位居民已有一本在用的残疾人证，请先填写旧证的失效日期。",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("occurred_on")),
                name="certificate_ends_after_issue",
                violation_error_message="失效日期不能早于发证日期。",
            ),
        ]
        indexes = [models.Index(fields=["unit", "occurred_on"], name="certificate_unit_day")]

    def __str__(self):
        return f"{self.resident} {self.get_category_display()}{self.get_level_display()}"

    @property
    def masked_number(self) -> str:
        return masks.mask_certificate(self.number)

    def derive(self) -> None:
        """Set what follows from the number; save() calls it, bulk loads must."""
        self.number_hash = keyed_hash(self.number, "certificate")

    def save(self, *args, update_fields=None, **kwargs):
        self.derive()
        if update_fields is not None:
            update_fields = {*update_fields, "number_hash"}
        super().save(*args, update_fields=update_fields, **kwargs)
