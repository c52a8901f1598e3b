"""Certificates issued by the community (开具证明), numbered without gaps, and the seal register."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from portal.constraints import in_order
from portal.office.enums import CertificateKind, SealKind
from portal.office.models.base import TAGGED, Event, past_day, words
from portal.records import Record
from portal.wall.classes import Closes

TAIL = RegexValidator(r"^[0-9]{3}[0-9Xx]\Z", "只填证件号码的后四位。")


class IssuedCertificate(Record):
    """One certificate; never deleted, as numbers have no gaps: a wrong one is made void.

    It belongs to the service window and holds no more of the applicant than a name and the last
    four characters of the ID.
    """

    closes = Closes(("occurred_on",), fixed=())

    domain = "servicecenter"

    occurred_on = models.DateField("开具日期")
    year = models.PositiveSmallIntegerField("年度", editable=False)
    number = models.PositiveIntegerField("编号", editable=False)
    kind = models.CharField("证明种类", max_length=12, choices=CertificateKind)
    applicant = models.CharField("申请人", max_length=50)
    id_tail = words("证件后四位", 4, validators=[TAIL])
    purpose = models.CharField("用途", max_length=80)
    addressee = words("出具给", 80, help_text="要求出具证明的单位。")
    issued_by = models.CharField("经办人", max_length=50)
    voided_on = past_day("作废日期")
    void_reason = words("作废原因", 100)

    class Meta:
        verbose_name = "开具证明"
        ordering = ["-year", "-number"]
        indexes = [models.Index(fields=["unit", "occurred_on"], name="office_certificate_day")]
        constraints = [
            *in_order("occurred_on", "voided_on"),
            models.UniqueConstraint(
                fields=["unit", "year", "number"],
                name="office_certificate_number_once",
                violation_error_message="这个编号已用过。",
            ),
            models.CheckConstraint(
                condition=Q(occurred_on__year=models.F("year")),
                name="office_certificate_of_its_year",
                violation_error_message="证明已按年度编号，开具日期不能改到另一年。",
            ),
            models.CheckConstraint(
                condition=Q(voided_on__isnull=True) | ~Q(void_reason=""),
                name="office_certificate_void_has_reason",
                violation_error_message="作废的证明请写明原因。",
            ),
        ]

    def __str__(self):
        return f"{self.label} {self.get_kind_display()} {self.applicant}"

    @property
    def label(self) -> str:
        """〔2025〕12号; empty while it has no number yet."""
        return f"〔{self.year}〕{self.number}号" if self.number else ""


class SealUse(Event):
    """One use of a seal. That of a certificate is written with the certificate, never typed."""

    occurred_on = models.DateField("用印日期")
    document = models.CharField("用印文件", max_length=120)
    copies = models.PositiveSmallIntegerField("份数", default=1)
    seal = models.CharField("印章", max_length=12, choices=SealKind, default=SealKind.OFFICE)
    approver = models.CharField("批准人", max_length=50)
    user = models.CharField("用印人", max_length=50)
    certificate = models.OneToOneField(
        IssuedCertificate,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="seal_use",
        verbose_name="所属证明",
    )

    class Meta(Event.Meta):
        verbose_name = "用印登记"
        indexes = [models.Index(fields=["unit", "occurred_on"], name="office_sealuse_day")]
        constraints = [
            TAGGED,
            models.CheckConstraint(
                condition=Q(copies__gte=1),
                name="office_sealuse_has_copies",
                violation_error_message="份数至少为 1。",
            ),
        ]

    def __str__(self):
        return f"{self.occurred_on} {self.document}"
