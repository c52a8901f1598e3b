"""办证申请 and the steps taken with them."""

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from disability.application_workflow import OVER
from disability.enums import COMPONENTS
from disability.enums.applications import Applicant, Business, Stage, StepKind
from disability.models.certificates import Certificate
from portal.constraints import in_order
from portal.office.models import Partner
from portal.records import Kept, Record
from portal.wall.classes import Closes
from residents.models import Application, Resident


class CertificateApplication(Record):
    """One of the six kinds of business about a certificate; ``occurred_on`` is the day of application.

    ``application`` is the row of the shared ledger 申请 by which the one-stop agency counts it: written
    and moved on by the service alone, with this one's person, day and mapped state. ``stage`` follows
    from the steps, ``closed_on`` is the day on which it was over.
    """

    closes = Closes(("occurred_on",), fixed=())

    domain = "disability"
    carries = ("steps",)

    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="certificate_applications", verbose_name="居民"
    )
    application = models.OneToOneField(
        Application, models.PROTECT, related_name="certificate_application", editable=False
    )
    business = models.CharField("业务类型", max_length=8, choices=Business)
    applicant = models.CharField("申请人", max_length=8, choices=Applicant, default=Applicant.SELF)
    guardian_name = models.CharField(
        "监护人姓名", max_length=50, blank=True, help_text="由监护人申请的填写。"
    )
    agent = models.CharField("经办人", max_length=50, blank=True)
    provider = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="评定机构"
    )
    doctor = models.CharField("评定医生", max_length=50, blank=True)
    second_doctor = models.CharField("评定医生（二）", max_length=50, blank=True)
    conclusion = ArrayField(
        models.CharField(max_length=2, choices=COMPONENTS),
        verbose_name="评定结论",
        help_text="评定的残疾类别和等级，多重残疾的逐项选择。",
        default=list,
        blank=True,
    )
    moved_to = models.CharField("迁往", max_length=80, blank=True, help_text="迁移的填写。")
    note = models.CharField("备注", max_length=200, blank=True)
    stage = models.CharField(
        "办理阶段", max_length=12, choices=Stage, default=Stage.APPLIED, editable=False
    )
    closed_on = models.DateField("办结日期", null=True, editable=False)
    certificate = models.ForeignKey(
        Certificate,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="applications",
        verbose_name="原证",
    )
    issued = models.OneToOneField(
        Certificate,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="issued_by",
        verbose_name="新证",
    )

    class Meta:
        verbose_name = "办证申请"
        ordering = ["-occurred_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["resident", "business"],
                condition=Q(deleted_at__isnull=True, closed_on__isnull=True),
                name="certificate_application_one_open",
                violation_error_message="这位居民已有同一业务的申请在办。",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=sorted(OVER), closed_on__isnull=False)
                | (~Q(stage__in=sorted(OVER)) & Q(closed_on__isnull=True)),
                name="certificate_application_over_has_day",
            ),
            *in_order("occurred_on", "closed_on"),
        ]
        indexes = [models.Index(fields=["unit", "occurred_on"], name="cert_application_unit_day")]

    def __str__(self):
        return f"{self.resident} {self.get_business_display()}"

    @property
    def is_open(self) -> bool:
        return self.closed_on is None

    def day_of(self, kind: str):
        """The day of the last step of that kind; None where there is none. Reads ``steps`` once."""
        days = [
            step.occurred_on
            for step in self.steps.all()
            if step.kind == kind and step.deleted_at is None
        ]
        return max(days, default=None)


class ApplicationStep(Kept):
    """Who did what with an application on a day. Written by the service; never changed by hand."""

    closes = Closes(("occurred_on",))

    domain = "disability"

    application = models.ForeignKey(
        CertificateApplication, models.PROTECT, related_name="steps", verbose_name="办证申请"
    )
    kind = models.CharField("步骤", max_length=12, choices=StepKind)
    occurred_on = models.DateField("日期")
    actor = models.CharField("办理人", max_length=50, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        verbose_name = "办证步骤"
        ordering = ["occurred_on", "pk"]
        indexes = [models.Index(fields=["unit", "occurred_on"], name="application_step_unit_day")]

    def __str__(self):
        return f"{self.application} {self.get_kind_display()}"

    def clean(self):
        super().clean()
        if self.occurred_on and self.occurred_on < self.application.occurred_on:
            raise ValidationError({"occurred_on": "不能早于申请日期。"})
