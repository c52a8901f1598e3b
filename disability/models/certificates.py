"""残疾人证: the certificates issued to residents, with those that have ended."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from disability.enums import Category, CertificateStatus, Level
from portal import masks
from portal.constraints import in_order
from portal.crypto import keyed_hash
from portal.fields import EncryptedTextField
from portal.records import Kept, Record
from portal.spells import DateSpan, span
from portal.wall.classes import Closes
from residents.models import Resident

RUN_OUT = "到期未换"


HELD = DateSpan(
    Coalesce("moved_in_on", "occurred_on"),
    F("ended_on"),
    RangeBoundary(inclusive_lower=True, inclusive_upper=False),
)


class Certificate(Record):
    """One issued certificate; ``occurred_on`` is its day of issue.

    It counts from ``counts_from``, which is later for a card that moved in from another unit, until
    ``ended_on``: on no day has anybody two. ``status`` says how it ended, or that it is frozen; that
    it has run out follows from ``expires_on`` and is never written down.
    """

    closes = Closes(("occurred_on", "moved_in_on", "ended_on"), fixed=())

    domain = "disability"

    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="certificates", verbose_name="居民"
    )
    number = EncryptedTextField("残疾人证号", purpose="certificate")
    number_hash = models.CharField(max_length=32, editable=False)
    category = models.CharField("残疾类别", max_length=1, choices=Category)
    level = models.CharField("残疾等级", max_length=1, choices=Level)
    expires_on = models.DateField(
        "有效期至", null=True, blank=True, help_text="不填为发证日期起满十年。"
    )
    moved_in_on = models.DateField(
        "迁入日期",
        null=True,
        blank=True,
        help_text="从别处迁入的证，从这一天起在本单位计入。",
    )
    status = models.CharField(
        "状态", max_length=12, choices=CertificateStatus, default=CertificateStatus.VALID
    )
    ended_on = models.DateField(
        "失效日期", null=True, blank=True, help_text="注销、迁出或被新证替换的第一天。"
    )
    end_note = models.CharField("失效原因", max_length=100, blank=True)
    counts_from = models.GeneratedField(
        expression=Coalesce("moved_in_on", "occurred_on"),
        output_field=models.DateField("计入起始日期"),
        db_persist=True,
        verbose_name="计入起始日期",
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
            *in_order("occurred_on", "moved_in_on"),
            *in_order("moved_in_on", "ended_on"),
            ExclusionConstraint(
                name="certificate_one_at_a_time",
                expressions=[
                    ("resident", RangeOperators.EQUAL),
                    (HELD, RangeOperators.OVERLAPS),
                ],
                condition=Q(deleted_at__isnull=True),
                violation_error_message="这位居民在这段时间已持有另一本残疾人证，请核对发证、迁入和失效日期。",
            ),
        ]
        indexes = [models.Index(fields=["unit", "occurred_on"], name="certificate_unit_day")]

    def __str__(self):
        return f"{self.resident} {self.get_category_display()}{self.get_level_display()}"

    def state_on(self, day) -> str:
        """The status as people call it on a day up to today, of one still in use."""
        if self.status == CertificateStatus.VALID and self.expires_on and self.expires_on < day:
            return RUN_OUT
        return self.get_status_display()

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


class CertificateFreeze(Kept):
    """冻结: from a day to the day before 解冻 (both included); the holder still counts as one."""

    domain = "disability"

    certificate = models.ForeignKey(
        Certificate, models.PROTECT, related_name="freezes", verbose_name="残疾人证"
    )
    starts_on = models.DateField("冻结日期")
    ends_on = models.DateField("冻结末日", null=True, blank=True, help_text="解冻的前一天。")
    reason = models.CharField("冻结原因", max_length=100)

    class Meta:
        verbose_name = "证件冻结"
        ordering = ["-starts_on"]
        constraints = [
            *in_order("starts_on", "ends_on"),
            ExclusionConstraint(
                name="certificate_freeze_once_at_a_time",
                expressions=[
                    ("certificate", RangeOperators.EQUAL),
                    (span(), RangeOperators.OVERLAPS),
                ],
                condition=Q(deleted_at__isnull=True),
                violation_error_message="这本证在这段时间已经冻结。",
            ),
        ]

    def __str__(self):
        return f"{self.certificate} {self.starts_on}起冻结"
