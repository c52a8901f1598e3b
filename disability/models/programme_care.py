"""Care in programmes: medication, contact with families, incidents; placements in institutions."""

from django.db import models
from django.db.models import Q

from disability.enums.programmes import (
    ContactMode,
    DoseResult,
    DoseTime,
    IncidentKind,
    IncidentSeverity,
    PlacementKind,
)
from disability.models.programmes import Enrolment, Programme, no_overlap
from portal.constraints import in_order
from portal.fields import EncryptedTextField
from portal.office.models import Partner
from portal.records import Kept, Record
from portal.wall.classes import Closes
from residents.models import Resident
from residents.models.shared import SpellQuerySet


class MedicationLog(Record):
    """One dose that was due for an enrolled person, and what became of it. What the medicine is stays
    sealed, as a diagnosis does."""

    domain = "disability"

    enrolment = models.ForeignKey(
        Enrolment, models.PROTECT, related_name="medication_logs", verbose_name="入托人员"
    )
    time = models.CharField("服药时段", max_length=1, choices=DoseTime)
    result = models.CharField(
        "服药情况", max_length=10, choices=DoseResult, default=DoseResult.TAKEN
    )
    given_by = models.CharField("发药人", max_length=50, blank=True)
    medicine = EncryptedTextField("药品", purpose="diagnosis", blank=True)

    class Meta:
        verbose_name = "服药记录"
        ordering = ["-occurred_on", "enrolment", "time", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "occurred_on", "time"],
                condition=Q(deleted_at__isnull=True),
                name="medication_once_a_time",
                violation_error_message="这个人这一天这个时段已有服药记录。",
            ),
        ]
        indexes = [models.Index(fields=["unit", "occurred_on"], name="medication_unit_day")]

    def __str__(self):
        return f"{self.occurred_on} {self.enrolment} {self.get_time_display()}"


class FamilyContact(Record):
    """The staff of a programme spoke with the family of an enrolled person.

    It is no ``Visit`` (走访): a visit is somebody of the community speaking with the resident, and
    counts into 走访人次 and 走访覆盖率; a call to a mother about her son's day must not. So the two are
    different facts, and neither is typed twice: who visits the resident at home and finds the family
    there records a visit alone.
    """

    domain = "disability"

    enrolment = models.ForeignKey(
        Enrolment, models.PROTECT, related_name="family_contacts", verbose_name="入托人员"
    )
    mode = models.CharField("方式", max_length=8, choices=ContactMode, default=ContactMode.PHONE)
    relative = models.CharField("联系的家属", max_length=50, help_text="如母亲，或写姓名。")
    staff = models.CharField("联系人", max_length=50, blank=True)
    content = models.TextField("内容", max_length=2000, blank=True)

    class Meta:
        verbose_name = "家属联系"
        ordering = ["-occurred_on", "-pk"]
        indexes = [models.Index(fields=["unit", "occurred_on"], name="family_contact_unit_day")]

    def __str__(self):
        return f"{self.occurred_on} {self.enrolment.resident} {self.get_mode_display()}"


class Incident(Record):
    """Something dangerous that happened in a programme, with or to one of its people or at large."""

    closes = Closes(("occurred_on",), fixed=())

    domain = "disability"

    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="incidents", verbose_name="活动项目"
    )
    resident = models.ForeignKey(
        Resident,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="incidents",
        verbose_name="当事人",
    )
    occurred_on = models.DateField("发生日期")
    kind = models.CharField("事件类型", max_length=12, choices=IncidentKind)
    severity = models.CharField(
        "严重程度", max_length=10, choices=IncidentSeverity, default=IncidentSeverity.MINOR
    )
    content = models.TextField("经过", max_length=2000, blank=True)
    handling = models.TextField("处置", max_length=2000, blank=True)
    family_told = models.BooleanField("已告知家属", default=False)
    closed_on = models.DateField("了结日期", null=True, blank=True)

    class Meta:
        verbose_name = "安全事件"
        ordering = ["-occurred_on", "-pk"]
        constraints = in_order("occurred_on", "closed_on")
        indexes = [models.Index(fields=["unit", "occurred_on"], name="incident_unit_day")]

    def __str__(self):
        return f"{self.occurred_on} {self.programme} {self.get_kind_display()}"


class Placement(Kept):
    """The days, both included, that a resident lives in, or goes to, a care institution.

    The institution is a partner of the office, or named in words where it is none.
    """

    closes = Closes(("starts_on",), fixed=())

    domain = "disability"

    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="placements", verbose_name="居民"
    )
    provider = models.ForeignKey(
        Partner,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="placements",
        verbose_name="服务机构",
        help_text="已登记为康复机构或共建单位的机构。",
    )
    institution = models.CharField(
        "其他机构名称", max_length=80, blank=True, help_text="没有登记的机构在这里写明名称。"
    )
    kind = models.CharField(
        "安置类型", max_length=12, choices=PlacementKind, default=PlacementKind.NURSING
    )
    starts_on = models.DateField("入住日期")
    ends_on = models.DateField("离开日期", null=True, blank=True, help_text="最后一天。")
    funding = models.CharField("费用来源", max_length=60, blank=True)
    monthly_fee = models.DecimalField(
        "月费用（元）", max_digits=10, decimal_places=2, null=True, blank=True
    )
    note = models.CharField("备注", max_length=200, blank=True)
    highlight = models.BooleanField(
        "写入总结", default=False, help_text="勾选后，总结中可单独成一句。"
    )

    objects = SpellQuerySet.as_manager()

    class Meta:
        verbose_name = "机构安置"
        ordering = ["-starts_on", "-pk"]
        constraints = [
            *in_order("starts_on", "ends_on"),
            models.CheckConstraint(
                condition=Q(provider__isnull=False) | ~Q(institution=""),
                name="placement_names_institution",
                violation_error_message="请选择服务机构，或填写其他机构名称。",
            ),
            models.CheckConstraint(
                condition=Q(monthly_fee__isnull=True) | Q(monthly_fee__gte=0),
                name="placement_fee_not_negative",
                violation_error_message="费用不能是负数。",
            ),
            no_overlap(
                "placement_apart",
                "resident",
                message="这位居民在这段时间已在一家机构，起止日期不能重叠。",
            ),
        ]

    def __str__(self):
        return f"{self.resident} {self.place}"

    @property
    def place(self) -> str:
        """The institution's name, from wherever it is told."""
        return self.provider.name if self.provider else self.institution
