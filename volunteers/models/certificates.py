"""志愿服务记录证明: numbered, free of charge, verified by its QR, revoked where it was wrong."""

from django.db import models
from django.db.models import Q

from portal.constraints import in_order
from portal.fields import EncryptedTextField
from portal.office.models.base import past_day, words
from portal.wall.classes import Closes
from volunteers.enums.certificates import CertificateState
from volunteers.models.base import OurRecord
from volunteers.models.volunteers import Volunteer


class ServiceCertificate(OurRecord):
    """``occurred_on`` is the day of the request, ``issued_on`` that on the paper. ``content`` is what the
    paper says, frozen when it is issued (JSON, sealed); ``code_hash`` finds it for who holds the paper.
    ``certified`` are the minutes of each record of service that it stands on, by the record's key.
    """

    closes = Closes(("occurred_on", "issued_on", "revoked_on"), fixed=())

    occurred_on = models.DateField("申请日期")
    volunteer = models.ForeignKey(
        Volunteer, models.PROTECT, related_name="certificates", verbose_name="志愿者"
    )
    purpose = models.CharField("用途", max_length=80)
    starts_on = models.DateField("服务起始日期")
    ends_on = models.DateField("服务截止日期")
    state = models.CharField(
        "状态",
        max_length=12,
        choices=CertificateState,
        default=CertificateState.REQUESTED,
        editable=False,
    )
    by_self = models.BooleanField("本人网上申请", default=False, editable=False)
    year = models.PositiveSmallIntegerField("年度", null=True, editable=False)
    number = models.PositiveIntegerField("编号", null=True, editable=False)
    issued_on = past_day("出具日期", editable=False)
    minutes = models.PositiveIntegerField("服务时长（分钟）", null=True, editable=False)
    manager = words("负责人", 50)
    clerk = words("经办人", 50)
    phone = words("联系方式", 30)
    note = words("其他说明", 100)
    content = EncryptedTextField(
        "证明内容", purpose="certificate", blank=True, editable=False, max_length=100_000
    )
    certified = models.JSONField("所依据的服务记录", default=dict, blank=True, editable=False)
    code_hash = models.CharField(max_length=32, null=True, unique=True, editable=False)
    revoked_on = past_day("撤销日期", editable=False)
    revoked_for = words("撤销（不出具）原因", 100)

    class Meta(OurRecord.Meta):
        verbose_name = "志愿服务证明"
        constraints = [
            *in_order("starts_on", "ends_on"),
            models.UniqueConstraint(
                fields=["unit", "year", "number"], name="servicecertificate_number_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[CertificateState.REQUESTED, CertificateState.DECLINED])
                | Q(number__isnull=False, issued_on__isnull=False, code_hash__isnull=False),
                name="servicecertificate_issued_has_number",
                violation_error_message="已出具的证明有编号和日期。",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[CertificateState.REQUESTED, CertificateState.ISSUED])
                | ~Q(revoked_for=""),
                name="servicecertificate_revoked_has_reason",
                violation_error_message="撤销或不出具的，请写明原因。",
            ),
        ]

    def __str__(self):
        return f"{self.label} {self.volunteer}".strip()

    @property
    def label(self) -> str:
        """〔2025〕12号; empty while it is not issued."""
        return f"〔{self.year}〕{self.number}号" if self.number else ""
